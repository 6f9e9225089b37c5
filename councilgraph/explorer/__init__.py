"""The explorer: the graph as pages, data and addresses, read-only.

Pages are plain objects (`page`), made from one build (`snapshot`) by functions (`pages`),
and take their form elsewhere (`rendering`, `data`). `app` puts them behind HTTP.
"""

# How to add a page: a module in ``pages`` with ``KINDS``, its name in ``pages.MODULES``, and a
# template that extends "base.html" and fills the block ``main``. Helpers that are ready:
# ``findings.findings(snapshot)`` (select, count, show), ``paging.paging(asked, total)``,
# ``links.address_of("councils", code, page=2)``, ``snapshot.label(iri)``, ``snapshot.once``,
# ``filters.page_of(iri)``; macros in templates/parts: table, finding, findings, polarity,
# picture, score, rating, pages_of, options. Import macros "with context".
