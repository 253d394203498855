"""Everything that can happen to a breach pack."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from desist.advocacy.candidates import queries as candidates
from desist.advocacy.candidates.queries import Exhibited
from desist.advocacy.incidents.models import Incident
from desist.advocacy.incidents.texts import FIELD, Account
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.packs.policy import Action
from desist.advocacy.packs.states import TRANSITIONS, State
from desist.advocacy.police import commands as police
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.orders import crime_references
from desist.post import outbox, payloads
from desist.post.handlers import CannotHandle, Received
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.ui.words import FalseAlarm
from desist.wall import audit, gate
from desist.wall.actors import Actor

#: How long a pack may be without a crime reference before the advocate rings the police, and rings again.
PATIENCE = timedelta(hours=4)
NO_CHOICE = (
    "Nothing was sent: your client has not agreed that the police can be told what they reported. "
    "Ask them, and record it under “Choices”"
)


def send(
    *,
    actor: Actor,
    incident: str,
    force: str,
    contact: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> str:
    """Send an incident to a force; returns the pack's reference. A pack that was sent stays as it is.

    Raises HoldsLocator, and Refused also if this service speaks with another force about the client.
    """
    with gate.change(actor, Action.SEND_PACK, Incident, incident, at=at) as row:
        if known := BreachPack.objects.filter(incident=row).values_list("ref", flat=True).first():
            return known
        victim = Victim.objects.select_for_update().get(pk=row.victim_id)
        if not _chosen(victim, at):
            raise Refused(NO_CHOICE)
        police.speak_with(victim, force)
        pack = BreachPack.objects.create(
            incident=row,
            token=secrets.token_urlsafe(16),
            police=force,
            contact=contact,
            sent_by=actor.who,
            sent_at=at,
            ring_at=at + PATIENCE,
        )
        box = vault.box(person=victim.ref)
        said = boxes.unlock(box, FIELD, row.ref, row.words, Account)
        named, texts = audit.row_name(Incident, row.ref), said.crossing
        vault.check_crossing(actor=actor, victim=victim, named=named, texts=texts, at=at, of=box, why=why)
        report = _report(row, victim, pack, with_exhibits(said, candidates.exhibited(incident=row)), at)
        outbox.send(report, to=force, thread=victim.thread or "", at=at, case=victim.ref, about=victim.called)
        return pack.ref


def note_reference(received: Received) -> None:
    """Note the police's crime reference, or their correction of it. The later one holds, in whatever order they arrive.

    A reference that a colleague noted earlier by telephone stays.
    """
    payload: payloads.BreachReference = received.payload
    known = BreachPack.objects.filter(
        token=payload.pack, police=received.sender, incident__victim__thread=received.thread
    )
    ref = known.values_list("ref", flat=True).first()
    if ref is None or not payload.crime_reference:
        raise CannotHandle("This crime reference belongs to nothing that was sent: ring the sender.")
    with gate.change(received.actor, Action.NOTE_REFERENCE, BreachPack, ref, at=received.at) as pack:
        if State.RECORDED in TRANSITIONS[State(pack.state)] or _put_right(pack, payload.answered_at):
            _record(pack, payload.crime_reference, payload.answered_at)


def ring(*, actor: Actor, ref: str, whom: str, crime_reference: str, submission: str, at: datetime) -> None:
    """Note a call to the police, with the crime reference if they gave one. Raises Refused."""
    with gate.change(actor, Action.RING_ABOUT_PACK, BreachPack, ref, at=at) as pack:
        if pack.calls.filter(submission=submission).exists():
            return
        if State.RECORDED not in TRANSITIONS[State(pack.state)]:
            raise Refused("The police have already given a crime reference: it is shown above")
        pack.calls.create(whom=whom, by=actor.who, at=at, submission=submission)
        pack.ring_at = at + PATIENCE
        pack.save(update_fields=["ring_at"])
        if crime_reference:
            _record(pack, crime_reference, at)


def with_exhibits(said: Account, day: Exhibited | None) -> Account:
    """What is told of an incident, with the exhibits on which the messages and calls of its day stand."""
    return replace(said, kept="\n".join(filter(None, (said.kept, day.sentences if day else ""))))


def may_be_sent(*, victim: Victim, at: datetime) -> bool:
    """Whether the client chose that the police hear what they reported."""
    return _chosen(victim, at)


def _chosen(victim: Victim, at: datetime) -> bool:
    return safety.may_be_told(victim=victim, what=What.INCIDENTS, whom=Whom.POLICE, on=day_of(at))


def _put_right(pack: BreachPack, at: datetime) -> bool:
    """Whether a later message of the police replaces the crime reference that they sent before."""
    answered_at = pack.answered_at
    return answered_at is not None and answered_at < at and not pack.calls.filter(at=answered_at).exists()


def _record(pack: BreachPack, crime_reference: str, at: datetime) -> None:
    pack.state, pack.crime_reference, pack.answered_at = State.RECORDED, crime_reference[:60], at
    pack.save(update_fields=["state", "crime_reference", "answered_at"])


def _crime_reference(row: Incident, victim: Victim) -> str:
    """The force's own reference. Raises HoldsLocator if the incident holds other words there, as older ones can."""
    known = crime_references.known(row.crime_reference)
    if row.crime_reference and not known:
        raise HoldsLocator
    return known or crime_references.known(victim.crime_reference)


def _report(
    row: Incident, victim: Victim, pack: BreachPack, said: Account, at: datetime
) -> payloads.BreachReport:
    """The report that is sent: the incident without its exact place."""
    return payloads.BreachReport(
        pack=pack.token,
        area=victim.area,
        crime_reference=_crime_reference(row, victim),
        happened_on=row.happened_on,
        happened_time=row.happened_time.strftime("%H:%M") if row.happened_time else "",
        place=row.place,
        behaviours=tuple(row.behaviours),
        channel=row.channel,
        through=row.through,
        marks=tuple(row.marks),
        **said.crossing,
        evidence=tuple(row.evidence),
        contact=pack.contact,
        reported_at=at,
    )
