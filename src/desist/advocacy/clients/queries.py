"""Questions about clients, each with a frozen answer."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from desist import codes
from desist.advocacy import clocks
from desist.advocacy.clocks import Hours, Pause
from desist.advocacy.contacts import bars
from desist.advocacy.contacts import queries as contacts
from desist.advocacy.contacts.windows import Bar, Window
from desist.advocacy.team import queries as team
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.identity import FIELD, NOBODY, Identity
from desist.advocacy.victims.models import Allocation, ClockPause, Victim
from desist.advocacy.victims.policy import Action
from desist.advocacy.victims.states import How, PauseReason, Purpose, State, WayIn
from desist.audit.watching.states import Case
from desist.references import spoken
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role
from desist.wall.audit import row_name
from desist.wall.statements import Statement, among, texts

PAGE = 50
#: the tables for which the site watches which account opens a row
WATCHED = ("advocacy.victim",)


@dataclass(frozen=True)
class Row:
    """One client in a list."""

    ref: str
    spoken: str
    name: str
    state: str
    state_label: str
    way_in: str
    advocate: str
    received_at: datetime
    clock: Hours | None  # to first contact, while it runs or stands
    paused: str  # why it stands still
    bar: Bar
    next_on: date | None  # when to contact them next


@dataclass(frozen=True)
class Known:
    """What is read along of clients in a list: the advocate, each pause with its reason, and the safe hours."""

    advocate: str
    pauses: tuple[tuple[str, Pause], ...]
    hours: tuple[Window, ...]


@dataclass(frozen=True)
class Given:
    """One purpose and whether the client consents to it now."""

    purpose: str
    label: str
    given_on: date | None
    how: str
    withdrawn_at: datetime | None  # the last time it was taken back


@dataclass(frozen=True)
class Page:
    """One client: their identity, how they came, and the state of the case."""

    ref: str
    spoken: str
    version: int
    identity: Identity
    row: Row
    relationship: str
    behaviours: tuple[str, ...]
    crime_reference: str
    first_contact_at: datetime | None
    closed_at: datetime | None
    consents: tuple[Given, ...]
    may_allocate: bool
    may_offer: bool  # to a service elsewhere

    @property
    def name(self) -> str:
        """The whole name."""
        return self.identity.name

    @property
    def bar(self) -> Bar:
        """Whether and how they can be contacted at this moment."""
        return self.row.bar


def victims(*, actor: Actor, closed: bool, at: datetime) -> tuple[Row, ...]:
    """The clients whom the actor may see, the newest first; at most PAGE."""
    rows = gate.see(actor, Action.SEE_VICTIMS, Victim, at=at)
    chosen = rows.filter(state=State.CLOSED) if closed else rows.exclude(state=State.CLOSED)
    return listed(chosen.order_by("-received_at", "-pk")[:PAGE], at=at)


def to_allocate(*, actor: Actor, ref: str, at: datetime) -> tuple[Page, tuple[team.Row, ...]]:
    """One client, and the advocates who can work with them."""
    page = page_of(gate.open(actor, Action.ALLOCATE, Victim, ref, at=at), actor=actor, at=at)
    return page, team.team(actor=actor, at=at)


def to_give_over(
    *, actor: Actor, advocate: str, at: datetime
) -> tuple[team.Row, tuple[tuple[str, str], ...], tuple[team.Row, ...]]:
    """An advocate, their clients as (reference, name), and the other advocates."""
    rows = gate.see(actor, Action.ALLOCATE, Victim, at=at)
    people = team.team(actor=actor, at=at)
    whose = next((one for one in people if one.ref == advocate), None)
    if whose is None:
        raise gate.NotFound(advocate)
    others = tuple(one for one in people if one is not whose and one.trained_on)
    theirs = rows.filter(allocations__advocate__ref=advocate, allocations__ended_at=None)
    rows_of = theirs.order_by("received_at").values_list("ref", "identity")
    sealed = [(ref, bytes(identity)) for ref, identity in rows_of]
    # with nobody to give them to the page lists no client: no key is opened
    known_as = unsealed(sealed) if others else dict.fromkeys((ref for ref, _ in sealed), "")
    return whose, tuple((ref, f"{known_as[ref]}, {spoken(ref)}") for ref, _ in sealed), others


def to_consent(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One client, for an actor who records their consents."""
    rows = gate.open(actor, Action.KEEP_CONSENT, Victim, ref, at=at)
    return page_of(rows, actor=actor, at=at, consents=True)


def to_pause(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One client, for an actor who pauses their clock."""
    return page_of(gate.open(actor, Action.PAUSE_CLOCK, Victim, ref, at=at), actor=actor, at=at)


def to_close(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One client, for an actor who closes their case."""
    return page_of(gate.open(actor, Action.CLOSE_CASE, Victim, ref, at=at), actor=actor, at=at)


def page_of(rows: QuerySet[Victim], *, actor: Actor, at: datetime, consents: bool = False) -> Page:
    """The page of the row that the gate let through."""
    one = rows.select_related("arrangement").get()
    along, box = known([one.pk])[one.pk], vault.box_if_kept(person=one.ref)
    return page(one, along, box, actor=actor, at=at, consents=consents)


def page(
    one: Victim, along: Known, box: Box | None, *, actor: Actor, at: datetime, consents: bool = False
) -> Page:
    """The page of a client whom the gate let through; few pages show the `consents`, so only those read them."""
    row, identity = _row(one, along, box, at)
    return Page(
        ref=one.ref,
        spoken=spoken(one.ref),
        version=one.version,
        identity=identity,
        row=row,
        relationship=codes.Relationship(one.relationship).label if one.relationship else "",
        behaviours=tuple(codes.Behaviour(code).label for code in one.behaviours),
        crime_reference=one.crime_reference,
        first_contact_at=one.first_contact_at,
        closed_at=one.closed_at,
        consents=_consents(one) if consents else (),
        may_allocate=actor.role is Role.ADVOCACY_MANAGER,
        may_offer=policy.opens(actor.role, "offers:offer"),
    )


def listed(rows: QuerySet[Victim], *, at: datetime, named: bool = True) -> tuple[Row, ...]:
    """The rows of a list, in their order; without names and words no client's key is opened."""
    found = list(rows.select_related("arrangement"))
    along = known([one.pk for one in found])
    opened = vault.boxes_of(persons=[one.ref for one in found]) if named else {}
    return tuple(_row(one, along[one.pk], opened.get(one.ref), at)[0] for one in found)


def known(victims: Collection[int], *, advocates: bool = True) -> dict[int, Known]:
    """What is read along of these clients by key, in three statements; the gate let their rows through.

    Where no line names the `advocates`, two statements are enough.
    """
    if not victims:
        return {}
    named = dict(ADVOCATES.rows(victims=list(victims))) if advocates else {}
    pauses: dict[int, list[tuple[str, Pause]]] = {}
    for victim, reason, began_at, ended_at in PAUSES.rows(victims=list(victims)):
        pauses.setdefault(victim, []).append((reason, Pause(began_at, ended_at)))
    hours = contacts.windows_of(victims)
    return {one: Known(named.get(one, ""), tuple(pauses.get(one, ())), hours.get(one, ())) for one in victims}


def _advocates() -> QuerySet[Any]:
    current = Allocation.objects.filter(victim__in=among("victims"), ended_at=None)
    return current.values_list("victim", "advocate__name")


def _pauses() -> QuerySet[Any]:
    rows = ClockPause.objects.filter(victim__in=among("victims")).order_by("pk")
    return rows.values_list("victim", "reason", "began_at", "ended_at")


ADVOCATES, PAUSES = Statement(_advocates), Statement(_pauses)


def _row(one: Victim, along: Known, box: Box | None, at: datetime) -> tuple[Row, Identity]:
    identity = boxes.unlock(box, FIELD, one.ref, one.identity, Identity) if box else NOBODY
    waiting = one.state == State.WAITING
    agreed = bars.arrangement(victim=one)
    return Row(
        ref=one.ref,
        spoken=spoken(one.ref),
        name=identity.name,
        state=one.state,
        state_label=State(one.state).label,
        way_in=WayIn(one.way_in).label,
        advocate=along.advocate,
        received_at=one.received_at,
        clock=clocks.first_contact(
            received_at=one.received_at, pauses=[pause for _, pause in along.pauses], now=at
        )
        if waiting
        else None,
        paused=paused(along) if waiting else "",
        bar=bars.bar(victim=one, at=at, hours=along.hours, box=box, heard=identity.safety),
        next_on=agreed.next_on if agreed else None,
    ), identity


def name(one: Victim, box: Box | None) -> str:
    """The client's name in a list. `box` is None if their key was destroyed."""
    return (boxes.unlock(box, FIELD, one.ref, one.identity, Identity) if box else NOBODY).name


def identity_of(one: Victim) -> Identity:
    """The identity of a client whose row the gate let through; NOBODY once their key was destroyed."""
    box = vault.box_if_kept(person=one.ref)
    return boxes.unlock(box, FIELD, one.ref, one.identity, Identity) if box else NOBODY


def names(refs: Collection[str]) -> dict[str, str]:
    """The names of clients whose rows the gate let through, by reference; their keys are opened in one statement."""
    return unsealed(SEALED.rows(refs=list(refs))) if refs else {}


def unsealed(sealed: Sequence[tuple[str, bytes]]) -> dict[str, str]:
    """The names by reference, from rows of a client's reference and sealed identity."""
    opened = vault.boxes_of(persons=[ref for ref, _ in sealed])
    return {
        ref: (boxes.unlock(opened[ref], FIELD, ref, kept, Identity) if ref in opened else NOBODY).name
        for ref, kept in sealed
    }


SEALED = Statement(lambda: Victim.objects.filter(ref__in=texts("refs")).values_list("ref", "identity"))


def paused(along: Known) -> str:
    """The reason why a client's clocks stand still now, "" while they run."""
    return next((PauseReason(reason).label for reason, pause in along.pauses if pause.ended_at is None), "")


def _consents(one: Victim) -> tuple[Given, ...]:
    kept = sorted(one.consents.all(), key=lambda row: row.recorded_at)
    found = []
    for purpose in Purpose:
        rows = [row for row in kept if row.purpose == purpose]
        now = next((row for row in rows if row.withdrawn_at is None), None)
        found.append(
            Given(
                purpose=purpose.value,
                label=purpose.label,
                given_on=now.given_on if now else None,
                how=How(now.how).label if now else "",
                withdrawn_at=max((row.withdrawn_at for row in rows if row.withdrawn_at), default=None),
            )
        )
    return tuple(found)


def watched(*, rows: Iterable[str]) -> dict[str, Case]:
    """The advocates of these clients now, and the days on which cases closed, by their names in the audit."""
    refs = [row.partition(":")[2] for row in rows]
    current = Prefetch("allocations", Allocation.objects.filter(ended_at=None).select_related("advocate"))
    return {
        row_name(Victim, one.ref): Case(
            frozenset(held.advocate.ref for held in one.allocations.all()), one.closed_at
        )
        for one in Victim.objects.filter(ref__in=refs).prefetch_related(current)
    }


def without_advocate() -> Q:
    """Clients to whom no advocate is allocated now."""
    return ~Q(pk__in=Allocation.objects.filter(ended_at=None).values("victim"))


def own_cases(actor: Actor) -> QuerySet[Allocation, Any] | None:
    """The references of an advocate's present clients; None for an account that works with the whole area."""
    if actor.role is not Role.ADVOCATE:
        return None
    return Allocation.objects.filter(advocate__ref=actor.who, ended_at=None).values_list("victim__ref")
