"""Everything that can happen to a client's case on its way in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from desist.advocacy.pairs import ending
from desist.advocacy.team import commands as team
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Allocation, ClockPause, Consent, Victim
from desist.advocacy.victims.policy import Action
from desist.advocacy.victims.states import CloseReason, GivenOver, How, PauseReason, Purpose, State, WayIn
from desist.merges import records
from desist.post import payloads
from desist.post.handlers import Received
from desist.references import spoken
from desist.refusals import Refused
from desist.tasks.moving import go_along
from desist.ui.words import FalseAlarm
from desist.wall import gate
from desist.wall.actors import Actor

#: the consents that the service needs before it tells the client of orders and the programme
NEEDED_TO_HEAR = frozenset({Purpose.SUPPORT, Purpose.POLICE, Purpose.UPDATES})


OWN_CONFLICT = "You cannot work with them: {}. Choose “No”, and the manager allocates another advocate"
CONFLICT = "{}. Choose another advocate"


@dataclass(frozen=True)
class Entry:
    """The facts known when a client comes. `locators` go into the vault and nowhere else."""

    identity: Identity
    way_in: WayIn
    consented_on: date
    relationship: str = ""
    behaviours: Sequence[str] = ()
    crime_reference: str = ""
    locators: Sequence[tuple[Kind, str]] = field(default=(), repr=False)
    consents: Sequence[Purpose] = ()
    consented_how: How = How.PHONE


def record(
    *, actor: Actor, entry: Entry, mine: bool, submission: str, at: datetime, why: FalseAlarm | None = None
) -> str:
    """Take on a client who did not come by envelope; returns the reference. `mine`: the actor works with them.

    A form that was sent twice makes one client. Raises spelling.HoldsLocator, and Refused if the actor declared a link
    to every client.
    """
    victim = Victim(
        area=actor.area, way_in=entry.way_in, received_at=at, recorded_by=actor.who, submission=submission
    )
    advocate = team.own_entry(actor=actor) if mine else None
    made = _prepared(victim, entry, at)
    try:
        with gate.create(actor, Action.RECORD_VICTIM, victim, at=at):
            _complete(victim, entry, made, by=actor.who, at=at)
            said = (entry.identity.account, entry.identity.safety)
            vault.check(actor=actor, victim=victim, texts=said, at=at, of=made[1], why=why)
            if advocate:
                _allocate(victim, advocate, OWN_CONFLICT, by=actor.who, at=at)
    except gate.Twice as twice:
        return twice.ref
    return victim.ref


def receive(received: Received) -> Victim:
    """Take on a client that the police refer, and return the row. What leads to the client goes straight into the vault."""
    payload: payloads.VictimReferral = received.payload
    entry = _of_police(payload)
    victim = Victim(
        area=payload.area,
        way_in=entry.way_in,
        received_at=received.at,
        recorded_by=received.actor.who,
        partner=received.sender,
        thread=received.thread,
    )
    made = _prepared(victim, entry, received.at)
    with gate.create(received.actor, Action.RECEIVE_VICTIM, victim, at=received.at):
        _complete(victim, entry, made, by=received.actor.who, at=received.at)
    return victim


def allocate(*, actor: Actor, ref: str, advocate: str, at: datetime) -> None:
    """Give a client an advocate in place of the earlier one. Raises Refused with every reason against it."""
    with gate.change(actor, Action.ALLOCATE, Victim, ref, at=at) as victim:
        _given(victim, advocate, actor, at)


def give_over(
    *, actor: Actor, refs: Sequence[str], advocate: str, why: GivenOver, at: datetime
) -> tuple[str, ...]:
    """Give several clients to one advocate, each by itself; return why some stay, in sentences with their reference."""
    stay = []
    for ref in refs:
        try:
            with gate.change(actor, Action.ALLOCATE, Victim, ref, at=at, reason=why.value) as victim:
                _given(victim, advocate, actor, at)
        except Refused as refused:
            stay.append(f"{spoken(ref)} stays: {refused}")
    return tuple(stay)


def give(victim: Victim, advocate: Advocate, *, by: str, at: datetime) -> None:
    """Within a change: give a client, whose row is locked, another advocate. Raises Refused."""
    _allocate(victim, advocate, CONFLICT, by=by, at=at)
    gate.next_version(victim)
    victim.save(update_fields=["version"])


def consent(*, actor: Actor, ref: str, purposes: Sequence[Purpose], on: date, how: How, at: datetime) -> None:
    """Record what a client consented to. Earlier consents stay as they were."""
    with gate.change(actor, Action.KEEP_CONSENT, Victim, ref, at=at) as victim:
        _consent(victim, purposes, on=on, how=how, by=actor.who, at=at)


def withdraw(*, actor: Actor, ref: str, purpose: Purpose, at: datetime) -> bool:
    """Record that a client takes a consent back. It ends at once; the record that it was given stays.

    Returns whether the police are told to send nothing more.
    """
    with gate.change(actor, Action.KEEP_CONSENT, Victim, ref, at=at) as victim:
        current = victim.consents.filter(purpose=purpose, withdrawn_at=None)
        taken_back = current.update(withdrawn_at=at, withdrawn_by=actor.who)
        return bool(taken_back) and purpose in NEEDED_TO_HEAR and ending.end(victim, at=at)


def pause(*, actor: Actor, ref: str, reason: PauseReason, at: datetime) -> None:
    """Stop the clock to first contact: an advocate never makes a dangerous call because of a clock."""
    with gate.change(actor, Action.PAUSE_CLOCK, Victim, ref, at=at) as victim:
        if victim.state != State.WAITING:
            raise Refused("There is no clock to pause: they have already been reached, or the case is closed")
        if victim.pauses.filter(ended_at=None).exists():
            return
        ClockPause.objects.create(victim=victim, reason=reason, began_by=actor.who, began_at=at)


def resume(*, actor: Actor, ref: str, at: datetime) -> None:
    """Restart the clock."""
    with gate.change(actor, Action.PAUSE_CLOCK, Victim, ref, at=at) as victim:
        victim.pauses.filter(ended_at=None).update(ended_at=at, ended_by=actor.who)


def close(*, actor: Actor, ref: str, reason: CloseReason, at: datetime) -> None:
    """Close a case. Messages that wait are stopped when their turn comes."""
    with gate.change(actor, Action.CLOSE_CASE, Victim, ref, at=at) as victim:
        if victim.state == State.CLOSED:
            raise Refused("This case is already closed")
        victim.pauses.filter(ended_at=None).update(ended_at=at, ended_by=actor.who)
        victim.state, victim.closed_at, victim.close_reason = State.CLOSED, at, reason
        gate.next_version(victim)
        victim.save(update_fields=["state", "closed_at", "close_reason", "version"])


def reopen(*, actor: Actor, ref: str, at: datetime) -> None:
    """Reopen the case of a client who comes back. Raises Refused if their key was destroyed meanwhile."""
    with gate.change(actor, Action.CLOSE_CASE, Victim, ref, at=at) as victim:
        gone = PersonKey.objects.filter(person=ref).exclude(destroyed_at=None).exists()
        if (into := records.leading(ref)) != ref:
            raise Refused(
                f"This record was merged into {spoken(into)}: reopen that case, or split the two records first"
            )
        if victim.state != State.CLOSED or gone:
            raise Refused("This case cannot be opened again: it is open, or its key was destroyed")
        victim.state = State.OPEN if victim.first_contact_at else State.WAITING
        victim.closed_at, victim.close_reason = None, ""
        gate.next_version(victim)
        victim.save(update_fields=["state", "closed_at", "close_reason", "version"])


def _given(victim: Victim, advocate: str, actor: Actor, at: datetime) -> None:
    """Within a change: give a client an advocate of the area, unless they work with them already. Raises Refused."""
    found = Advocate.objects.filter(ref=advocate, area=victim.area).first()
    if found is None:
        raise Refused("This advocate does not work in this area. Choose another one", field="advocate")
    if not victim.allocations.filter(advocate=found, ended_at=None).exists():
        give(victim, found, by=actor.who, at=at)


def _prepared(victim: Victim, entry: Entry, at: datetime) -> tuple[PersonKey, Box]:
    """Fill in the row before its first save; returns the client's new key and the box that it opens."""
    key, box = boxes.fresh(person=victim.ref, at=at)
    victim.identity = boxes.lock(box, FIELD, victim.ref, entry.identity)
    victim.relationship = entry.relationship
    victim.behaviours = list(entry.behaviours)
    victim.crime_reference = entry.crime_reference
    return key, box


def _complete(victim: Victim, entry: Entry, made: tuple[PersonKey, Box], *, by: str, at: datetime) -> None:
    """Save the client's key, locators and consents."""
    key, box = made
    key.save(force_insert=True)
    for kind, value in entry.locators:
        boxes.locator(box=box, victim=victim, kind=kind, value=value, by=by, at=at).save(force_insert=True)
    _consent(victim, entry.consents, on=entry.consented_on, how=entry.consented_how, by=by, at=at)


def _consent(
    victim: Victim, purposes: Sequence[Purpose], *, on: date, how: How, by: str, at: datetime
) -> None:
    given = set(victim.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))
    Consent.objects.bulk_create(
        Consent(victim=victim, purpose=one, given_on=on, how=how, recorded_by=by, recorded_at=at)
        for one in purposes
        if one not in given
    )


def _allocate(victim: Victim, advocate: Advocate, refusal: str, *, by: str, at: datetime) -> None:
    """Allocate a client to an advocate. `refusal` is the sentence around the reasons against it."""
    if reasons := team.refusals(advocate=advocate, person=victim.ref):
        raise Refused(refusal.format(". ".join(reasons)), field="advocate")
    current = victim.allocations.filter(ended_at=None)
    before = list(current.values_list("advocate__ref", flat=True))
    current.update(ended_at=at)
    go_along(cases=[victim.ref], holders=before, to=advocate.ref, by=by, at=at)
    Allocation.objects.create(victim=victim, advocate=advocate, made_by=by, made_at=at)


def _of_police(payload: payloads.VictimReferral) -> Entry:
    given = ((Kind.PHONE, payload.phone), (Kind.EMAIL, payload.email), (Kind.HOME, payload.address))
    return Entry(
        identity=Identity(
            given_names=payload.given_names,
            family_name=payload.family_name,
            account=payload.account,
            safety=payload.safety,
            sent_by=f"{payload.officer_name}, {payload.officer_phone}",
        ),
        way_in=WayIn.POLICE,
        relationship=payload.relationship,
        behaviours=payload.behaviours,
        crime_reference=payload.crime_reference,
        locators=[(kind, value) for kind, value in given if value],
        consents=(Purpose.SUPPORT, Purpose.CONTACT),
        consented_on=payload.agreed_on,
        consented_how=How.POLICE,
    )
