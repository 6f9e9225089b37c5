"""A proxy that lets so many updates through and then holds the next one back."""

from __future__ import annotations

import threading
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Stalling(ThreadingHTTPServer):
    """In front of a server's update address; counts the chunks that are sent.

    ``stall_after`` updates pass; then ``stalled`` is set and the rest wait for ``go_on``.
    """

    daemon_threads = True

    def __init__(self, target: str, stall_after: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self.left = stall_after
        self.chunks = 0
        self.ended = False
        self.stalled, self.go_on = threading.Event(), threading.Event()
        self.lock = threading.Lock()
        self.address = f"http://127.0.0.1:{self.server_address[1]}{urllib.parse.urlsplit(target).path}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def end(self) -> None:
        """Forget what is held back, and let go of the port."""
        self.ended = True
        self.go_on.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Stalling

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        # An answer of 401 comes first on a server that asks who it is; it is no update yet.
        counts = not self.server.target.endswith("-auth") or "Authorization" in self.headers
        with self.server.lock:
            self.server.left -= counts
            hold = self.server.left < 0
        if hold:
            self.server.stalled.set()
            self.server.go_on.wait()
            if self.server.ended:
                return  # it never reached the server
        if counts and b"staging%3Achunk" in body and b"INSERT+DATA" in body:
            self.server.chunks += 1
        # The answer to a challenge is made from the address that was asked: the path must be the same.
        wanted = ("Content-Type", "Authorization", "Accept")
        headers = {name: self.headers[name] for name in wanted if name in self.headers}
        request = urllib.request.Request(self.server.target, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                self._answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                self._answer(error.code, dict(error.headers), error.read())
        except OSError:
            self._answer(503, {}, b"")

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        try:
            self.send_response(status)
            if "WWW-Authenticate" in headers:
                self.send_header("WWW-Authenticate", headers["WWW-Authenticate"])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # the client was killed meanwhile, as it is meant to be

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is theirs."""
