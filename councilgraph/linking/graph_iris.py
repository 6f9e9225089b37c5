"""What entries of registers are called in the graph, and what the graph says of them."""

from __future__ import annotations

from collections.abc import Iterable

from councilgraph.iris import IRIS
from councilgraph.linking.candidates import Source
from councilgraph.linking.entry import Entry
from councilgraph.model import Identifier, Organisation

# How the keys of our own tables' bodies begin; councils have a path of their own.
_TABLES = {"ods-icbs": "ods-", "ods-trusts": "ods-", "police-forces": "gss-", "national-bodies": ""}
# Registers whose codes are those of an identifier scheme of another name.
_SCHEMES = {"local-authorities": "lae"}
# Where the entry of a register is found on the web, and whether that address means the body
# itself or a page about it (Companies House calls it the company, of the other nobody says).
_ELSEWHERE = {
    "companies-house": ("http://business.data.gov.uk/id/company/", "sameAs"),
    "charity-commission": ("https://findthatcharity.uk/orgid/GB-CHC-", "exactMatch"),
}


class Naming:
    """Keys and IRIs of entries; ``ours`` are the entries of our own tables."""

    def __init__(self, ours: Iterable[Entry]) -> None:
        self.ours = {(e.register, e.code): e for e in ours}
        self._by_iri = {self.iri(e): e for e in self.ours.values()}

    def key(self, entry: Entry) -> str:
        """The key in the IRI: "STS" for a council, "ods-RRE", "charity-commission-1100001"."""
        if self.described(entry):
            if entry.register == "local-authorities":
                return entry.code
            if entry.register in _TABLES:
                return _TABLES[entry.register] + entry.code
        if entry.register == "national-bodies":
            return entry.code
        return f"{_SCHEMES.get(entry.register, entry.register)}-{entry.code}"

    def iri(self, entry: Entry) -> str:
        """The IRI of the body in our graph."""
        if entry.register == "local-authorities" and self.described(entry):
            return IRIS.council(entry.code)
        return IRIS.organisation(self.key(entry))

    def described(self, entry: Entry) -> bool:
        """Whether a reference table of ours describes the body already."""
        return (entry.register, entry.code) in self.ours

    def entry(self, iri: str, source: Source, registers: Iterable[str]) -> Entry | None:
        """The entry that an IRI of ours means; None for any other."""
        if iri in self._by_iri:
            return self._by_iri[iri]
        head = IRIS.organisation("")
        key = iri.removeprefix(head)
        if key == iri:
            return None
        for register in registers:
            begin = "" if register == "national-bodies" else f"{_SCHEMES.get(register, register)}-"
            if key.startswith(begin) and (found := source.entry(register, key.removeprefix(begin))):
                return found
        return None


def elsewhere(entry: Entry) -> tuple[str, str] | None:
    """The address of the entry outside our graph, and the relation to it; None where there is none."""
    if entry.register not in _ELSEWHERE:
        return None
    begin, relation = _ELSEWHERE[entry.register]
    return begin + entry.code, relation


def described(entry: Entry, naming: Naming) -> Organisation:
    """A body of a register as the graph describes it, beside those of our tables."""
    since, until = entry.since, entry.until
    if since and until and until < since:
        since = until = None
    names = dict.fromkeys(name.text for name in entry.names)
    official = entry.names[0].text
    return Organisation(
        naming.key(entry),
        official,
        entry.kind,
        tuple(name for name in names if name != official),
        tuple(Identifier(scheme, value) for scheme, value in dict.fromkeys(entry.identifiers)),
        homepage=entry.homepage,
        valid_from=since,
        valid_until=until,
    )
