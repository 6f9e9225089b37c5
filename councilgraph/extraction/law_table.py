"""What people leave out when they cite an Act: general knowledge, kept in one place."""

from __future__ import annotations

from councilgraph.extraction.bodies.words import word_set

_CARE = ("Care Act", 2014)
_NHS = ("National Health Service Act", 2006)
_HEALTH = ("Mental Health Act", 1983)
_CHILDREN = ("Children Act", 1989)

# Sections that adult social care names by their number alone. No other number is guessed.
ACT_OF_SECTION: dict[str, tuple[str, int]] = {
    "42": _CARE,  # enquiries
    "43": _CARE,  # safeguarding adults boards
    "44": _CARE,  # safeguarding adults reviews
    "67": _CARE,  # advocacy
    "68": _CARE,
    "75": _NHS,  # pooled funds and joint arrangements
    "256": _NHS,  # payments of the NHS to councils
    "117": _HEALTH,  # aftercare
    "135": _HEALTH,
    "136": _HEALTH,
    "149": ("Equality Act", 2010),
    "47": _CHILDREN,
    "114": ("Local Government Finance Act", 1988),
}

# A number below 100 in a sentence that names this Act is its section.
WITHIN_CARE_ACT = "Care Act"

# Duties that are known by name: their Act and section.
DUTIES: dict[str, tuple[str, int, str | None]] = {
    "public sector equality duty": ("Equality Act", 2010, "149"),
    "public sector equality duties": ("Equality Act", 2010, "149"),
}

# Letters in capitals that stand for an Act.
SHORT_ACTS: dict[str, tuple[str, int]] = {
    "MCA": ("Mental Capacity Act", 2005),
    "MHA": ("Mental Health Act", 1983),
}

# Titles of several Acts, and the one that is meant where no year is given.
UNDATED: dict[str, int] = {
    "mental health act": 1983,
    "children act": 1989,
    "mental capacity act": 2005,
}

# Capitalised words before a title that are none of it.
NO_ACT = word_set(
    "The This That These Under In For With Following Since Both And Its Their Our As Per Part Section "
    "Through By From To On Staff Leaders Duties Statutory However Additionally UK New Using Where When"
)
