"""No way off this machine, for the tests and for every Python that they start.

Python imports a module of this name by itself at its start where its folder is on PYTHONPATH;
tests/conftest.py puts it there, and calls ``guard`` for its own process. An audit hook (PEP 578)
sees what a patched ``socket`` does not: asyncio, names that were imported earlier, other threads,
and the question for a name, which would leave the machine before any connection does.

Loopback and Unix sockets stay open. What is refused is written to the file that
``TESTS_WENT_OUTSIDE`` names, so that a test fails even where the code under test has swallowed
the error, or stands in another process.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

RECORD = "TESTS_WENT_OUTSIDE"
_OWN = os.uname().nodename.lower() if hasattr(os, "uname") else ""
# Names that belong to nobody (RFC 6761): a resolver is to say so without asking anyone.
_NOBODY = (".invalid", ".test", ".example", ".example.org", ".example.com")


class WentOutsideError(RuntimeError):
    """No OSError: code that copes with a broken connection must not cope with this."""


def guard() -> None:
    """From now on, and for good, this process reaches nothing but this machine."""
    sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple) and address and not _here(address[0]):
            _refuse(event, f"{address[0]}:{address[1]}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
        if not _here(host):
            name = _text(host).rstrip(".").lower()
            if name.endswith(_NOBODY) or "." + name in _NOBODY:
                import socket

                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            if not _number(name):  # to write a number in another way asks nobody
                _refuse(event, name)


def _here(host: object) -> bool:
    name = _text(host).rstrip(".").lower()
    if name in ("", "localhost", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1", _OWN):
        return True
    return name.startswith("127.") and _number(name)


def _number(name: str) -> bool:
    return ":" in name or all(part.isdigit() for part in name.split("."))


def _text(host: object) -> str:
    if host is None:
        return ""
    return host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else str(host)


def _refuse(event: str, target: str) -> None:
    told = f"{event} {target} ({' '.join(sys.argv)[:200] if hasattr(sys, 'argv') else ''})"
    if path := os.environ.get(RECORD):
        with open(path, "a", encoding="utf-8") as file:  # noqa: PTH123 - pathlib at each start costs
            file.write(told + "\n")
    raise WentOutsideError(f"A test goes off this machine: {told}")


if __name__ == "sitecustomize":
    guard()
