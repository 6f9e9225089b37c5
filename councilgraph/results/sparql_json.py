"""Tables as SPARQL 1.1 Query Results JSON; the names are those of the SPARQL variables."""

from __future__ import annotations

import json

from councilgraph.results import Result
from councilgraph.results.values import XSD, Iri, Text, Value, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_DATATYPES = {"date": XSD + "date"}


def write(result: Result, out: TextIO) -> int:
    """Writes the bindings, one row a line."""
    names = [column.variable for column in result.columns]
    types = [column.type for column in result.columns]
    out.write('{"head": {"vars": ' + json.dumps(names) + '}, "results": {"bindings": [')
    count = 0
    for row in result.rows:
        binding = {
            name: _term(value, type)
            for name, value, type in zip(names, row, types, strict=True)
            if value is not None
        }
        out.write(("," if count else "") + "\n" + json.dumps(binding, ensure_ascii=False))
        count += 1
    out.write("\n]}}\n")
    return count


def _term(value: Value, type: str) -> dict[str, str]:
    if isinstance(value, str):
        if type == "iri" or isinstance(value, Iri):
            return {"type": "uri", "value": str(value)}
        if type == "any" and value.startswith("_:"):
            return {"type": "bnode", "value": value[2:]}
        term = {"type": "literal", "value": str(value)}
        if isinstance(value, Text) and value.language:
            term["xml:lang"] = value.language
        elif isinstance(value, Text) and value.datatype and value.datatype != XSD + "string":
            term["datatype"] = value.datatype
        elif type in _DATATYPES:
            term["datatype"] = _DATATYPES[type]
        return term
    number = "integer" if isinstance(value, int) else "decimal"
    datatype = "boolean" if isinstance(value, bool) else number
    return {"type": "literal", "value": shown(value), "datatype": XSD + datatype}
