"""Which form of an answer a client wants: the Accept header of HTTP, read as RFC 9110 says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_MOST_RANGES = 64  # a browser sends eight; a longer header is no wish but an attack on our time
_QUALITIES = 0.001  # the least quality that a header can hold


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which something can be had: its suffix ("ttl"), media type and what people call it.

    ``also`` are further media types that mean the same form.
    """

    suffix: str
    media: str
    name: str
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type with its character set, where text has one."""
        utf8 = self.media.startswith("text/") or self.media == "application/n-triples"
        return f"{self.media}; charset=utf-8" if utf8 else self.media


HTML = Form("html", "text/html", "web page", ("application/xhtml+xml",))
TURTLE = Form("ttl", "text/turtle", "Turtle", ("application/x-turtle", "text/n3", "text/rdf+n3"))
JSON_LD = Form("jsonld", "application/ld+json", "JSON-LD")
N_TRIPLES = Form("nt", "application/n-triples", "N-Triples", ("text/plain",))
JSON = Form("json", "application/json", "JSON")
CSV = Form("csv", "text/csv", "CSV")
XLSX = Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "spreadsheet")


def choose(accept: str | None, forms: Sequence[Form]) -> Form | None:
    """The form that a client likes best; the first of ``forms`` wins where two are liked as much.

    No header, or one that nobody can read, asks for anything. None: nothing of it is wanted.
    """
    ranges = list(_ranges(accept or ""))
    if not ranges:
        return forms[0]
    best, liking = None, 0.0
    for form in forms:
        # Another name of a form counts only where it is called by it: "*/*" asks for none.
        named = [weight for one, other, weight in ranges if f"{one}/{other}" in form.also]
        quality = max([_quality(ranges, form.media), *named])
        if quality > liking:
            best, liking = form, quality
    return best


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    """Type, subtype and quality of each range that can be read."""
    found = []
    for part in accept.lower().split(",")[:_MOST_RANGES]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        kind, slash, subtype = name.partition("/")
        if name == "*":  # some old clients write it so
            kind, slash, subtype = "*", "/", "*"
        if not slash or not kind or not subtype:
            continue
        found.append((kind, subtype, _weight(parameters)))
    return found


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 1.0
            # NaN compares with nothing, so it would win or lose by accident.
            return weight if _QUALITIES <= weight <= 1 else 0.0 if weight < _QUALITIES else 1.0
    return 1.0


def _quality(ranges: Sequence[tuple[str, str, float]], media: str) -> float:
    """The weight of the most exact range that takes the media type; 0 where none does."""
    kind, _, subtype = media.partition("/")
    exactness, weight = 0, 0.0
    for one, other, given in ranges:
        if (one, other) == (kind, subtype):
            fit = 3
        elif (one, other) == (kind, "*"):
            fit = 2
        elif (one, other) == ("*", "*"):
            fit = 1
        else:
            continue
        if fit > exactness:
            exactness, weight = fit, given
    return weight
