"""The words by which names of bodies say what they are, and how else those words are written.

One place for every such word, so that an editor can see and change what counts as the same.
General knowledge of the sector; no row comes from a report.
"""

from __future__ import annotations

COUNCIL, TRUST, BOARD, POLICE = "local-authority", "nhs-trust", "integrated-care-board", "police"

COUNCILS = frozenset({COUNCIL, "district-council"})

# Letters that no decomposition turns into plain ones.
LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})

# --- the same words, written otherwise ---------------------------------------------------


def _table(rows: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    pairs = (row.split("=") for row in rows.strip().splitlines())
    return {tuple(left.split()): tuple(right.split()) for left, right in pairs}


# No right side may hold a left side, or levelling would have no end.
PHRASES = _table(
    """
    saint = st
    limited = ltd
    incorporated = inc
    dept = department
    assoc = association
    hosp = hospital
    hosps = hospitals
    univ = university
    organization = organisation
    center = centre
    public ltd company = plc
    public limited company = plc
    community interest company = cic
    charitable incorporated organisation = cio
    charitable incorporated organization = cio
    ltd liability partnership = llp
    limited liability partnership = llp
    his majestys = hm
    her majestys = hm
    nhsft = nhs foundation trust
    nhs ft = nhs foundation trust
    foundation nhs trust = nhs foundation trust
    icb = integrated care board
    ccg = clinical commissioning group
    met police = metropolitan police
    metropolitan police service = metropolitan police
    mbc = metropolitan borough council
    mdc = metropolitan district council
    lb = london borough
    nw = north west
    ne = north east
    sw = south west
    se = south east
    beds = bedfordshire
    berks = berkshire
    bucks = buckinghamshire
    cambs = cambridgeshire
    glos = gloucestershire
    hants = hampshire
    herts = hertfordshire
    lancs = lancashire
    leics = leicestershire
    lincs = lincolnshire
    northants = northamptonshire
    notts = nottinghamshire
    oxon = oxfordshire
    staffs = staffordshire
    wilts = wiltshire
    worcs = worcestershire
    """
)

# Words that names write small; initials mostly leave them out.
JOINING = frozenset({"and"})
SMALL = frozenset({"and", "for", "in", "le", "of", "on", "the", "to", "under", "upon", "with"})
LEGAL = frozenset({"cic", "cio", "inc", "llp", "ltd", "plc"})

# --- what a name says the body is ----------------------------------------------------------

# The end of a name, the kind of body it says, and whether that is the whole legal form. A kind
# that no register has keeps bodies of that sort from being taken for others of the same place.
_ENDS = f"""
    nhs foundation trust = {TRUST} whole
    nhs trust = {TRUST} whole
    foundation trust = {TRUST}
    nhs foundation = {TRUST}
    nhs = {TRUST}
    ft = {TRUST}
    trust = {TRUST}
    integrated care board = {BOARD} whole
    integrated care = {BOARD}
    integrated care system = integrated-care-system whole
    integrated care partnership = integrated-care-system whole
    clinical commissioning group = clinical-commissioning-group whole
    health board = health-board whole
    police = {POLICE} whole
    constabulary = {POLICE} whole
    police service = {POLICE}
    police force = {POLICE}
    police constabulary = {POLICE}
    police and crime commissioner = police-and-crime-commissioner whole
    pcc = police-and-crime-commissioner whole
    police federation = association whole
    police authority = police-authority whole
    parish council = parish-council whole
    town council = parish-council whole
    community council = parish-council whole
    youth council = youth-council whole
    combined authority = combined-authority whole
    fire and rescue service = fire-and-rescue whole
    fire and rescue authority = fire-and-rescue whole
    fire and rescue = fire-and-rescue whole
    fire service = fire-and-rescue whole
    safeguarding adults board = safeguarding-adults-board whole
    safeguarding adult board = safeguarding-adults-board whole
    health and wellbeing board = health-and-wellbeing-board whole
    partnership board = partnership-board whole
    healthwatch = healthwatch whole
    housing association = housing whole
    university = education whole
    college = education whole
    school = education whole
    academy = education whole
    care home = care-provider whole
    nursing home = care-provider whole
    surgery = primary-care whole
    medical centre = primary-care whole
    primary care network = primary-care whole
    """


def _ends() -> tuple[tuple[tuple[str, ...], str, bool], ...]:
    rows = []
    for row in _ENDS.strip().splitlines():
        left, _, right = row.partition("=")
        kind, *whole = right.split()
        rows.append((tuple(left.split()), kind, bool(whole)))
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


ENDS = _ends()  # the longest first

COUNCIL_TYPES = frozenset({"borough", "city", "county", "district", "metropolitan"})
# Before the place: "Royal Borough of ..."; those that end in "of" say council by themselves.
COUNCIL_LEADS = tuple(
    tuple(lead.split())
    for lead in (
        "city and county of",
        "borough council of",
        "city council of",
        "county council of",
        "london borough of",
        "london borough",
        "royal borough of",
        "royal borough",
        "metropolitan borough of",
        "borough of",
        "city of",
        "county of",
        "council of",
        "corporation of",
        "county",
    )
)
COUNCIL_ENDS = tuple(
    tuple(end.split())
    for end in ("local authority", "unitary authority", "council", "corporation", "cc", "bc", "dc")
)
END_TYPES = {"bc": "borough", "dc": "district"}
# Words that only say what a body is: a slip in one of them hides no other name.
FORM_WORDS = frozenset(w for end, _, _ in ENDS for w in end) | frozenset(
    w for phrase in (*COUNCIL_LEADS, *COUNCIL_ENDS) for w in phrase
)

# --- words that tell little ----------------------------------------------------------------

# Words that may be missing from the name of a trust, or be too many, and it is the same trust.
WEAK = frozenset(
    {"care", "foundation", "health", "healthcare", "hospital", "hospitals", "nhs", "services"}
) | {
    "teaching",
    "trust",
    "university",
}
# Without its legal form, a trust's name is told from a place's by one of these.
ORGANISED = frozenset(
    {"alliance", "ambulance", "care", "community", "group", "health", "healthcare", "hospitals"}
) | {"mental", "partnership", "services", "teaching"}
# What stands at the end of the name of a place where people are treated, not of who runs it.
SITES = frozenset({"centre", "clinic", "hospice", "hospital", "infirmary", "site", "unit", "ward"})

# --- kinds -----------------------------------------------------------------------------------

# Whose names recur from place to place: without the area, one such name proves nothing.
LOCAL_KINDS = frozenset(
    {
        "advocacy-provider",
        "care-provider",
        "commercial",
        "education",
        "health-and-wellbeing-board",
        "healthwatch",
        "housing",
        "partnership-board",
        "primary-care",
        "safeguarding-adults-board",
        "vcfse",
    }
)
# Known by initials in writing; those of a million companies would make every word initials.
INITIALLED = frozenset({COUNCIL, TRUST, BOARD, POLICE, "national-body", "regulator", "prison-and-probation"})

# What people write where they name no body but its kind.
GENERIC = {
    "integrated care board": BOARD,
    "local integrated care board": BOARD,
    "nhs integrated care board": BOARD,
    "healthwatch": "healthwatch",
    "local healthwatch": "healthwatch",
    "police": POLICE,
    "local police": POLICE,
    "police force": POLICE,
    "police service": POLICE,
    "constabulary": POLICE,
    "council": COUNCIL,
    "local council": COUNCIL,
    "local authority": COUNCIL,
    "county council": COUNCIL,
    "city council": COUNCIL,
    "borough council": COUNCIL,
    "london borough": COUNCIL,
    "district council": "district-council",
    "trust": TRUST,
    "nhs": TRUST,
    "nhs trust": TRUST,
    "nhs foundation trust": TRUST,
    "foundation trust": TRUST,
    "local nhs trust": TRUST,
    "acute trust": TRUST,
    "mental health trust": TRUST,
    "community trust": TRUST,
    "hospital trust": TRUST,
    "ambulance service": TRUST,
    "hospital": TRUST,
    "local hospital": TRUST,
    "safeguarding adults board": "safeguarding-adults-board",
    "health and wellbeing board": "health-and-wellbeing-board",
    "integrated care system": "integrated-care-system",
    "fire and rescue service": "fire-and-rescue",
    "fire service": "fire-and-rescue",
    "university": "education",
    "ombudsman": "regulator",
    "government": "national-body",
    "department": "national-body",
    "regulator": "regulator",
}
# Of these an area has one, so that the area decides who is meant.
ONE_AN_AREA = frozenset({BOARD, COUNCIL, POLICE, "healthwatch", "health-and-wellbeing-board"}) | {
    "safeguarding-adults-board",
}

# Kinds that registers cannot tell apart: a charity may be housed, care and advise in one.
NEIGHBOURS = (
    frozenset({"national-body", "regulator", "prison-and-probation"}),
    frozenset({"advocacy-provider", "care-provider", "commercial", "education", "healthwatch", "housing"})
    | {"primary-care", "vcfse"},
    frozenset({"nhs-trust", "care-provider"}),
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Aside from a name, one of these says that another land's body of the name is meant.
ELSEWHERE = _words(
    """
    alabama america australia barbados bermuda california canada cymru eire georgia gibraltar
    guernsey india ireland jamaica jersey kenya kentucky maine manitoba maryland massachusetts
    michigan minnesota nigeria nsw ontario pennsylvania queensland scotland tasmania tennessee
    texas us usa victoria virginia wales zealand
    """
)
# A name of nothing but these words names no one.
VAGUE = _words(
    """
    acute adult adults ambulance and area association authority authorities board boards borough care
    charity city college community constabulary council councils county district fire force
    foundation government group health healthwatch hospital hospitals housing in integrated local
    mental network nhs ombudsman organisation our partner partners partnership police primary provider
    providers regional regulator rescue royal safeguarding school service services social system
    teaching their this trust trusts university wellbeing of for a an
    """
)
