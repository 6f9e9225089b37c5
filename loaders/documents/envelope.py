"""How the first bytes of a message or a mailbox look."""

from __future__ import annotations

import re

_NAMES = frozenset(
    (b"from", b"date", b"subject", b"to", b"message-id", b"mime-version", b"content-type", b"received")
)
_FIELD = re.compile(rb"([!-9;-~]{1,60}):(?: .*)?$")
_MAILBOX = re.compile(rb"From \S{1,200} .{0,200}\d{4}\b")


def looks_like_mail(head: bytes) -> bool:
    """Do the first bytes of a file have the fields of a message, or part one from another?"""
    lines = head.splitlines()
    if lines and _MAILBOX.match(lines[0]):
        return True
    names: set[bytes] = set()
    for line in lines:
        if not line.strip():
            break
        field = _FIELD.match(line)
        if field:
            names.add(field[1].lower())
        elif not (names and line[:1] in b" \t"):
            break  # cut off by the end of the head, or no message
    return len(names & _NAMES) >= 2
