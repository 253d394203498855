"""The area's directory of agencies, and who was referred to which: the police and the programme both know it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from desist.agencies import Answers, Capacity
from desist.ui.dates import LONDON
from tools.synthetic import names
from tools.synthetic.cases import Case

#: the agency whose colleague signs in, by its place among names.AGENCIES
SIGNED_IN = 0
#: those that answer by a link
LINKED = (1, 2)
TOLD = "Can come on weekday mornings. A letter may be needed."
HOW = "Ring in the morning and ask for the duty worker."
HOURS = "Weekdays, nine to five"
HELPS = "Adults who live in the county."
#: how long an agency takes to answer
ANSWERED_AFTER = timedelta(days=9)


@dataclass(frozen=True)
class Referred:
    """A person's referral: the agency by its place in the list, what for, and the outcome, "" while none is known."""

    number: int
    need: str
    outcome: str


def is_referred(case: Case) -> bool:
    """Return whether a person has come so far that they were referred to an agency."""
    return case.story.state == "accepted" and case.story.stage in {"in_sessions", "completed", "left"}


def referred(case: Case) -> Referred:
    """Return the referral of a person whose sessions have begun."""
    if case.told:
        need = case.told.support["need"]
        number = next(at for at, (_, needs) in enumerate(names.AGENCIES) if need in needs)
        return Referred(number, need, case.told.support["outcome"])
    drawn = crc32(case.thread.encode())
    number = drawn % len(names.AGENCIES)
    return Referred(number, names.AGENCIES[number][1][0], "First meeting held." if drawn % 5 > 1 else "")


def listing(area: str, number: int) -> str:
    """Return the token by which the sites name an agency to each other."""
    return f"agency{area[0].lower()}{number}"


def phone(number: int) -> str:
    """Return the telephone number of an agency: one that rings nowhere."""
    return f"01632 9605{number}0"


def capacity(number: int) -> Capacity:
    """Return whether an agency takes people at present."""
    return list(Capacity)[number % len(Capacity)]


def answers(number: int) -> Answers:
    """Return how an agency answers: one has a colleague who signs in, two get a link, the others are rung."""
    if number == SIGNED_IN:
        return Answers.ACCOUNT
    return Answers.LINK if number in LINKED else Answers.HAND


def said_no(case: Case) -> bool:
    """Return whether a person said no to a referral that their practitioner asks a second person about."""
    return is_referred(case) and crc32(case.thread.encode()) % 5 == 0


def checked_on(cases: Sequence[Case]) -> date:
    """Return the day on which most entries were last checked, by the newest case of a block."""
    newest = max(case.sent_at or case.started_at for case in cases)
    return newest.astimezone(LONDON).date() - timedelta(days=20)


def checked(number: int, day: date) -> date:
    """Return the day on which an entry was last checked: one is old."""
    return day - timedelta(days=200) if number == 1 else day


def thread(case: Case) -> str:
    """Return the token that the two sites share about the referral."""
    return f"support-{crc32(case.thread.encode()):08x}"
