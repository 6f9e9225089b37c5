"""Who can speak in a report and how saying looks: the patterns that ``voices`` puts together.

All are tried on levelled text (small letters, straight quotes); every repetition is bounded,
so that a pasted page costs no more than its length.
"""

from __future__ import annotations

import re

from councilgraph.extraction.vocabulary import word_set

_ORGANISED = (
    r"(?:organisations?|groups?|partners?|sector|agenc(?:y|ies)|leaders|managers|representatives?|colleagues)"
)
# In this order: at one place the first that fits wins, so 'prison staff' are partners, not staff.
_GROUPS = {
    "healthwatch": r"healthwatch",
    "vcfse": r"(?:voluntary|vcfse|vcse|vcsfe|vcs|third[ -]sector|community|faith|charity|user-led"
    r"|self-advocacy)"
    r"(?:[ ,]{1,2}(?:and|community|faith|social|enterprise|voluntary|support|sector|\(\w{3,6}\))){0,8}"
    rf" {_ORGANISED}|charit(?:y|ies)(?: (?:managers?|staff|workers))?|vcfse|vcse|hospice|women's refuge"
    r"|organisations working with|group leader|(?:local |small )?(?:support|advice|women's"
    r"|refugee) (?:groups?|agenc(?:y|ies))",
    "providers": r"(?:(?:care|home ?care|domiciliary|residential|nursing|service|support|advocacy"
    r"|commissioned|smaller"
    r"|larger|local|direct payment) ){0,3}providers?"
    r"|(?:home ?care|care home|nursing home|provider|domiciliary care) (?:managers?|owners?|agenc(?:y|ies))"
    r"|care homes?"
    r"|registered managers?|managers of care homes|advocates?",
    "partners": r"(?:(?:health|hospital|nhs|housing|police|prison|probation|school|college|university"
    r"|education|board"
    r"|trust's|district(?: council)?|fire(?: and rescue)?|ambulance|ward|primary care|community safety"
    r"|hostel) ){1,2}"
    r"(?:partners?|colleagues|professionals|leaders|managers?|staff|providers|teams|organisations|crews"
    r"|officers|representatives?)"
    r"|(?:external|system|strategic|key|statutory|voluntary) (?:partners|colleagues|professionals"
    r"|organisations)"
    r"|(?:local |some |other |external )?partners|partner (?:agencies|organisations?)|agencies"
    r"|external organisations"
    r"|prison(?: healthcare)? staff|(?:prison )?governor|police(?: officers)?|gps?|integrated care board|icb"
    r"|nhs trusts?"
    r"|ombudsman|ofsted|community nurses|district nurses|independent chair|neighbouring council"
    r"|(?:chair of the )?safeguarding adults board(?: chair)?|primary care",
    "leaders": r"(?:(?:senior|political|local authority|council|strategic) ){0,3}(?:leaders|leadership team)"
    r"|senior managers|(?:assistant )?directors?(?: of(?: \w+){1,4}?)?|dass|chief executive|councillors"
    r"|elected members"
    r"|cabinet members?|lead members?|portfolio holders?|principal social workers?|scrutiny members",
    "staff": r"(?:(?:frontline|front line|social|work|care|local authority|team|all|the) ){0,3}(?:staff"
    r"|teams)"
    r"(?: (?:teams|members))?|social workers?|practitioners|occupational therapists?|ots|amhps|team managers"
    r"|managers"
    r"|team members|commissioners|brokers|apprentices|approved mental health professionals|case managers"
    r"|(?:reviewing|contract|duty|social care|safeguarding) officers|newly qualified (?:social )?workers",
    "carers": r"(?:(?:unpaid|young|parent|family|adult) ){0,2}carers?"
    r"(?! (?:service|strategy|centre|assessment|team|group|forum|partnership|support|lead|hub|card"
    r"|organisation))"
    r"|those who cared for|wife|husband",
    "people": r"people|persons?|residents?|tenants?|individuals|famil(?:y|ies)(?: members)?|relatives?"
    r"|parents?"
    r"|service users|experts by experience|respondents|(?:autistic|older|disabled|younger|young) adults?"
    r"|m[ae]n|wom[ae]n"
    r"|mother|father|daughter|son|refugee|wheelchair user"
    r"|members of the (?:\w+[ -]){0,3}(?:production|experience|disability|partnership) (?:group|panel"
    r"|network|board)",
}
SOURCE = re.compile(
    r"(?<![\w'-])(?=[a-w])(?:"
    + ""
    r"|".join(rf"(?P<{slug}>(?:{nouns})(?![\w'-]))" for slug, nouns in _GROUPS.items())
    + ")"
)
_FELT = (
    r"positive|negative|complimentary|happy|unhappy|satisfied|dissatisfied|frustrated|proud|concerned"
    r"|anxious|worried"
    r"|enthusiastic|honest|appreciative|unsure|disappointed|pleased|confused|glad|grateful|excited|content"
    r"|confident"
    r"|weary|candid|tired"
)
SAYING = re.compile(
    r"(?<![\w'-])(?:(?<!been )(?<!be )(?<!being )(?<!were )(?<!was )told us|tell us"
    r"|said|saying|felt|spoke (?:\w+ly|of|about|to us|with us|with pride|candidly|(?:very )?highly)"
    r"|speak (?:highly|positively|of)|described|describe(?= how)"
    r"|confirm(?:ed|ing)?|describing|telling us|reporting that|explained|expressed|stated|highlighted"
    r"|commented|fed back|acknowledged|recogni[sz]ed|noted"
    r"|agreed that|praised|(?<!who )(?<!been )found|valued|welcomed|believed|thought (?:that|the|it|they"
    r"|their)|accepted|complained|appreciated|remarked"
    r"|advised us|indicated|mentioned|liked|disliked|enjoyed|loved|echoed this"
    r"|reported(?! (?:to (?!us)|by|monthly|quarterly))|raised (?:concerns?|issues?|with|that|this|the)"
    r"|shared (?:with us|that|examples?|how|positive|concerns?|mixed|their|an? |accounts|feedback"
    r"|experiences?)"
    r"|gave (?:us )?(?:\w+ ){0,2}(?:examples?|feedback|views|accounts?)|give us examples|understood from"
    r"|could (?:describe|explain)"
    r"|had (?:(?!to )\w+ ){0,2}(?:views|(?<!to )feedback|(?<=mixed )experiences|(?<=positive )experiences?"
    r"|(?<=good )experiences?"
    r"|(?<=negative )experiences?|(?<=poor )experiences?|(?<=varied )experiences)"
    r"|(?:were|was|are) (?:all |very |mostly |generally |also |largely |overwhelmingly |not (?:always "
    r"|all )?|extremely ){0,2}"
    rf"(?:{_FELT}))(?![\w'-])"
)
JOINED = re.compile(
    r"\s*(?:,\s*(?:and\s+)?|and\s+|or\s+|as well as\s+|&\s*)(?:the\s+|some\s+|their\s+|both\s+)?"
)
ADVERBS = re.compile(
    r"(?:[\s,]*(?:we spoke (?:to|with)|we met|also|all|both|consistently|mostly|generally|often|had|have|has"
    r"|who|\w+ly"
    r"|too|never|did not|do not|do|themselves|interviewed|surveyed|could|were able to|struggled to|however"
    r"|though|each))*[\s,]*"
)
MODIFIER = re.compile(
    r"[\s,]*(?:in|from|with|within|across|at|who|we|that|which|working|involved|on|for|of|receiving|using"
    r"|living"
    r"|including|responsible|supporting|accessing|drawing|whose|under|based|to whom|without|representative)\b"
)
GOVERNED = re.compile(
    r"(?:\b(?:of|for|to|with|by|from|about|between|among|supporting|support|helped|help|enabled|towards|on)"
    r"(?: the| some| other| its| their| these| those| local| all| most| many| \d+)?)\s*$"
)
# The verb goes on with the sentence's subject: 'Staff knew the policy and told us ...'.
GOES_ON = re.compile(r"(?:[\s,]|^)(?:and|but|or|yet)(?: (?:also|they|all|some|others|many|\w+ly))?\s+$")
FEEDBACK = re.compile(
    r"(?<!\w)(?:(?:feedback|views|testimony|responses|comments|concerns|examples|evidence|heard|hear"
    r"|discussions|according"
    r"|conversations)(?: (?!on |about |of |that )\w+){0,3}? (?:from|by|to|with)|(?:views|testimony"
    r"|experiences) of)(?: (?:the|some|other|local|\w+ing)){0,2} $"
)
OWN_FEEDBACK = re.compile(
    r"(?: we spoke (?:to|with))?'?s?'? (?:feedback|experiences?|views|testimony|accounts)\b"
)
# Feedback that is a process of the authority's is not feedback to the assessors.
GATHERED = re.compile(
    r"(?<!\w)(?:gather(?:ed|ing)?|collect(?:ed|ing)?|us(?:e|ed|ing)|sought|seek(?:ing)?|obtain(?:ed|ing)?"
    r"|after|including"
    r"|analys(?:e|ed|ing)|act(?:ed|ing)? (?:on|upon)|consider(?:ed|ing)?|captur(?:e|ed|ing)|evidence that"
    r"|through)"
    r"(?: \w+){0,2} (?:feedback|views|experiences)(?!\w)|(?<!\w)(?:feedback|views) (?:from"
    r"|of) (?:\w+ ){1,4}?(?:was|were|is|had been)"
    r" (?:\w+ )?(?:gathered|collected|used|sought|analysed|acted|considered|captured|obtained|reviewed"
    r"|shared)"
)
# Verbs of feeling say what their subject says; in a relative clause they only describe.
FEELING = word_set("liked disliked enjoyed loved welcomed valued praised")
GIVING = re.compile(r"(?:confirming|describing|telling us|reporting that|saying)$")
# Words without one of which nobody speaks in a sentence: most sentences have none, and are done with.
TELLING = word_set(
    "told tell said saying felt spoke speak described describe describing confirm confirmed confirming"
    " explained expressed stated highlighted commented fed acknowledged recognised recognized noted"
    " agreed praised found valued welcomed believed thought accepted complained appreciated remarked"
    " advised indicated mentioned liked disliked enjoyed loved echoed reported reporting raised shared"
    " gave give understood explain views feedback positive negative complimentary happy unhappy"
    " satisfied dissatisfied frustrated proud concerned anxious worried enthusiastic honest appreciative"
    " unsure disappointed pleased confused glad grateful excited content confident weary candid tired"
    " testimony responses comments concerns examples evidence heard hear discussions according"
    " conversations experiences experience accounts had survey surveys questionnaire questionnaires"
    " consultation engagement telling satisfaction"
)
