"""The patterns of what parties do together: services, shared knowledge, networks, programmes."""

from __future__ import annotations

from councilgraph.extraction.arrangements.grammar import BODY, KNOWN, MID, RUN, RUNS, SERVICE, WORD, Row

_PROGRAMME = (
    r"(?:programmes?|projects?|pilots?|initiatives?|pathways?|protocols?|schemes?|campaigns?"
    r"|training|audits?|process(?:es)?|visits|events|workshops|arrangements?|services?|reviews"
    r"|assessments|approach(?:es)?|academy|toolkits?|workforce\sdevelopment|policy|policies)"
)
_RUN_STARTS = ("provided", "delivered", "run", "operated", "managed", "undertaken", "carried", "hosted",
               "completed",
               "supplied", "administered", "led", "overseen", "offered", "kept", "maintained",
               "facilitated", "coordinated", "co-ordinated", "answered",
               "conducted", "fulfilled", "performed", "staffed",
               "held")  # fmt: skip
_SERVICE_STARTS = ("service", "support", "advoca", "care", "homecare", "bed", "scheme", "offer", "hub",
                   "training",
                   "programme", "helpline", "equipment", "reablement", "respite", "contract", "accommodation",
                   "survey", "review", "project", "pilot", "adaptation", "telecare", "assessment", "place",
                   "break")  # fmt: skip
_COUNCIL = r"(?:local\sauthority|council)"

RUN_TOGETHER = (
    # --- services ------------------------------------------------------------------------
    Row(
        "commissioned-service",
        True,
        _RUN_STARTS,
        ("by",),
        rf"{RUN}\s(?:(?:on\sbehalf\sof\sthe\s{_COUNCIL}|for\sthem|mainly|locally|jointly|largely"
        rf"|externally)\s){{0,2}}"
        rf"by\s(?!(?:the\s|a\s|another\s)?{_COUNCIL}\b)(?:an?|another|the|its|their|one|two|three"
        r"|several|local|external|independent|commissioned|voluntary|partner|different|third|other)\s"
        rf"{MID}{{0,5}}?(?!staff\b|teams?\b){BODY}\b(?!\s(?:staff|homes?))",
    ),
    Row(
        "commissioned-service",
        True,
        ("commission", "re-commission", "recommission", "procured", "purchased", "bought", "outsourced"),
        (),
        r"(?:re-?)?(?:commission(?:ed|s)|procured|purchased|bought|outsourced)\s(?!teams?|staff|officers?"
        r"|strateg"
        rf"|leads?|plans?|intention|services?\b){WORD}{{0,6}}?"
        rf"(?:{SERVICE}|{BODY}|to\s(?:provide|deliver|run|support|offer|undertake|carry|help|work))\b"
        rf"|commissioning\s(?:of\s)?(?:other|an?|external|voluntary|independent|vcfse)\s{MID}{{0,4}}?{BODY}\b"
        r"|commissioned\s(?:from|out)\b|outsourced\sto\b",
    ),
    Row(
        "commissioned-service",
        True,
        _SERVICE_STARTS,
        ("commissioned", "contracted", "outsourced", "procured"),
        rf"{SERVICE}\s(?:(?:which|that)\s)?(?:was|were|had\sbeen|is|are|has\sbeen)\s(?:also\s|jointly\s"
        rf"|recently\s"
        r"|now\s)?(?:commissioned|contracted|outsourced|procured)\b",
    ),
    Row(
        "commissioned-service",
        True,
        ("contract", "each", "one", "lead", "single", "block", "on"),
        ("contract", "behalf", "block"),
        r"contract(?:s|ed|ing)?\s(?:was\s|is\s|were\s|in\splace\s|out\s|held\s){0,2}(?:with|by)\s"
        rf"(?!people|staff|the\s{_COUNCIL})|(?:each|one|lead|single|block)\s(?:\w+\s){{0,3}}contracted\b"
        rf"|on\s(?:behalf\sof\s(?:the\s{_COUNCIL}|(?:\w+\s){{0,2}}councils\b|(?-i:[A-Z]))"
        rf"|(?:the\s{_COUNCIL}|their"
        rf"|its)(?:'s)?\sbehalf)\b"
        r"|block[\s-](?:beds?|contracts?|booked|purchased)\b",
    ),
    Row(
        "commissioned-service",
        True,
        ("partner", "external", "independent", "voluntary", "third", "contracted", "commissioned",
         "not-for-profit",
         "outside", "specialist"),
        ("organisation", "provider", "agenc", "charit", "compan", "contractor", "consultanc", "trust"),
        r"(?:partner|external|independent|voluntary(?:\ssector)?|third[\s-](?:party|sector)|commissioned"
        r"|contracted"
        rf"|not-for-profit|outside|specialist)\s{MID}{{0,2}}?(?:organisations?|providers?|agenc(?:y|ies)"
        rf"|charit(?:y|ies)"
        r"|compan(?:y|ies)|contractors?|consultanc(?:y|ies)|trust)\s(?:(?:that|which|who|to|was|were|is"
        r"|are|now|also)\s){0,2}"
        rf"(?:{RUNS}|available|funded|commissioned|contracted|paid|employed)\w*",
    ),
    Row(
        "commissioned-service",
        False,
        ("grant", "fund", "arrangement", "partnership", "contract", "delegated", "employed"),
        (),
        rf"(?:grant[\s-])?fund(?:s|ed|ing)\s(?:for\s|to\s|of\s|by\sthe\s{_COUNCIL}\b"
        rf"|from\sthe\s{_COUNCIL}\s)?\s?"
        rf"{WORD}{{0,5}}?(?:vcfse|vcse|vcs|voluntary|charit\w+|community|support|organisations?|groups?"
        rf"|projects?"
        r"|services?|run|and)\b|(?<!facilities\s)grants?\s(?:(?:were|was|had\sbeen)\s)?(?:to|for|given"
        r"|awarded|made|paid"
        r"|programme|scheme|funding)\b|(?:partnership\s)?arrangements?\s(?:included\sthose\s"
        r"|were\sin\splace\s"
        r"|in\splace\s)?(?:between|with)\b|(?:contracted|delegated)\s(?:(?:was|were|out)\s)?(?:with|to)\b"
        r"|employed\sby\s{MID}{0,2}?(?:charit(?:y|ies)|organisations?|providers?|partners?|agenc(?:y|ies))\b"
        r"|contracts?\s(?:for|with)\b",
    ),
    Row(
        "commissioned-service",
        True,
        ("asked", "engaged", "brought", "appointed", "paid", "used"),
        ("agenc", "compan", "organisation", "charit", "provider", "consultanc", "contractor", "firm"),
        r"(?:asked|engaged|brought\sin|appointed|paid|used)\s(?:an?|external|independent|another|two|three)\s"
        rf"{MID}{{0,3}}?{BODY}\s(?:to|for)\b",
    ),
    Row(
        "commissioned-service",
        False,
        ("held", "hold", "under", "grant", "service-level", "service"),
        ("contract", "grant", "level", "agreement"),
        r"(?:held|holds?)\sthe\scontract\b|under\san?\s(?:[\w-]+\s){0,2}?(?:contract|grant|service\slevel)\b"
        rf"|grants?\sfrom\sthe\s{_COUNCIL}\b|service[\s-]level\sagreements?\b",
    ),
    # --- shared knowledge ----------------------------------------------------------------
    Row(
        "information-sharing",
        True,
        ("information", "data", "intelligence", "record", "insight", "knowledge", "shared", "access",
         "live", "joint"),
        ("agreement", "protocol", "arrangement", "platform", "record", "dashboard", "database", "system",
         "data"),
        rf"{KNOWN}[\s-](?:sharing|exchange)\s{MID}{{0,2}}?(?:agreements?|protocols?|arrangements?"
        rf"|platforms?)\b"
        rf"|shared\s(?:{MID}{{0,2}}?)(?:care\s)?(?:records?|dashboards?|databases?|case\smanagement\ssystems?"
        r"|it\ssystems?|data\splatforms?)\b|access\sto\s(?:each\sother's|shared|the\ssame|health(?:'s)?"
        r"|nhs|both|hospital"
        r"|gp)\s(?:\w+\s){0,3}?(?:systems?|records?|data\w*)\b|(?:live|joint)\sdashboards?\b",
    ),
    Row(
        "information-sharing",
        False,
        ("see", "view", "access"),
        ("record", "alert", "system", "notes", "data"),
        r"(?<=\w\s)(?:see|view|access)\s(?:[\w'’-]+\s){0,5}?(?:records?|alerts?|systems?|notes|data)\b",
    ),
    Row(
        "information-sharing",
        False,
        ("information", "data", "intelligence", "record", "insight", "knowledge", "shar", "exchang", "flow"),
        ("shar", "exchang", "flow", "information-shar", "data-shar"),
        rf"{KNOWN}[\s-]sharing\b|(?:shar(?:e|es|ed|ing)|exchang(?:e|ed|es|ing)"
        rf"|flow)\s(?:of\s)?{WORD}{{0,4}}?{KNOWN}\b"
        rf"|{KNOWN}\s(?:was|were|is|would\sbe|could\sbe|being)\s(?:\w+ly\s)?(?:shared|exchanged)\b",
    ),
    # --- networks --------------------------------------------------------------------------
    Row(
        "network",
        False,
        ("provider", "regional", "national", "peer", "partnership", "multi", "vcfse", "vcse", "voluntary",
         "learning", "practice", "adass", "strategic", "sub-regional", "county", "communit", "local",
         "member",
         "part"),
        ("network", "alliance", "collaborative", "consorti", "practice", "partnership", "branch", "group",
         "association"),
        r"(?P<name>(?:provider|regional|national|peer|partnership|multi-?\s?agency|vcfse|vcse"
        r"|voluntary\ssector|voluntary"
        rf"|learning|practice|adass|strategic|sub-regional|county-?wide)\s{MID}{{0,3}}?"
        r"(?:networks?|alliances?|collaboratives?|consorti(?:um|a)))\b"
        r"|(?P<name2>(?:regional\s|national\s|local\s)?communit(?:y|ies)\sof\spractice)\b"
        r"|(?:regional|national|sub-regional)\spartnerships?\b|(?:member|part|members)\sof\s(?:an?|the)\s"
        r"(?:regional|national|east|west|north|south|local)\s(?:\w+\s){0,3}(?:branch|group|association"
        r"|programme)\b",
    ),
    Row(
        "network",
        True,
        ("member", "part", "alliance", "collaborative", "consortium"),
        ("network", "alliance", "collaborative", "consorti"),
        rf"(?:member|part|members)\sof\s(?:an?|the|several|many)\s(?P<name>{WORD}{{0,5}}?(?:networks?"
        rf"|alliances?"
        r"|collaboratives?|consorti(?:um|a)))\b"
        r"|(?<=\w\s)(?-i:Alliance|Collaborative|Consortium)\b(?!\s(?:working|approach))",
    ),
    # --- programmes ------------------------------------------------------------------------
    Row(
        "joint-programme",
        True,
        ("joint", "multi", "system", "partnership", "cross", "integrated", "inter"),
        ("programme", "project", "pilot", "initiative", "pathway", "protocol", "scheme", "campaign",
         "training",
         "audit", "academy", "toolkit"),
        r"(?:joint|multi-?\s?agency|system-?wide|partnership|cross-agency|integrated|inter-?agency)\s"
        rf"(?!care\s(?:board|system|partnership)|working\b|work\b){MID}{{0,4}}?(?P<kind>programmes?"
        rf"|projects?|pilots?"
        r"|initiatives?|pathways?|protocols?|schemes?|campaigns?|training|audits?|academy|toolkits?)\b",
    ),
    Row(
        "joint-programme",
        True,
        ("jointly", "run", "ran", "delivered", "led", "commissioned", "hosted", "memorand", "teaching"),
        ("jointly", "memorand", "partnership"),
        r"jointly\s(?:run|ran|deliver\w*|manag\w*|led|provid\w*|host\w*|commission\w*)\b"
        r"|(?:run|ran|runs|delivered|led|commissioned|hosted)\sjointly\b|memorand(?:um"
        r"|a)\sof\sunderstanding\b"
        r"|teaching\spartnerships?\b",
    ),
    Row(
        "joint-programme",
        False,
        ("pilot", "project", "programme", "initiative", "scheme", "protocol", "pathway", "trial", "research",
         "study", "academy", "course", "agreement", "apprenticeship", "campaign", "run", "ran",
         "delivered", "provided", "developed", "led", "launched", "set", "designed", "created",
         "commissioned",
         "agreed", "established", "held"),
        ("with", "alongside"),
        r"(?:pilot(?:s|ed|ing)?|project|programme|initiative|scheme|protocol|pathway|trial(?:l?ed)?"
        r"|research|study|academy"
        r"|course|agreement|apprenticeship|campaign)s?\s"
        r"(?:(?:in\splace|run|delivered|set\sup|agreed|running)\s)?with\b"
        r"|(?:run|ran|delivered|provided|developed|led|launched|set\sup|designed|created|commissioned|agreed"
        r"|established|held)\s(?:(?:in\spartnership|in\scollaboration|in\sconjunction|together|jointly"
        r"|alongside)\s)?"
        r"(?:with|alongside)\b",
        close=True,
    ),
    Row(
        "joint-programme",
        False,
        ("partnership", "collaboration", "conjunction", "service", "jointly", "joint", "together",
         "support", "help"),
        ("with", "between", "across", "by"),
        r"(?:partnership|collaboration|conjunction|joint\sworking)\s(?:working\s)?with\b"
        r"|services?\swith\b(?<=shared\sservice\swith)|services?\s(?:was|were|is|are)\sshared\s(?:with"
        r"|across|between)\b"
        rf"|joint\s{MID}{{0,3}}?{_PROGRAMME}\s(?:with|between|across)\b|partnership\s(?:between|with)\b"
        r"|(?:jointly|together)\s(?:with|by)\b|(?<=with\sthe\s)(?:support|help)\sof\b",
        close=True,
    ),
    Row(
        "joint-programme",
        False,
        ("work", "collaborat", "engag", "liais", "partner", "team", "join"),
        ("with", "alongside", "together"),
        r"(?:work(?:s|ed|ing)?|collaborat(?:e|es|ed|ing|ion)|engag(?:ed|ing)|liais(?:ed|ing)|partner(?:ed"
        r"|ing)"
        r"|team(?:ed|ing)\sup|join(?:ed|ing)\s(?:up|forces))\s(?:(?:\w+ly|together"
        r"|in\s(?:close\s)?(?:partnership|collaboration|conjunction)|hand\sin\shand|well)\s){0,2}"
        r"(?:with|alongside|together)\b",
        close=True,
    ),
    Row(
        "joint-programme",
        False,
        ("joint", "shared"),
        (),
        rf"(?:joint\s(?!working|work\b|care\b|strateg|health\b)|shared\s){MID}{{0,3}}?(?:{_PROGRAMME}"
        rf"|registers?|events?"
        r"|procedures?|guidance|inspections?|response|commissioning|investigations?|model|offer"
        r"|priorities)\b",
    ),
    Row(
        "joint-programme",
        False,
        ("joint", "joined", "multi", "worked"),
        ("work", "approach", "response", "support"),
        r"(?:joint\sworking|joint\swork|joined-up\sapproach|multi-?\s?agency\s(?:approach|working"
        r"|response|support)|joint\sapproach)\s(?:\w+\s){0,4}?(?:with|across|between|to|in|for|regarding)\b"
        r"|worked\s(?:together|jointly)\b",
    ),
)  # fmt: skip
