"""Questions about the practice log, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desist.programme.episodes.models import Episode
from desist.programme.sessions.practice.models import SkillPractice
from desist.programme.sessions.practice.policy import Action
from desist.programme.sessions.practice.states import Helped
from desist.references import spoken
from desist.skills import catalogue
from desist.wall import gate, policy
from desist.wall.actors import Actor

#: the most lines that the page lists
PAGE = 100


@dataclass(frozen=True)
class Line:
    """One time that a skill was tried."""

    ref: str
    day: date
    skill: str
    helped: str
    note: str


@dataclass(frozen=True)
class BySkill:
    """One skill: how often it was tried, and how often the person said each answer."""

    name: str
    times: int
    helped: tuple[int, ...]  # in the order of Helped


@dataclass(frozen=True)
class Page:
    """A person's practice, the newest first, and what helped by skill, the most tried first."""

    episode: str
    spoken: str
    name: str
    lines: tuple[Line, ...]
    skills: tuple[BySkill, ...]
    may_type: bool

    @property
    def columns(self) -> list[tuple[str, None]]:
        """The headings of the answers, as a table takes them."""
        return [(str(one.label), None) for one in Helped]


def log(*, actor: Actor, episode: str, at: datetime) -> Page:
    """Return a person's practice."""
    return _page(actor, Action.SEE_PRACTICE, episode, at)


def to_type(*, actor: Actor, episode: str, at: datetime) -> Page:
    """Return a person's practice for the practitioner who types it."""
    return _page(actor, Action.TYPE_PRACTICE, episode, at)


def by_skill(*, episode: Episode, since: date | None = None) -> tuple[BySkill, ...]:
    """Return what helped by skill, the most tried first; `since` a day, or ever."""
    rows = SkillPractice.objects.filter(episode=episode, struck_at=None)
    return _counted((rows.filter(day__gte=since) if since else rows).values_list("skill", "helped"))


def _page(actor: Actor, action: Action, ref: str, at: datetime) -> Page:
    row = gate.open(actor, action, Episode, ref, at=at).select_related("referral").get()
    found = list(row.practices.filter(struck_at=None).order_by("-day", "-pk"))
    return Page(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        lines=tuple(map(_line, found[:PAGE])),
        skills=_counted((one.skill, one.helped) for one in found),
        may_type=actor.role in policy.rule(Action.TYPE_PRACTICE).roles,
    )


def _counted(said: Iterable[tuple[str, str]]) -> tuple[BySkill, ...]:
    counts: dict[str, dict[str, int]] = {}
    for skill, helped in said:
        counts.setdefault(skill, dict.fromkeys(Helped.values, 0))[helped] += 1
    rows = [
        BySkill(catalogue.name(skill), sum(each.values()), tuple(each.values()))
        for skill, each in counts.items()
    ]
    return tuple(sorted(rows, key=lambda one: (-one.times, one.name)))


def _line(row: SkillPractice) -> Line:
    return Line(row.ref, row.day, catalogue.name(row.skill), str(Helped(row.helped).label), row.note)
