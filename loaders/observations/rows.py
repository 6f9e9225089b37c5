"""The rows of the three kinds of tables: figures, neighbours, recommendations."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from councilgraph.errors import InputError
from councilgraph.outside import Advice, Figure, Known, Likeness
from loaders.csvfile import Row, header_of, rows
from loaders.observations.description import COLUMNS, Description, Series
from loaders.observations.numbers import read_value
from loaders.observations.remarks import Remarks

_GSS = re.compile(r"[A-Z][0-9]{8}")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]{1,500}")
_LONGEST_ADVICE = 400
"""Characters of a recommendation. Whoever needs more is copying the report, whose text is
another's; this table is for words of our own."""


class TableReader:
    """Reads one CSV file by its description. ``remarks`` are what was left out or odd."""

    def __init__(self, path: Path, description: Description, known: Known) -> None:
        self.path, self.description, self.known = path, description, known
        self.remarks = Remarks()
        self._columns = {**COLUMNS[description.kind], **description.columns}
        self._header = header_of(path)
        if not self._header:
            raise InputError(
                f"The table {path.name} is empty.",
                where=str(path),
                cure="Get the file again from its publisher.",
            )
        self._need(self._columns["area"])

    # --- the three kinds ---------------------------------------------------------------

    def figures(self) -> tuple[Figure, ...]:
        """Every value of every measure that the description names.

        Raises InputError for missing columns, a value without period, two values for one
        area, measure and period, and columns that hold neither codes nor numbers.
        """
        by_code = {one.code: one for one in self.description.series if one.code}
        if by_code:
            self._need(self._columns["measure"])
        for one in self.description.series:
            self._need(one.column or self._columns["value"])
            if not one.period:
                self._need(self._columns["period"])
        found: dict[tuple[str, str, str], Figure] = {}
        values = 0
        for row in self._known_rows("area"):
            for one in self._series_of(row, by_code):
                figure = self._figure(row, one)
                if figure is not None:
                    values += 1
                    self._keep(found, figure, row)
        malformed = self.remarks.count("malformed-number")
        if values and malformed * 2 > values:
            raise InputError(
                f"{malformed} of {values} values are no numbers.",
                where=str(self.path),
                cure="Look whether the description names the right column of values.",
            )
        return tuple(found.values())

    def likenesses(self) -> tuple[Likeness, ...]:
        """Every pair of areas with its rank.

        Raises InputError for a rank that is none, an area that is its own neighbour and a
        pair with two ranks.
        """
        found: dict[tuple[str, str], Likeness] = {}
        for column in ("neighbour", "rank"):
            self._need(self._columns[column])
        for row in self._known_rows("area", "neighbour"):
            area, neighbour, rank = (row[self._columns[name]] for name in ("area", "neighbour", "rank"))
            if not re.fullmatch(r"[1-9][0-9]{0,5}", rank):
                raise row.problem(f"{rank!r} is no rank.", "Give a whole number from 1, the nearest.")
            if area == neighbour:
                raise row.problem(f"{area} is its own neighbour.", "Drop the row.")
            likeness = Likeness(area, neighbour, int(rank))
            if found.setdefault((area, neighbour), likeness) != likeness:
                raise row.problem(
                    f"{neighbour} is a neighbour of {area} twice, with different ranks.", "Keep one row."
                )
            if found[area, neighbour] is not likeness:
                self.remarks.add("repeated-row", f"{area} {neighbour}", row.where)
        return tuple(found.values())

    def advice(self) -> tuple[Advice, ...]:
        """Every recommendation.

        Raises InputError for a bad date or address, an unknown theme, no text or too much.
        """
        found: dict[Advice, None] = {}
        for column in ("date", "theme", "recommendation"):
            self._need(self._columns[column])
        for row in self._known_rows("area"):
            advice = self._one_advice(row)
            if advice in found:
                self.remarks.add("repeated-row", advice.text, row.where)
            found[advice] = None
        return tuple(found)

    # --- rows --------------------------------------------------------------------------

    def _known_rows(self, *columns: str) -> Iterator[Row]:
        """The rows whose areas the graph knows; the others are counted, not kept.

        Raises InputError where most codes are none (columns have moved), where no row is
        left, and where the number of rows is not the one that the description gives.
        """
        names = [self._columns[column] for column in columns]
        for name in names:
            self._need(name)
        total = kept = odd = 0
        first_odd = ""
        for row in rows(self.path):
            total += 1
            bad = next((row[name] for name in names if not _GSS.fullmatch(row[name])), None)
            if bad is not None:
                odd += 1
                first_odd = first_odd or f"{bad[:40]!r} in line {row.where.rpartition(':')[2]}"
            unknown = next((row[name] for name in names if row[name] not in self.known.areas), None)
            if unknown is None:
                kept += 1
                yield row
            else:
                self.remarks.add("unknown-area", unknown, row.where)
        self._enough(total, kept, odd, first_odd, " and ".join(names))

    def _enough(self, total: int, kept: int, odd: int, first_odd: str, names: str) -> None:
        wanted = self.description.rows
        if wanted is not None and total != wanted:
            raise InputError(
                f"{self.path.name} has {total} rows; its description says {wanted}.",
                where=str(self.path),
                cure="The file looks cut off: get it again. If it is right, correct rows = ... there.",
            )
        if odd * 2 > total:
            raise InputError(
                f"Most values of {names} are no GSS codes, for instance {first_odd}.",
                where=str(self.path),
                cure="The columns have moved, or the description names the wrong one. A code is a "
                "letter and eight digits, E10000028.",
            )
        if not kept:
            raise InputError(
                f"No row of {self.path.name} is about an area that the graph knows.",
                where=str(self.path),
                cure="Use a table by council; the codes are those of data/reference/authorities.csv.",
            )

    def _need(self, name: str) -> None:
        if name not in self._header:
            near = difflib.get_close_matches(name, self._header, 1)
            hint = f"Did you mean {near[0]!r}? " if near else ""
            raise InputError(
                f"{self.path.name} has no column {name!r}.",
                where=f"{self.path}:1",
                cure=f"{hint}Name the right one under [columns] in {self.description.path.name}. "
                f"The columns are: {', '.join(self._header[:30])}.",
            )

    def _series_of(self, row: Row, by_code: dict[str, Series]) -> tuple[Series, ...]:
        if not by_code:
            return self.description.series
        code = row[self._columns["measure"]]
        if code not in by_code:
            self.remarks.add("unnamed-measure", code, row.where)
            return ()
        return (by_code[code],)

    def _figure(self, row: Row, one: Series) -> Figure | None:
        column = one.column or self._columns["value"]
        period = one.period or row[self._columns["period"]]
        if not period or len(period) > 40 or not period.isprintable():
            raise row.problem(
                "The value has no period.", "Fill the column, or give period = ... below the measure."
            )
        unit = one.measure.unit.slug if one.measure.unit else None
        value = read_value(row[column], unit)
        if value is None:
            self.remarks.add("no-value", row[column], row.where)
            return None
        if not isinstance(value, Decimal):
            self.remarks.add("malformed-number", value, row.where)
        return Figure(one.measure.slug, row[self._columns["area"]], period, value, row.where)

    def _keep(self, found: dict[tuple[str, str, str], Figure], figure: Figure, row: Row) -> None:
        before = found.setdefault(figure.key, figure)
        if before is figure:
            return
        if before.value != figure.value:
            raise row.problem(
                f"{figure.area} has two values of {figure.measure} for {figure.period}: "
                f"{before.value} and {figure.value}.",
                f"Keep one of them; the other is at {before.where}.",
            )
        self.remarks.add("repeated-row", f"{figure.area} {figure.period}", row.where)

    def _one_advice(self, row: Row) -> Advice:
        day, theme, said = (row[self._columns[name]] for name in ("date", "theme", "recommendation"))
        name = self._columns["address"]
        address = row[name] if name in self._header else ""
        if theme not in self.known.themes:
            near = difflib.get_close_matches(theme, sorted(self.known.themes), 3)
            hint = f"The nearest are: {', '.join(near)}." if near else "See ontology/schemes/theme.ttl."
            raise row.problem(f"There is no theme {theme!r}.", hint)
        if not said or len(said) > _LONGEST_ADVICE:
            raise row.problem(
                f"The recommendation has {len(said)} characters.",
                f"Tell it in your own words, in 1 to {_LONGEST_ADVICE} characters.",
            )
        if address and not _ADDRESS.fullmatch(address):
            raise row.problem(f"{address!r} is no web address.", "Give the page of the report, https://...")
        try:
            made_on = date.fromisoformat(day)
        except ValueError:
            raise row.problem(f"{day!r} is no date.", "Write it as 2024-02-06.") from None
        return Advice(row[self._columns["area"]], made_on, theme, said, address or None)
