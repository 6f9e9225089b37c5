"""Show the graph in a browser: pages, forms, downloads, linked data and a SPARQL endpoint.

Read-only, and for this machine only unless --host says otherwise. With --review it also takes
decisions about what the machine read, for this machine only (docs/review.md). It goes on until you stop
it with Ctrl-C, and takes up a new build of the store by itself. To put it on the web, run it
behind a web server; docs/explorer.md shows how.
"""

from __future__ import annotations

import argparse
import os

from councilgraph.commands.options import add_reviews, add_store, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from councilgraph.explorer.settings import Reviewing, Settings

EXAMPLE = "councilgraph serve --port 8090"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8090, help="port to listen at (default: 8090)")
    add_store(parser, endpoints=False)
    parser.add_argument("--open", action="store_true", help="open the home page in your browser")
    parser.add_argument(
        "--disk",
        action="store_true",
        help="read the store from disk, not from memory: starts at once and takes little memory, "
        "but pages take several times as long",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="print every request")
    web = parser.add_argument_group("behind a web server")
    web.add_argument(
        "--base",
        default="",
        metavar="ADDRESS",
        help="address under which readers reach it, as in https://example.org",
    )
    web.add_argument(
        "--root-path", default="", metavar="PATH", help="path in front of every page, as in /evidence"
    )
    parser.add_argument(
        "--previous",
        default="",
        metavar="OLD",
        help="an earlier build or release that /changes compares with (default: the build before, as "
        "long as the store has it)",
    )
    review = parser.add_argument_group("taking decisions, on this machine only")
    review.add_argument("--review", action="store_true", help="pages that do what 'councilgraph review' does")
    review.add_argument(
        "--role",
        default=os.environ.get("COUNCILGRAPH_ROLE") or "reviewer",
        metavar="R",
        help="in which role you decide; never a name (default: COUNCILGRAPH_ROLE, or reviewer)",
    )
    review.add_argument("--data", metavar="DIR", help="the folder of the tables")
    add_reviews(review)
    limits = parser.add_argument_group("limits of what visitors may ask")
    limits.add_argument(
        "--query-seconds", type=float, default=10, metavar="S", help="longest SPARQL query (10)"
    )
    limits.add_argument(
        "--query-memory", type=int, default=1024, metavar="MIB", help="most memory of a SPARQL query (1024)"
    )
    limits.add_argument(
        "--result-rows",
        type=int,
        default=100_000,
        metavar="N",
        help="longest answer of a SPARQL query (100000)",
    )
    limits.add_argument(
        "--workers", type=int, default=2, metavar="N", help="processes for SPARQL queries (2)"
    )
    limits.add_argument(
        "--allow-service",
        action="append",
        default=[],
        metavar="HOST",
        help="a host that queries may ask with SERVICE, over the network; none unless named here",
    )


def run(options: argparse.Namespace) -> int:
    """Serve."""
    import signal

    from councilgraph.explorer.app import create_app
    from councilgraph.explorer.serving import listen, server

    settings = _settings(options)
    with listen(settings) as socket:
        app = create_app(settings)
        say("Reading the store ...")
        held = app.state.snapshots.current()
        if settings.review is not None:
            # A damaged review file, or no folder to write to, is told before anybody decides.
            desk = app.state.board.desk(held)
            app.state.board.warm(held)
            say(f"Decisions are taken as {desk.role} and written to {desk.files.folder}.")
        say(f"The explorer is at {settings.address}/ - stop it with Ctrl-C.")
        if options.open:
            import webbrowser

            webbrowser.open(settings.address + "/")
        # The server stops in good order at either signal and then sends it once more; being
        # told to stop is not a failure.
        old = signal.signal(signal.SIGTERM, lambda *_: None)
        try:
            server(app, settings, log_requests=options.verbose).run(sockets=[socket])
        except KeyboardInterrupt:
            pass
        finally:
            signal.signal(signal.SIGTERM, old)
    return 0


def _settings(options: argparse.Namespace) -> Settings:
    from councilgraph.errors import UsageError
    from councilgraph.explorer.settings import MIB, Limits, Settings
    from councilgraph.store import is_address, location

    if options.previous and not is_address(options.previous) and not os.path.exists(options.previous):
        raise UsageError(
            "There is no such earlier build.",
            where=options.previous,
            cure="Name a store, one of its builds, a release or its N-Quads; or leave --previous out.",
        )
    for name in ("query_seconds", "query_memory", "result_rows", "workers"):
        if not getattr(options, name) > 0:
            raise UsageError(
                f"--{name.replace('_', '-')} {getattr(options, name)} is not above 0.",
                cure="Leave it out for the usual limit.",
            )
    return Settings(
        store=location(options.store),
        host=options.host,
        port=options.port,
        base=options.base,
        root_path=options.root_path.rstrip("/"),
        service_hosts=tuple(options.allow_service),
        workers=options.workers,
        memory=not options.disk,
        previous=options.previous,
        review=_reviewing(options) if options.review else None,
        limits=Limits(
            query_seconds=options.query_seconds,
            query_memory=options.query_memory * MIB,
            result_rows=options.result_rows,
        ),
    )


def _reviewing(options: argparse.Namespace) -> Reviewing:
    from councilgraph.explorer.settings import Reviewing
    from councilgraph.resources import data_folder
    from councilgraph.reviews.taking import checked_role

    return Reviewing(
        data=str(options.data or data_folder()),
        own=options.reviews or "",
        role=checked_role(options.role),
    )
