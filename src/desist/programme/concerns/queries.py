"""Questions about concerns, each with a frozen answer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from desist.desk.alerts.sending import CLOCK
from desist.desk.duty import queries as duty
from desist.post.models import Partner
from desist.post.troubles import queries as troubles
from desist.programme.concerns import commands, following
from desist.programme.concerns.following import Happened, Next
from desist.programme.concerns.models import Concern, ConcernStep
from desist.programme.concerns.policy import Action
from desist.programme.concerns.raising import RAISE, referral_of
from desist.programme.concerns.stages import Kind, Stage, Step
from desist.programme.concerns.states import Outcome, RaisedFrom, State, state_of
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.referrals.models import Referral, name_order
from desist.programme.referrals.queries import matching
from desist.programme.referrals.states import State as ReferralState
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import title
from desist.references import spoken
from desist.referral.finding import Wanted
from desist.tasks import cases
from desist.tasks import queries as tasks
from desist.ui.tables import Cursor, Paging, Sort, page
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role
from desist.wall.places import rows_that_wait
from desist.wall.statements import Instances, Question, Slot, among

PAGE = 50
OPEN = rows_that_wait(Concern, Q(closed_at=None))
SORTED = ("standing", "person", "raised_at")
#: state -> the concerns that are so far
STATES = {
    State.RAISED: Q(closed_at=None, alert__acknowledged_at=None),
    State.TAKEN_UP: Q(closed_at=None, alert__acknowledged_at__isnull=False),
    State.CLOSED: Q(closed_at__isnull=False),
}
#: further than any two concerns are apart
CENTURY = timedelta(days=36_525)


@dataclass(frozen=True)
class Ring:
    """The partner organisation to ring, and its telephone number."""

    whom: str
    number: str
    handed_over: bool = True  # no: they cannot read the alert yet


@dataclass(frozen=True)
class ConcernRow:
    """One concern, and the person who was told."""

    ref: str
    referral: str  # "" where the actor may not read the referral
    episode: str  # "" where there is no episode, or the actor may not open it
    spoken: str
    name: str
    kind: str  # in words; "" before kinds were asked for
    what: str
    told_whom: str
    told_at: datetime
    answer: str
    raised_at: datetime
    alerts: bool  # a partner organisation is linked to the referral
    acknowledged_at: datetime | None
    state: State
    outcome: str
    closing_words: str
    untaken_reason: str
    closed_at: datetime | None
    can_be_closed: bool  # by the actor
    ring: Ring | None  # set once the time to acknowledge the alert has passed without an answer
    next: Next | None  # what comes next, where the concern is followed

    @property
    def council_silent(self) -> bool:
        """Whether the council has the concern and has not said what it decided."""
        return self.next is not None and self.next.stage is Stage.COUNCIL


@dataclass(frozen=True)
class ConcernPage:
    """One concern with its actions and what was done about it, the newest first."""

    row: ConcernRow
    actions: tuple[tasks.OnCase, ...]
    happened: tuple[Happened, ...]
    may_refer: bool


@dataclass(frozen=True)
class ToTake:
    """One concern before its next step: what was done, who may enquire, and the kind as it is coded now."""

    row: ConcernRow
    happened: tuple[Happened, ...]
    kind: str
    council: str
    colleagues: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Subject:
    """The person that a concern is raised about, the session if it was raised there, and the duty numbers to tell.

    Without `alerts` no partner organisation is linked to the referral: only the person who was told hears of the
    concern.
    """

    referral: str
    episode: str
    session: str
    spoken: str
    name: str
    title: str  # "Catch-up session 3"; empty outside a session
    alerts: bool
    duty: tuple[duty.Number, ...]


@dataclass(frozen=True)
class ReferredPerson:
    """A person who was referred, with the facts that tell them apart."""

    ref: str
    spoken: str
    name: str
    born: date
    state_label: str


def concerns(
    *,
    actor: Actor,
    state: str = "",
    outcome: str = "",
    kind: str = "",
    sort: Sort,
    cursor: Cursor,
    at: datetime,
) -> tuple[tuple[ConcernRow, ...], Paging]:
    """Return a page of the concerns in a state, with an outcome and of a kind, or of any, and how the list goes on."""
    rows = gate.see(actor, Action.SEE_CONCERNS, Concern, at=at)
    rows = rows.filter(STATES[State(state)]) if state else rows
    rows = rows.filter(outcome=outcome) if outcome else rows
    rows = rows.filter(kind=kind) if kind else rows
    told = _whole(rows, actor).annotate(person=name_order("referral__family_name"), standing=_standing())
    shown, paging = page(told, sort=sort, cursor=cursor, size=PAGE)
    return _rows(shown, actor, at), paging


def _standing() -> Combinable:
    """Return what puts open concerns whose alert waits after those taken up, and these after closed ones; each by day."""
    ahead = Case(
        When(STATES[State.RAISED], then=Value(2 * CENTURY)),
        When(STATES[State.TAKEN_UP], then=Value(CENTURY)),
        default=Value(timedelta()),
        output_field=DurationField(),
    )
    return ExpressionWrapper(Coalesce("closed_at", "raised_at") + ahead, output_field=DateTimeField())


def about(*, actor: Actor, ref: str, at: datetime) -> tuple[ReferredPerson, tuple[ConcernRow, ...]]:
    """Return the person of an episode, and the concerns about them in the same order."""
    episode = (
        gate.open(actor, Action.SEE_CONCERNS_ABOUT, Episode, ref, at=at).select_related("referral").get()
    )
    rows = gate.see(actor, Action.SEE_CONCERNS, Concern, at=at).filter(referral=episode.referral)
    return _person(episode.referral, ref), _listed(rows, actor, at)


def _listed(rows: QuerySet[Concern], actor: Actor, at: datetime) -> tuple[ConcernRow, ...]:
    """Return open concerns first, beginning with those whose alert waits, then closed ones; at most PAGE."""
    order = (
        F("closed_at").desc(nulls_first=True),
        F("alert__acknowledged_at").asc(nulls_first=True),
        "-raised_at",
    )
    return _rows(_whole(rows, actor).order_by(*order)[:PAGE], actor, at)


def to_do(*, actor: Actor, at: datetime) -> tuple[ConcernRow, ...]:
    """Return open concerns that need the actor: first a call to make now, then the steps they owe; at most PAGE.

    Those who lead see the steps of others, too, once they are late.
    """
    told = TOLD_PRACTITIONER if actor.role is Role.PRACTITIONER else TOLD
    rows = gate.whole(actor, Action.RING_ABOUT_CONCERN, STILL_OPEN, told, at=at)
    found = _rows(rows, actor, at)
    asking = (row for row in found if row.ring or (row.next.asks if row.next else row.can_be_closed))
    return tuple(sorted(asking, key=lambda row: row.ring is None))


def _still_open(rows: QuerySet[Concern]) -> QuerySet[Any]:
    rows = rows.filter(closed_at=None).distinct()  # the service may have given a person to several in turn
    return rows.order_by("raised_at", "pk").values_list("pk", "raised_at")[:PAGE]


STILL_OPEN = Question(Concern, _still_open)


def concern(*, actor: Actor, ref: str, at: datetime) -> ConcernRow:
    """One concern, to close it."""
    rows = gate.open(actor, Action.CLOSE_CONCERN, Concern, ref, at=at)
    return _rows(_whole(rows, actor), actor, at)[0]


def followed(*, actor: Actor, ref: str, at: datetime) -> ConcernPage:
    """One concern, with what was done about it and what comes next."""
    rows = gate.open(actor, Action.SEE_CONCERN, Concern, ref, at=at)
    concern = _whole(rows, actor)[0]
    row = _rows([concern], actor, at)[0]
    stage = row.next.stage if row.next else Stage.CLOSED if row.closed_at else Stage.ACTIONS
    return ConcernPage(
        row=row,
        actions=tasks.about(actor=actor, cases=[ref], at=at),
        happened=following.happened(concern),
        may_refer=stage is Stage.ACTIONS and policy.opens(actor.role, "concerns:refer"),
    )


def to_take(*, actor: Actor, ref: str, step: Step, at: datetime) -> ToTake:
    """One concern, to record its next step."""
    action = commands.ACTIONS.get(step, Action.FOLLOW_CONCERN)
    concern = _whole(gate.open(actor, action, Concern, ref, at=at), actor)[0]
    row = _rows([concern], actor, at)[0]
    return ToTake(
        row=row,
        happened=following.happened(concern),
        kind=concern.kind,
        council=row.next.council if row.next else "",
        colleagues=tuple(cases.colleagues(actor, ref)) if step is Step.SCREENED else (),
    )


def to_raise(*, actor: Actor, raised_from: RaisedFrom, ref: str, at: datetime) -> Subject:
    """The session, the person on the programme or the referral from which a concern is raised."""
    action, model = RAISE[raised_from]
    row = gate.open(actor, action, model, ref, at=at).get()
    session = row if isinstance(row, Session) else None
    referral = referral_of(row)
    episode = None if isinstance(row, Referral) else referral.episode
    return Subject(
        referral=referral.ref,
        episode=episode.ref if episode else "",
        session=session.ref if session else "",
        spoken=spoken(episode.ref if episode else referral.ref),
        name=referral.name,
        title=title(session.kind, session.number) if session else "",
        alerts=bool(referral.partner),
        duty=duty.current(actor=actor, at=at),
    )


def found(*, actor: Actor, wanted: Wanted, at: datetime) -> tuple[tuple[ReferredPerson, ...], bool]:
    """Return the people of the area ever referred who match, the newest first, and whether there are more than PAGE."""
    rows = gate.see(actor, Action.RAISE_CONCERN_OF_REFERRED, Referral, at=at)
    meant = matching(rows, wanted)
    people = list(meant.order_by("-completed_at", "pk")[: PAGE + 1])
    return tuple(_person(row, row.ref) for row in people[:PAGE]), len(people) > PAGE


def _person(row: Referral, ref: str) -> ReferredPerson:
    return ReferredPerson(ref, spoken(ref), row.name, row.born, str(ReferralState(row.state).label))


def _whole(rows: QuerySet[Concern], actor: Actor) -> QuerySet[Concern]:
    """Return the concerns with person and alert."""
    return _told(rows, actor.who, actor.role).select_related("alert", "referral")


def _told(rows: QuerySet[Concern], who: str, role: Role) -> QuerySet[Concern]:
    """Return the concerns with the reference of the episode; `opens` says whether the account may open the person's page.

    `followed` leaves out concerns from before kinds were asked for, until a step is recorded about them.
    """
    theirs = Allocation.objects.filter(
        episode=OuterRef("referral__episode"), practitioner__ref=who, ended_at=None
    )
    opens = Exists(theirs) if role is Role.PRACTITIONER else Value(value=True)
    steps = ConcernStep.objects.filter(concern=OuterRef("pk"))
    followed = ExpressionWrapper(~Q(kind="") | Exists(steps), output_field=BooleanField())
    return rows.annotate(opens=opens, followed=followed, episode=F("referral__episode__ref"))


def _of_keys(role: Role) -> QuerySet[Concern]:
    rows = Concern.objects.filter(pk__in=among("keys")).order_by("raised_at", "pk")
    return _told(rows, Slot("who"), role)


#: what `_row` reads of a concern
READ = (
    *("ref", "kind", "what", "told_whom", "told_at", "answer", "raised_by", "raised_role", "raised_at"),
    *("outcome", "closing_words", "untaken_reason", "closed_at", "opens", "followed", "episode"),
    *("alert__partner", "alert__raised_at", "alert__acknowledged_at"),
    *("referral__ref", "referral__partner", "referral__given_names", "referral__family_name"),
)
TOLD_PRACTITIONER = Instances(lambda: _of_keys(Role.PRACTITIONER), *READ)
TOLD = Instances(lambda: _of_keys(Role.MANAGER), *READ)


def _rows(found: Iterable[Concern], actor: Actor, at: datetime) -> tuple[ConcernRow, ...]:
    rows = list(found)
    rings = _rings([row for row in rows if row.closed_at is None and _acknowledged(row) is None], at)
    followed = {row.pk: row for row in rows if row.closed_at is None and row.followed}  # type: ignore[attr-defined]
    nexts = following.coming(followed, _last_steps(followed), actor, at)
    return tuple(_row(row, actor, rings.get(row.pk), nexts.get(row.pk)) for row in rows)


def last_step() -> Q:
    """What narrows the steps of concerns to the last of each, which says who owes the next one and by when."""
    later = ConcernStep.objects.filter(concern=OuterRef("pk"), number__gt=OuterRef("steps_taken__number"))
    return Q(~Exists(later))


def _last_steps(concerns: Collection[int]) -> dict[int, ConcernStep]:
    """Return what was done last about each of these concerns."""
    return {step.concern_id: step for step in LAST.rows(keys=list(concerns))} if concerns else {}


def _last() -> QuerySet[ConcernStep]:
    steps = ConcernStep.objects.filter(concern__in=among("keys"))
    return steps.order_by("concern", "-number").distinct("concern")


LAST = Instances(_last, "concern", "stage", "owner", "due_on", "council")


def _rings(waiting: list[Concern], at: datetime) -> dict[int, Ring]:
    """Return the calls to make about concerns whose alert waits: nobody acknowledged it in time, or it lies here."""
    sent = [(row.alert.partner, row.alert.raised_at) for row in waiting if row.alert]
    lying = troubles.not_handed_over(sent, at=at)
    stuck = {row.pk for row in waiting if row.alert and (row.alert.partner, row.alert.raised_at) in lying}
    due = [row for row in waiting if row.pk in stuck or row.raised_at + CLOCK < at]
    names = {row.referral.partner for row in due}
    partners = {one.name: one for one in Partner.objects.filter(name__in=names)}
    found = ((row, partners.get(row.referral.partner)) for row in due)
    return {
        row.pk: Ring(whom.title, whom.phone, handed_over=row.pk not in stuck) for row, whom in found if whom
    }


def _acknowledged(row: Concern) -> datetime | None:
    return row.alert.acknowledged_at if row.alert else None


def _row(row: Concern, actor: Actor, ring: Ring | None, coming: Next | None) -> ConcernRow:
    referral, episode = row.referral, row.episode  # type: ignore[attr-defined]  # as `_told` annotates it
    return ConcernRow(
        ref=row.ref,
        referral=referral.ref if policy.opens(actor.role, "referrals:referrals") else "",
        episode=episode if episode and row.opens else "",  # type: ignore[attr-defined]  # as above
        spoken=spoken(episode or referral.ref),
        name=referral.name,
        kind=str(Kind(row.kind).label) if row.kind else "",
        what=row.what,
        told_whom=row.told_whom,
        told_at=row.told_at,
        answer=row.answer,
        raised_at=row.raised_at,
        alerts=bool(referral.partner),
        acknowledged_at=_acknowledged(row),
        state=state_of(acknowledged_at=_acknowledged(row), closed_at=row.closed_at),
        outcome=Outcome(row.outcome).label if row.outcome else "",
        closing_words=row.closing_words,
        untaken_reason=row.untaken_reason,
        closed_at=row.closed_at,
        can_be_closed=row.closed_at is None
        and actor.role in policy.rule(Action.CLOSE_CONCERN).roles
        and (coming is None or coming.stage in commands.CLOSABLE),
        ring=ring,
        next=coming,
    )
