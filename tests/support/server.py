"""A web server on this machine, over real sockets, that serves what a test gives it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST = "127.0.0.1"


@dataclass
class Reply:
    """What is sent for a path. ``length`` is what the header says, where that is not the truth."""

    data: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    drip: bool = False  # a byte now and then, for ever


Replies = dict[str, "bytes | Reply | Callable[[int], Reply]"]


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None: ...  # who asked went away early


class Server:
    """``replies`` maps paths to replies; a callable is given how often the path was asked for before.

    ``asked`` are the requests as they came: the path and the headers; ``posted`` the bodies of
    those that had one.
    """

    def __init__(self, replies: Replies) -> None:
        self.replies = replies
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.sent: list[tuple[str, int]] = []
        self.posted: list[bytes] = []
        self.closing = threading.Event()
        self._http = _Quiet((HOST, 0), self._handler())
        self.port = self._http.server_address[1]

    def address(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, the robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                server.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.do_GET()

            def do_GET(self) -> None:
                count = sum(path == self.path for path, _ in server.asked)
                server.asked.append((self.path, dict(self.headers)))
                found = server.replies.get(self.path, server.replies.get(self.path.partition("?")[0]))
                if found is None:
                    found = Reply(b"not here", status=404)
                reply = found if not callable(found) else found(count)
                self.send(Reply(reply) if isinstance(reply, bytes) else reply)

            def send(self, reply: Reply) -> None:
                tag = f'"{hashlib.sha256(reply.data).hexdigest()[:16]}"'
                if reply.status == 200 and self.headers.get("If-None-Match") == tag:
                    reply = Reply(status=304)
                server.sent.append((self.path, reply.status))
                self.send_response(reply.status)
                if reply.status != 304:
                    self.send_header("Content-Type", reply.kind)
                    length = len(reply.data) if reply.length is None else reply.length
                    self.send_header("Content-Length", str(length))
                self.send_header("ETag", tag)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self.wfile.write(reply.data)
                    while reply.drip and not server.closing.wait(0.02):
                        self.wfile.write(b" ")
                        self.wfile.flush()
                except OSError:
                    self.close_connection = True  # who asked has gone
                if reply.length is not None:
                    self.close_connection = True

            def log_message(self, *_: object) -> None: ...

        return Handler

    @contextmanager
    def running(self) -> Iterator[Server]:
        thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield self
        finally:
            self.closing.set()
            self._http.shutdown()
            thread.join()
            self._http.server_close()
