"""What whoever runs the explorer can set."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import date

from councilgraph.errors import UsageError

HOST, PORT = "127.0.0.1", 8090
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost; beyond it the answer is an error that names the limit."""

    query_seconds: float = 10.0
    query_memory: int = 1024 * MIB  # bytes of address space of one worker
    result_rows: int = 100_000
    result_bytes: int = 64 * MIB
    request_bytes: int = 1 * MIB
    search_results: int = 1_000
    address_bytes: int = 8 * 1024  # path and query string
    header_seconds: float = 10.0  # until all headers of a request are here
    body_seconds: float = 20.0  # until its body is
    send_seconds: float = 60.0  # the client takes nothing for so long
    # Between two requests of a connection. Longer than web servers in front keep theirs, or they
    # would send a request into a connection that is just being closed.
    idle_seconds: int = 65
    connections: int = 1_000
    page_threads: int = 4  # pages are work for the processor: more at once would take longer each


@dataclass(frozen=True, slots=True)
class Reviewing:
    """That decisions may be taken on pages, and where they go.

    Attributes:
        data: the folder of the tables, whose review files count.
        own: a folder of review files of the user's own; "" for that of ``data``.
        role: in which role decisions are taken; never a name.
        on: the day of the decisions; None for that on which each is taken.
    """

    data: str
    own: str = ""
    role: str = "reviewer"
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How the explorer is run.

    Attributes:
        store: the folder of the store.
        base: address under which readers reach it ("https://evidence.example.org"), without
            a slash at its end; "" for that of host and port. Feeds and sitemaps need it whole.
        root_path: path in front of every address, where a web server passes on only a part
            of its site ("/evidence"); "" for none.
        service_hosts: hosts that a SPARQL query may ask with SERVICE; none by default.
        workers: processes that run SPARQL queries of visitors.
        memory: hold a copy of the build in memory, where pages are several times as quick.
        previous: an earlier build or release that the pages of what changed compare with; "" for
            the build before, as long as the store keeps it.
        review: the pages of the review, for this machine only; None for none.
    """

    store: str
    host: str = HOST
    port: int = PORT
    base: str = ""
    root_path: str = ""
    service_hosts: tuple[str, ...] = ()
    workers: int = 2
    memory: bool = True
    previous: str = ""
    review: Reviewing | None = None
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.review is not None and (self.base or self.root_path or not _loopback(self.host)):
            raise UsageError(
                "Decisions are taken on this machine only: there are no accounts that could tell who may.",
                cure="Leave out --host, --base and --root-path, or leave out --review.",
            )
        if not 0 <= self.port <= 65_535:
            raise UsageError(
                f"{self.port} is no port.", cure="Choose one from 1024 to 65535, as in --port 8090."
            )
        root = self.root_path
        if root and (not root.startswith("/") or root.endswith("/") or "//" in root):
            raise UsageError(
                f"The root path {root!r} is not the beginning of an address.",
                cure="Write it with a slash in front and none behind, as in /evidence.",
            )
        if self.base and not self.base.startswith(("http://", "https://")):
            raise UsageError(
                f"The base {self.base!r} is not an address.",
                cure="Write it as in https://evidence.example.org.",
            )

    @property
    def address(self) -> str:
        """Where readers reach the explorer: base and root path, without a slash at the end."""
        if self.base:
            return self.base.rstrip("/") + self.root_path
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}{self.root_path}"


def _loopback(host: str) -> bool:
    """Whether nobody but this machine reaches that address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
