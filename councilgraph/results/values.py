"""Terms of the graph as plain Python values, by the type of their column.

The header says what a column holds, so a cell is converted without asking its datatype:
ten thousand rows cost a fifth of the time.
"""

from __future__ import annotations

from collections.abc import Callable

TYPE_CHECKING = False  # decimal and typing are imported only where they are needed
if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Any

    Value = str | int | bool | Decimal | None
else:
    Value = object

XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    XSD + name
    for name in (
        *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort"),
        "unsignedByte",
    )
)
_DECIMALS = frozenset(XSD + name for name in ("decimal", "double", "float"))
# Control characters move the cursor and recolour the screen; a report's text must not.
# Direction marks can make a line read as another one.
HIDDEN = dict.fromkeys(
    [
        *(*range(32), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F),
        *(*range(0x2028, 0x202F), *range(0x2066, 0x206A)),
    ],
    " ",
)


class Iri(str):
    """An IRI in a column whose type is not known, told from text by its class."""

    __slots__ = ()


class Text(str):
    """A literal in a column whose type is not known, with its language or datatype."""

    __slots__ = ("datatype", "language")
    datatype: str | None
    language: str | None


def converter(type: str) -> Callable[[Any], Value]:
    """The function that turns a term of such a column into a value."""
    return _CONVERTERS.get(type, any_value)


def any_value(term: Any) -> Value:
    """The value of a term whose column has no declared type."""
    datatype = getattr(term, "datatype", None)
    if datatype is None:
        kind = term.__class__.__name__
        return Iri(term.value) if kind == "NamedNode" else str(term)
    name, text = datatype.value, term.value
    if name in _INTEGERS:
        return _integer(term)
    if name in _DECIMALS:
        return _decimal(term)
    if name == XSD + "boolean" and text in ("true", "false", "1", "0"):
        return text in ("true", "1")
    value = Text(text)
    value.language, value.datatype = term.language, name
    return value


def _string(term: Any) -> str:
    text: str = term.value
    return text


def _integer(term: Any) -> Value:
    try:
        return int(term.value)
    except ValueError:
        # Another engine may give "62.0" for a whole number.
        number = _decimal(term)
        return int(number) if not isinstance(number, str) and number == number // 1 else number


def _decimal(term: Any) -> Decimal | str:
    from decimal import Decimal, InvalidOperation

    try:
        return Decimal(term.value)
    except InvalidOperation:
        # "70%" where a number should stand is shown as it is: a crash would hide all other rows.
        return str(term.value)


def _boolean(term: Any) -> bool:
    return term.value in ("true", "1")


_CONVERTERS: dict[str, Callable[[Any], Value]] = {
    "string": _string,
    "iri": _string,
    "date": _string,
    "month": _string,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
}


def shown(value: Value) -> str:
    """A value as people and spreadsheets read it: empty for nothing, true and false in lower case."""
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    text = str(value)
    # Decimal("62.500") and Decimal("6E+1") are how an engine computes, not how a person writes.
    if value.__class__.__name__ == "Decimal" and text[-1].isdigit():
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return text
