"""The page of the stored queries, generated from their headers.

Written by ``python -m councilgraph.queryguide > queries/README.md``; a test keeps it current.
"""

from __future__ import annotations

from councilgraph import resources
from councilgraph.catalogue import Catalogue


def readme(catalogue: Catalogue) -> str:
    """queries/README.md: what each query answers, its parameters, columns and an example."""
    lines = [
        "# Stored queries",
        "",
        "Written by `python -m councilgraph.queryguide > queries/README.md`; change the headers"
        " of the queries, not this file.",
        "Run one with `councilgraph query ID [name=value ...]`; list them with `councilgraph questions`.",
        "Every file also runs as it is in any SPARQL editor over the union of the named graphs;"
        " those under Links are asked of Wikidata.",
    ]
    last = ""
    for query in catalogue:
        if query.kind != last:
            lines += ["", f"## {query.kind.capitalize()}s"]
            last = query.kind
        lines += ["", f"### {query.id} {query.name}", "", f"**{query.question}** {query.why}"]
        if query.kind == "check":
            lines += ["", f"Severity: {query.severity}. {query.problem} {query.solution}"]
        lines += ["", f"    {query.example}"]
        if query.parameters:
            lines += ["", "| parameter | type | | what it is |", "|---|---|---|---|"]
            for one in query.parameters:
                need = "required" if one.required else f"default {one.default}" if one.default else "optional"
                lines.append(f"| `{one.name}` | {one.type} | {need} | {one.help} |")
        if query.columns:
            lines += ["", "| column | type | what it is |", "|---|---|---|"]
            lines += [f"| `{one.name}` | {one.type} | {one.help} |" for one in query.columns]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(readme(Catalogue(resources.path("queries"))), end="")
