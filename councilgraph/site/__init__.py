"""The explorer as files: the same pages with relative links and downloads, for any web server.

`write_site` walks every kind of page of `councilgraph.explorer.pages`, so a page that the
explorer shows is in the site too. What needs a server (forms, full-text search, SPARQL) is
left out of the pages; instead of the search there is a list of everything by name.
"""

from councilgraph.site.writing import Site, write_site

__all__ = ["Site", "write_site"]
