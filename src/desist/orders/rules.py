"""The rules as a dated table: each with its words, its first and last day, and its source."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ACT = "Stalking Protection Act 2019"
#: The Act came into force on this day; no order can be older.
COMMENCED = date(2020, 1, 20)


class Key(StrEnum):
    """The subject of a rule."""

    SERVE = "serve"
    NOTIFY = "notify"
    CHANGE = "change"
    SUSPENDED = "suspended"
    RESUME = "resume"
    MINIMUM = "minimum"
    DISCHARGE = "discharge"
    INTERIM_ENDS = "interim_ends"
    INTERIM_GAP = "interim_gap"
    REVIEW = "review"
    APPEAL = "appeal"


@dataclass(frozen=True)
class Rule:
    """One rule while it holds.

    `figures` are its numbers in the unit the sentence names. `read`: whether the source itself was read; an unread one
    is shown as "check before relying on it". `until` is the last day it held, None while it holds.
    """

    key: Key
    title: str
    sentence: str
    source: str
    figures: tuple[int, ...]
    since: date = COMMENCED
    until: date | None = None
    read: bool = True


class NoRule(Exception):
    """No row of the table held on that day."""


RULES: tuple[Rule, ...] = (
    Rule(
        Key.SERVE,
        "Serve the order",
        "An order that was made is served without delay: it is looked at on the day after it was made.",
        "Practice, not statute: without service no time for notification runs",
        (1,),
        read=False,
    ),
    Rule(
        Key.NOTIFY,
        "Notify names and home address",
        "Within 3 days beginning with the day of service, in person at a police station. Weekends and bank "
        "holidays count. Not for an order that replaces an interim order.",
        f"{ACT}, s.9(1)-(2) and s.10",
        (3,),
    ),
    Rule(
        Key.CHANGE,
        "Notify a new name or home address",
        "Before the end of 3 days beginning with the day it happens; a new address may be notified before.",
        f"{ACT}, s.9(3)-(4) and s.10(3)(b)",
        (3,),
    ),
    Rule(
        Key.SUSPENDED,
        "No notification under this order",
        "While the person is subject to notification under Part 2 of the Sexual Offences Act 2003.",
        f"{ACT}, s.9(5)",
        (),
    ),
    Rule(
        Key.RESUME,
        "Notify again after the 2003 Act",
        "If the order is still in effect on the final day: within 3 days beginning with that day.",
        f"{ACT}, s.9(6)-(7)",
        (3,),
    ),
    Rule(
        Key.MINIMUM,
        "Shortest fixed period",
        "A fixed period is at least 2 years beginning with the day on which the order is made.",
        f"{ACT}, s.3(2)",
        (2,),
    ),
    Rule(
        Key.DISCHARGE,
        "Discharge without consents",
        "Not before the end of 2 years beginning with the day on which the order was made.",
        f"{ACT}, s.4(4)(b)",
        (2,),
    ),
    Rule(
        Key.INTERIM_ENDS,
        "An interim order ends",
        "On its fixed day, or when the main application is decided, whichever is first.",
        f"{ACT}, s.5(6)",
        (),
    ),
    Rule(
        Key.INTERIM_GAP,
        "Close the gap before the hearing",
        "An interim order that ends before the next hearing leaves days without protection: 5 working days to act.",
        f"Desist’s own warning, from {ACT}, s.5(6)-(7)",
        (5,),
        read=False,
    ),
    Rule(
        Key.REVIEW,
        "Review before the order ends",
        "90, 60 and 30 days before its last day: renew, or let it end with everyone told.",
        "College of Policing, APP: the end of an order is a time to review risk; the days are a setting",
        (90, 60, 30),
        read=False,
    ),
    Rule(
        Key.APPEAL,
        "Appeal to the Crown Court",
        "Not more than 15 business days after the decision; the court may allow longer.",
        f"{ACT}, s.7; time: Criminal Procedure Rules, Part 34",
        (15,),
        read=False,
    ),
)


def rule(key: Key, *, on: date, table: tuple[Rule, ...] = RULES) -> Rule:
    """The row that held on a day; raises NoRule."""
    for row in table:
        if row.key == key and row.since <= on and (row.until is None or on <= row.until):
            return row
    raise NoRule(f"No rule “{key}” held on {on.isoformat()}.")
