"""Runs commands, each in a process of its own that ends at once where it reaches for the network.

python -m tests.support.sealed FOLDER < invocations.json

Standard input is a JSON object: a name to the arguments of a command. FOLDER gets for each its
``<name>.out`` and ``<name>.err``, and ``codes.json``: the name to the exit code, or to
``REACHED`` where it asked for a name or for a connection.

Two locks, as one alone would miss something. The audit hook sees what Python does and says
where; the kernel's filter (seccomp, on Linux) sees what is not Python: the engine's own HTTP
client, and every process that the command starts. Both end the process and raise nothing that
the command could swallow.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import platform
import signal
import struct
import sys
import traceback
from pathlib import Path

REACHED = "reached for the network"
_CODE = 97
# Of each architecture: its number in the kernel, and those of io_uring_setup and socket.
_KERNELS = {"x86_64": (0xC000003E, 425, 41), "aarch64": (0xC00000B7, 425, 198)}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_INTERNET = (2, 10)  # AF_INET, AF_INET6: sockets of the others stay on this machine


def seal() -> None:
    """No socket to any network from here on, for this process and all that it starts."""
    kernel = _KERNELS.get(platform.machine()) if sys.platform == "linux" else None
    if kernel is not None:
        architecture, ring, create = kernel
        steps = [
            (_LOAD, 0, 0, 4),
            (_EQUAL, 1, 0, architecture),
            (_RETURN, 0, 0, _KILL),
            (_LOAD, 0, 0, 0),
            (_EQUAL, 0, 1, ring),
            (_RETURN, 0, 0, _KILL),
            (_EQUAL, 1, 0, create),
            (_RETURN, 0, 0, _ALLOW),
            (_LOAD, 0, 0, 16),  # its first argument, the family
            *(one for family in _INTERNET for one in ((_EQUAL, 0, 1, family), (_RETURN, 0, 0, _KILL))),
            (_RETURN, 0, 0, _ALLOW),
        ]
        _load(b"".join(struct.pack("HBBI", *step) for step in steps))
    sys.addaudithook(_hook)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def _load(program: bytes) -> None:
    buffer = ctypes.create_string_buffer(program, len(program))
    loaded = _Program(len(program) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.byref(loaded), 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter")


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect"):
        traceback.print_stack()
        sys.stderr.flush()
        os._exit(_CODE)


def run(name: str, arguments: list[str], folder: Path) -> int | str:
    """The exit code of one command, or REACHED."""
    child = os.fork()
    if child == 0:
        _become(name, arguments, folder)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return REACHED if code in (_CODE, -signal.SIGSYS) else code


def _become(name: str, arguments: list[str], folder: Path) -> None:
    code = 70
    try:
        for number, path, flags in (
            (0, os.devnull, os.O_RDONLY),
            (1, str(folder / f"{name}.out"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (2, str(folder / f"{name}.err"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ):
            os.dup2(os.open(path, flags), number)
        from councilgraph.cli import main

        seal()
        try:
            code = main(arguments)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def main(folder: Path) -> None:
    """Run them all."""
    from councilgraph.cli import COMMANDS

    # Imported once, not once a command: no thread is started by it.
    for command in COMMANDS:
        importlib.import_module(f"councilgraph.commands.{command}")
    asked = json.load(sys.stdin)
    codes = {name: run(name, arguments, folder) for name, arguments in asked.items()}
    (folder / "codes.json").write_text(json.dumps(codes))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
