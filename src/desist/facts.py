"""Facts about fields that many models share, and how long rows are kept: each model names its class by its fields."""

from dataclasses import dataclass
from enum import Enum

REF = "Random reference; says nothing about what it names"
AREA = "Police area"
VERSION = "Counts changes, so that a stale page is noticed"
SUBMISSION = "Token of the form, so that a form sent twice acts once"


@dataclass(frozen=True)
class Period:
    """A period: its length, the day it is counted from, and the rule behind it."""

    title: str
    rule: str


class Retention(Enum):
    """The classes of retention. A site may shorten a period; the rule here is the longest."""

    CASE = Period(
        "Case",
        "Six years after the case closes, or as long as an order or a legal hold needs it "
        "(Limitation Act 1980, s.5; Data Protection Act 2018, s.39)",
    )
    AUDIT = Period(
        "Audit", "Six years after the event; sealed, never edited (Data Protection Act 2018, s.62)"
    )
    ACCOUNT = Period("Account", "Six years after the person left, so that what they did stays readable")
    SESSION = Period("Sign-in", "Until sign-out, at most eight hours")
    POST = Period(
        "Post", "Longer than the oldest backup that may be restored; the content only until it is handled"
    )
    EMAIL = Period(
        "E-mail",
        "A week after it was sent or given up, and until its reader has signed in; its address and link only until then",
    )
    REFERENCE = Period("Reference data", "As long as a case refers to it")
