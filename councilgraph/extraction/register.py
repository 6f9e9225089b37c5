"""The registered bodies as extraction needs them: by key, by name, and by area and date.

Built once from the reference tables; nothing here depends on a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from councilgraph.model import Act, Council, Coverage, Organisation, ReferenceTable

# Reports write the same trust with and without parts of its legal form.
_TRUST_FORMS = ("NHS Foundation Trust", "NHS Trust", "Foundation Trust", "Foundation NHS Trust", "Trust")
_COUNCIL_WORDS = ("council", "corporation", "borough")


@dataclass(frozen=True, slots=True)
class Name:
    """One written form of a registered body; ``full`` is the full name that it stands for."""

    text: str
    full: str
    body: Organisation | Council


class Register:
    """Councils, boards, trusts, forces, national bodies, and who serves which area when."""

    def __init__(
        self,
        councils: Iterable[Council],
        organisations: Iterable[Organisation],
        coverages: Iterable[Coverage],
        acts: Iterable[Act] = (),
    ) -> None:
        self._councils = {c.code: c for c in councils}
        self._organisations = {o.key: o for o in organisations}
        self._serving: dict[tuple[str, str], list[Coverage]] = {}
        self.acts = tuple(acts)
        for coverage in coverages:
            if body := self._organisations.get(coverage.organisation):
                self._serving.setdefault((coverage.area, body.kind), []).append(coverage)

    @classmethod
    def of(cls, tables: Iterable[ReferenceTable]) -> Register:
        """The register of these tables; a coverage of a body that no table has is left out."""
        tables = tuple(tables)
        return cls(
            (c for t in tables for c in t.councils),
            (o for t in tables for o in t.organisations),
            (c for t in tables for c in t.coverages),
            (a for t in tables for a in t.acts),
        )

    def organisation(self, key: str) -> Organisation | None:
        """The body with that key ("ods-RRE"); None if the tables have none."""
        return self._organisations.get(key)

    def council(self, code: str) -> Council | None:
        """The council with that code ("STS"); None if the tables have none."""
        return self._councils.get(code)

    def serving(self, kind: str, area: str, on: date | None) -> Organisation | None:
        """The one body of a kind that serves an area on a day.

        Where several share the area, the one with more than half of it; else None. Without a
        day only a body that is alone in the table is certain.
        """
        found = [c for c in self._serving.get((area, kind), ()) if on is None or _holds(c, on)]
        if len(found) > 1 and on is not None:
            found = [c for c in found if c.share is not None and c.share > Decimal("0.5")]
        return self._organisations[found[0].organisation] if len(found) == 1 else None

    def names(self) -> Iterator[Name]:
        """Every written form of every body; two bodies may share one."""
        for council in self._councils.values():
            # A bare place ("City of Derby") among the other names means the place as often as
            # the council, so only forms that say council count.
            plain = council.short_name + " Council"
            for text in dict.fromkeys((council.name, *council.other_names, plain)):
                if text == council.name or any(w in text.lower() for w in _COUNCIL_WORDS):
                    yield Name(text, council.name, council)
        for body in self._organisations.values():
            for text, full in _forms(body):
                yield Name(text, full, body)

    def places(self) -> Iterator[str]:
        """Names of areas: what may stand before or after the head of a local body's name."""
        for council in self._councils.values():
            yield council.short_name
        for body in self._organisations.values():
            if body.kind == "police":
                yield body.name.rpartition(" ")[0]
            elif body.kind == "integrated-care-board":
                yield body.name.removeprefix("NHS ").removesuffix(" Integrated Care Board")

    @staticmethod
    def alive(body: Organisation | Council, on: date | None) -> bool:
        """Whether the body existed on the day (True without a day)."""
        return on is None or (
            (body.valid_from is None or body.valid_from <= on)
            and (body.valid_until is None or on <= body.valid_until)
        )

    def meant(self, names: Iterable[Name], on: date | None) -> Name | None:
        """Which of several bodies with one written form a report of that day means.

        A body of that day comes before one that has ended, and that before one to come; None
        where two are equally likely.
        """
        ranked: dict[int, list[Name]] = {}
        for name in names:
            begun = on is None or name.body.valid_from is None or name.body.valid_from <= on
            ranked.setdefault(0 if self.alive(name.body, on) else 1 if begun else 2, []).append(name)
        best = ranked[min(ranked)] if ranked else []
        # The whole name of one body ("X NHS Trust") may be the short form of another.
        whole = [n for n in best if n.text == n.full]
        best = whole or best
        return best[0] if len({id(n.body) for n in best}) == 1 else None


def _holds(coverage: Coverage, on: date) -> bool:
    return (coverage.valid_from is None or coverage.valid_from <= on) and (
        coverage.valid_until is None or on <= coverage.valid_until
    )


def _forms(body: Organisation) -> Iterator[tuple[str, str]]:
    for text in (body.name, *body.other_names):
        # A former name is a full name of its own time; an abbreviation or short form is not.
        former = body.kind == "nhs-trust"
        full = text if former else body.name
        yield text, full
        if body.kind == "nhs-trust":
            for form in _TRUST_FORMS[:2]:
                if text.endswith(form) and len(stem := text.removesuffix(form).rstrip(" ,")) > 3:
                    yield from ((f"{stem} {other}", full) for other in _TRUST_FORMS if other != form)
                    break
        elif body.kind == "police" and " " in text:
            stem = text.rpartition(" ")[0]
            yield from ((f"{stem} {other}", full) for other in ("Police", "Constabulary", "Police Service"))


def identifier(body: Organisation | Council) -> str | None:
    """The code to give out: an area's GSS code, then ODS, then the government register's."""
    codes = {i.scheme: i.value for i in body.identifiers}
    if isinstance(body, Council):
        return body.area
    if gor := codes.get("gor"):
        return f"GB-GOR-{gor}"
    return codes.get("gss") or codes.get("ods")
