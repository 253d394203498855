"""What happened on the programme: the twelve sessions around a moment, their chains, and a concern. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from desist.programme.calendar.planner import proposal
from desist.programme.calendar.planner.proposal import Proposed
from desist.programme.intervals import Interval
from desist.ui.dates import LONDON
from tools.synthetic import names, written
from tools.synthetic.numbering import Numbering
from tools.synthetic.stories import Story
from tools.synthetic.written import Written, WrittenChain

SATURDAY = 5
MINUTES = 90
TWELVE = range(1, 13)
#: which sessions hold a chain, which session was missed, and the last one held with a person who left
WITH_A_CHAIN, MISSED, LAST_HELD = {3, 5, 6, 8, 11}, 4, 5


@dataclass(frozen=True)
class Link:
    """One link of a chain; `position` counts within its part, `skill_code` is a key of the catalogue."""

    ref: str
    part: str
    position: int
    kind: str
    words: str
    intensity: int | None
    skill: str
    skill_code: str = ""


@dataclass(frozen=True)
class Chain:
    """One chain, with the links that come back in every chain of this person."""

    ref: str
    submission: str
    behaviour: str
    resisted: bool
    happened_on: date
    links: tuple[Link, ...]
    reduce: str = names.REDUCE
    prevent: str = names.PREVENT
    repair: str = ""


@dataclass(frozen=True)
class Meeting:
    """One session; `recorded_at` once its record is finished."""

    ref: str
    number: int
    start: datetime
    end: datetime
    state: str
    missed_reason: str
    recorded_at: datetime | None
    diary: str
    work: str
    homework: str
    chain: Chain | None
    next_steps: str = ""


@dataclass(frozen=True)
class Concern:
    """A concern and the alert that left for the police at the same moment."""

    ref: str
    alert_ref: str
    submission: str
    session: str
    raised_at: datetime
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class Course:
    """The sessions in their order, when the referrer last heard, and when it ended."""

    meetings: tuple[Meeting, ...] = ()
    told_at: datetime | None = None
    ended_at: datetime | None = None
    concern: Concern | None = None

    def count(self, state: str) -> int:
        """Return how many sessions are in a state."""
        return sum(meeting.state == state for meeting in self.meetings)


def of(
    *,
    rng: Random,
    numbering: Numbering,
    story: Story,
    at: datetime,
    begun: datetime,
    taken: dict[str, list[Interval]],
) -> Course:
    """Return the course of one person; note in `taken` the times and rooms that its sessions hold."""
    if story.stage == "allocated":
        return Course(told_at=begun)
    if story.stage not in {"in_sessions", "completed", "left"}:
        return Course()
    keys = [story.practitioner, f"{story.room} of {story.area}"][: 2 if story.room else 1]
    busy = [one for key in keys for one in taken.get(key, [])]
    proposed = proposal.weekly(
        first=_first(story, at), at=time(story.hour), lengths=dict.fromkeys(TWELVE, MINUTES), taken=busy
    )
    meetings = tuple(_meeting(rng, numbering, story, one, at) for one in proposed)
    for key in keys:
        holding = (Interval(one.start, one.end) for one in meetings if one.state in {"planned", "attended"})
        taken.setdefault(key, []).extend(holding)
    recorded = [one.recorded_at for one in meetings if one.recorded_at]
    ended = recorded[-1] + timedelta(days=1) if story.stage != "in_sessions" else None
    return Course(
        meetings=meetings,
        told_at=ended or (recorded[-1] if recorded else begun + timedelta(hours=1)),
        ended_at=ended,
        concern=_concern(numbering, story, meetings, at) if story.concern else None,
    )


def _first(story: Story, at: datetime) -> date:
    """Return the first session's day, on a weekday: sessions of a Saturday or Sunday are on the Monday after it."""
    day = at.astimezone(LONDON).date() + timedelta(days=story.offset - 7 * story.weeks)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def _meeting(rng: Random, numbering: Numbering, story: Story, one: Proposed, at: datetime) -> Meeting:
    state = _state(story, one, at)
    recorded = state in {"attended", "missed"}
    end = one.period.end
    if story.written:
        return _told(numbering, written.read(story.written), one, state)
    chained = story.chains and state == "attended" and one.number in WITH_A_CHAIN
    return Meeting(
        ref=numbering.ref(),
        number=one.number,
        start=one.period.start,
        end=end,
        state=state,
        missed_reason=rng.choice(names.MISSED) if state == "missed" else "",
        recorded_at=end + timedelta(minutes=rng.randint(5, 40)) if recorded else None,
        diary=rng.choice(names.DIARIES),
        work=rng.choice(names.WORK),
        homework=rng.choice(names.HOMEWORK),
        chain=_chain(rng, numbering, one.period.start.date()) if chained else None,
    )


def _told(numbering: Numbering, told: Written, one: Proposed, state: str) -> Meeting:
    """Return a session in the words of a written story; one that is still ahead has none yet."""
    recorded = state in {"attended", "missed"}
    record = told.sessions[one.number] if recorded else written.Record()
    chain = told.chain(one.number) if state == "attended" else None
    return Meeting(
        ref=numbering.ref(),
        number=one.number,
        start=one.period.start,
        end=one.period.end,
        state=state,
        missed_reason=record.missed,
        recorded_at=one.period.end + timedelta(minutes=20) if recorded else None,
        diary=record.diary,
        work=record.work,
        homework=record.homework,
        chain=_told_chain(numbering, chain, one.period.start.date()) if chain else None,
        next_steps=record.next,
    )


def _state(story: Story, one: Proposed, at: datetime) -> str:
    """Return the state of a session: everything before today is recorded, today's is still planned."""
    if story.stage == "left" and one.number > LAST_HELD:
        return "cancelled"
    if one.period.start.date() >= at.astimezone(LONDON).date():
        return "planned"
    missed = written.read(story.written).missed if story.written else {MISSED} if story.weeks % 2 else set()
    return "missed" if one.number in missed else "attended"


def _chain(rng: Random, numbering: Numbering, day: date) -> Chain:
    resisted = rng.random() < 0.5
    middle = names.RESISTED if resisted else names.ACTED
    words = (rng.choice(names.BEFORE), rng.choice(names.PROMPTS), *names.RECURRING, *middle)
    return Chain(
        links=_links(numbering, words),
        ref=numbering.ref(),
        submission=numbering.ref(),
        behaviour=names.BEHAVIOURS[resisted],
        resisted=resisted,
        happened_on=day - timedelta(days=rng.randint(1, 5)),
        repair="" if resisted else names.REPAIR,
    )


def _told_chain(numbering: Numbering, chain: WrittenChain, day: date) -> Chain:
    return Chain(
        links=_links(numbering, [(*link[:4], "", link[4]) for link in chain.links]),
        ref=numbering.ref(),
        submission=numbering.ref(),
        behaviour=chain.behaviour,
        resisted=chain.resisted,
        happened_on=day - timedelta(days=chain.days_before),
        reduce=chain.reduce,
        prevent=chain.prevent,
        repair=chain.repair,
    )


def _links(numbering: Numbering, words: Iterable[tuple[Any, ...]]) -> tuple[Link, ...]:
    """Return the links; `words` are part, kind, words, intensity and skill, and perhaps the key of a skill."""
    places: dict[str, int] = {}
    links = []
    for part, *said in words:
        places[part] = places.get(part, 0) + 1
        links.append(Link(numbering.ref(), part, places[part], *said))
    return tuple(links)


def _concern(numbering: Numbering, story: Story, meetings: tuple[Meeting, ...], at: datetime) -> Concern:
    """Return a concern: an open one was raised ten minutes ago, an acknowledged one after the last session."""
    last = [one for one in meetings if one.state == "attended"][-1]
    is_open = story.concern == "open"
    raised = at - timedelta(minutes=10) if is_open else last.end + timedelta(minutes=15)
    return Concern(
        ref=numbering.ref(),
        alert_ref=numbering.ref(),
        submission=numbering.ref(),
        session=last.ref,
        raised_at=raised,
        acknowledged_at=None if is_open else raised + timedelta(minutes=12),
    )
