"""One client's first page: how to reach them safely, what protects them, what happened last and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from desist.accounts.searching import Hit
from desist.advocacy.candidates import queries as candidates
from desist.advocacy.circumstances import queries as circumstances
from desist.advocacy.clients import queries as clients
from desist.advocacy.contacts.models import Attempt
from desist.advocacy.contacts.states import Channel, Outcome
from desist.advocacy.incidents import queries as incidents
from desist.advocacy.measures import queries as measures
from desist.advocacy.orders import queries as orders
from desist.advocacy.orders.models import ClearanceAsked
from desist.advocacy.orders.states import Standing
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.packs.states import State as Pack
from desist.advocacy.pages.client.steps import Step, Waiting, steps
from desist.advocacy.pages.search import queries as searching
from desist.advocacy.pages.updates import queries as updates
from desist.advocacy.safety.models import PlanVersion
from desist.advocacy.screenings import queries as screenings
from desist.advocacy.submissions import queries as submissions
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.policy import Action
from desist.advocacy.victims.states import State
from desist.desk.alerts import queries as desk
from desist.merges import queries as merges
from desist.merges.queries import Joined
from desist.post.models import Partner
from desist.questionnaires.courses import Kept
from desist.referral import finding
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.statements import Instances, Statement, among, day, moment

#: the conditions of an order, and the late packs, that stand on the page; the others are a click away
SHOWN, FEW = 3, 5


@dataclass(frozen=True)
class OrderInShort:
    """An order that has not ended, with its first conditions, and the number of those that stand under Orders."""

    order: orders.Row
    conditions: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class LastContact:
    """The last attempt to reach the client, and how it ended."""

    words: str
    began_at: datetime


@dataclass(frozen=True)
class ClientPage:
    """One client at a glance. `ended` counts the orders that have ended; `rating` is the client's own of their safety."""

    victim: clients.Page
    safe_times: tuple[str, ...]
    orders: tuple[OrderInShort, ...]
    ended: int
    incident: incidents.Row | None  # the last one
    incidents: int
    screening: screenings.Row | None
    contact: LastContact | None
    review_on: date | None  # of the safety plan; None without a plan
    review_late: bool
    rating: Kept | None
    around: circumstances.InForce
    joined: Joined | None  # with another record of the client
    steps: tuple[Step, ...]
    may_call: bool


def alike(*, actor: Actor, sought: Iterable[str], submission: str, at: datetime) -> tuple[Hit, ...]:
    """Clients whom the actor may see and who may be the one to record; none for a form that was kept before."""
    if Victim.objects.filter(submission=submission).exists():
        return ()
    found: dict[str, Hit] = {}
    for text in sought:
        for hit in searching.search(actor=actor, wanted=finding.read(text), at=at).hits:
            found.setdefault(hit.ref, hit)
    return tuple(found.values())


def client(*, actor: Actor, ref: str, at: datetime) -> ClientPage:
    """One client with everything that the first page shows."""
    today = dates.day_of(at)
    victim: Any = gate.one(actor, Action.SEE_VICTIM, Victim, CLIENT, ref, at=at, today=today)
    box = vault.boxes_of(persons=[ref]).get(ref)
    along = clients.known([victim.pk])[victim.pk]
    page = clients.page(victim, along, box, actor=actor, at=at, consents=True)
    known = orders.protecting(victim=victim, box=box)
    attempts = ATTEMPTS.rows(victims=[victim.pk])
    reviewed = circumstances.Reviewed(today, victim.harm_on, victim.screen_on, victim.screen_since)
    around = circumstances.in_force(victim=victim, box=box, reviewed=reviewed)
    incident, count = incidents.last(victim=victim)
    sent = (victim.sent_count, submissions.look_by(victim.sent_since)) if victim.sent_since else None
    waiting = _waiting(
        victim,
        along,
        around.due,
        sent=sent,
        breaches=victim.breaches,
        review_on=victim.plan_on,
        at=at,
    )
    return ClientPage(
        victim=page,
        safe_times=tuple(one.words for one in along.hours),
        orders=tuple(_in_short(one) for one in known if one.standing != Standing.ENDED),
        ended=sum(one.standing == Standing.ENDED for one in known),
        incident=incident,
        incidents=count,
        screening=screenings.newest(victim=victim, box=box, today=today),
        contact=_contact(*attempts[0]) if attempts else None,
        review_on=victim.plan_on,
        review_late=victim.plan_on is not None and victim.plan_on < today,
        rating=measures.rating(victim=victim, box=box),
        around=around,
        joined=merges.joined(victim),
        steps=_steps(page, waiting, at),
        may_call=actor.role is Role.ADVOCATE,
    )


def _in_short(order: orders.Row) -> OrderInShort:
    return OrderInShort(order, order.conditions[:SHOWN], len(order.conditions[SHOWN:]))


def _contact(channel: str, outcome: str, began_at: datetime) -> LastContact:
    how = Outcome(outcome).label.lower() if outcome else "no outcome yet"
    return LastContact(f"{Channel(channel).label}: {how}", began_at)


def _client() -> QuerySet[Any]:
    """One statement for the client and what the page asks beside it."""
    today = day("today")
    plans = PlanVersion.objects.filter(victim=OuterRef("pk")).order_by("-number")
    sent_count, sent_since = submissions.unseen()
    return Victim.objects.filter(pk__in=among("keys")).annotate(
        sent_count=sent_count,
        sent_since=sent_since,
        breaches=candidates.unseen(),
        merged=merges.MERGED,
        plan_on=Subquery(plans.values("review_on")[:1]),
        harm_on=circumstances.harm_reviewed(),
        screen_on=screenings.owed_on(today),
        screen_since=screenings.owed_since(),
    )


CLIENT = Instances(
    _client,
    *("*", "arrangement__*", "sent_count", "sent_since", "breaches", "merged"),
    *("plan_on", "harm_on", "screen_on", "screen_since"),
)


def _steps(page: clients.Page, waiting: Waiting, at: datetime) -> tuple[Step, ...]:
    if page.row.state == State.CLOSED:
        return ()
    return steps(page.row, waiting, may_allocate=page.may_allocate, at=at)


def _waiting(
    victim: Victim,
    along: clients.Known,
    due: tuple[circumstances.Due, ...],
    *,
    sent: tuple[int, date] | None,
    breaches: int,
    review_on: date | None,
    at: datetime,
) -> Waiting:
    own = [victim.pk]
    return Waiting(
        alert=desk.untaken(case=victim.ref),
        attempt=next((ref for (ref,) in OPEN.rows(victims=own)), ""),
        packs=tuple((ref, force) for ref, force in PACKS.rows(victims=own, at=at)),
        breaches=breaches,
        question=next(((ref, answer_by) for ref, answer_by in ASKED.rows(victims=own)), None),
        news=updates.to_tell(victim=victim, along=along, at=at),
        review_on=review_on,
        sent=sent,
        due=due,
    )


def _attempts() -> QuerySet[Attempt]:
    return Attempt.objects.filter(victim__in=among("victims")).order_by("-began_at")


def _packs() -> QuerySet[Any]:
    late = BreachPack.objects.filter(
        incident__victim__in=among("victims"), state=Pack.SENT, ring_at__lte=moment("at")
    )
    forces = Partner.objects.filter(name=OuterRef("police")).values("title")[:1]
    packs = late.annotate(force=Coalesce(Subquery(forces), "police")).order_by("ring_at", "pk")
    return packs.values_list("ref", "force")[:FEW]


def _questions() -> QuerySet[Any]:
    asked = ClearanceAsked.objects.filter(victim__in=among("victims"), answer="").order_by("answer_by", "pk")
    return asked.values_list("ref", "answer_by")[:1]


ATTEMPTS = Statement(lambda: _attempts().values_list("channel", "outcome", "began_at")[:1])
OPEN = Statement(lambda: _attempts().filter(outcome="").values_list("ref")[:1])
PACKS, ASKED = Statement(_packs), Statement(_questions)
