"""The clocks of one order as its page, the worklist and the calendar show them: a day, a sentence, the rule behind it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desist.orders import clocks as law
from desist.orders.rules import Key, Rule, rule
from desist.orders.terms import Kind
from desist.partnership.orders.states import CLOSED, LIVE, State

SOON = 7  # days
LAST_DAY = "Last day of the order"


@dataclass(frozen=True)
class Duty:
    """One duty to notify. `given`: the notification is recorded. `checked`: an officer looked for it elsewhere."""

    ref: str
    label: str
    key: Key
    began: date
    due: date
    given: date | None
    checked: bool


@dataclass(frozen=True)
class Hearing:
    """A day at court that is not over."""

    label: str
    on: date


@dataclass(frozen=True)
class Facts:
    """The facts from which the clocks of an order follow."""

    kind: Kind
    state: State
    applied: date | None = None
    made: date | None = None
    served: date | None = None
    ends: date | None = None
    hearing: date | None = None
    closed: date | None = None
    unserved_change: date | None = None
    renewal_filed: bool = False
    undecided: tuple[date, ...] = ()  # reported breaches without a decision, the day of each report
    duties: tuple[Duty, ...] = ()
    hearings: tuple[Hearing, ...] = ()


class Topic(StrEnum):
    """The kind of day that a calendar names."""

    HEARING = "Hearing"
    LAST_DAY = "Last day of the order"
    NOTIFICATION = "Notification due"
    RENEWAL = "Time to renew"


@dataclass(frozen=True)
class Clock:
    """A day that matters, the reason, and whether work is open.

    `open`: an officer has work to do by that day. `topic` is the kind of day in a calendar; None hides it there.
    """

    on: date
    title: str
    words: str
    rule: Rule | None
    open: bool = False
    topic: Topic | None = None

    def urgency(self, today: date) -> str:
        """The way the clock is drawn: "late", "soon" or "calm"."""
        if not self.open:
            return "calm"
        if self.on < today:
            return "late"
        return "soon" if (self.on - today).days <= SOON else "calm"


def clocks(facts: Facts, *, today: date) -> tuple[Clock, ...]:
    """Every clock of an order, the earliest first."""
    found = [*_course(facts), *_duties(facts.duties, today), *_court(facts)]
    found += [
        Clock(reported, "Decide about the breach", "Reported, no decision yet", None, open=True)
        for reported in facts.undecided
    ]
    if facts.state in LIVE:
        found += [*_service(facts), *_ending(facts, today)]
    return tuple(sorted(found, key=lambda clock: (clock.on, clock.title)))


def waiting(found: Iterable[Clock]) -> tuple[Clock, ...]:
    """The clocks for which an officer has work to do."""
    return tuple(clock for clock in found if clock.open)


def _course(facts: Facts) -> Iterator[Clock]:
    for day, title in (
        (facts.applied, "Applied for"),
        (facts.made, "Made"),
        (facts.served, "Served"),
        (facts.closed, "Ended"),
    ):
        if day:
            yield Clock(day, title, "", None)
    if facts.made and facts.kind is Kind.FULL and facts.state not in CLOSED:
        key = rule(Key.DISCHARGE, on=facts.made)
        free = law.free_discharge(made=facts.made)
        yield Clock(free, "The court can discharge it without consents", "From this day", key)


def _duties(duties: tuple[Duty, ...], today: date) -> Iterator[Clock]:
    for duty in duties:
        behind = rule(duty.key, on=duty.began)
        if duty.given:
            yield Clock(duty.given, f"{duty.label}: notified", "", behind)
        elif duty.due >= today:
            words = "Not recorded yet"
            yield Clock(duty.due, duty.label, words, behind, open=True, topic=Topic.NOTIFICATION)
        elif duty.checked:
            yield Clock(duty.due, duty.label, "Checked everywhere, not found", behind)
        else:
            yield Clock(
                duty.due,
                duty.label,
                "Not recorded here: check front counters, custody and other forces",
                behind,
                open=True,
                topic=Topic.NOTIFICATION,
            )


def _court(facts: Facts) -> Iterator[Clock]:
    for hearing in facts.hearings:
        yield Clock(hearing.on, hearing.label, "At court", None, open=True, topic=Topic.HEARING)
    if facts.hearing and facts.state in {State.APPLIED, *LIVE}:
        waits = facts.state == State.APPLIED
        yield Clock(facts.hearing, "Next hearing", "At court", None, open=waits, topic=Topic.HEARING)


def _service(facts: Facts) -> Iterator[Clock]:
    if facts.served is None and facts.made:
        on = law.look_for_service(made=facts.made)
        yield Clock(
            on,
            "Serve the order",
            "Not served yet: the 3 days to notify have not started",
            rule(Key.SERVE, on=on),
            open=True,
        )
    if facts.unserved_change:
        on = law.look_for_service(made=facts.unserved_change)
        yield Clock(on, "Serve the change", "Written down, not served", rule(Key.SERVE, on=on), open=True)


def _ending(facts: Facts, today: date) -> Iterator[Clock]:
    ends = facts.ends
    if ends is None:
        return
    if ends < today:
        words = "Over: record that it has ended"
        yield Clock(ends, LAST_DAY, words, None, open=True, topic=Topic.LAST_DAY)
        return
    key = rule(Key.INTERIM_ENDS if facts.kind is Kind.INTERIM else Key.MINIMUM, on=ends)
    yield Clock(ends, LAST_DAY, "", key, topic=Topic.LAST_DAY)
    if facts.kind is Kind.INTERIM:
        gap = law.interim_gap(ends=ends, hearing=facts.hearing) if facts.hearing else None
        if gap:
            words = f"No protection from {gap.first:%-d %B %Y} to the hearing on {gap.last:%-d %B %Y}"
            yield Clock(
                gap.act_by,
                "Close the gap before the hearing",
                words,
                rule(Key.INTERIM_GAP, on=ends),
                open=True,
            )
        return
    reviews = law.reviews(ends=ends)
    begun = [day for day in reviews if day <= today]
    following = [day for day in reviews if day > today]
    if begun:
        words = "Renewal applied for" if facts.renewal_filed else "Renew, or let it end"
        yield Clock(
            begun[-1],
            "Review before the order ends",
            words,
            rule(Key.REVIEW, on=ends),
            open=not facts.renewal_filed,
            topic=Topic.RENEWAL,
        )
    for day in following:
        behind = rule(Key.REVIEW, on=ends)
        yield Clock(day, "Review before the order ends", "", behind, topic=Topic.RENEWAL)
