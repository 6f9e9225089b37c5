"""The explorer with time limits of a few seconds, so that a test need not wait for the usual ones.

python -m tests.support.impatient STORE PORT SECONDS
"""

from __future__ import annotations

import sys

from councilgraph.explorer.app import create_app
from councilgraph.explorer.serving import listen, server
from councilgraph.explorer.settings import Limits, Settings


def main(store: str, port: str, seconds: str) -> None:
    """Serve until it is told to stop."""
    limit = float(seconds)
    limits = Limits(header_seconds=limit, body_seconds=limit, send_seconds=limit)
    settings = Settings(store=store, port=int(port), limits=limits)
    with listen(settings) as socket:
        server(create_app(settings), settings).run(sockets=[socket])


if __name__ == "__main__":
    main(*sys.argv[1:])
