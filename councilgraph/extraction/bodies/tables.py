"""What names of local bodies look like.

One place for every word that makes a name, so that an editor can see and change what is found.
General knowledge of the sector; no row comes from a report.
"""

from __future__ import annotations

from councilgraph.extraction.bodies.words import word_set

# --- names that end in a known head: "<Capitals> Partnership Board" -----------------------
# phrase -> kind. The capitals before it are the name; without any it is no proper name.
HEADS: dict[str, str] = {
    "NHS Foundation Trust": "nhs-trust",
    "NHS Trust": "nhs-trust",
    "Foundation Trust": "nhs-trust",
    "Hospitals Trust": "nhs-trust",
    "Hospital Trust": "nhs-trust",
    "Healthcare Trust": "nhs-trust",
    "Partnership Trust": "nhs-trust",
    "Ambulance Service": "nhs-trust",
    "Ambulance Trust": "nhs-trust",
    "Hospital": "nhs-trust",
    "Hospitals": "nhs-trust",
    "Infirmary": "nhs-trust",
    "Integrated Care Board": "integrated-care-board",
    "ICB": "integrated-care-board",
    "Clinical Commissioning Group": "integrated-care-board",
    "CCG": "integrated-care-board",
    "Integrated Care System": "integrated-care-system",
    "ICS": "integrated-care-system",
    "Integrated Care Partnership": "integrated-care-system",
    "Health and Care Partnership": "integrated-care-system",
    "Health and Wellbeing Board": "health-and-wellbeing-board",
    "Health and Well-being Board": "health-and-wellbeing-board",
    "Safeguarding Adults Board": "safeguarding-adults-board",
    "Safeguarding Adult Board": "safeguarding-adults-board",
    "Safeguarding Adults Partnership Board": "safeguarding-adults-board",
    "Safeguarding Adults Partnership": "safeguarding-adults-board",
    "Safeguarding Adults Executive Board": "safeguarding-adults-board",
    "Adult Safeguarding Board": "safeguarding-adults-board",
    "Adults Safeguarding Board": "safeguarding-adults-board",
    "Adult Safeguarding Partnership Board": "safeguarding-adults-board",
    "Adult Safeguarding Partnership": "safeguarding-adults-board",
    "SAB": "safeguarding-adults-board",
    "Safeguarding Children Partnership": "partnership-board",
    "Safeguarding Children's Partnership": "partnership-board",
    "Partnership Board": "partnership-board",
    "Community Safety Partnership": "partnership-board",
    "Police": "police",
    "Constabulary": "police",
    "Police and Crime Commissioner": "police",
    "Fire and Rescue Service": "fire-and-rescue",
    "Fire and Rescue Authority": "fire-and-rescue",
    "Fire and Rescue": "fire-and-rescue",
    "Fire Service": "fire-and-rescue",
    "Fire Brigade": "fire-and-rescue",
    "Primary Care Network": "primary-care",
    "PCN": "primary-care",
    "GP Federation": "primary-care",
    "Medical Centre": "primary-care",
    "District Council": "district-council",
    "Council": "district-council",  # "City of <Place> Council" only: other places are registered
    "Borough Council": "district-council",
    "City Council": "district-council",
    "Town Council": "district-council",
    "Parish Council": "district-council",
    "County Council": "local-authority",
    "Combined Authority": "local-authority",
    "University": "education",
    "College": "education",
    "Housing Association": "housing",
    "Housing Trust": "housing",
    "Housing Group": "housing",
    "Housing Partnership": "housing",
    "Homes": "housing",
    "Carers Centre": "vcfse",
    "Carers Hub": "vcfse",
    "Carers Network": "vcfse",
    "Carers Association": "vcfse",
    "Together for Carers": "vcfse",
    "Community Foundation": "vcfse",
    "Community Trust": "vcfse",
    "Community Action": "vcfse",
    "Voluntary Action": "vcfse",
    "Voluntary Services": "vcfse",
    "Voluntary Sector Alliance": "vcfse",
    "VCFSE Alliance": "vcfse",
    "VCSE Alliance": "vcfse",
    "Council for Voluntary Service": "vcfse",
    "CVS": "vcfse",
    "Centre for Independent Living": "vcfse",
    "Parent Carer Forum": "vcfse",
    "Mind": "vcfse",
    "Mencap": "vcfse",
    "Age UK": "vcfse",
    "Citizens Advice": "vcfse",
    "Citizens Advice Bureau": "vcfse",
    "Hospice": "vcfse",
    "Foundation": "vcfse",
    "Society": "vcfse",
    "Charity": "vcfse",
    "CIC": "vcfse",
    "Community Interest Company": "vcfse",
    "People First": "vcfse",
    "Advocacy": "advocacy-provider",
    "Advocacy Project": "advocacy-provider",
    "Advocacy Partnership": "advocacy-provider",
    "Care Association": "care-provider",
    "Care Providers Association": "care-provider",
    "Care Alliance": "care-provider",
    "Homecare Association": "care-provider",
    "Home Care Association": "care-provider",
    "Care Home": "care-provider",
    "Nursing Home": "care-provider",
    "Care Ltd": "care-provider",
    "Care Limited": "care-provider",
    "Ltd": "commercial",
    "Limited": "commercial",
    "Consulting": "commercial",
    "Royal College": "national-body",
}

# Capitals that make no name by themselves: "the Local Partnership Board".
COMMON = word_set(
    "local joint multi agency statutory new strategic our national regional independent adult adults "
    "community acute general day nhs integrated care shared registered cottage district county borough "
    "recovery further education sixth form virtual royal extra residential nursing"
)

# Where a name cannot begin: titles of posts, and how sentences begin.
STOPS = word_set(
    "director directors chair chairs head heads chief executive officer officers manager managers lead "
    "leads leader leaders member members cabinet councillor councillors staff the a an this these those "
    "our their its some many most all both each every as at by for from in into of on to with within "
    "through via under while when where however additionally also although after before during "
    "following since senior partners people and or but if there they we he she it other another local "
    "integrated assistant deputy strategic frontline principal previously recently currently overall"
)

# The last words of names: an "and" after one parts two bodies.
ENDS = word_set(
    "council police board icb trust service services partnership healthwatch uk authority constabulary "
    "university college hospital hospitals association society foundation commission nhs advice cqc "
    "mind mencap ofsted"
)

# Lists of charities, landlords and firms are joined by "and"; boards and trusts have it in their names.
PARTED_BY_AND = frozenset(
    {"vcfse", "housing", "commercial", "education", "advocacy-provider", "care-provider"}
)

# --- names that begin with a known word, and go on with a place or other capitals ----------
# phrase -> (kind, what must follow: "capitals" or "place")
OPENINGS: dict[str, tuple[str, str]] = {
    "Healthwatch": ("healthwatch", "capitals"),
    "University of": ("education", "capitals"),
    "University College": ("education", "capitals"),
    "HMP": ("prison-and-probation", "capitals"),
    "HM Prison": ("prison-and-probation", "capitals"),
    "Support": ("vcfse", "place"),
    "Carers": ("vcfse", "place"),
    "Carers in": ("vcfse", "place"),
    "Carers of": ("vcfse", "place"),
    "Carers Support": ("vcfse", "place"),
    "Voluntary Action": ("vcfse", "place"),
    "Community Action": ("vcfse", "place"),
    "Community First": ("vcfse", "place"),
    "Community Council of": ("vcfse", "place"),
    "Disability": ("vcfse", "place"),
    "Inclusion": ("vcfse", "place"),
    "Involve": ("vcfse", "place"),
    "Active": ("vcfse", "place"),
    "Advocacy": ("advocacy-provider", "place"),
    "Total Voice": ("advocacy-provider", "place"),
    "Fire and Rescue": ("fire-and-rescue", "place"),
    "Mind in": ("vcfse", "capitals"),
    "Safer": ("partnership-board", "place"),
}

# Names that a place comes before: "<Place> Carers".
AFTER_PLACE: dict[str, str] = {
    "Carers": "vcfse",
    "Together": "vcfse",
    "Care": "care-provider",
    "Housing": "housing",
    "Council": "local-authority",
    "Samaritans": "vcfse",
}
