"""The number of rows is told rightly from the bytes, whatever the values hold and wherever a piece ends."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.service.counting import row_counter
from councilgraph.service.forms import TABLES

_TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ['"}},{"', '},{"a":{', "[{", ",{", "\\", '\\"', '"', '""', "\r\n", "\n", "<result>", "&lt;", "\t"]
    ),
)
_ROWS = st.lists(st.tuples(st.one_of(st.none(), _TEXTS), st.one_of(st.none(), _TEXTS)), max_size=8)


@pytest.mark.parametrize("form", list(TABLES))
@settings(max_examples=150)
@given(rows=_ROWS, size=st.integers(1, 40))
def test_rows_are_counted_as_they_pass(
    form: str, rows: list[tuple[str | None, str | None]], size: int
) -> None:
    values = " ".join(
        f"({' '.join('UNDEF' if one is None else str(pyoxigraph.Literal(one)) for one in row)})"
        for row in rows
    )
    table = pyoxigraph.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    assert isinstance(table, pyoxigraph.QuerySolutions)
    data = table.serialize(format=TABLES[form])
    assert data is not None
    count, found = row_counter(form), 0
    for start in range(0, len(data), size):
        found = count(data[start : start + size])
    assert found == len(rows)
