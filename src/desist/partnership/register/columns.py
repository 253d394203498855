"""The columns of a register as CSV: one row per condition; rows of the same number are one order."""

#: column -> what it holds, in the template's words
COLUMNS: dict[str, str] = {
    "number": "The force's own register number; the same in every row of an order",
    "kind": "full or interim",
    "family_name": "Of the person subject to the order",
    "given_names": "Of the person subject to the order",
    "born": "2026-03-01 or 01/03/2026",
    "force": "The force that applied",
    "court": "The court that made it",
    "how_made": "application, on_conviction, on_acquittal or appeal",
    "made_on": "The day it was made",
    "ends_on": "Its last day; empty: until a further order",
    "served_on": "The day it was served; empty: not served",
    "notified_on": "The first notification, if recorded",
    "protected": "Crime references of the protected persons, with ; between them. Never a name",
    "condition_kind": "prohibition or requirement",
    "condition": "Its words as served",
    "about": "contact, online, approach, area, devices, programme, signing or other",
    "condition_ends_on": "Its own last day; empty: as the order",
    "necessity": "Why it is necessary",
}
#: the columns that each row of one order repeats; they may stay empty after its first row
SHARED = tuple(
    name
    for name in COLUMNS
    if name not in {"number", "condition_kind", "condition", "about", "condition_ends_on", "necessity"}
)
REQUIRED = ("number", "kind", "family_name", "given_names", "born", "force", "made_on", "protected")
#: an invented order that shows the use of the template
EXAMPLE: tuple[dict[str, str], ...] = (
    {
        "number": "SPO/2026/001",
        "kind": "full",
        "family_name": "Example",
        "given_names": "Robin",
        "born": "1990-02-28",
        "force": "Kent",
        "court": "Northmere Magistrates' Court",
        "how_made": "application",
        "made_on": "2026-03-01",
        "ends_on": "2028-02-29",
        "served_on": "2026-03-02",
        "notified_on": "2026-03-03",
        "protected": "45/01234/26",
        "condition_kind": "prohibition",
        "condition": "Not to contact the protected person, directly or through anyone else",
        "about": "contact",
        "necessity": "Forty calls in one week",
    },
    {
        "number": "SPO/2026/001",
        "condition_kind": "requirement",
        "condition": "To attend the programme named by the police for twelve sessions",
        "about": "programme",
        "condition_ends_on": "2027-02-28",
        "necessity": "To address the behaviour",
    },
)
