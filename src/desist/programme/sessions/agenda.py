"""The agenda of a session, computed from what is known, pure: each item with the reason it is there.

The order is the target hierarchy of the programme: imminent harm, then stalking acts or breaches of an order, then
what interferes with the work, then quality of life, then skills. It is a proposal; the practitioner writes the agenda.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from desist.programme.sessions.diary.queries import Day
from desist.programme.sessions.diary.states import Act
from desist.programme.sessions.states import Compliance, Homework, MissedReason, State, Whose
from desist.skills import catalogue
from desist.ui.dates import on

#: from this figure on an urge is worth a chain although it was resisted
STRONG = 4
#: fewer days than this of seven are a gap in the diary
ENOUGH_DAYS, WEEK = 4, 7
#: a short night, and on how many days of seven it matters
SHORT_NIGHT, OFTEN = 5, 3


class Target(TextChoices):
    """What an item is about, in the order of urgency."""

    HARM = "harm", "Imminent harm"
    ACTS = "acts", "Stalking acts or breaches of an order"
    WORK = "work", "What interferes with the work"
    LIFE = "life", "Quality of life"
    SKILLS = "skills", "Skills"


@dataclass(frozen=True)
class LastSession:
    """The session before: what it leaves behind."""

    state: str
    on: date
    missed_reason: str = ""
    whose_reason: str = ""
    minutes_late: int | None = None
    compliance: str = ""
    skill: str = ""
    homework_set: str = ""


@dataclass(frozen=True)
class AgendaFacts:
    """Everything that the agenda is computed from. `days` are those since the last session, at most seven."""

    concerns_raised: tuple[date, ...] = ()
    days: tuple[Day, ...] = ()
    unfinished_chains: tuple[str, ...] = ()  # behaviours of chains without any solution
    last: LastSession | None = None
    homework_done: str = ""  # as it is said in this session
    planned: str = ""  # for this session, by the plan


@dataclass(frozen=True)
class Item:
    """One thing to talk about, and why it is here."""

    target: Target
    words: str
    reason: str


def propose(known: AgendaFacts) -> tuple[Item, ...]:
    """The agenda, most urgent first."""
    return (*_harm(known), *_acts(known), *_work(known), *_life(known), *_skills(known))


def to_show(items: Iterable[Item]) -> str:
    """The items that a participant may read, as lines to begin the agenda with; without what concerns name."""
    shown = (item.words for item in items if item.target is not Target.HARM)
    return "\n".join(f"{number}. {words}" for number, words in enumerate(shown, 1))


def _harm(known: AgendaFacts) -> list[Item]:
    return [
        Item(Target.HARM, "Ask about the open concern", f"raised {on(raised)} and not closed")
        for raised in known.concerns_raised
    ]


def _acts(known: AgendaFacts) -> list[Item]:
    acted = [
        Item(Target.ACTS, f"Chain: {day.act.lower()}", f"diary of {on(day.day)}")
        for day in known.days
        if day.acted
    ]
    resisted = [
        Item(Target.ACTS, "Chain of an urge resisted", f"diary of {on(day.day)}: urge {day.noted.urge} of 5")
        for day in known.days
        if day.noted and day.noted.act == Act.RESISTED and (day.noted.urge or 0) >= STRONG
    ]
    open_chains = [
        Item(Target.ACTS, f"Finish the chain “{behaviour}”", "no solution recorded yet")
        for behaviour in known.unfinished_chains
    ]
    return [*acted, *resisted, *open_chains]


def _work(known: AgendaFacts) -> list[Item]:
    found = []
    typed = sum(day.noted is not None for day in known.days)
    if known.last and typed * WEEK < ENOUGH_DAYS * len(known.days):
        since = " since the last session" if known.days[0].day >= known.last.on else ""
        told = f"{typed} of {len(known.days)} days{since} are filled in ({_span(known.days)})"
        found.append(Item(Target.WORK, "The diary", told))
    if known.homework_done in {Homework.PARTLY, Homework.NOT_DONE}:
        label = Homework(known.homework_done).label.lower()
        found.append(Item(Target.WORK, "What got in the way of the homework", label))
    if known.last:
        found += _attendance(known.last)
    return found


def _span(days: tuple[Day, ...]) -> str:
    return f"{on(days[0].day)} to {on(days[-1].day)}"


def _attendance(last: LastSession) -> list[Item]:
    theirs = last.whose_reason != Whose.SERVICE
    if last.state == State.MISSED and theirs:
        why = MissedReason(last.missed_reason).label.lower() if last.missed_reason else "no reason given"
        return [Item(Target.WORK, "The session that was missed", f"{on(last.on)}: {why}")]
    found = []
    if last.minutes_late and theirs:
        reason = f"{last.minutes_late} minutes on {on(last.on)}"
        found.append(Item(Target.WORK, "Coming late", reason))
    if last.compliance == Compliance.DID_NOT:
        found.append(Item(Target.WORK, "How we work together", f"session of {on(last.on)}"))
    return found


def _life(known: AgendaFacts) -> list[Item]:
    noted = [day.noted for day in known.days if day.noted]
    short = sum(one.sleep_hours is not None and one.sleep_hours < SHORT_NIGHT for one in noted)
    used = sum(bool(one.substances) for one in noted)
    found = []
    if short >= OFTEN:
        found.append(
            Item(Target.LIFE, "Sleep", f"less than {SHORT_NIGHT} hours on {short} of {len(known.days)} days")
        )
    if used >= OFTEN:
        found.append(Item(Target.LIFE, "Alcohol or drugs", f"on {used} of {len(known.days)} days"))
    return found


def _skills(known: AgendaFacts) -> list[Item]:
    found = []
    if known.last and known.last.homework_set:
        found.append(Item(Target.SKILLS, "Review the homework", f"set on {on(known.last.on)}"))
    if known.last and known.last.skill:
        name = catalogue.name(known.last.skill)
        found.append(Item(Target.SKILLS, f"Practise “{name}” again", f"last worked on {on(known.last.on)}"))
    found.append(
        Item(Target.SKILLS, known.planned or "The next skill in the plan", "planned for this session")
    )
    return found
