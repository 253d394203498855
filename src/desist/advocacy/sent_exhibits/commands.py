"""Everything that can happen to an exhibit that is sent to the police.

Its offer leaves with the advocate's click. The pieces follow as the police's system asks for them, and only while the
client's choice stands; what cannot or must not be sent any more is recalled.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby

from desist.advocacy.exhibits import keeping
from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.exhibits.states import State as Made
from desist.advocacy.packs import commands as packs
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.sent_exhibits.models import SentExhibit
from desist.advocacy.sent_exhibits.policy import Action
from desist.advocacy.sent_exhibits.states import State
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box, CannotOpen
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How
from desist.disclosure.codes import Recall
from desist.post import outbox, partners, payloads
from desist.post import payloads_exhibits as crossing
from desist.post.handlers import CannotHandle, Received
from desist.post.payloads import ExhibitOutcome
from desist.post.transports import Transport
from desist.references import reference
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.ui.words import FalseAlarm
from desist.wall import audit, gate
from desist.wall.actors import Actor

WORDS = "choice about an exhibit"
FORMATS = ("PDF", "HTML", "CSV", "CASE", "BagIt")
NOT_MADE = "Nothing was sent: finish the exhibit first. Only a finished exhibit can be sent"
NO_REPORT = "Nothing was sent: choose a report of this client that was sent to the police"
BY_HAND = "Nothing was sent: this force has no Desist. Save a copy of the exhibit and hand it over yourself"
LARGE = "Nothing was sent: it has more than 2 GB. Make smaller exhibits, or hand a copy over yourself"
LATER = "The day on which your client chose this is in the future"


@dataclass(frozen=True)
class Agreed:
    """The client's choice about one exhibit: its day, how they said so, and their own words."""

    on: date
    how: How
    words: str


class CannotSend(Exception):
    """The pieces cannot be sent: the choice ended, the exhibit was erased, or a piece cannot be opened."""


def send(
    *,
    actor: Actor,
    exhibit: str,
    report: str,
    agreed: Agreed,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> str:
    """Send a finished exhibit with a report to the force that has the report; returns its reference. It is sent once.

    Raises HoldsLocator and Refused.
    """
    with gate.change(actor, Action.SEND_EXHIBIT, Exhibit, exhibit, at=at) as row:
        if known := SentExhibit.objects.filter(exhibit=row).values_list("ref", flat=True).first():
            return known
        victim = Victim.objects.select_for_update().get(pk=row.victim_id)
        pack = _pack(row, victim, report, at)
        if agreed.on > day_of(at):
            raise Refused(LATER, field="agreed_on")
        box = vault.box(person=victim.ref)
        caption, named = keeping.caption(box, row), audit.row_name(Exhibit, row.ref)
        vault.check(actor=actor, victim=victim, texts=[agreed.words], at=at, of=box, why=why)
        vault.check_crossing(
            actor=actor, victim=victim, named=named, texts={"caption": caption}, at=at, of=box, why=why
        )
        ref = reference()
        sent = SentExhibit.objects.create(
            ref=ref,
            exhibit=row,
            pack=pack,
            agreed_on=agreed.on,
            agreed_how=agreed.how,
            words=box.lock(field=WORDS, row=ref, text=agreed.words),
            parts=_parts(row),
            sent_by=actor.who,
            sent_at=at,
            submission=submission,
        )
        _post(sent, _offer(sent, caption, at), at)
        return ref


def recall(*, actor: Actor, ref: str, reason: Recall, at: datetime) -> str:
    """Take back an exhibit: the police's system deletes it. A second call is no error. Raises Refused."""
    with gate.change(actor, Action.RECALL_EXHIBIT, SentExhibit, ref, at=at) as row:
        if row.state == State.TOO_LARGE:
            raise Refused("The police’s system did not take it in, so there is nothing to recall")
        if row.state != State.RECALLED:
            _recall(row, reason, actor, at)
        return row.ref


def answer(received: Received) -> None:
    """Send the pieces that the police ask for, or note what they say arrived. What is late changes nothing."""
    told: payloads.ExhibitReceipt = received.payload
    if told.outcome not in {one.value for one in ExhibitOutcome}:
        raise CannotHandle("What this receipt says is in no list here: ring the sender.")
    ref = _of_token(received, told.exhibit)
    with gate.change(received.actor, Action.NOTE_EXHIBIT, SentExhibit, ref, at=received.at) as row:
        if row.state != State.SENT:
            return
        row.here = max(row.here, min(told.here, row.parts))
        if told.outcome != ExhibitOutcome.MISSING:
            row.state, row.answered_at = State(told.outcome), told.told_at
        row.save(update_fields=["here", "state", "answered_at"])
        if told.outcome == ExhibitOutcome.MISSING:
            places = [int(one) for one in told.places if one.isascii() and one.isdigit()][
                : crossing.MOST_AT_ONCE
            ]
            try:
                _send_pieces(row, places, received.now or received.at)
            except CannotSend:
                _recall(row, Recall.STOP, received.actor, received.now or received.at)


def note_recalled(received: Received) -> None:
    """Note that the police deleted a recalled exhibit, and how many copies they had saved."""
    told: payloads.ExhibitRecalled = received.payload
    ref = _of_token(received, told.exhibit)
    with gate.change(received.actor, Action.NOTE_EXHIBIT, SentExhibit, ref, at=received.at) as row:
        if row.state != State.RECALLED:
            raise CannotHandle("This answers the recall of an exhibit that was not recalled from here.")
        if row.stopped_at is None:
            row.stopped_at, row.saved = told.stopped_at, max(0, told.saved)
            row.save(update_fields=["stopped_at", "saved"])


def _send_pieces(row: SentExhibit, places: list[int], at: datetime) -> None:
    victim, exhibit = row.exhibit.victim, row.exhibit
    if exhibit.state != Made.MADE or not packs.may_be_sent(victim=victim, at=at):
        raise CannotSend
    try:
        box = vault.box(person=victim.ref)
        for place, content in _contents(box, exhibit, places):
            digest = sha256(content).hexdigest()
            _post(row, payloads.ExhibitPiece(row.token, place, digest, crossing.in_parts(content)), at)
    except (boxes.Shredded, CannotOpen):
        raise CannotSend from None


def _parts(row: Exhibit) -> int:
    """The number of pieces in which an exhibit crosses: smaller ones than those in which it is kept."""
    full, rest = divmod(row.size, keeping.PIECE)
    return full * _of_one() + -(-rest // crossing.PIECE)


def _of_one() -> int:
    """The number of pieces in which a kept one crosses."""
    return -(-keeping.PIECE // crossing.PIECE)


def _contents(box: Box, exhibit: Exhibit, places: list[int]) -> Iterator[tuple[int, bytes]]:
    """Place -> its bytes; each kept piece is opened once."""
    for number, wanted in groupby(sorted(places), key=lambda place: place // _of_one()):
        piece = exhibit.pieces.filter(number=number).first()
        if piece is None:
            raise CannotSend
        kept = box.open_bytes(
            field=keeping.CONTENT, row=f"{exhibit.ref} {number}", sealed=bytes(piece.sealed)
        )
        for place in wanted:
            start = place % _of_one() * crossing.PIECE
            yield place, kept[start : start + crossing.PIECE]


def _pack(row: Exhibit, victim: Victim, report: str, at: datetime) -> BreachPack:
    """The report with which an exhibit goes. Raises Refused with the sentence that says what to do first."""
    pack = BreachPack.objects.filter(ref=report, incident__victim=victim).first()
    if pack is None or pack.police != victim.partner or not victim.thread:
        raise Refused(NO_REPORT, field="report")
    if not packs.may_be_sent(victim=victim, at=at):
        raise Refused(packs.NO_CHOICE)
    if row.state != Made.MADE:
        raise Refused(NOT_MADE)
    if partners.find(name=pack.police).transport == Transport.BY_HAND:
        raise Refused(BY_HAND)
    if row.size > crossing.MOST_BYTES:
        raise Refused(LARGE)
    return pack


def _offer(sent: SentExhibit, caption: str, at: datetime) -> payloads.EvidenceExhibit:
    exhibit = sent.exhibit
    return payloads.EvidenceExhibit(
        report=sent.pack.token,
        exhibit=sent.token,
        number=exhibit.number,
        caption=caption,
        digest=exhibit.digest,
        size=exhibit.size,
        pieces=sent.parts,
        formats=FORMATS,
        sent_at=at,
    )


def _recall(row: SentExhibit, reason: Recall, actor: Actor, at: datetime) -> None:
    row.state, row.recall_reason = State.RECALLED, reason
    row.recalled_by, row.recalled_at = actor.who, at
    row.save(update_fields=["state", "recall_reason", "recalled_by", "recalled_at"])
    asked = payloads.ExhibitRecall(
        report=row.pack.token, exhibit=row.token, reason=reason.value, recalled_at=at
    )
    _post(row, asked, at)


def _post(row: SentExhibit, payload: payloads.Payload, at: datetime) -> None:
    victim = row.exhibit.victim
    outbox.send(
        payload, to=row.pack.police, thread=victim.thread or "", at=at, case=victim.ref, about=victim.called
    )


def _of_token(received: Received, token: str) -> str:
    rows = SentExhibit.objects.filter(
        token=token, pack__police=received.sender, exhibit__victim__thread=received.thread
    )
    ref = rows.values_list("ref", flat=True).first()
    if ref is None:
        raise CannotHandle("This is about an exhibit that was not sent from here: ring the sender.")
    return ref
