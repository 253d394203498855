"""A client who goes on with a service elsewhere: what goes along, and what becomes of them here and there.

A client's own key never leaves. What it locks is opened here, sealed to the other service alone, and locked there anew
with a new key, once that service accepts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from desist.advocacy.contacts.words import FIELD as AGREED
from desist.advocacy.contacts.words import Words
from desist.advocacy.incidents.commands import Facts
from desist.advocacy.incidents.texts import ADDED, Account
from desist.advocacy.incidents.texts import FIELD as INCIDENT
from desist.advocacy.moving_in import sheets
from desist.advocacy.moving_in.commands import CASELOAD
from desist.advocacy.moving_on.models import ClientOffer
from desist.advocacy.safety import texts
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import CloseReason, Purpose, State, WayIn
from desist.moving_in.offers import commands as offers
from desist.moving_in.offers.commands import Kind, Reply, answered_there, answering_here
from desist.moving_in.offers.packing import Record
from desist.moving_in.tables import KEY, Person, Reading
from desist.post.handlers import Received
from desist.refusals import Refused
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor, Role

CLOSED = "The case is closed: reopen it before you offer the client to another service"
STAYS = (
    "What stays here: files and the chronology, exhibits, reports to the police, letters, screenings, needs, notes and "
    "choices. Agree with the client what else the other service gets, and hand it over another way. The police are not "
    "told: the other service asks them for news itself, once the client wants that."
)


def _record(victim: Victim, _: bool) -> Record:  # noqa: FBT001 -- a client's files stay
    """What an advocate elsewhere needs to go on, opened. Raises Shredded."""
    box = vault.box(person=victim.ref)
    who = boxes.unlock(box, FIELD, victim.ref, victim.identity, Identity)
    rows: dict[str, list[Mapping[str, Any]]] = {
        "clients": [_client(victim, who, box)],
        "ways": [
            {"kind": row.kind, "value": boxes.value(box, row)}
            for row in victim.locators.filter(ended_at=None).order_by("pk")
        ],
        "safe_times": list(_safe_times(victim)),
        "incidents": list(_incidents(victim, box)),
        "plans": list(_plans(victim, box)),
    }
    keyed = {key: [{**one, KEY: "1"} for one in found] for key, found in rows.items()}
    return Record(keyed, {}, who.given_names, who.family_name)


def _client(victim: Victim, who: Identity, box: Box) -> Mapping[str, Any]:
    arrangement = getattr(victim, "arrangement", None)
    agreed = boxes.unlock(box, AGREED, victim.ref, arrangement.words, Words) if arrangement else Words()
    given = list(victim.consents.filter(withdrawn_at=None).order_by("given_on", "pk"))
    return {
        **{name: getattr(who, name) for name in sheets.IDENTITY},
        "born": who.born,
        "way_in": WayIn.SERVICE.value,
        "relationship": victim.relationship,
        "crime_reference": victim.crime_reference,
        "received_on": dates.day_of(victim.received_at),
        "purposes": [one.purpose for one in given] or [Purpose.SUPPORT.value],
        "how": given[-1].how if given else "phone",
        "consented_on": given[-1].given_on if given else dates.day_of(victim.received_at),
        **asdict(agreed),
    }


def _safe_times(victim: Victim) -> Iterator[Mapping[str, Any]]:
    for row in victim.safe_times.filter(ended_at=None).order_by("pk"):
        yield {"channel": row.channel, "days": row.days, "start": row.start, "end": row.end}


def _incidents(victim: Victim, box: Box) -> Iterator[Mapping[str, Any]]:
    """The log, each incident with what was added to it."""
    for row in victim.incidents.order_by("happened_on", "pk").prefetch_related("additions"):
        account = boxes.unlock(box, INCIDENT, row.ref, row.words, Account)
        added = (
            f"Added {dates.on(dates.day_of(one.added_at))}: "
            + box.open(field=ADDED, row=one.ref, sealed=bytes(one.words))
            for one in sorted(row.additions.all(), key=lambda one: one.added_at)
        )
        yield {
            **{name: getattr(row, name) for name in Facts.__dataclass_fields__},
            **asdict(account),
            "what": "\n".join([account.what, *added]),
            "place": row.place,
            "place_detail": account.place,
        }


def _plans(victim: Victim, box: Box) -> Iterator[Mapping[str, Any]]:
    for row in victim.plans.order_by("-number")[:1]:
        plan = boxes.unlock(box, texts.PLAN, f"{victim.ref}:{row.number}", row.words, texts.Plan)
        yield {**asdict(plan), "review_on": row.review_on}


def _no_files(_: Victim) -> int:
    return 0


def _check(victim: Victim, actor: Actor, words: str, at: datetime) -> None:
    """Refuse a closed case, and words that hold what leads to a client."""
    if victim.state == State.CLOSED:
        raise Refused(CLOSED)
    vault.compare(victim=victim, texts=[words])
    vault.check_site(actor=actor, texts=[words], at=at)


def _lock(victim: Victim, place: str, row: str, text: str) -> bytes:
    return vault.box(person=victim.ref).lock(field=place, row=row, text=text)


def _unlock(victim: Victim, place: str, row: str, sealed: bytes) -> str:
    """The words; "" once the client's key was destroyed."""
    box = vault.box_if_kept(person=victim.ref)
    return box.open(field=place, row=row, sealed=sealed) if box else ""


def _arrive(row: ClientOffer, person: Person, reading: Reading, by: str, at: datetime) -> Victim:
    """The client begins here today, with a new key: the clock to the first contact runs."""
    person.said.update(received_on=dates.day_of(at), reached_on=None, advocate="")
    if row.agreed_on:
        person.said.update(consented_on=row.agreed_on, how=row.agreed_how)
    move, _ = offers.arrived(CLIENT, row, person=person, reading=reading, by=by, at=at)
    return Victim.objects.get(moved_in__move=move)


def answer(actor: Actor, ref: str, reply: Reply, at: datetime) -> None:
    """Take an offered client over, or refuse with words. Raises Refused and words.Unclear."""
    with answering_here(CLIENT, actor=actor, ref=ref, reply=reply, at=at) as found:
        if found:
            row, person, reading = found
            row.victim = _arrive(row, person, reading, actor.who, at)


def note_answer(received: Received) -> None:
    """Take another service's answer: the case of a client whom it takes over is closed here, unless it was meanwhile."""
    with answered_there(CLIENT, received) as found:
        if found and found[0].state != State.CLOSED:
            victim, row = found
            victim.pauses.filter(ended_at=None).update(ended_at=received.at, ended_by=row.offered_by)
            victim.state, victim.closed_at = State.CLOSED, received.at
            victim.close_reason = CloseReason.ELSEWHERE
            gate.next_version(victim)
            victim.save(update_fields=["state", "closed_at", "close_reason", "version"])


def _new(**said: Any) -> ClientOffer:  # noqa: ANN401 -- columns of any kind
    return ClientOffer(**said)


CLIENT = Kind(
    model=ClientOffer,
    new=_new,
    case=Victim,
    field="victim",
    route="victims:victim",
    caseload=CASELOAD,
    whom="client",
    first="Who they are, what they consented to, and what was agreed about contact",
    manager=Role.ADVOCACY_MANAGER,
    stays=STAYS,
    agreed=True,
    reads=False,
    record=_record,
    papers=_no_files,
    check=_check,
    lock=_lock,
    unlock=_unlock,
    answer=answer,
)
