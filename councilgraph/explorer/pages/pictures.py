"""The pictures: a list of them, and a page for each with its choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from councilgraph.errors import UsageError
from councilgraph.explorer.filters import slug
from councilgraph.explorer.kept import Kept
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, NotFoundError, Page
from councilgraph.explorer.question_form import Group, options
from councilgraph.pictures import PICTURES, Picture, PictureKind, Setting, draw, kind_of

if TYPE_CHECKING:
    from councilgraph.explorer.snapshot import Snapshot

# A page should be here in a moment on a phone: a larger drawing is a file of its own, and a
# longer table is cut in the page, which offers the whole.
_MOST_INLINE, _ROWS_SHOWN = 32_000, 60
_LABELS = {
    "authority": "Council",
    "authorities": "Councils",
    "statement": "Quality statement",
    "kind": "Kind of organisation",
    "region": "Region",
    "type": "Type of council",
    "since": "Published since",
    "until": "Published until",
    "pilots": "Pilots of 2023",
    "most": "At most",
    "order": "Order",
    "nearest": "Nearest neighbours",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One choice in the form: ``kind`` is "select", "text" or "number"; a text suggests its groups."""

    name: str
    kind: str
    label: str
    help: str
    hint: str
    required: bool
    value: str
    groups: tuple[Group, ...]


def found(name: str) -> PictureKind:
    """The kind of that name.

    Raises:
        NotFoundError: there is none; the cure names the others.
    """
    try:
        return kind_of(name)
    except UsageError as error:
        raise NotFoundError(error.what, cure=error.cure) from None


def choices_of(kind: PictureKind, asked: Asked) -> dict[str, str]:
    """The choices that an address holds; a name that is none of them is left to `draw` to refuse."""
    several = {one.name for one in kind.settings if one.type == "authorities"}
    return {
        name: ",".join(asked.many(name)) if name in several else asked.one(name)
        for name in asked.query
        if name not in ("table", "format") and asked.one(name)
    }


def narrow(kind: PictureKind, chosen: Mapping[str, str]) -> dict[str, str]:
    """The choices for a screen, which scrolls down more easily than sideways."""
    return {**({"panels": "1"} if kind.setting("panels") else {}), **chosen}


def drawn(snapshot: Snapshot, kind: PictureKind, chosen: Mapping[str, str]) -> Picture:
    """The picture, from those drawn last or drawn now.

    Raises:
        UsageError: a choice is unknown or missing.
    """
    key = (snapshot.build, kind.name, tuple(sorted(chosen.items())))
    return _kept.of(key, lambda: draw(snapshot, kind.name, chosen))


def _size(picture: Picture) -> int:
    """Bytes in memory, roughly: a cell of its table takes about a hundred."""
    cells = len(picture.table.rows) * len(picture.table.columns)
    return 2 * len(picture.svg) + 100 * cells + 4096


# A drawing is there in a moment, so nobody is sent away; the server's threads bound who waits.
_kept: Kept[Picture] = Kept(48 * 1024 * 1024, _size, at_once=4, waiting=1000)


def index(snapshot: Snapshot, asked: Asked) -> Page:
    """The list of pictures."""
    return Page(
        "pictures.html",
        "Pictures",
        {"kinds": tuple(PICTURES.values())},
        description="Pictures of scores, themes, partners and dates, to look at and to put in a report.",
        crumbs=(("Home", "/"),),
    )


def one(snapshot: Snapshot, asked: Asked) -> Page:
    """One picture with its form.

    Raises:
        NotFoundError: there is no such picture.
        UsageError: a choice is unknown.
    """
    kind = found(asked.path.get("name", ""))
    chosen = choices_of(kind, asked)
    waiting = [setting.name for setting in kind.required if not chosen.get(setting.name)]
    screen = narrow(kind, chosen)
    picture = None if waiting else drawn(snapshot, kind, screen)
    return Page(
        "picture.html",
        picture.title if picture else kind.title,
        {
            "kind": kind,
            "picture": picture,
            "inline": picture is not None and len(picture.svg) <= _MOST_INLINE,
            "rows_shown": _ROWS_SHOWN,
            "drawing": address_of("pictures", kind.name, **screen),
            "fields": [
                _field(snapshot, setting, chosen) for setting in kind.settings if setting.name != "panels"
            ],
            "at": address_of("pictures", kind.name, **chosen),
            "form": address_of("pictures", kind.name),
            "ready": _ready(snapshot, kind),
        },
        (picture.table,) if picture else (),
        description=kind.question,
        crumbs=(("Home", "/"), ("Pictures", "/pictures")),
    )


def _field(snapshot: Snapshot, setting: Setting, chosen: Mapping[str, str]) -> Field:
    value = chosen.get(setting.name, setting.default)
    several = setting.type == "authorities"
    label = _LABELS["authorities" if several else setting.name]
    hint = ""
    groups: tuple[Group, ...] = ()
    if setting.type == "choice":
        kind, groups = "select", (Group("", setting.choices),)
    elif setting.type in ("integer", "authorities"):
        kind = "number" if setting.type == "integer" else "text"
        hint = f"1 to {setting.most}" if setting.most else "Names or codes, as in STS, LIN"
    elif setting.type == "month":
        kind, groups = "text", options(snapshot, "month")
        hint = "As in 2025-03"
    else:
        kind, groups = "select", options(snapshot, setting.type)
        value = _option(groups, value)
    return Field(setting.name, kind, label, setting.help, hint, setting.required, value, groups)


def _option(groups: tuple[Group, ...], value: str) -> str:
    """The value of the form that is meant, however it was written in the address."""
    wanted = slug(value)
    for group in groups:
        for key, label in group.options:
            if wanted in (slug(key), slug(label)):
                return key
    return value


def _councils(snapshot: Snapshot) -> dict[str, str]:
    """The councils that have an assessment: code to name."""
    rows = snapshot.records("scores-of-councils", pilots="yes")
    return {str(row["code"]): str(row["authority"]) for row in rows if row["code"]}


def _ready(snapshot: Snapshot, kind: PictureKind) -> list[tuple[str, str]]:
    """What a copy without a server can offer instead of a form: (label, address) of each that it holds."""
    if kind.required:
        councils = _councils(snapshot).items()
        return [(name, address_of("pictures", kind.name, authority=code)) for code, name in councils]
    order = kind.setting("order") if kind.name == "heat-map" else None
    return [
        (f"By {label.lower()}", address_of("pictures", kind.name, order=value))
        for value, label in (order.choices if order else ())
    ]


def index_addresses(snapshot: Snapshot) -> Iterable[str]:
    """The list."""
    yield "/pictures"


def addresses(snapshot: Snapshot) -> Iterable[str]:
    """Each picture by itself, the heat map in every order, and those of one council for every council."""
    for kind in PICTURES.values():
        yield address_of("pictures", kind.name)
        yield from (address for _, address in _ready(snapshot, kind))


KINDS = (
    Kind("pictures", "/pictures", index, index_addresses, "Pictures"),
    Kind("picture", "/pictures/{name}", one, addresses),
)
