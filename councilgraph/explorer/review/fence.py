"""Who may send a decision: somebody at this machine, from a page of this server.

A page of another site can send a form to any address that a browser reaches, this machine's
among them, and with a host name of its own that leads to 127.0.0.1 it could read our answers
too. So with ``--review`` the host of every request must be a name of this machine, and a
POST must come from a page of this very server.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from councilgraph.errors import UsageError
from councilgraph.explorer import responses

PATH = "/review"
MOST = 64 * 1024  # bytes of a decision; one with every field filled in takes a tenth
FORM = "application/x-www-form-urlencoded"
_HEADERS = {
    # Neither the way back in a browser nor a proxy shows what was to be decided before.
    b"cache-control": b"no-store",
    b"cross-origin-resource-policy": b"same-origin",
}
_OWN_WAY = "Open the page at the address that 'councilgraph serve --review' names, and send its form."


class Fence:
    """Refuses what comes from elsewhere; pure ASGI, round the whole explorer."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self.app = app
        bare = f"[{host}]" if ":" in host else host
        self.names = {"127.0.0.1", "localhost", "[::1]", bare.casefold()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ours = is_ours(scope["path"])

        async def closed(message: Message) -> None:
            if ours and message["type"] == "http.response.start":
                kept = [
                    (name, value)
                    for name, value in message.get("headers", ())
                    if name.lower() not in _HEADERS and not name.lower().startswith(b"access-control-")
                ]
                message = {**message, "headers": [*kept, *_HEADERS.items()]}
            await send(message)

        refused = self._refused(Request(scope), ours=ours)
        if refused:
            response = responses.respond_error(Request(scope), refused[1], refused[0])
            del response.headers["Access-Control-Allow-Origin"]
            response.headers["Connection"] = "close"  # its body is not read
            await response(scope, receive, closed)
            return
        await self.app(scope, receive, closed)

    def _refused(self, request: Request, *, ours: bool) -> tuple[int, UsageError] | None:
        hosts = request.headers.getlist("host")
        if len(hosts) != 1 or not self._here(hosts[0], request.scope.get("server")):
            return 403, UsageError(
                "This explorer answers under the name of this machine only.", cure=_OWN_WAY
            )
        # Another method than these has no route, and is refused in the usual way.
        return _refused_form(request, hosts[0]) if ours and request.method == "POST" else None

    def _here(self, host: str, server: tuple[str, int | None] | None) -> bool:
        name, colon, port = host.casefold().rpartition(":")
        if not colon or host.endswith("]"):
            name, port = host.casefold(), "80"
        return name in self.names and (server is None or str(server[1]) == port)


def is_ours(path: str) -> bool:
    """Whether an address is one of the review."""
    return path == PATH or path.startswith((PATH + "/", PATH + "."))


def too_long() -> UsageError:
    """The body of a decision goes on beyond the limit."""
    return UsageError(f"A decision is not longer than {MOST:,} bytes.", cure="Put the note in fewer words.")


def _refused_form(request: Request, host: str) -> tuple[int, UsageError] | None:
    if not _same_site(request, f"http://{host}"):
        return 403, UsageError("The decision does not come from a page of this server.", cure=_OWN_WAY)
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().casefold().removeprefix("charset=").strip('"')
    if kind.strip().casefold() != FORM or charset not in ("", "utf-8", "utf8"):
        return 415, UsageError("A decision is a form, in UTF-8.", cure=_OWN_WAY)
    length = request.headers.get("content-length", "")
    return (413, too_long()) if length.isdigit() and int(length) > MOST else None


def _same_site(request: Request, own: str) -> bool:
    """Whether a browser says that the form stood on a page of this server.

    Every browser sends an Origin with a POST; what sends neither it nor a Referer is none, and
    there is the command line for that.
    """
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origins = request.headers.getlist("origin")
    if origins:
        return origins == [own]
    referer = request.headers.get("referer", "")
    try:
        parts = urlsplit(referer)
    except ValueError:
        return False
    return f"{parts.scheme}://{parts.netloc}" == own
