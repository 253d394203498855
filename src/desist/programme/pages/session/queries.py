"""Questions about one session, each with a frozen answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Q, QuerySet

from desist.accounts import queries as accounts
from desist.programme import clocks
from desist.programme.agreement import footing
from desist.programme.agreement import queries as agreement
from desist.programme.calendar.attendees import queries as company
from desist.programme.calendar.meetings import queries as meetings
from desist.programme.chains.models import Chain as ChainRow
from desist.programme.chains.queries import of_person as chains_of
from desist.programme.curriculum import queries as curriculum
from desist.programme.disclosures import queries as disclosures
from desist.programme.measures.queries import since as filled_since
from desist.programme.pages.session import between
from desist.programme.sessions import agenda, before, commands, contact, person, put_right, states
from desist.programme.sessions.contacts import queries as contacts
from desist.programme.sessions.diary import queries as diary
from desist.programme.sessions.feedback import queries as feedback
from desist.programme.sessions.models import Session, SessionFeedback
from desist.programme.sessions.policy import Action
from desist.programme.sessions.practice import queries as practice
from desist.programme.sessions.queries import title, was_entered
from desist.programme.sessions.records import LABELS, Record
from desist.programme.team.commands import visible
from desist.references import spoken
from desist.skills import catalogue
from desist.ui.dates import day_of, moment
from desist.wall import clearances, gate, policy
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction

DAY = timedelta(days=1)
#: How many earlier chains the preparation shows.
CHAINS = 12


@dataclass(frozen=True)
class Chain:
    """A chain as a session's pages name it."""

    ref: str
    behaviour: str
    resisted: bool
    happened_on: date | None
    session: str


@dataclass(frozen=True)
class Shared:
    """The parts of a session that the participant may see: nothing that was reported, and no name."""

    ref: str
    title: str
    agenda: str
    homework: str
    skill: catalogue.Skill | None
    next_at: datetime | None
    next_place: str
    answered: bool


@dataclass(frozen=True)
class Planned:
    """The curriculum of a session when it was planned; empty for a catch-up without one, and for a pivot."""

    about: str
    module: str
    skills: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True)
class SessionPage:
    """One session: whose, when, and its record."""

    ref: str
    spoken: str
    episode: str
    name: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    beside: str  # who else is there
    planned: Planned
    state: str
    version: int
    record: Record
    saved_by: str
    saved_at: datetime | None
    recorded_by: str
    recorded_at: datetime | None
    chains: tuple[Chain, ...]
    concerns: int
    put_right: put_right.PutRight
    may_record: bool
    may_correct: bool
    may_raise: bool
    may_follow_up: bool
    followed_up: contact.FollowedUp | None  # of a missed session, or of one that was once said to be missed
    feedback: tuple[tuple[str, str], ...]  # sentence, and how far the participant agrees
    missing: tuple[str, ...]
    entered: bool  # after it was held
    reach: person.Contact  # how the person is reached
    withheld: Mapping[str, str]  # words for the person that are not shown to them: label -> why
    #: of a session that is still planned, for the practitioner's own pages: never on a screen that is shared
    lacking: footing.Lacking | None = None
    #: the next meeting of today, once this one is finished
    following: meetings.Meeting | None = None

    @property
    def open(self) -> bool:
        """Whether the record may still be written: it is neither finished nor of a cancelled session."""
        return self.state == states.State.PLANNED.label

    @property
    def attempts(self) -> int:
        """How often colleagues tried to reach the person after the missed session."""
        return self.followed_up.attempts if self.followed_up else 0


@dataclass(frozen=True)
class Preparation:
    """The facts worth knowing before a session; nothing here is for the participant's eyes."""

    homework: str
    withheld: Mapping[str, str]  # words that the person does not see on the shared screen: label -> why
    next_steps: str
    last_title: str
    last_at: datetime | None
    concerns: tuple[tuple[datetime, str, str], ...]  # raised when, what, who was told
    chains: tuple[Chain, ...]
    agenda: tuple[agenda.Item, ...]
    disclosed: tuple[disclosures.Item, ...]
    contacts: tuple[contacts.ContactRow, ...]
    person: person.Person
    between: between.CameBack
    doubts: tuple[tuple[str, str], ...]  # what they agreed with least after the last session, and how far


@dataclass(frozen=True)
class Beside:
    """What one needs beside a record: the last homework, the diary since then, and the agenda to tick off."""

    homework: str
    days: tuple[diary.Day, ...]
    agenda: tuple[agenda.Item, ...]


def session(*, actor: Actor, ref: str, at: datetime, action: BaseAction = Action.SEE_SESSION) -> SessionPage:
    """One session's page, and on the day of its record the meeting that comes next."""
    page = _met(_open(actor, action, ref, at), actor, at)
    if not page.may_follow_up or page.recorded_at is None or day_of(page.recorded_at) != day_of(at):
        return page
    until = moment(day_of(at) + DAY, time())
    today = meetings.planned(Q(episode__in=visible(actor)), until=until)
    ahead = (one for one in today if one.starts_at > at)
    return replace(page, following=next(ahead, None))


def to_record(*, actor: Actor, ref: str, at: datetime) -> SessionPage:
    """Return one session's page for the practitioner who records it."""
    return _page(_open(actor, Action.RECORD_SESSION, ref, at), actor, at)


def begin(*, actor: Actor, ref: str, at: datetime) -> tuple[SessionPage, Beside]:
    """Return one session's page for recording and what stands beside it; the first agenda is the suggested one."""
    row = _open(actor, Action.RECORD_SESSION, ref, at)
    last = before.earlier(row).filter(state=states.State.ATTENDED).first()
    days = _days(row, last, at)
    concerns = row.episode.referral.concerns.filter(closed_at=None).order_by("raised_at")
    items = _agenda(row, days, concerns.values_list("raised_at", flat=True))
    if row.saved_at is None:
        row.agenda = agenda.to_show(items)
    ticked = tuple(one for one in items if one.target is not agenda.Target.HARM)
    return _page(row, actor, at), Beside(last.homework_set if last else "", days, ticked)


def shared(*, actor: Actor, ref: str, at: datetime) -> Shared:
    """Return what the participant may look at beside the practitioner."""
    row = _open(actor, Action.RECORD_SESSION, ref, at)
    last = before.earlier(row).filter(state=states.State.ATTENDED).first()
    later = row.episode.sessions.filter(state=states.State.PLANNED, period__gt=row.period)
    following = later.order_by("period").select_related("room").first()
    written = {"agenda": row.agenda, "homework_set": last.homework_set if last else ""}
    shown = clearances.clear(named=commands.named(row), texts=written)
    return Shared(
        ref=row.ref,
        title=title(row),
        agenda=shown["agenda"],
        homework=shown["homework_set"],
        skill=catalogue.BY_KEY.get(row.skill),
        next_at=following.period.lower if following else None,
        next_place=_place(following) if following else "",
        answered=bool(_feedback(row)),
    )


def withheld(*, actor: Actor, ref: str, at: datetime) -> dict[str, str]:
    """Return the parts of a record that the person does not see yet: label of a field -> why."""
    return _withheld(_open(actor, Action.RECORD_SESSION, ref, at))


def prepare(*, actor: Actor, ref: str, at: datetime) -> tuple[SessionPage, Preparation]:
    """Return a session's page, and what came before it."""
    row = _open(actor, Action.SEE_SESSION, ref, at)
    last = before.earlier(row).filter(state=states.State.ATTENDED).select_related("feedback").first()
    concerns = row.episode.referral.concerns.filter(closed_at=None).order_by("-raised_at")
    told = tuple(concerns.values_list("raised_at", "what", "told_whom"))
    homework = last.homework_set if last else ""
    first, until = _since(row, last, at)
    span = diary.days(episode=row.episode, first=until - between.SPAN, last=until)
    days = tuple(one for one in span if one.day >= first)
    earlier = _chains(chains_of(episode=row.episode_id))
    return _met(row, actor, at, arose=False), Preparation(
        homework=homework,
        withheld=_withheld(row, homework_from_last_time=homework),
        next_steps=last.next_steps if last else "",
        last_title=title(last) if last else "",
        last_at=last.period.lower if last else None,
        concerns=told,
        chains=earlier,
        agenda=_agenda(row, days, [raised for raised, *_ in reversed(told)]),
        disclosed=disclosures.to_prepare(referral=row.episode.referral),
        contacts=contacts.latest(referral=row.episode.referral, actor=actor),
        person=person.person(episode=row.episode, today=day_of(at)),
        between=between.came_back(
            days=days,
            practice=practice.by_skill(episode=row.episode, since=first),
            span=span,
            happened=(one.happened_on for one in earlier),
            measures=filled_since(episode=row.episode, first=first),
        ),
        doubts=feedback.doubts(last) if last else (),
    )


def _withheld(row: Session, **besides: str) -> dict[str, str]:
    texts = {**commands.seen(commands.saved(row)), **besides}
    hidden = clearances.withheld(named=commands.named(row), texts=texts)
    return {LABELS.get(name, name.replace("_", " ").capitalize()): why for name, why in hidden.items()}


def _open(actor: Actor, action: BaseAction, ref: str, at: datetime) -> Session:
    rows = gate.open(actor, action, Session, ref, at=at)
    with_whom = rows.select_related(
        "episode__referral__own_contact", "episode__agreement", "room", "second", "feedback"
    )
    told = agreement.told(OuterRef("episode"))
    return with_whom.annotate(told=told, was_entered=was_entered()).get()


def _since(row: Session, met: Session | None, at: datetime) -> tuple[date, date]:
    """Return the days that a diary can tell of before a session: since the last one, at most a week, and none ahead."""
    before_it = row.period.lower.astimezone(clocks.LONDON).date() - DAY
    last = min(before_it, day_of(at) - DAY)
    first = last - 6 * DAY
    if met:
        first = max(first, met.period.lower.astimezone(clocks.LONDON).date())
    return first, last


def _days(row: Session, met: Session | None, at: datetime) -> tuple[diary.Day, ...]:
    first, last = _since(row, met, at)
    return diary.days(episode=row.episode, first=first, last=last)


def _agenda(row: Session, days: tuple[diary.Day, ...], raised: Iterable[datetime]) -> tuple[agenda.Item, ...]:
    """Return the suggested agenda; `raised` are the moments of the open concerns, oldest first."""
    last = before.earlier(row).filter(state__in=[states.State.ATTENDED, states.State.MISSED]).first()
    unsolved = (
        chains_of(episode=row.episode_id)
        .filter(reduce_vulnerability="", prevent_prompt="", repair="")
        .exclude(links__skill__gt="")
    )
    return agenda.propose(
        agenda.AgendaFacts(
            concerns_raised=tuple(one.date() for one in raised),
            days=days,
            unfinished_chains=tuple(unsolved.order_by("started_at").values_list("behaviour", flat=True)),
            last=before.left_behind(last) if last else None,
            homework_done=row.homework_done,
            planned=row.about,
        )
    )


def _feedback(row: Session) -> tuple[tuple[str, str], ...]:
    given: SessionFeedback | None = getattr(row, "feedback", None)
    if given is None:
        return ()
    return tuple(
        (sentence, states.Agreement(str(getattr(given, name))).label)
        for name, sentence in states.FEEDBACK.items()
    )


def _place(row: Session) -> str:
    return row.room.name if row.room else "Remote"


def _met(row: Session, actor: Actor, at: datetime, *, arose: bool = True) -> SessionPage:
    """Return a session's page, with what the practitioner must still say before they meet the person."""
    said = getattr(row.episode, "agreement", None)
    answer = (said.state, said.requirement) if said else (None, None)
    lacks = footing.lacking(footing.Stands.read(*answer, told=getattr(row, "told", False)))
    page = _page(row, actor, at, arose=arose)
    return replace(page, lacking=lacks if row.state == states.State.PLANNED else None)


def _page(row: Session, actor: Actor, at: datetime, *, arose: bool = True) -> SessionPage:
    """Return a session's page; `arose`: with the chains and concerns of the session, which its preparation does not show."""
    planned = row.state == states.State.PLANNED
    referral = row.episode.referral
    may = actor.role in policy.rule(Action.RECORD_SESSION).roles
    return SessionPage(
        ref=row.ref,
        spoken=spoken(row.episode.ref),
        episode=row.episode.ref,
        name=f"{referral.given_names} {referral.family_name}",
        title=title(row),
        starts_at=row.period.lower,
        ends_at=row.period.upper,
        place=_place(row),
        beside=company.words(
            second=row.second.name if row.second else "", others=row.others, alone=row.alone
        ),
        planned=_planned(row),
        state=states.State(row.state).label,
        version=row.version,
        record=commands.saved(row),
        saved_by=accounts.as_read_by(actor, row.saved_by),
        saved_at=row.saved_at,
        recorded_by=accounts.as_read_by(actor, row.recorded_by),
        recorded_at=row.recorded_at,
        chains=_chains(ChainRow.objects.filter(session=row.pk)) if arose else (),
        concerns=row.concerns.count() if arose else 0,
        put_right=put_right.of(row, actor),
        may_record=may and planned,
        may_correct=may and row.state in states.FINISHED,
        may_raise=policy.opens(actor.role, "concerns:about"),
        may_follow_up=may,
        followed_up=contact.after_missing(
            row, by=accounts.as_read_by(actor, row.followed_up_by) if row.followed_up_by else "", at=at
        ),
        feedback=_feedback(row),
        missing=commands.missing(row, at=at) if planned else (),
        entered=bool(getattr(row, "was_entered", False)),
        reach=person.contact(referral),
        withheld=_withheld(row),
    )


def _planned(row: Session) -> Planned:
    skills, measures = curriculum.skills(row.skills), curriculum.measures(row.measures)
    return Planned(row.about, row.module, skills, measures)


def _chains(found: QuerySet[ChainRow]) -> tuple[Chain, ...]:
    values = found.order_by("-started_at")[:CHAINS].values_list(
        "ref", "behaviour", "resisted", "happened_on", "session__kind", "session__number"
    )
    return tuple(
        Chain(ref, behaviour, resisted, on, states.title(kind, number))
        for ref, behaviour, resisted, on, kind, number in values
    )
