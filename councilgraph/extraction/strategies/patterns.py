"""The words and patterns that titles of documents are told by."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOKEN = re.compile(r"[^\s()\[\]\"]+")
HEADS = _words("strategy plan framework programme statement assessment report account roadmap blueprint")
ANY_HEAD = re.compile("|".join(sorted(HEADS)))
# These make a title only together with the words before them.
PARTNERS = {
    "statement": ("position",),
    "assessment": ("needs",),
    "report": ("annual", "health"),
    "account": ("local",),
}
SMALL = frozenset({"of", "and", "for", "in", "with", "the", "to", "on", "&", "our", "at", "from", "a", "by"})
LEAD = _words(
    "the a an its their our this that these those his her in for as at by to of on from with "
    "within and or but while when if through under however additionally also although since "
    "during following there it they we staff leaders local authority partners people both each "
    "any all"
)
# Plans for one person, papers of the regulator or the nation, and duties: not the council's documents.
NOT = re.compile(
    r"^(?:(?:personal(?:ised)?(?:\sdevelopment)?|individual|adult|initial|joint|care|support|and|safety"
    r"|protection"
    r"|safeguarding|contingency|emergency|escalation"
    r"|health|education|ehc|action|transition|discharge|crisis|recovery|exit|treatment|behaviour"
    r"|positive|advance|my|person|centred|the|a|risk"
    r"|management|quality|business|single|assessment|cqc|regulatory|annual|legal|statutory"
    r"|strategic|corporate|national|nhs|long|term|legislative|eligibility)"
    r"[\s,&]{1,3}){0,6}(?:plans?|support\splans?|assessment|report|programme)$"
    r"|care\sact|outcomes?\sframework|single\sassessment\sframework|assessment\sframework"
    r"|national\s(?:framework|strategy|programme)"
    r"|nhs\s(?:long\sterm\splan|continuing)|carer['’]?s?['’]?\s(?:needs\s)?assessment"
    r"|mental\scapacity|capabilities\sframework|^needs\sassessment$"
    r"|care\sneeds\sassessment|^(?:head|director|lead|chair|manager)\s(?:of|for)\s|plan\son\sa\spage|supported\semployment\sprogramme|oliver\smcgowan|covid",
    re.IGNORECASE,
)
# Plans of the council itself that the rule above would take for one person's.
KEPT = re.compile(
    r"^(?:corporate|strategic|business|council|annual|quality|recovery|corporate\sstrategic"
    r"|business\scontinuity|health\sand\scare|adult\ssocial\scare)"
    r"\s(?:and\s\w+\s)?(?:plan|strategy|framework|report)$",
    re.IGNORECASE,
)
# A title has a document's word in capitals, or years, quotes or a run of capitals beside a small one.
LIKELY = re.compile(
    r"\b(?:Strategy|Plan|Framework|Programme|Statement|Assessment|Report|Account|Roadmap"
    r"|Blueprint)\b|[0-9]{4}|['\"][A-Z]"
    r"|\b[A-Z][\w'-]{1,20}\s(?:[a-z]{2,3}\s)?[A-Z]"
)
KNOWN = re.compile(
    r"\b(?:market\s(?:position\sstatement|sustainability\splan|shaping\sstatement)"
    r"|joint\sstrategic\sneeds\sassessment"
    r"|joint\s(?:local\s)?health\s(?:and|&)\swell-?being\sstrategy|integrated\scare\sstrategy"
    r"|joint\sforward\splan)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(
    r"(?:(?<=\s)|^"
    r"|(?<=\())(?P<q>['\"])(?P<title>[A-Z][^'\"]{3,80}(?:'s?\s[^'\"]{1,60})?)(?P=q)(?=[\s.,;:)]|$)"
)
KIND = re.compile(
    r"^,?\s?(?:(?:the|its|a|their)\s(?:[a-z'-]{1,20}\s){0,5}?|(?:[a-z-]{1,20}\s){0,2}?)(?:strategy|plan|framework|programme|vision|roadmap"
    r"|market\sposition\sstatement|document)\b"
)
CALLED = re.compile(
    r"\b(?:strategy|plan|framework|vision|roadmap|statement"
    r"|document)(?:\s\([^)]{1,30}\))?,?\s(?:was\s|is\s)?(?:called|titled|entitled|named|known\sas"
    r"|-)?,?\s?$"
)
DATE_NEXT = re.compile(
    r"[,\s]{0,2}\(?(?:from\s|for\s|dated\s|of\s)?(?:[A-Z][a-z]{2,8}\s)?(?:19|20)[0-9]{2}\b"
)
DETERMINER = _words(
    "the a an its their our new current refreshed draft existing local authority's council's county's this "
    "borough's city's"
)
AND_PLAN = re.compile(
    r"\s(?:and|&)\s(?:[A-Z][\w'-]{1,20}\s){0,2}(?:Action\s|Delivery\s|Implementation\s"
    r"|Improvement\s)(?:Plan|Framework)\b"
)
FORWARD = re.compile(
    r"\s(?:for|on|to)\s(?:(?:the|our|all|an?)\s)?[A-Z][\w'&-]{0,25}(?:(?:\s(?:and|of|in|with"
    r"|&))?\s[A-Z][\w'&-]{0,25}){0,7}"
)
REACH = 14  # words of a title: a longer run of capitals is a heading
