"""All tables at once: one workbook (XLSX), or a folder of CSV files with their metadata.

>>> from councilgraph import workbook
>>> with councilgraph.open(".councilgraph") as graph:                    # doctest: +SKIP
...     counts = workbook.write_book_file(workbook.sheets(graph), workbook.about(graph), "all.xlsx")
"""

from __future__ import annotations

from councilgraph.workbook.about import about
from councilgraph.workbook.book import write_book, write_book_file
from councilgraph.workbook.folder import write_folder
from councilgraph.workbook.sheet import Sheet
from councilgraph.workbook.tables import TABLES, TableKind, sheets

__all__ = [
    "TABLES", "Sheet", "TableKind", "about", "sheets", "write_book", "write_book_file", "write_folder",
]  # fmt: skip
