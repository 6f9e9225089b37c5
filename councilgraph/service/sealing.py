"""A process that gives away what it will not need: connections, other programs, memory.

What the text of a query seems to ask for is one lock; that its process cannot reach any
other machine is the second, and it holds for spellings that nobody has thought of.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from typing import Any

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER_MODE = 38, 22, 2
# Of each architecture: its number in the kernel, and those of the calls socket,
# io_uring_setup (which opens sockets as well), execve, execveat and ptrace.
_KERNELS = {
    "x86_64": (0xC000003E, (41, 425, 59, 322, 101)),
    "aarch64": (0xC00000B7, (198, 425, 221, 281, 117)),
}
# Instructions of the kernel's filter machine.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4  # places of the two in what the filter is shown
_ALLOW, _KILL, _DENY = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EACCES
_OTHER_TABLE = 0x40000000  # x86-64 answers to a second set of numbers from here on


def seal() -> bool:
    """Take from this process the means to open a connection or to start a program.

    It cannot be undone, and holds for all threads that are started later: call it first.
    False where the system offers no such means (not Linux, or another processor).
    """
    kernel = _KERNELS.get(platform.machine()) if sys.platform == "linux" else None
    if kernel is None:
        return False
    program = _program(*kernel)
    buffer = ctypes.create_string_buffer(program, len(program))
    loaded = _Program(len(program) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return not libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(loaded), 0, 0)


def limit_memory(more: int) -> None:
    """Let this process take ``more`` bytes of memory beyond what it holds now.

    Beyond that it is refused memory, which the engine does not survive: the process ends,
    and nobody else's does. Systems without such limits are left as they are.
    """
    resource = _resource()
    if resource is None:
        return
    held = size_of_process()
    if held is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (held + more, held + more))


def limit_processor_time(seconds: float) -> None:
    """End this process when it has worked ``seconds`` more, even if nobody is left to end it."""
    resource = _resource()
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def no_dumps() -> None:
    """Write no image of the memory to the disk when the process is ended."""
    resource = _resource()
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def size_of_process() -> int | None:
    """The address space that this process takes, in bytes; None where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return None


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def _program(architecture: int, calls: tuple[int, ...]) -> bytes:
    """The filter: a call of another architecture kills, the named ones are denied."""
    count = len(calls)
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, count + 1, 0, _OTHER_TABLE),
        # Each jumps over the calls after it and over the "allow" behind them.
        *((_EQUAL, count - at, 0, call) for at, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _resource() -> Any:
    """The module of that name, which Windows does not have."""
    try:
        import resource
    except ImportError:
        return None
    return resource
