"""What is missing for people on the programme: a practitioner, notice, answer, assessment, baseline, judgement. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from desist import codes
from desist.programme.agreement.states import State as Agreement
from desist.programme.episodes.states import State
from desist.programme.pages.home.cases import Case
from desist.ui import dates
from desist.ui.todo import Line

#: how long before a session the practitioner has to tell and to ask
AHEAD = timedelta(days=7)
BEGUN = (State.ALLOCATED, State.IN_SESSIONS)


def allocation(one: Case) -> Iterator[Line]:
    """Return the allocation that a person waits for, for those who allocate."""
    if one.state == State.WAITING:
        by = dates.day_of(one.complete_at) + timedelta(days=codes.ALLOCATION_DAYS)
        yield one.line("allocate a practitioner", "episodes:episode", by=by)
    elif one.state in BEGUN:
        yield one.line("allocate a practitioner: nobody works with them", "episodes:episode")


def ordered(one: Case) -> Iterator[Line]:
    """Return that an order may ban the phone that a person was allowed."""
    if one.ordered and not one.ended_at:
        words = "an order came after it was set that they may use a phone: read it, and set that anew"
        yield one.line(words, "phones:phone", now=True)


def missing(one: Case, *, at: datetime) -> Iterator[Line]:
    """Return what the person was not told, asked, judged or assessed for, a week before sessions or after they began."""
    if one.ended_at or one.first is None:
        return
    first = dates.day_of(one.first)
    if one.agreement is None and one.first <= at + AHEAD:
        words = "record whether they take part" if one.told else "give them the information notice"
        yield one.line(words, "agreement:agreement", by=first, clock=f"session on {dates.on(first)}")
    if not one.judged and one.first <= at + AHEAD and _goes_on(one):
        clock = f"sessions began on {dates.on(first)}" if one.attended else f"session on {dates.on(first)}"
        yield one.line("record a judgement of risk", "risk:risk", by=first, clock=clock)
    if one.attended and _goes_on(one):
        clock = f"sessions began on {dates.on(first)}"
        if one.assessed is None:
            yield one.line("do the assessment", "assessments:assessments", by=first, clock=clock)
        if not one.measured:
            yield one.line("take the baseline measures", "measures:measures", by=first, clock=clock)


def _goes_on(one: Case) -> bool:
    """Return False for a person who refused or withdrew and is under no requirement: neither assessed nor measured."""
    return bool(one.requirement) or one.agreement not in {Agreement.REFUSED, Agreement.WITHDRAWN}
