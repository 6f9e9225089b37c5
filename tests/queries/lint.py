"""What is wrong with a stored query's header and text; values count, not presence alone."""

from __future__ import annotations

import re

from councilgraph.catalogue import (
    COLUMN_TYPES,
    PARAMETER_TYPES,
    VALUES,
    Query,
    pairs,
    parse_header,
    parts,
)

VERBS = ("compare-", "list-", "count-", "find-", "trace-", "show-")
_KEYS = ["id", "summary", "question", "why", "tags", "parameters", "columns"]
_CHECK_KEYS = [
    "id",
    "summary",
    "question",
    "why",
    "severity",
    "problem",
    "solution",
    "tags",
    "parameters",
    "columns",
]
_LISTS = ("tags", "parameters", "columns")


def lint(query: Query) -> list[str]:
    """What is wrong with a stored query's header and text; values count, not presence alone."""
    header, wrong = parse_header(query.text, query.path), []
    keys = _CHECK_KEYS if query.kind == "check" else _KEYS
    if list(header) != keys:
        wrong.append(f"keys are {list(header)}, not {keys}")
    flat = [one for one in header.values() if isinstance(one, str)]
    flat += [item if isinstance(item, str) else item[1] for key in _LISTS for item in header.get(key, ())]
    wrong += [f"not a plain YAML value: {one!r}" for one in flat if not _plain(one)]
    if not re.fullmatch(r"[QCVL]\d\d", query.id):
        wrong.append(f"id {query.id!r} is not a letter and two digits")
    if query.kind == "question" and not query.name.startswith(VERBS):
        wrong.append(f"name does not start with one of {', '.join(VERBS)}")
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name):
        wrong.append("name is not in kebab-case")
    if not query.question.endswith("?"):
        wrong.append("question does not end in a question mark")
    if query.kind == "check" and query.severity not in ("error", "warning"):
        wrong.append(f"severity {query.severity!r} is neither error nor warning")
    wrong += _lint_parameters(query) + _lint_columns(query)
    body = "\n".join(line for line in query.text.split("\n") if not line.startswith("#"))
    if query.form == "SELECT" and "\nORDER BY" not in body:
        wrong.append("no ORDER BY at the end: the answer has no fixed order")
    if re.search(r"\bLIMIT\b", body):
        wrong.append("LIMIT in the text: a hidden limit")
    for prefix in set(re.findall(r"(?<![\w?<:/])([a-z]+):[A-Za-z]", re.sub(r'<[^>]*>|"[^"]*"', "", body))):
        if f"PREFIX {prefix}: " not in body:
            wrong.append(f"prefix {prefix}: is not declared")
    return wrong


def _lint_parameters(query: Query) -> list[str]:
    wrong = [
        f"parameter {one.name}: unknown type {one.type}"
        for one in query.parameters
        if one.type not in PARAMETER_TYPES
    ]
    for name, value in pairs(parse_header(query.text), "parameters"):
        need = parts(value, 3, query.path)[1]
        if need not in ("required", "optional") and not re.fullmatch(r"default=\S+", need):
            wrong.append(f"parameter {name}: {need!r} is not required, optional or default=VALUE")
    declared = {one.name for one in query.parameters} - {"limit"}
    held = set(VALUES.findall(query.text))
    if declared != held:
        wrong.append(f"parameters {sorted(declared)} differ from VALUES blocks {sorted(held)}")
    return wrong


def _lint_columns(query: Query) -> list[str]:
    wrong = [
        f"column {one.name}: unknown type {one.type}" for one in query.columns if one.type not in COLUMN_TYPES
    ]
    if query.form == "SELECT" and not query.columns:
        wrong.append("no columns")
    return wrong


def _plain(value: str) -> bool:
    """Whether YAML reads the value as the same string (no quoting, typing or comment)."""
    odd = re.match(
        r"[\[\]{}&*!|>'\"%@`?,#-]|(true|false|yes|no|on|off|null|~|[\d.+]+)$", value, re.IGNORECASE
    )
    return bool(value) and not odd and ": " not in value and " #" not in value and value[-1] != ":"
