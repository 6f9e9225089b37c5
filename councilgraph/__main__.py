"""``python -m councilgraph``."""

import sys

from councilgraph.cli import main

sys.exit(main())
