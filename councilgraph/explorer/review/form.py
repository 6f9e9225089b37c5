"""The body of a POST as fields: small, in UTF-8, without what no form of ours sends."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from councilgraph.errors import UsageError
from councilgraph.explorer.review.fence import MOST, too_long

Sent = Mapping[str, tuple[str, ...]]
_MOST_FIELDS = 400
_CURE = "Go back to the page and send its form again."


class TooLongError(UsageError):
    """The body is longer than any form of ours."""


async def sent(request: Request) -> Sent:
    """The fields of the form; a name may have several values.

    Raises:
        TooLongError: it is longer than any decision. UsageError: it is no form in UTF-8.
    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST:
            said = too_long()
            raise TooLongError(said.what, cure=said.cure)
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise UsageError("The form cannot be read: it is no text in UTF-8.", cure=_CURE) from None
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if any((ord(c) < 32 and c not in "\t\r\n") or ord(c) == 127 for c in value):
            raise UsageError("The form holds a control character.", cure="Type it again without.")
        found[name] = (*found.get(name, ()), value.replace("\r\n", "\n").replace("\r", "\n"))
    return found


def one(fields: Sent, name: str) -> str:
    """The value of a field that has one, "" for none.

    Raises:
        UsageError: there are several.
    """
    values = fields.get(name, ())
    if len(values) > 1:
        raise UsageError(f"The form has {len(values)} values for '{name[:40]}'.", cure=_CURE)
    return values[0] if values else ""
