"""The patterns of what parties own together: agreements, money, posts, teams, places, boards, plans."""

from __future__ import annotations

from councilgraph.extraction.arrangements.grammar import MID, WORD, Row

_BOTH = r"(?:both|the\stwo|each|all\sthree)"
_GROUP = (
    r"(?:boards?|forums?|committees?|panels?|groups?|sub-?groups?|meetings|task\sforces?"
    r"|conferences?|round\s?tables?|councils?|partnerships?|sub-?committees?|summits?)"
)
_MULTI = r"multi-?\s?(?:agency|disciplinary|professional)"
_PLAN = r"(?:strateg(?:y|ies)|plans?|frameworks?|charters?)"
_PLANS = ("strateg", "plan", "framework", "charter")

# The group "name" is what the arrangement is called, where it is.
OWNED = (
    Row("section-75-agreement", True, (), ("75", "s75"), r"\b(?:section|sec\.?|s\.?)\s?75\b"),
    # --- money -------------------------------------------------------------------------
    Row(
        "pooled-budget",
        True,
        ("improved", "better", "bcf", "ibcf"),
        (),
        r"(?P<name>(?:improved\s)?Better\sCare\sFund)\b|i?BCF\b",
    ),
    Row(
        "pooled-budget",
        True,
        ("joint", "pool", "shared", "aligned", "sharing", "share", "funded", "split"),
        ("fund", "budget", "resource", "money", "cost", "joint"),
        r"joint(?:ly)?[\s-]fund(?:s|ed|ing)?\b"
        r"|pool(?:s|ed|ing)?\s(?:(?:of|their|its|the|some|more)\s){0,2}(?:budgets?|funds?|funding"
        r"|resources|money)\b"
        rf"|(?:joint|shared|aligned)\sbudgets?\b|shar(?:e|ed|es|ing)\sthe\s(?:costs?|funding)\b"
        rf"|funded\s(?:jointly|equally|by\s{_BOTH})\b|split\sthe\s(?:costs?|funding)\b",
    ),
    # --- posts -------------------------------------------------------------------------
    Row(
        "joint-post",
        True,
        ("joint", "shared", "dual"),
        ("post", "role", "director", "appoint", "commissioner", "manager", "head", "lead", "officer"),
        r"(?:joint(?:ly)?(?:[\s-](?:funded|appointed|employed|managed))?|shared|dual)\s"
        rf"{MID}{{0,4}}?(?:posts?|roles?|(?<!strategic\s)directors?|appointments?|commissioners?"
        r"|managers?|heads?\sof\s\w+|lead\sfor|officers?)\b(?!\s(?:and\sresponsibilities|clarity))",
    ),
    Row(
        "joint-post",
        True,
        ("combin", "employed", "post", "role"),
        ("role", "post", "both", "jointly"),
        rf"combin(?:ing|ed|es)\s{WORD}{{0,3}}?(?:roles?|posts?)\s(?:of|with)\b|employed\s(?:by\sboth"
        rf"|jointly)\b"
        r"|(?:posts?|roles?)\s(?:that\swas\s|which\swas\s)?(?:jointly\s)?(?:funded|shared|held)\s"
        rf"(?:jointly|across|between|by\s{_BOTH})\b",
    ),
    # --- teams -------------------------------------------------------------------------
    Row(
        "integrated-team",
        True,
        ("fully", "integrated", "multi", "joint", "mash", "mdt", "one", "single"),
        ("team", "hub", "mash", "mdt", "front", "integrated"),
        rf"(?P<name>(?:fully\s)?(?:integrated|{_MULTI}|joint)\s"
        rf"(?!care\s(?:board|system|partnership)){MID}{{0,5}}?(?:\([A-Za-z0-9]{{2,8}}\)\s)?"
        r"(?:teams?|hubs?|front\sdoor)(?:\s\([A-Z][A-Za-z0-9]{1,7}\))?)(?!\s(?:meetings?|discussions?))\b"
        r"|(?:MASH|MDTs?)\b|integrated\s(?:aspects|health\sand\s(?:social\s)?care\s(?:services?|staff"
        r"|workers))\b"
        rf"|(?:one|single)\s{MID}{{0,3}}?team\s(?:with|across|of)\b",
    ),
    Row(
        "integrated-team",
        True,
        ("multi",),
        ("with",),
        r"multi-?\s?disciplinary\s(?:meetings?|discussions?|approach)\b(?=[^.;]{0,60}\bwith\b)",
    ),
    Row(
        "integrated-team",
        False,
        ("team", "hub"),
        ("made", "bring", "brought", "compris", "consist", "staffed", "included", "including", "alongside"),
        rf"(?:teams?|hubs?)\s{WORD}{{0,4}}?(?:made\sup\sof|br(?:ings?|inging|ought)\stogether|compris\w+"
        rf"|consist\w+"
        r"|(?:jointly\s)?staffed\s(?:by|with)|includ(?:ed|ing)|alongside|with\sstaff\sfrom)\b",
    ),
    Row("integrated-team", False, ("two",), ("shared",), r"two\s(?:organisations|agencies)\sshared\b"),
    Row(
        "integrated-team",
        False,
        ("team", "work", "embedded", "based", "placed", "seconded"),
        ("from", "run", "led", "managed", "hosted", "seconded"),
        r"teams?\s(?:of\s(?:[\w-]+,?\s){1,8}?|with\s(?:staff|workers)\s)?from\b|seconded\s(?:in)?to\b"
        r"|(?:work(?:ed|ing|s)?|embedded|based"
        r"|placed)\s(?:with)?in(?:to)?\s(?:\w+\s){0,4}?teams?\s(?:that\swere\s)?"
        r"(?:run|led|managed|hosted)\b",
    ),
    # --- places ------------------------------------------------------------------------
    Row(
        "co-location",
        True,
        ("co-l", "coloc", "based", "embedded", "located", "situated", "placed", "stationed"),
        (),
        r"co-?\s?locat(?:ed|ion|ing)\b|(?:based|embedded|located|situated|placed|stationed)\s(?:with)?(?:in"
        r"|at)\s(?:(?:the|an?|local|each|all|acute|both|some|general|community|every|two|three)\s){0,3}"
        r"(?:same\s\w+|hospitals?|acute|wards?|gps?\b|surger(?:ies|y)|police|prisons?|clinics?"
        r"|emergency\sdepartments?|council\soffices|partners?|courts?|health\scentres?)\b",
    ),
    Row(
        "co-location",
        True,
        ("work", "based", "operat", "shar", "under", "sat", "sit"),
        ("same", "one", "shared", "office", "building", "accommodation", "roof", "alongside"),
        r"(?:worked|working|based|operat\w+)\s(?:\w+\s)?(?:from|in|at)\s(?:the\ssame|one|a\sshared|shared)\s"
        r"(?:office|building|site|base|place|space)s?\b"
        r"|shar(?:ed|ing|e)\s(?:an?\s|the\ssame\s)?(?:offices?|buildings?|accommodation|office\sspace)\b"
        r"|under\sone\sroof\b|(?:sat|sit|sits|sitting|worked\sside\sby\sside)\salongside\b",
    ),
    # --- boards ------------------------------------------------------------------------
    Row(
        "board",
        True,
        ("multi", "partnership", "joint", "cross", "inter", "system"),
        ("board", "forum", "committee", "panel", "group", "sub", "meeting", "task", "conference", "round",
         "council", "partnership", "summit"),
        rf"(?P<name>(?:multi-?\s?agency|partnership|joint|cross-agency|inter-?agency|multi-?partner"
        rf"|system-?wide)\s"
        rf"{MID}{{0,4}}?{_GROUP})\b",
    ),
    Row(
        "board",
        True,
        ("care", "provider", "steering", "strategic", "working", "oversight", "delivery", "operational"),
        ("forum", "group"),
        r"(?P<name>(?:care\s)?provider\s(?:engagement\s)?forums?)\b|(?:steering|strategic|working"
        r"|oversight|delivery"
        r"|operational)\sgroups?\s(?:with|of|between|made\sup\sof)\b",
    ),
    Row(
        "board",
        False,
        ("board", "forum", "committee", "panel", "concordat", "working", "steering", "strategic", "taskforce",
         "partnership"),
        ("includ", "bring", "brought", "made", "compris", "attended", "with", "on", "chaired", "co-chaired"),
        r"(?:boards?|forums?|committees?|panels?|(?:concordat|working|steering|strategic)\sgroups?"
        r"|taskforces?"
        r"|(?<=\w\s)(?<!\bin\s)(?<!\binto\s)(?<!\bclose\s)(?<!\bgood\s)partnership),?\s"
        r"(?:(?:which|that)\s)?(?:includ(?:ed|es|ing)|br(?:ings?|inging|ought)\s(?:\w+\s){0,6}?together"
        r"|made\sup\sof"
        r"|compris\w+|attended\sby|on\swhich|(?:was|were|is)\s(?:co-)?(?:attended|chaired)\sby"
        r"|with\s(?:members|representatives|the|other|colleagues|health|district|all))",
    ),
    Row(
        "board",
        False,
        ("member", "sat", "sit", "chaired", "co-chaired", "represented", "seat", "part", "attended", "took"),
        ("board", "forum", "committee", "panel"),
        r"(?:member\sof|sat\son|sits\son|chaired|co-chaired|represented\son|seat\son|part\sof|attended"
        r"|took\spart\sin)\s"
        rf"(?:the|an?|its|several|various)\s(?P<name>{WORD}{{0,5}}?(?:boards?|forums?|committees?"
        rf"|panels?))\b",
    ),
    Row(
        "board",
        False,
        ("regular", "monthly", "weekly", "fortnightly", "quarterly", "daily", "bi-monthly", "strategic",
         "operational",
         "liaison", "tracking", "meeting", "forum"),
        ("with", "between", "ran", "held", "met"),
        rf"(?:(?:regular|monthly|weekly|fortnightly|quarterly|daily|bi-monthly|strategic|operational"
        rf"|liaison|tracking)\s{MID}{{0,3}}?"
        r"(?:meetings?|forums?|groups?|panels?|workshops?)|(?:meetings?|forums?))\s(?:with|between|for)\b",
        close=True,
    ),
    Row(
        "board",
        False,
        ("represented",),
        ("board", "forum", "committee", "panel", "group"),
        rf"represented\son\s(?:the|an?|its|all|key)\s{WORD}{{0,5}}?(?:boards?|forums?|committees?|panels?"
        rf"|groups?)\b",
    ),
    # --- strategies ----------------------------------------------------------------------
    Row(
        "joint-strategy",
        False,
        ("joint", "shared", "multi", "system", "partnership"),
        _PLANS,
        r"(?:joint|jointly(?:\s\w+ed)?|shared|multi-?\s?agency|system-?wide|partnership)\s"
        rf"(?!(?:care|action|support)\splans?){MID}{{0,4}}?{_PLAN}\b"
        rf"|jointly\s(?:developed|produced|written|wrote|agreed|owned|drafted)\s{WORD}{{0,6}}?{_PLAN}\b",
    ),
    Row(
        "joint-strategy",
        False,
        ("strateg",),
        ("aligned", "shared", "agreed", "co-produced", "developed", "written"),
        r"strateg(?:y|ies)\b[^.;]{0,40}\b(?:aligned|shared|agreed|co-produced|developed|written)\s"
        rf"(?:with|between|jointly)\s{WORD}{{0,5}}?(?:partners?|agencies|health|icb|nhs|district"
        rf"|providers)\b",
    ),
)  # fmt: skip
