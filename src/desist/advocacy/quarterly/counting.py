"""A quarter of an advocacy service, counted by the newest definitions: pure arithmetic, every number one of clients."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desist.advocacy.safety.states import NeedState
from desist.returns import counted
from desist.returns.counted import Counted
from desist.returns.definitions import Edition
from desist.returns.quarters import Quarter

#: what came of one thing of a client, the worst first: it counts for the client
NEWS = ("late", "waiting", "in_time")
PACKS = ("later", "rung", "recorded")


@dataclass(frozen=True)
class ClientFacts:
    """One client, with days. `reached` and `closed` are None where they never were; `told`: the police know of them.

    Of what happened often: (first day, last day) with an advocate, (day, trained) of screenings, days of plans, (day, state)
    of needs settled, (day, at the start) of ratings, and (day, what came of it) of news and of reports.
    """

    way: str
    received: date
    reached: date | None
    in_time: bool
    closed: date | None
    reason: str
    told: bool
    allocated: Sequence[tuple[date, date | None]] = ()
    screenings: Sequence[tuple[date, bool]] = ()
    plans: Sequence[date] = ()
    settled: Sequence[tuple[date, str]] = ()
    ratings: Sequence[tuple[date, bool]] = ()
    news: Sequence[tuple[date, str]] = ()
    packs: Sequence[tuple[date, str]] = ()


def count(clients: Iterable[ClientFacts], *, quarter: Quarter, edition: Edition) -> Counted:
    """Return every count of a quarter. No days of clocks: a median of a few clients says much about one of them."""
    names = (name for one in clients for name in _names(one, quarter))
    return counted.add_up(names, days={}, edition=edition)


def _names(one: ClientFacts, quarter: Quarter) -> Iterator[str]:
    """Yield the counts in which a client is."""
    if _within(one.received, quarter):
        yield from ("received", f"way.{one.way}")
        yield from _reached(one)
    yield from _open(one, quarter.last)
    if _within(one.closed, quarter):
        yield from ("closed", f"closed.{one.reason}")
    yield from _needs(one, quarter)
    for name, found, order in (("news", one.news, NEWS), ("packs", one.packs, PACKS)):
        if came := {what for day, what in found if _within(day, quarter)}:
            yield from (name, f"{name}.{min(came, key=order.index)}")


def _needs(one: ClientFacts, quarter: Quarter) -> Iterator[str]:
    rated = [screening for screening in one.screenings if _within(screening[0], quarter)]
    if rated:  # in the order in which they were recorded: of two on one day the later counts
        _, trained = max(reversed(rated), key=lambda screening: screening[0])
        yield from ("screened", "screened.trained" if trained else "screened.untrained")
    if any(_within(day, quarter) for day in one.plans):
        yield from ("plans", "plans.made" if min(one.plans) >= quarter.first else "plans.reviewed")
    if ended := {state for day, state in one.settled if _within(day, quarter)}:
        yield from ("settled", f"settled.{_settled(ended)}")
    if any(_within(day, quarter) and not start for day, start in one.ratings):
        began = any(start and day <= quarter.last for day, start in one.ratings)
        yield from ("rated", "rated.with_start" if began else "rated.without")


def _reached(one: ClientFacts) -> Iterator[str]:
    if one.reached is None:
        yield "reached.not"
        return
    yield from ("reached", "reached.in_time" if one.in_time else "reached.later")
    yield "reached.told" if one.told else "reached.others"


def _open(one: ClientFacts, day: date) -> Iterator[str]:
    if one.reached is None or one.reached > day or (one.closed is not None and one.closed <= day):
        return
    allocated = any(first <= day and (last is None or last > day) for first, last in one.allocated)
    yield from ("open", "open.allocated" if allocated else "open.waiting")
    yield "open.told" if one.told else "open.others"


def _settled(states: set[str]) -> str:
    if states == {NeedState.MET}:
        return "all"
    return "some" if states & {NeedState.MET, NeedState.PARTLY} else "none"


def _within(day: date | None, quarter: Quarter) -> bool:
    return day is not None and quarter.first <= day <= quarter.last
