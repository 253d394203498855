"""A quarter of the police, counted by the newest definitions: pure arithmetic on facts, each count the sum of its parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desist.orders import clocks
from desist.orders.terms import Kind
from desist.partnership.identities.codes import Decision
from desist.partnership.orders.states import State
from desist.returns import counted
from desist.returns.counted import Counted
from desist.returns.definitions import Edition
from desist.returns.quarters import Quarter

IN_TIME = 14  # days
FULL, INTERIM = Kind.FULL.value, Kind.INTERIM.value
UNMADE = {
    State.DRAFT.value: "applied.waiting",
    State.APPLIED.value: "applied.waiting",
    State.REFUSED.value: "applied.refused",
    State.WITHDRAWN.value: "applied.withdrawn",
}


@dataclass(frozen=True)
class Made:
    """An order: full or interim, where it stands, how it was made and its days."""

    kind: str
    state: str
    how: str
    applied: date | None
    made: date | None
    served: date | None


@dataclass(frozen=True)
class Facts:
    """All that is counted: orders, duties (last day, given), breaches, referrals (sent, decided) and decisions about telling."""

    orders: Sequence[Made]
    duties: Sequence[tuple[date, date | None]]
    breaches: Sequence[tuple[date, str]]
    sent: Sequence[date]
    answers: Sequence[tuple[date, date]]
    identities: Sequence[tuple[date, str, date | None]]


def count(facts: Facts, *, quarter: Quarter, edition: Edition) -> Counted:
    """Return every count of a quarter, and the days of its clocks."""

    def within(day: date | None) -> bool:
        return day is not None and quarter.first <= day <= quarter.last

    made = {
        kind: [one for one in facts.orders if one.kind == kind and within(one.made)]
        for kind in (FULL, INTERIM)
    }
    answers = [(decided - sent).days for sent, decided in facts.answers if within(decided)]
    days = {
        f"{kind}.served": [(one.served - one.made).days for one in orders if one.served and one.made]
        for kind, orders in made.items()
    } | {"answers": [number for number in answers if number >= 0]}
    found = [
        *_applied(one for one in facts.orders if one.kind == FULL and within(one.applied)),
        *_made(made),
        *_duties(one for one in facts.duties if within(one[0])),
        *_breaches(decision for day, decision in facts.breaches if within(day)),
        *("referrals" for day in facts.sent if within(day)),
        *_answers(answers),
        *_identities((decision, told) for day, decision, told in facts.identities if within(day)),
    ]
    return counted.add_up(found, days=days, edition=edition)


def _applied(orders: Iterable[Made]) -> Iterable[str]:
    for one in orders:
        yield from ("applied", UNMADE.get(one.state, "applied.made"))


def _made(made: Mapping[str, Sequence[Made]]) -> Iterable[str]:
    for kind, orders in made.items():
        for one in orders:
            yield kind
            if kind == FULL:
                yield f"full.{one.how}"
            if one.served is None or one.made is None:
                yield f"{kind}.unserved"
                continue
            in_time = one.served <= clocks.look_for_service(made=one.made)
            yield from (f"{kind}.served", f"{kind}.served.{'in_time' if in_time else 'later'}")


def _duties(duties: Iterable[tuple[date, date | None]]) -> Iterable[str]:
    for due, given in duties:
        yield "duties"
        yield "duties.not_given" if given is None else "duties.in_time" if given <= due else "duties.late"


def _breaches(decisions: Iterable[str]) -> Iterable[str]:
    for decision in decisions:
        yield from ("breaches", f"breach.{decision or 'undecided'}")


def _answers(answers: Iterable[int]) -> Iterable[str]:
    for days in answers:
        yield "answers"
        if days < 0:
            yield "answers.not_known"
        else:
            yield "answers.in_time" if days <= IN_TIME else "answers.later"


def _identities(decisions: Iterable[tuple[str, date | None]]) -> Iterable[str]:
    for decision, told in decisions:
        yield "identity"
        if decision != Decision.TELL:
            yield f"identity.{decision}"
        else:
            yield "identity.to_tell" if told is None else "identity.told"
