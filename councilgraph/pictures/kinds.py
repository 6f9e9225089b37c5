"""The pictures that there are, their choices, and how one is drawn."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, cast

from councilgraph.errors import UsageError
from councilgraph.pictures.model import Maker, Picture, PictureKind, Setting
from councilgraph.pictures.source import GraphSource

_REGION = Setting("region", "region", "Only councils in this region")
_TYPE = Setting("type", "type", "Only councils of this type")
_SINCE = Setting("since", "month", "Published in or after this year, month or day")
_UNTIL = Setting("until", "month", "Published in or before this year, month or day")
_YES_NO = (("no", "No"), ("yes", "Yes"))
_PILOTS = Setting(
    "pilots", "choice", "Include the pilots of 2023, whose scores are indicative", False, "no", _YES_NO
)
_ORDERS = (("region", "Region"), ("type", "Type of council"), ("rating", "Rating"))
_THEMES_FIRST = (
    ("findings", "With most findings"),
    ("improvements", "With most areas for improvement"),
    ("strengths", "With most strengths"),
)
_PANELS = (("auto", "As many as fit"), ("1", "One"), ("2", "Two"), ("3", "Three"))

PICTURES: dict[str, PictureKind] = {
    kind.name: kind
    for kind in (
        PictureKind(
            "heat-map",
            "Scores of councils",
            "How did councils score on the nine quality statements?",
            (
                Setting("order", "choice", "Group the councils by", default="region", choices=_ORDERS),
                _REGION,
                _TYPE,
                Setting("authority", "authorities", "Only these councils, with commas between them"),
                _SINCE,
                _UNTIL,
                _PILOTS,
                Setting("panels", "choice", "Lists beside each other", default="auto", choices=_PANELS),
            ),
            ("councilgraph.pictures.heat_map", "heat_map"),
            ("scores",),
        ),
        PictureKind(
            "council-scores",
            "A council beside others",
            "On which quality statements did others score lower, the same or higher than this council?",
            (
                Setting("authority", "authority", "The council", required=True),
                Setting("nearest", "integer", "Of a list of neighbours only the first so many", most=152),
                _PILOTS,
            ),
            ("councilgraph.pictures.council_scores", "council_scores"),
            ("scores",),
        ),
        PictureKind(
            "themes",
            "Themes: strengths and areas for improvement",
            "On which themes do reports find strengths, and on which areas for improvement?",
            (
                Setting("authority", "authority", "Only the reports of this council"),
                Setting("statement", "statement", "Only findings under this quality statement"),
                _REGION,
                _TYPE,
                _SINCE,
                _UNTIL,
                _PILOTS,
                Setting("order", "choice", "Themes first", default="findings", choices=_THEMES_FIRST),
                Setting("most", "integer", "At most this many themes", default="25", most=100),
            ),
            ("councilgraph.pictures.themes", "themes"),
            ("findings",),
        ),
        PictureKind(
            "partners",
            "Partners of a council",
            "Which organisations do a council's reports name most, and with which do they tell of an "
            "arrangement?",
            (
                Setting("authority", "authority", "The council", required=True),
                Setting("kind", "kind", "Only organisations of this kind"),
                _SINCE,
                _UNTIL,
                Setting("most", "integer", "At most this many partners", default="24", most=60),
            ),
            ("councilgraph.pictures.partners", "partners"),
            ("partners",),
        ),
        PictureKind(
            "timeline",
            "Reports by month of publication",
            "When were assessments published, and with which rating?",
            (
                _REGION,
                _TYPE,
                _SINCE,
                _UNTIL,
                Setting("pilots", "choice", "Include the pilots of 2023", False, "yes", _YES_NO),
            ),
            ("councilgraph.pictures.timeline", "timeline"),
            ("dates",),
        ),
    )
}


def kind_of(name: str) -> PictureKind:
    """The kind of that name.

    Raises:
        UsageError: there is none; the cure names the nearest.
    """
    wanted = name.strip().casefold().replace("_", "-")
    if wanted in PICTURES:
        return PICTURES[wanted]
    near = get_close_matches(wanted, PICTURES, 2, 0.5)
    hint = f"The nearest is {near[0]}. " if near else ""
    raise UsageError(f"There is no picture {name!r}.", cure=f"{hint}Choose one of: {', '.join(PICTURES)}.")


def draw(graph: Any, name: str, parameters: Mapping[str, str] | None = None) -> Picture:
    """Draw a picture.

    Args:
        graph: what `councilgraph.open` gives, or a snapshot of the explorer.
        name: its kind ("heat-map").
        parameters: its choices as they are typed ({"region": "west-midlands"}); empty ones
            count as not given.

    Raises:
        UsageError: no such picture or choice, one is missing, or its value is unknown.
    """
    kind = kind_of(name)
    given = _checked(kind, parameters or {})
    module, function = kind.maker
    maker = cast("Maker", getattr(importlib.import_module(module), function))
    return maker(GraphSource(graph), given)


def _checked(kind: PictureKind, parameters: Mapping[str, str]) -> dict[str, str]:
    """The choices with their defaults, those that were not made left out."""
    given = {name: str(value).strip() for name, value in parameters.items() if str(value).strip()}
    known = ", ".join(one.name for one in kind.settings)
    for name in given:
        if kind.setting(name) is None:
            raise UsageError(
                f"The picture {kind.name} has no choice {name!r}.",
                cure=f"Its choices: {known}. Example: {kind.example}",
            )
    for setting in kind.settings:
        value = given.get(setting.name, setting.default)
        if setting.required and not value:
            raise UsageError(
                f"The picture {kind.name} needs a value for {setting.name}: {setting.help}.",
                cure=f"Example: {kind.example}",
            )
        if value:
            given[setting.name] = _value(setting, value)
    return given


def _value(setting: Setting, value: str) -> str:
    if setting.type == "choice":
        values = [one for one, _ in setting.choices]
        if value.casefold() not in values:
            raise UsageError(
                f"{setting.name}={value} is not known.", cure=f"Choose one of: {', '.join(values)}."
            )
        return value.casefold()
    if setting.type == "integer":
        from councilgraph.parameters import whole_number

        number = whole_number(setting.name, value)
        if setting.most and number > setting.most:
            raise UsageError(
                f"{setting.name}={value} is more than a picture can show.",
                cure=f"Give at most {setting.most}; the table beside the picture holds every row.",
            )
    return value
