"""Two clauses that have to be found in the text of a query before it is run: SERVICE and FROM.

The engine reads SPARQL without regard to where words begin: to it ``1service<http://...>{}``
is a number and a SERVICE clause. A second parser with ideas of its own about words would
overlook what the engine then runs. So the text is only freed of what cannot hold a clause
(comments, strings, addresses, variables), and a clause is looked for by its letters.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable

from councilgraph.service.failures import RefusedError

_ADDRESS = r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>"
_TOKENS = re.compile(
    rf"""
      (?P<comment> \#[^\n\r]*+ )
    | (?P<string> \"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\.))*+\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
                | \"(?:[^\"\\\n\r]|\\.)*+\" | '(?:[^'\\\n\r]|\\.)*+' )
    | (?P<address> {_ADDRESS} )
    | (?P<variable> [?$]\w++ )
    | (?P<name> (?P<prefix> (?:[^\W\d_][\w.\-]*+)? ) : (?:[\w:.\-%]|\\.)*+ )
    | (?P<word> \w[\w.\-]*+ )
    | (?P<escaped> \\. )
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME = r"(?:[^\W\d_][\w.\-]*)?:[\w:.\-%\\]*"
_PREFIXES = re.compile(r"prefix\s*([^\W\d_][\w.\-]*):", re.IGNORECASE)
_SERVICE = re.compile(rf"service\s*+(?:silent)?+\s*+(?:<>|\?v|{_NAME})\s*\{{", re.IGNORECASE | re.ASCII)
_FROM = re.compile(rf"from\s*+(?:named)?+\s*+(?:<>|{_NAME})", re.IGNORECASE)
# A clause whose address stands in full behind the word: nothing to resolve, nothing to unescape.
_PLAIN_SERVICE = re.compile(
    r"service\s*+(?:silent)?+\s*+<(https?)://([a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?)(?::([0-9]{1,5}))?"
    r"(?:[/?#][^<>\"{}|^`\\\x00-\x20]*)?>",
    re.IGNORECASE | re.ASCII,
)
_ANY_SERVICE = re.compile(r"service", re.IGNORECASE | re.ASCII)
_ANY_ADDRESS = re.compile(r"<[^<>\"{}|^`\\\x00-\x20]*>")
_PORTS = {"http": "80", "https": "443"}


def asks_others(query: str, *, strictly: bool = False) -> bool:
    """Does the query hold a SERVICE clause?

    ``strictly`` takes the letters for one even inside a prefixed name; it is for a process
    that could open a connection, where a clause that is overlooked would do harm.
    """
    bare = _bare(query, keep_names=strictly)
    return bool((_ANY_SERVICE if strictly else _SERVICE).search(bare))


def names_its_graphs(query: str) -> bool:
    """Does the query say with FROM or FROM NAMED which graphs it is asked of?"""
    return bool(_FROM.search(_bare(query)))


def check_others(query: str, allowed: Iterable[str]) -> None:
    """Are all SERVICE clauses of a query plain ones to hosts that are allowed?

    ``allowed`` holds host names ("query.wikidata.org": the usual port) or host and port
    ("localhost:7878"). Every occurrence of the word, even in a comment or a string, has to
    be followed by a whole address. A clause cannot hide inside an address: its own address
    and its brace would have to stand before the ``>``, and no address holds ``<`` or ``{``.

    Raises:
        RefusedError: one is not.
    """
    hosts = {host.strip().lower() for host in allowed}
    addresses = [found.span() for found in _ANY_ADDRESS.finditer(query)]
    for word in _ANY_SERVICE.finditer(query):
        before = bisect(addresses, (word.start(), 0)) - 1
        if before >= 0 and word.start() < addresses[before][1]:
            continue  # a part of an address
        clause = _PLAIN_SERVICE.match(query, word.start())
        if clause is None:
            raise RefusedError(
                "Behind the word SERVICE there is no whole address.",
                cure="Write SERVICE <https://host/path> { ... } with the address in full: no prefix, no "
                "variable, no comment between; and use the word nowhere else in the query.",
            )
        scheme, host, port = clause[1].lower(), clause[2].lower(), clause[3]
        given = {f"{host}:{port or _PORTS[scheme]}"} | ({host} if port in (None, _PORTS[scheme]) else set())
        if not given & hosts:
            raise RefusedError(
                f"This service does not ask {host}.",
                cure=f"SERVICE may name: {', '.join(sorted(hosts))}. For others, ask both endpoints from "
                "your own computer.",
            )


def no_others() -> RefusedError:
    """The error where no other server may be asked."""
    return RefusedError(
        "SERVICE is refused: this service asks no other servers.",
        cure="Ask both endpoints from your own computer, for example with Comunica or Apache Jena, "
        "or export the graph and load it beside your data.",
    )


def _bare(query: str, *, keep_names: bool = False) -> str:
    """The query without what cannot hold a clause; a placeholder stands for each kind."""
    declared = {found[1].casefold() for found in _PREFIXES.finditer(query)}

    def shown(token: re.Match[str]) -> str:
        kind = token.lastgroup
        if kind == "word":
            return token[0]
        if kind == "name":
            prefix = token["prefix"].casefold()
            hides = ("service" in prefix or "from" in prefix) and prefix not in declared
            return token[0] if keep_names or hides else " x:x "
        return {"comment": " ", "string": ' "" ', "address": "<>", "variable": "?v"}.get(kind or "", " ")

    return _TOKENS.sub(shown, query)
