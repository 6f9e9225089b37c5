"""What goes wrong on the way to a page."""

from __future__ import annotations

from councilgraph.errors import InputError


class FetchError(InputError):
    """An address cannot be read: refused by us or by the site, not there, too slow or too large."""
