"""A page's tables as JSON, CSV and a workbook: the same facts as in its HTML."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

from councilgraph import notice, results
from councilgraph.explorer.page import NotFoundError, Page, Table
from councilgraph.results import Result, json_records


def table_of(page: Page, name: str = "") -> Table:
    """The table of that name, or the first.

    Raises:
        NotFoundError: the page has no such table, or none at all.
    """
    for table in page.tables:
        if not name or table.name == name:
            return table
    if not page.tables:
        raise NotFoundError("This page holds no table.", where=page.title, cure="Read it as HTML or JSON.")
    names = ", ".join(table.name for table in page.tables)
    raise NotFoundError(
        f"This page has no table {name!r}.", where=page.title, cure=f"Its tables are: {names}."
    )


def as_json(page: Page, *, address: str, version: str, tables: Sequence[Table] | None = None) -> bytes:
    """The page's facts: title, the thing it is about, and every table with its columns and rows."""
    chosen = page.tables if tables is None else tables
    document: dict[str, Any] = {
        "title": page.title,
        "description": page.description,
        "about": page.about or None,
        "address": address,
        "version": version,
        "software": notice.VERSION,
        "licence": notice.LICENCE,
        "tables": {
            table.name: {
                "title": table.title,
                "columns": [{"name": c.name, "type": c.type, "help": c.help} for c in table.columns],
                "count": len(table.rows),
                "rows": [
                    {name: json_records.plain(value) for name, value in record.items()}
                    for record in table.records()
                ],
            }
            for table in chosen
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(table: Table) -> bytes:
    """One table as CSV, safe to open in a spreadsheet."""
    out = io.BytesIO()
    results.write(_result(table), "csv", out)
    return out.getvalue()


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """Tables as the sheets of one workbook."""
    from councilgraph.results import xlsx

    out = io.BytesIO()
    xlsx.write_sheets([(table.name, _result(table)) for table in tables], out)
    return out.getvalue()


def _result(table: Table) -> Result:
    return Result(table.columns, table.rows, table.title)
