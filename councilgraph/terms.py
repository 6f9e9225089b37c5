"""Our vocabulary as strict names: a term that the ontology does not declare cannot be used.

A test keeps ``CLASSES`` and ``PROPERTIES`` equal to ``ontology/*.ttl``, both ways.
"""

from __future__ import annotations

from functools import cache

from councilgraph.iris import DEF, concept

CLASSES = frozenset(
    [
        "Act",
        "ActSection",
        "Area",
        "Assessment",
        "Citation",
        "Council",
        "Coverage",
        "ExtractionRun",
        "Fact",
        "Finding",
        "Identifier",
        "Judgement",
        "Link",
        "Mention",
        "Neighbour",
        "Observation",
        "Organisation",
        "OutsideTable",
        "Partnership",
        "Passage",
        "Recommendation",
        "Review",
        "SourceDocument",
        "Statistic",
        "Strategy",
        "Succession",
    ]
)
PROPERTIES = frozenset(
    [
        "actNumber",
        "area",
        "assessedCouncil",
        "changedOn",
        "citedAct",
        "citedSection",
        "code",
        "commissionedBy",
        "comparison",
        "confidence",
        "contentDigest",
        "councilType",
        "corrects",
        "counts",
        "coProduced",
        "coveredArea",
        "coveringOrganisation",
        "covers",
        "decidedOn",
        "decision",
        "endOffset",
        "endYear",
        "evidence",
        "exactText",
        "frameworkVersion",
        "fullName",
        "givenBy",
        "gssCode",
        "hasIdentifier",
        "higherIsBetter",
        "highestPercentage",
        "identifierScheme",
        "illustrates",
        "inAssessment",
        "indicative",
        "indicativeRating",
        "inTable",
        "lastUpdatedOn",
        "layout",
        "legalBasis",
        "linkMethod",
        "linkObject",
        "linkRelation",
        "linkSubject",
        "lowestPercentage",
        "madeOn",
        "manifest",
        "measure",
        "mentionKind",
        "mentionedOrganisation",
        "neighbour",
        "neighbourOf",
        "note",
        "ofArea",
        "organisationKind",
        "pageNumber",
        "pageRole",
        "paragraphNumber",
        "party",
        "partnershipType",
        "partyKind",
        "passage",
        "percentage",
        "period",
        "polarity",
        "publishedMonth",
        "publishedOn",
        "publisherName",
        "qualifier",
        "qualityStatement",
        "rank",
        "rating",
        "reportPage",
        "reviewState",
        "reviewerRole",
        "reviews",
        "rulesVersion",
        "score",
        "section",
        "sectionNumber",
        "sectionOf",
        "sentenceNumber",
        "sha256",
        "share",
        "shortName",
        "since",
        "startOffset",
        "startYear",
        "startedOn",
        "strategyStatus",
        "successionKind",
        "summary",
        "textDigest",
        "theme",
        "unit",
        "validFrom",
        "validUntil",
        "value",
        "verdict",
        "voice",
        "withinArea",
        "year",
    ]
)

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"

PREFIXES = {
    "cg": DEF,
    "cgsh": "https://w3id.org/councilgraph/shapes#",
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
    "prov": PROV,
    "oa": OA,
    "org": ORG,
    "dcterms": DCTERMS,
    "foaf": FOAF,
}


def cg(name: str) -> str:
    """One of our terms, ready to be written: ``<...def#Finding>``.

    Raises:
        KeyError: the ontology declares no such term.
    """
    if name not in CLASSES and name not in PROPERTIES:
        raise KeyError(f"the ontology declares no term '{name}'")
    return f"<{DEF}{name}>"


@cache
def slug(scheme: str, name: str) -> str:
    """A concept of one of our schemes, ready to be written."""
    return f"<{concept(scheme, name)}>"
