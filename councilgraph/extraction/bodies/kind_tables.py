"""The phrases that name kinds of bodies beyond the labels of the scheme, and what may stand before them."""

from __future__ import annotations

from councilgraph.extraction.bodies.words import word_set

# Labels that help to find a topic and are no body by themselves: services and teams of the
# council, the people who work there, a place where people are ("went to school").
NO_BODY = tuple(
    """
    housing|education|housing services|housing teams|housing body|education body|commercial body
    national body|local authority|city council|county council|district councillors|community nursing
    district nurses|community health services|general practitioner|family doctors|community groups
    faith groups|school|college|university|special school|provider|care home|police officers|police
    police and community safety|prison|NHS|Healthwatch|health and care system|youth justice service
    approved premises|the ICB|advocacy service|advocacy services|independent advocacy service
    commissioned advocacy service|landlords|local employers|local businesses|external consultants
    safeguarding adults partnership|pharmacies
    """.strip()
    .replace("\n", "|")
    .split("|")
)

# kind -> (cores, nouns): every core with every noun.
_SECTORS = (
    "VCFSE|VCSE|VCS|VCSFE|VCF|voluntary sector|third sector|charity sector"
    "|voluntary and community sector|community and voluntary sector|voluntary community sector"
    "|voluntary, community and faith sector"
    "|voluntary, community and social enterprise sector|voluntary community and social enterprise sector"
    "|voluntary, community, faith and social enterprise sector"
    "|VCFSE sector|VCSE sector|VCS sector"
)
_SECTORS_SHORT = (
    "voluntary|charitable|voluntary and community|voluntary, community, faith, and social enterprise"
    "|voluntary, community, and social enterprise|community and voluntary|voluntary and charitable"
    "|voluntary and faith|voluntary, community and faith|voluntary, community and social enterprise"
    "|voluntary community and social enterprise|voluntary, community, faith and social enterprise"
)
COMPOSED: tuple[tuple[str, str, str], ...] = (
    (
        "vcfse",
        f"{_SECTORS}|{_SECTORS_SHORT}",
        "partner|partners|group|groups|organisation|organisations|provider|providers|agency|agencies"
        "|bodies|colleagues|representatives|leaders|alliance"
        "|infrastructure organisation|infrastructure partner",
    ),
    (
        "nhs-trust",
        "health|heath|NHS|healthcare|acute|hospital|mental health",
        "partner|partners|colleagues",
    ),
    ("nhs-trust", "health|NHS|healthcare", "organisations|agencies|providers|bodies|trusts"),
    (
        "nhs-trust",
        "acute|NHS|NHS acute|acute NHS|NHS community|hospital|mental health|ambulance|community health"
        "|NHS mental health",
        "trust|trusts",
    ),
    ("nhs-trust", "local|acute|community|NHS", "hospital|hospitals"),
    (
        "housing",
        "housing|social housing",
        "partner|partners|colleagues|provider|providers|association|associations|organisations|agencies",
    ),
    (
        "education",
        "education|educational",
        "partner|partners|colleagues|provider|providers|establishments|settings",
    ),
    ("education", "local|special", "schools|school|colleges|college|universities|university"),
    ("primary-care", "primary care|GP|pharmacy", "partner|partners|colleagues|providers|services"),
    (
        "district-council",
        "district|borough|district council|district and borough|district and borough council"
        "|borough and district|borough council|city and district|district and city",
        "partners|councils|colleagues",
    ),
    (
        "advocacy-provider",
        "advocacy|independent advocacy|commissioned advocacy",
        "provider|providers|partner|partners|organisation|organisations",
    ),
    (
        "local-authority",
        "other|another|neighbouring|nearby|different|bordering|surrounding",
        "local authority|local authorities|council|councils|authorities",
    ),
    ("police", "police", "partners|colleagues|force|forces"),
    ("fire-and-rescue", "fire|fire and rescue", "partners|colleagues"),
    (
        "vcfse",
        "carers|carer|carers support|carer support|unpaid carers|user led|disabled people's|disability"
        "|community|faith|grassroots",
        "organisation|organisations",
    ),
    ("vcfse", "carers", "centre|charity"),
    ("vcfse", "local", "community groups|hospice|hospices"),
    ("care-provider", "homecare|home care|domiciliary care|care", "agency|agencies|companies"),
    ("commercial", "technology|equipment|software|IT|transport", "provider|supplier|partner|company"),
)

# Words that are a mention alone too; some only where ``context`` finds that they stand for bodies.
ALONE: tuple[tuple[str, str], ...] = (
    ("vcfse", _SECTORS),
    (
        "vcfse",
        "voluntary, community and social enterprise|voluntary, community, faith and social enterprise"
        "|voluntary, community, faith and social enterprise (VCFSE) sector"
        "|voluntary, community and social enterprise (VCSE) sector|voluntary and community (VCS) sector"
        "|faith groups|faith and community groups|community and faith groups|voluntary and community services"
        "|charity|charities",
    ),
    ("primary-care", "primary care|GP|GPs|PCN|PCNs|community pharmacies"),
    ("nhs-trust", "NHS|Trust|ambulance services"),
    ("healthwatch", "Healthwatch"),
    ("prison-and-probation", "prison|prisons|probation|probation service"),
    ("police", "police"),
    ("education", "schools|colleges|universities|university|education"),
    ("integrated-care-system", "ICS|ICP|integrated care system|integrated care partnership"),
    (
        "care-provider",
        "provider|providers|care homes|nursing homes|residential homes|residential care homes"
        "|residential and nursing homes|nursing and residential homes",
    ),
    ("housing", "housing"),
)

# Words before a kind that belong to the mention.
LEADS_ANY = frozenset({"local", "regional"})
LEADS: dict[str, frozenset[str]] = {
    "care-provider": word_set(
        "care homecare home domiciliary residential nursing supported living extra reablement day "
        "opportunities social adult adults independent external "
        "commissioned contracted private regulated registered block "
        "framework and sector support service market small smaller local live respite community shared lives "
        "house alternative identified"
    ),
    "partnership-board": word_set(
        "multi agency strategic local learning disability disabilities autism autistic carers carer "
        "mental health older people adult adults physical sensory impairment dementia and neurodiversity "
        "neurodivergent lead thematic statutory unpaid co produced"
    ),
}

# Providers of other things than care, where no phrase of its own says what they are.
OTHER_PROVIDERS = word_set(
    "training transport childcare technology internet software data equipment education energy service-user "
    "health healthcare interpreting interpreter utility utilities nhs broadband food leisure it"
)
