"""Questions about the quality of sessions, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from desist.accounts import queries as accounts
from desist.programme.sessions import commands as session_commands
from desist.programme.sessions import queries as sessions
from desist.programme.sessions.models import Session
from desist.programme.sessions.records import Record
from desist.programme.sessions.states import State
from desist.programme.supervision.quality import checklists, scoring
from desist.programme.supervision.quality.models import FidelityRating, QualitySample, SampledSession
from desist.programme.supervision.quality.policy import Action
from desist.programme.supervision.quality.scoring import Score
from desist.references import spoken
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 50
#: published generalisability work asks for 9 to 15 sessions before a score says something about one therapist
ENOUGH = 9


@dataclass(frozen=True)
class Drawn:
    """One sample, and how far it is rated; `fallen` are no longer recorded as attended."""

    ref: str
    first: date
    last: date
    each: int
    seed: str
    drawn_from: int
    sessions: int
    fallen: int
    rated: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Practice:
    """One practitioner over every sampled session that an observer rated."""

    name: str
    sessions: int
    score: Score
    items: tuple[tuple[str, Score], ...]

    @property
    def enough(self) -> bool:
        """Whether it says anything about the practitioner."""
        return self.sessions >= ENOUGH


@dataclass(frozen=True)
class Board:
    """Samples, the newest first, and results. `own` counts self-ratings: they are kept and count for nothing."""

    samples: tuple[Drawn, ...]
    practices: tuple[Practice, ...]
    own: int
    may_draw: bool


@dataclass(frozen=True)
class Line:
    """A sampled session; `score` by the actor, None while they have not rated it."""

    ref: str
    practitioner: str
    spoken: str
    title: str
    held_at: datetime
    score: Score | None
    others: int


@dataclass(frozen=True)
class Sample:
    """One sample with its sessions."""

    drawn: Drawn
    lines: tuple[Line, ...]
    may_rate: bool


@dataclass(frozen=True)
class ToRate:
    """A session, to be rated: no name. One that was not `held` after all cannot be rated."""

    ref: str
    sample: str
    practitioner: str
    spoken: str
    title: str
    held_at: datetime
    record: Record
    rated: bool
    held: bool


def board(*, actor: Actor, at: datetime) -> Board:
    """The area's samples and results."""
    rows = gate.see(actor, Action.SEE_QUALITY, QualitySample, at=at)
    counted = FidelityRating.objects.filter(
        sampled__sample__in=rows, session__state=State.ATTENDED
    ).select_related("session__practitioner")
    own = FidelityRating.objects.filter(sampled=None, session__practitioner__area=actor.area)
    return Board(
        samples=tuple(_drawn(row) for row in _counted(rows).order_by("-drawn_at", "-pk")[:PAGE]),
        practices=_practices(list(counted.order_by("session__practitioner__name", "pk"))),
        own=own.count(),
        may_draw=_may(actor, Action.DRAW_SAMPLE),
    )


def sample(*, actor: Actor, ref: str, at: datetime) -> Sample:
    """One sample, with the sessions of people that the actor may know of."""
    rows = gate.open(actor, Action.SEE_QUALITY, QualitySample, ref, at=at)
    row = _counted(rows).get()
    known = policy.rule(Action.SEE_SAMPLED).scope(actor)
    drawn = SampledSession.objects.filter(known, sample=row).select_related(
        "session__practitioner", "session__episode"
    )
    ordered = drawn.order_by("session__practitioner__name", "session__period", "pk").prefetch_related(
        "ratings"
    )
    return Sample(_drawn(row), tuple(_line(one, actor) for one in ordered), _may(actor, Action.RATE_SAMPLED))


def to_rate(*, actor: Actor, ref: str, at: datetime) -> ToRate:
    """A sampled session for an observer."""
    rows = gate.open(actor, Action.RATE_SAMPLED, SampledSession, ref, at=at)
    row = rows.select_related("session__practitioner", "session__episode", "sample").get()
    rated = row.ratings.filter(made_by=actor.who).exists()
    return _to_rate(row.session, ref=ref, sample=row.sample.ref, rated=rated)


def own_session(*, actor: Actor, session: str, at: datetime) -> ToRate:
    """One's own session that was held."""
    rows = gate.open(actor, Action.RATE_ONESELF, Session, session, at=at)
    row = rows.select_related("practitioner", "episode").get()
    rated = row.fidelity_ratings.filter(sampled=None, made_by=actor.who).exists()
    return _to_rate(row, ref=session, sample="", rated=rated)


def _counted(rows: QuerySet[QualitySample]) -> QuerySet[Any]:
    held = Q(sessions__session__state=State.ATTENDED)
    return rows.annotate(
        in_all=Count("sessions", distinct=True),
        number=Count("sessions", filter=held, distinct=True),
        rated=Count("sessions", filter=held & Q(sessions__ratings__isnull=False), distinct=True),
    )


def _practices(ratings: list[FidelityRating]) -> tuple[Practice, ...]:
    """Ratings come in order of the practitioner's name, the first of a session before others: it alone counts."""
    first: dict[int, FidelityRating] = {}
    for one in ratings:
        first.setdefault(one.session_id, one)
    of: dict[str, list[FidelityRating]] = {}
    for one in first.values():
        of.setdefault(one.session.practitioner.name, []).append(one)
    known = {item.key: (place, item.words) for place, item in enumerate(checklists.newest().items)}
    found = []
    for name, theirs in of.items():
        each = scoring.by_item(one.answers for one in theirs)
        total = Score(sum(one.met for one in each.values()), sum(one.arose for one in each.values()))
        ordered = sorted(each, key=lambda item: known.get(item, (len(known), item)))
        items = tuple((known[item][1] if item in known else item, each[item]) for item in ordered)
        found.append(Practice(name, len(theirs), total, items))
    return tuple(found)


def _drawn(row: Any) -> Drawn:  # noqa: ANN401 -- a sample with what `_counted` adds
    return Drawn(
        ref=row.ref,
        first=row.first,
        last=row.last,
        each=row.each,
        seed=row.seed,
        drawn_from=row.drawn_from,
        sessions=row.number,
        fallen=row.in_all - row.number,
        rated=row.rated,
        by=accounts.name(ref=row.drawn_by),
        at=row.drawn_at,
    )


def _line(row: SampledSession, actor: Actor) -> Line:
    ratings = list(row.ratings.all())
    mine = next((one for one in ratings if one.made_by == actor.who), None)
    return Line(
        ref=row.ref,
        practitioner=row.session.practitioner.name,
        spoken=spoken(row.session.episode.ref),
        title=sessions.title(row.session),
        held_at=row.session.period.lower,
        score=scoring.score(mine.answers) if mine else None,
        others=len(ratings) - bool(mine),
    )


def _to_rate(row: Session, *, ref: str, sample: str, rated: bool) -> ToRate:
    record = session_commands.saved(row)
    return ToRate(
        ref=ref,
        sample=sample,
        practitioner=row.practitioner.name,
        spoken=spoken(row.episode.ref),
        title=sessions.title(row),
        held_at=row.period.lower,
        record=record,
        rated=rated,
        held=row.state == State.ATTENDED,
    )


def _may(actor: Actor, action: Action) -> bool:
    return actor.role in policy.rule(action).roles
