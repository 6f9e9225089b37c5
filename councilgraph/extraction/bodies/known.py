"""Bodies of national reach that work for councils or beside them: general knowledge of the sector.

A place before or after belongs to the name ("Age UK <Place>"). No row comes from a report.
"""

from __future__ import annotations

from councilgraph.extraction.bodies.words import word_set

KNOWN: dict[str, tuple[str, ...]] = {
    "vcfse": (
        "Age UK",
        "Age Concern",
        "Alzheimer's Society",
        "Alzheimer's Research UK",
        "Autism Alliance",
        "Autism Together",
        "Barnardo's",
        "British Red Cross",
        "Red Cross",
        "Carers First",
        "Carers Trust",
        "Carers UK",
        "Citizens Advice",
        "Citizens Advice Bureau",
        "Community Catalysts",
        "Community Council",
        "Crossroads Care",
        "Deafblind UK",
        "Dementia UK",
        "Disability Rights UK",
        "Headway",
        "Independent Age",
        "Jewish Care",
        "Macmillan",
        "Macmillan Cancer Support",
        "Making Space",
        "Marie Curie",
        "Mencap",
        "Mind",
        "MS Society",
        "National Autistic Society",
        "Parkinson's UK",
        "Rethink Mental Illness",
        "RNIB",
        "RNID",
        "Royal British Legion",
        "Royal National Institute of Blind People",
        "Royal Voluntary Service",
        "Salvation Army",
        "Samaritans",
        "Sense",
        "Shelter",
        "St John Ambulance",
        "St Mungo's",
        "Stroke Association",
        "Children's Society",
        "Turning Point",
        "Women's Aid",
        "YMCA",
    ),
    "advocacy-provider": (
        "Advocacy Focus",
        "Advocacy People",
        "Cloverleaf Advocacy",
        "POhWER",
        "VoiceAbility",
        "Gaddum Advocacy",
        "SeAp Advocacy",
    ),
    "commercial": (
        "Access Group",
        "Agilisys",
        "Amazon",
        "Capita",
        "Civica",
        "Deloitte",
        "EY",
        "Impower",
        "KPMG",
        "Liquidlogic",
        "Medequip",
        "Microsoft",
        "Millbrook Healthcare",
        "Newton Europe",
        "NRS Healthcare",
        "PA Consulting",
        "Partners4Change",
        "PeopleToo",
        "PwC",
        "Serco",
        "Tunstall",
    ),
    "housing": ("National Housing Federation",),
    "national-body": (
        "National Care Forum",
        "Homecare Association",
        "National Audit Office",
        "NHS Providers",
        "NHS Confederation",
        "Shared Lives Plus",
        "TEC Services Association",
        "King's Fund",
        "National Health Service England",
        "Royal College of Nursing",
    ),
    "prison-and-probation": ("Probation Service", "National Probation Service"),
    "nhs-trust": (),
    "regulator": ("Housing Ombudsman", "Regulator of Social Housing"),
}

# Names that are also everyday words: at the start of a sentence they may be no name.
EVERYDAY = frozenset(
    {"mind", "sense", "shelter", "headway", "macmillan", "making space", "turning point", "amazon",
     "autism together", "community council", "samaritans", "support", "carers", "disability", "inclusion",
     "involve", "active", "advocacy", "safer", "community first", "community action"}
)  # fmt: skip

# What abbreviations of registered bodies need no introduction. Any other of under four letters,
# and those of COMMON_ABBREVIATIONS, may stand for something else (a scheme, a tool).
WELL_KNOWN = word_set("CQC LGA ONS DWP DfE OPG")
COMMON_ABBREVIATIONS = word_set("CHIP SOLACE Solace PCH RiP RiPfA HMIP")
