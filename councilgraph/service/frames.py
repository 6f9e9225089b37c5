"""What a worker and its pool say to each other: frames of a kind, a length and bytes."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

# Kinds of frames.
READY = b"R"  # the worker has opened the store; JSON: {"sealed": bool}
ASK = b"A"  # a query for the worker; JSON, see `worker.main`
HEAD = b"H"  # an answer begins; JSON: {"kind": "solutions" | "boolean" | "graph", "form": name}
DATA = b"D"  # a part of the answer
END = b"E"  # it is whole; JSON: {"fit": can the worker be asked again?}
FAILED = b"F"  # there is no answer; JSON: {"error": name, "what": text}

_HEADER = struct.Struct(">cI")


def send(out: IO[bytes], kind: bytes, content: bytes | dict[str, Any]) -> None:
    """Write one frame, whole.

    Raises:
        OSError: the other side has gone.
    """
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    out.write(_HEADER.pack(kind, len(data)))
    out.write(data)
    out.flush()


def receive(source: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The next frame as kind and bytes; None where the other side has ended."""
    header = source.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    kind, length = _HEADER.unpack(header)
    data = source.read(length)
    return None if len(data) < length else (kind, data)
