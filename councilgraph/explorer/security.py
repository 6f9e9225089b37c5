"""What guards the explorer: headers of every answer, and the size of every request.

Pure ASGI: it sees answers of every kind, also those of errors and of files.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from councilgraph.explorer.settings import Limits

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"strict-origin-when-cross-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    b"cross-origin-opener-policy": b"same-origin",
}


class Guard:
    """Adds the headers, refuses what is too large, and answers for what was not foreseen.

    A response that has set one of the headers itself keeps its own (the editor's policy).
    ``broken`` makes the answer to an error that nobody caught: the framework would send it
    without the headers.
    """

    def __init__(
        self, app: ASGIApp, limits: Limits, broken: Callable[[Request, Exception], Response]
    ) -> None:
        self.app, self.limits, self.broken = app, limits, broken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1000})
                return
            await self.app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                present = {name.lower() for name, _ in message.get("headers", ())}
                added = [(k, v) for k, v in HEADERS.items() if k not in present]
                message = {**message, "headers": [*message.get("headers", ()), *added]}
            await send(message)

        too_large = self._too_large(scope)
        if too_large:
            await _refuse(guarded, *too_large)
            return
        counted = _Counted(receive, self.limits.request_bytes)
        try:
            await self.app(scope, counted, guarded)
        except _TooMuch:
            if not started:
                most = f"{self.limits.request_bytes:,} bytes"
                await _refuse(guarded, 413, f"The request is longer than {most}.")
        except Exception as error:
            response = self.broken(Request(scope), error)
            if started:
                raise  # half an answer is out: the connection is cut, so that it cannot pass for a whole one
            await response(scope, receive, guarded)

    def _too_large(self, scope: Scope) -> tuple[int, str] | None:
        length = len(scope.get("raw_path") or b"") + len(scope.get("query_string", b""))
        if length > self.limits.address_bytes:
            return 414, f"The address is longer than {self.limits.address_bytes:,} bytes."
        names = [name for name, _ in scope["headers"]]
        if b"content-length" in names and b"transfer-encoding" in names:
            # A web server in front may believe the other one, and take the rest for a request.
            return 400, "The request states its length twice."
        for name, value in scope["headers"]:
            if name == b"content-length" and (
                not value.isdigit() or len(value) > 18 or int(value) > self.limits.request_bytes
            ):
                return 413, f"The request is longer than {self.limits.request_bytes:,} bytes."
            # Unpacking is where a small request becomes a large one.
            if name == b"content-encoding" and value.strip().lower() not in (b"", b"identity"):
                return 415, "Compressed requests are not taken."
        return None


class _TooMuch(Exception):
    """The body goes on beyond the limit, whatever its header said."""


class _Counted:
    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.left = receive, most

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] == "http.request":
            self.left -= len(message.get("body", b""))
            if self.left < 0:
                raise _TooMuch
        return message


async def _refuse(send: Any, status: int, detail: str) -> None:
    problem = {"type": "about:blank", "title": "Too large", "status": status, "detail": detail}
    body = json.dumps(problem).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
