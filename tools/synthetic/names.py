"""The words of the synthetic area: names and places that do not exist, and the sayings of invented people."""

GIVEN = (
    "Aldous", "Brindle", "Cassian", "Dorrit", "Eskil", "Fenwick", "Garrick", "Hesper", "Iolo", "Jorah",
    "Kelmar", "Lorcan", "Merrick", "Nevin", "Orrin", "Pascoe", "Quill", "Rafe", "Stellan", "Torvald",
    "Ulric", "Varian", "Wilkin", "Xander", "Yorrick", "Zephyr",
)  # fmt: skip
FAMILY = (
    "Ambercroft", "Bramblewick", "Cinderhollow", "Dapplemere", "Elderquist", "Foxenholme", "Gorsebank",
    "Hawkswither", "Inglethorne", "Jesperdale", "Kestrelby", "Lanternfell", "Mossingham", "Nettlefrith",
    "Osierwade", "Pebblestrand", "Quartermoss", "Ravensloe", "Saltergarth", "Thornaby-Wisk", "Umberleigh-Vant",
    "Velmorrith", "Wispington", "Yarrowgate", "Zelmaric",
)  # fmt: skip
VICTIM_GIVEN = (
    "Aurelie",
    "Briony",
    "Cerys",
    "Delphine",
    "Elowen",
    "Ffion",
    "Gwenna",
    "Isolde",
    "Lark",
    "Maren",
)
VICTIM_FAMILY = (
    "Applewick", "Birchenough", "Coldharbour", "Dunnockby", "Eveleigh-Marsh", "Fallowdene", "Greenhalgh-Roe", "Hartsmere",
    "Ivorycombe", "Juniperley", "Kittiwake", "Larkrise", "Meadowsweet", "Nightjarry", "Oxlipdale", "Primroseley",
    "Quincebrook", "Rowanthwaite", "Sorrelby", "Teaselham", "Underlinden", "Violetstow", "Woodruffe-Lane", "Yarrowmead",
    "Alderscar", "Bellwether-Stott", "Cowslipton", "Damsonhay", "Elderflorin", "Foxgloveby", "Gorsedyke", "Heatherlow",
)  # fmt: skip
STREETS = (
    "Gorsebank Hollow",
    "Otterfell Lock",
    "Tidewick Row",
    "Lampwright Lane",
    "Mothgate",
    "Silverholt Rise",
)
TRADES = ("Bakery", "Opticians", "Nursery School", "Upholstery", "Book Repairs")
WORKPLACES = ("Tidewick Bakery", "Otterfell Library", "Mothgate Dental", "Silverholt Nursery")

OFFENCES = (
    "Stalking, section 2A, Protection from Harassment Act 1997",
    "Stalking involving serious alarm or distress, section 4A, Protection from Harassment Act 1997",
    "Breach of a Stalking Protection Order",
    "None charged",
)
ACCOUNTS = (
    "Sent messages from new accounts after being blocked, on nine days in three weeks.",
    "Waited in a car outside a workplace on four mornings and drove off when seen.",
    "Left objects on a doorstep twice after being asked in writing to stop.",
    "Posted pictures with captions in the first person, and wrote to relatives.",
)
NEEDS = (
    "",
    "Reads slowly; short sheets help.",
    "Works nights; mornings before eleven do not suit.",
    "Hearing loop.",
)
RISKS = ("", "", "Raised his voice at a custody officer once.", "A dog at the address.")

DIARIES = (
    "Diary kept on five of seven days. Strongest urge on Sunday evening.",
    "Diary kept every day. Two urges, both noted within the hour.",
    "Diary kept on two days; says that he forgot it at work.",
)
WORK = (
    "Went through what came before the last urge, step by step, and named two places to stop.",
    "Practised checking the facts on a thought about being owed an answer.",
    "Practised a cold-water break and timed how long the urge stayed: eleven minutes.",
    "Listed what the checking gives and what it costs, for this week and for a year.",
)
HOMEWORK = (
    "Fill in the diary every evening.",
    "When the urge comes, wait twenty minutes and write down what it did.",
    "Hand the second telephone to the brother until next week.",
)
DECLINED = ("capacity", "age", "not_stalking", "no_agreement")
MISSED = ("ill", "work", "travel", "no_word")

#: (part, kind, words, intensity, skill): the links that come back in chain after chain
RECURRING = (
    ("link", "act", "saw her profile", 2, ""),
    ("link", "thought", "thought she owes me an answer", 4, "Check the facts"),
    ("link", "urge", "urge to message", 4, "Urge surfing"),
)
BEFORE = (
    ("vulnerability", "body", "slept four hours", 3, "Sleep plan"),
    ("vulnerability", "feeling", "lonely after a shift alone", 3, "Plan the evening"),
    ("vulnerability", "event", "drank three cans", 2, "Act opposite"),
)
PROMPTS = (
    ("prompt", "event", "a song from that summer on the radio", 3, ""),
    ("prompt", "event", "a friend named her in passing", 4, ""),
    ("prompt", "event", "an old photograph came up on the telephone", 4, ""),
)
RESISTED = (
    ("link", "act", "put the telephone in the kitchen and walked round the block", 2, "Cold-water break"),
    ("short", "feeling", "restless, then calmer", 2, ""),
    ("long", "event", "a week without contact", None, ""),
)
ACTED = (
    ("link", "act", "wrote a message from a new account", 5, "Twenty-minute wait"),
    ("short", "feeling", "relief for some minutes", 3, ""),
    ("long", "event", "the account was reported and the order extended", None, ""),
)
BEHAVIOURS = {
    True: "Typed a message, deleted it and left the telephone in the kitchen",
    False: "Sent a message from a new account at ten in the evening",
}
REDUCE = "Plan the evening before the shift ends, and sleep before midnight."
PREVENT = "Take the old photographs off the telephone."
REPAIR = "Delete the account, tell the supervising officer, and keep to the order."
CONCERN = "Spoke of being near a workplace that the order names; would not say when."

ORDERS = ("none", "none", "stalking_protection", "interim_stalking_protection", "restraining", "bail")
NEED_KINDS = ("none", "none", "reading", "autism", "hearing", "faith_or_work")
#: the police's judgements of risk by tool, and their summaries: when it is greatest, what increases and what reduces it
POLICE_RISK = (("s_dash", "Medium"), ("dash", "High"), ("sst", "Stalking"), ("none", ""))
RISK_SUMMARY = (
    (
        "In the days after a letter from the court.",
        "Drink, and evenings alone.",
        "Work, and a brother nearby.",
    ),
    ("At weekends.", "A refused request.", "That he keeps the conditions."),
)
RISK_KINDS = ("none", "none", "none", "animals", "violence")

#: partner agencies, invented, and what they help with
AGENCIES = (
    ("Harbour Debt Advice", ["money", "housing"]),
    ("Eastgate Talking Rooms", ["mental_health"]),
    ("The Bridge Alcohol Service", ["substances"]),
    ("Northmere Skills Shed", ["work"]),
)
ADVICE = (
    "Consider a Stalking Protection Order while the investigation runs. Ask for a psychological report before the plea. "
    "Refer again once the case is decided."
)
#: needs, children and family, risk, story, formulation, protective factors
ASSESSMENT = (
    "Sleeps four hours. Drinks at weekends. Rent is in arrears. No interpreter needed.",
    "Two children, who live with their mother; contact through the grandparents.",
    "To others: goes on after being told to stop, more so after rejection. To himself: low, no plans.",
    "It began when he was left without a reason he could accept. First messages, then waiting near places he knew.",
    "Being left means being nobody. Seeking contact ends the emptiness for an hour and makes it worse for a week.",
    "His brother, a new job from Monday, and that he came by himself.",
)
#: the goal, and how it serves the survivor's safety
GOALS = (
    ("I go a week without looking at her profile", "Fewer steps towards contact, and the order is kept"),
    ("I ring my brother when the urge is at four or more", "An urge ends in a call to someone else"),
)

LEARNED = "Rides the urge for half an hour before doing anything, at home and on the way from work."
FOLLOWED_UP = "Works at the same place, lives alone. Says that the evening plan helps."
RECOMMENDED = "Keep the evening plan for three months. Probation asks once a month how the court dates went."
