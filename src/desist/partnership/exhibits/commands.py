"""Everything that can happen to an exhibit that an advocacy service sent with a report.

This site asks for the pieces, a few at a time, so that other post never waits behind a large exhibit; what is lost is
asked for again. The clock hashes the whole. The programme never hears of any of it.
"""

import re
from datetime import datetime, timedelta
from hashlib import sha256

from desist import custody
from desist.disclosure.codes import Recall
from desist.partnership.exhibits import keeping
from desist.partnership.exhibits.models import Exhibit
from desist.partnership.exhibits.policy import Action
from desist.partnership.exhibits.states import TRANSITIONS, Custody, State
from desist.partnership.reports.models import Report
from desist.post import outbox, partners, payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.payloads import ExhibitOutcome
from desist.post.payloads_exhibits import AT_ONCE, MOST_AT_ONCE, MOST_BYTES, MOST_PIECES, PIECE, joined
from desist.post.transports import Transport
from desist.references import reference
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

#: what was asked for and did not come is asked for again after this time
PATIENCE = timedelta(hours=6)
NOT_WHOLE = "Nothing was saved: the exhibit is not here as it was sent. Its page says why"
NOT_ARRIVING = "Nothing is missing of this exhibit, or it was recalled. The page shows how it stands"


class UnknownReport(Exception):
    """An exhibit belongs to a report unknown to this site so far: it may still be on its way."""


class UnknownExhibit(Exception):
    """A piece belongs to an exhibit unknown to this site so far: the envelope that offers it may still be on its way."""


def receive(received: Received) -> None:
    """Take up an exhibit with its report and ask for its first pieces. One that was recalled before stays recalled."""
    offered: payloads.EvidenceExhibit = received.payload
    report = _report(received, offered.report)
    if report.exhibits.filter(token=offered.exhibit).exists():
        return
    sound = re.fullmatch(r"[0-9a-f]{64}", offered.digest) and 0 < offered.pieces <= offered.size
    if not sound:
        raise CannotHandle("The size or the hash of this exhibit is none: ask the sender to send it again.")
    fits = offered.size <= MOST_BYTES and offered.pieces <= MOST_PIECES
    row = Exhibit(
        ref=reference(),
        report=report,
        token=offered.exhibit,
        number=offered.number[:12],
        state=State.ARRIVING if fits else State.TOO_LARGE,
        digest=offered.digest,
        size=offered.size,
        parts=offered.pieces if fits else 0,
        formats=[one[:20] for one in offered.formats],
        arrived_at=received.arrived,
    )
    keeping.lock_caption(row, offered.caption)
    with gate.create(received.actor, Action.RECEIVE_EXHIBIT, row, at=received.at):
        what = f"{offered.size:,} bytes"
        custody.log(row, Custody.SENT, by="", at=offered.sent_at, what=what)
        custody.log(row, Custody.OFFERED, by="", at=received.arrived)
        if fits:
            _ask(row, received.arrived)
            row.save(update_fields=["asked", "asked_at"])
        else:
            _tell(row, ExhibitOutcome.TOO_LARGE, received.arrived)


def take_piece(received: Received) -> None:
    """Keep a piece. One that comes twice, or after the recall, changes nothing. The last one asked for asks for more."""
    sent: payloads.ExhibitPiece = received.payload
    ref = _of_token(received, sent.exhibit)
    with gate.change(received.actor, Action.RECEIVE_EXHIBIT, Exhibit, ref, at=received.at) as row:
        if row.state != State.ARRIVING or row.pieces.filter(number=sent.place).exists():
            return
        content = joined(sent.content)
        if content is None or sha256(content).hexdigest() != sent.digest:
            raise CannotHandle("A piece of an exhibit is broken. It is asked for again by itself.")
        if not 0 <= sent.place < row.parts or len(content) > PIECE:
            raise CannotHandle("This piece does not fit its exhibit: ring the sender.")
        keeping.keep(row, sent.place, content)
        row.here += 1
        row.asked = [place for place in row.asked if place != sent.place]
        if row.here == row.parts:
            row.state = State.CHECKING
        elif not row.asked:
            _ask(row, received.arrived)
        row.save(update_fields=["here", "asked", "asked_at", "state"])


def recall(received: Received) -> None:
    """Delete a recalled exhibit, its caption too, and tell the sender how many copies were saved. The log stays.

    It may not have arrived yet, or not whole: then nothing of it is taken in any more.
    """
    asked: payloads.ExhibitRecall = received.payload
    if asked.reason not in Recall.values:
        raise CannotHandle("The reason of this recall is in no list here: ring the sender.")
    report = _report(received, asked.report)
    known = report.exhibits.filter(token=asked.exhibit).values_list("ref", flat=True).first()
    if known is None:
        row = Exhibit(report=report, token=asked.exhibit, caption=b"", arrived_at=received.arrived)
        _close(row, asked)
        with gate.create(received.actor, Action.RECEIVE_EXHIBIT, row, at=received.at):
            _closed(row, received)
        return
    with gate.change(received.actor, Action.RECEIVE_EXHIBIT, Exhibit, known, at=received.at) as row:
        if State.RECALLED in TRANSITIONS[State(row.state)]:
            row.pieces.all().delete()
            _close(row, asked)
            row.save()
            _closed(row, received)


def ask_again(*, actor: Actor, ref: str, at: datetime) -> None:
    """Ask for what is missing once more. Two clicks ask once. Raises Refused."""
    with gate.change(actor, Action.ASK_FOR_PIECES, Exhibit, ref, at=at) as row:
        if row.state != State.ARRIVING:
            raise Refused(NOT_ARRIVING)
        if row.asked_at is None or at - row.asked_at > gate.SECOND_CLICK:
            _ask(row, at)
            row.save(update_fields=["asked", "asked_at"])


def save(*, actor: Actor, ref: str, part: int, at: datetime) -> None:
    """Note in the custody log that a part of a copy leaves Desist. Raises Refused."""
    with gate.change(actor, Action.SAVE_EXHIBIT, Exhibit, ref, at=at) as row:
        if row.state != State.WHOLE:
            raise Refused(NOT_WHOLE)
        if part >= keeping.copies(row):
            raise Refused("Nothing was saved: the exhibit has no such part")
        row.waits = False
        row.save(update_fields=["waits"])
        what = f"part {part + 1} of {keeping.copies(row)}"
        last = row.custody.filter(action=Custody.SAVED, by=actor.who, what=what).order_by("position").last()
        if last is None or at - last.at > gate.SECOND_CLICK:
            custody.log(row, Custody.SAVED, by=actor.who, at=at, what=what)


def chase(*, actor: Actor, ref: str, at: datetime) -> None:
    """Ask again, for the clock, for pieces that did not come in time."""
    with gate.change(actor, Action.CHECK_EXHIBIT, Exhibit, ref, at=at) as row:
        if row.state == State.ARRIVING and row.asked_at is not None and row.asked_at <= at - PATIENCE:
            _ask(row, at)
            row.save(update_fields=["asked", "asked_at"])


def check(*, actor: Actor, ref: str, same: bool, at: datetime) -> None:
    """Note, for the clock, whether what arrived is what was sent, and tell the sender. A recalled one stays as it is."""
    with gate.change(actor, Action.CHECK_EXHIBIT, Exhibit, ref, at=at) as row:
        if row.state == State.CHECKING:
            row.state, row.waits = State.WHOLE if same else State.DIFFERS, True
            row.save(update_fields=["state", "waits"])
            custody.log(row, Custody(row.state), by="", at=at, what=f"{row.here:,} pieces")
            _tell(row, ExhibitOutcome(row.state), at)


def _report(received: Received, token: str) -> Report:
    """The report that an envelope names. Raises UnknownReport."""
    rows = Report.objects.filter(
        token=token, side__advocacy=received.sender, side__thread=received.thread
    ).select_related("side")
    report = rows.first()
    if report is None:
        raise UnknownReport(received.sender)
    return report


def _of_token(received: Received, token: str) -> str:
    rows = Exhibit.objects.filter(
        token=token, report__side__advocacy=received.sender, report__side__thread=received.thread
    )
    ref = rows.values_list("ref", flat=True).first()
    if ref is None:
        raise UnknownExhibit(received.sender)
    return ref


def _ask(row: Exhibit, at: datetime) -> None:
    """Ask for the first pieces that are not here; the caller saves the row, or has made it."""
    carried = partners.find(name=row.report.side.advocacy).transport == Transport.FILE
    here = set(row.pieces.values_list("number", flat=True))
    missing = [place for place in range(row.parts) if place not in here]
    row.asked, row.asked_at = missing[: MOST_AT_ONCE if carried else AT_ONCE], at
    _tell(row, ExhibitOutcome.MISSING, at)


def _tell(row: Exhibit, outcome: ExhibitOutcome, at: datetime) -> None:
    side = row.report.side
    receipt = payloads.ExhibitReceipt(
        exhibit=row.token,
        outcome=outcome.value,
        here=row.here,
        places=tuple(map(str, row.asked)),
        told_at=at,
    )
    outbox.send(receipt, to=side.advocacy, thread=side.thread, at=at, case=side.ref, about=side.called)


def _close(row: Exhibit, asked: payloads.ExhibitRecall) -> None:
    row.state, row.caption, row.asked, row.waits = State.RECALLED, b"", [], False
    row.recall_reason, row.recalled_at = asked.reason, asked.recalled_at


def _closed(row: Exhibit, received: Received) -> None:
    saved = row.custody.filter(action=Custody.SAVED).count()
    custody.log(row, Custody.RECALLED, by="", at=received.arrived, what=str(Recall(row.recall_reason).label))
    side = row.report.side
    told = payloads.ExhibitRecalled(exhibit=row.token, saved=saved, stopped_at=received.arrived)
    outbox.send(told, to=side.advocacy, thread=side.thread, at=received.at, case=side.ref, about=side.called)
