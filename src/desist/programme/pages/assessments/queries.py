"""Questions about assessments, each with a frozen answer."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from desist.accounts import queries as accounts
from desist.programme.assessments import commands
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.policy import Action
from desist.programme.assessments.queries import parts
from desist.programme.assessments.records import Words
from desist.programme.assessments.states import How, State
from desist.programme.calendar.attendees import queries as company
from desist.programme.calendar.planner import commands as planning
from desist.programme.calendar.planner import queries as planner
from desist.programme.episodes.models import Episode
from desist.programme.sessions.person import Person, person
from desist.references import spoken
from desist.ui import dates
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor

#: how many minutes an assessment takes, unless the form says otherwise
USUAL = 90
#: the ways to meet without a room of the list that are offered: the place itself is one
NOWHERE = tuple((one.value, str(one.label)) for one in (How.VIDEO, How.TELEPHONE))


@dataclass(frozen=True)
class AssessedPerson:
    """The person whose assessment it is."""

    episode: str
    spoken: str
    name: str


@dataclass(frozen=True)
class AssessmentRow:
    """One assessment in the list."""

    ref: str
    state: str
    open: bool
    starts_at: datetime
    place: str


@dataclass(frozen=True)
class AssessmentsPage:
    """A person's assessments, the newest first."""

    person: AssessedPerson
    rows: tuple[AssessmentRow, ...]
    open: str  # the reference of the one that is neither finished nor cancelled, or ""
    may_write: bool


@dataclass(frozen=True)
class AssessmentPage:
    """One assessment, whole."""

    person: AssessedPerson
    ref: str
    state: str
    open: bool
    version: int
    starts_at: datetime
    minutes: int
    where: str  # the room by its reference, or the way of meeting
    place: str
    practitioner: str  # who holds it; empty where no practitioner is named
    elsewhere: str
    elsewhere_reason: str
    second: str  # who else is there: `second` by reference, `others` in words, or `alone` although the referral asks
    others: str
    alone: bool
    beside: str  # all of these in words
    words: Words
    missing: tuple[str, ...]
    saved_by: str
    saved_at: datetime | None
    ended_reason: str
    ended_by: str
    ended_at: datetime | None
    may_write: bool
    facts: Person | None = None  # what colleagues must know, while the meeting is ahead or open

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Every part with its title."""
        return parts(self.words)


def assessments(*, actor: Actor, episode: str, at: datetime) -> AssessmentsPage:
    """Return a person's assessments."""
    row = gate.open(actor, Action.SEE_ASSESSMENTS, Episode, episode, at=at).select_related("referral").get()
    return _all(row, actor)


def to_appoint(
    *, actor: Actor, episode: str, second: str, at: datetime
) -> tuple[AssessmentsPage, planner.PlanningPage]:
    """Return a person's assessments, and what the form needs that makes an appointment.

    `second` is the colleague whom the form names.
    """
    rows = gate.open(actor, Action.ASSESS, Episode, episode, at=at)
    row = rows.select_related("referral__own_contact").get()
    page, asked = _all(row, actor), planner.asked(row, at)
    offers = planner.offers(
        row,
        asked,
        staff=(planning.allocated(row), planner.colleague(row.area, second)),
        minutes=USUAL,
        after=at,
        nowhere=NOWHERE,
    )
    return page, replace(asked, offers=offers)


def assessment(*, actor: Actor, ref: str, at: datetime) -> AssessmentPage:
    """Return one assessment, to read."""
    rows = gate.open(actor, Action.SEE_ASSESSMENT, Assessment, ref, at=at)
    row = rows.select_related("episode__referral", "room", "practitioner", "second").get()
    open_still = row.state == State.APPOINTED
    return replace(
        _page(row, actor), facts=person(episode=row.episode, today=day_of(at)) if open_still else None
    )


def to_write(*, actor: Actor, ref: str, at: datetime) -> AssessmentPage:
    """Return one assessment for the practitioner who writes it."""
    rows = gate.open(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at)
    return _page(rows.select_related("episode__referral", "room", "practitioner", "second").get(), actor)


def to_move(
    *, actor: Actor, ref: str, second: str, at: datetime
) -> tuple[AssessmentPage, planner.PlanningPage]:
    """Return one assessment for the colleague who moves its appointment, and what the form needs.

    `second` is the colleague whom the form names.
    """
    rows = gate.open(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at)
    row = rows.select_related("episode__referral__own_contact", "room", "practitioner", "second").get()
    page, asked = _page(row, actor), planner.asked(row.episode, at, second=row.second)
    here = dates.local(row.period.lower)
    offers = planner.offers(
        row.episode,
        asked,
        staff=(row.practitioner, planner.colleague(row.episode.area, second) or row.second),
        minutes=page.minutes,
        after=max(at, dates.moment(here.date(), time())),
        near=here.time(),
        place=page.where,
        nowhere=NOWHERE,
    )
    return page, replace(asked, offers=offers)


def _all(row: Episode, actor: Actor) -> AssessmentsPage:
    rows = tuple(
        AssessmentRow(
            one.ref, State(one.state).label, one.state == State.APPOINTED, one.period.lower, one.place
        )
        for one in row.assessments.select_related("room").order_by("-period", "-pk")
    )
    return AssessmentsPage(
        person=_person(row),
        rows=rows,
        open=next((one.ref for one in rows if one.open), ""),
        may_write=actor.role in policy.rule(Action.ASSESS).roles,
    )


def _page(row: Assessment, actor: Actor) -> AssessmentPage:
    return AssessmentPage(
        person=_person(row.episode),
        ref=row.ref,
        state=State(row.state).label,
        open=row.state == State.APPOINTED,
        version=row.version,
        starts_at=row.period.lower,
        minutes=int((row.period.upper - row.period.lower).total_seconds() // 60),
        where=row.room.ref if row.room else row.how,
        place=row.place,
        practitioner=row.practitioner.name if row.practitioner else "",
        elsewhere=row.elsewhere,
        elsewhere_reason=row.elsewhere_reason,
        second=row.second.ref if row.second else "",
        others=row.others,
        alone=row.alone,
        beside=company.words(
            second=row.second.name if row.second else "", others=row.others, alone=row.alone
        ),
        words=commands.saved(row),
        missing=commands.missing(row),
        saved_by=accounts.as_read_by(actor, row.saved_by),
        saved_at=row.saved_at,
        ended_reason=row.ended_reason,
        ended_by=accounts.as_read_by(actor, row.ended_by),
        ended_at=row.ended_at,
        may_write=actor.role in policy.rule(Action.WRITE_ASSESSMENT).roles,
    )


def _person(row: Episode) -> AssessedPerson:
    return AssessedPerson(row.ref, spoken(row.ref), f"{row.referral.given_names} {row.referral.family_name}")
