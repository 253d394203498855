"""Everything that can happen to a file on the police side."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from desist.accounts import queries as accounts
from desist.disclosure.codes import Recall
from desist.partnership.attachments.models import Attachment
from desist.partnership.attachments.policy import Action
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import Happened, State
from desist.post import outbox, own, payloads
from desist.post.handlers import CannotHandle, Received
from desist.referral import files
from desist.referral.files import Accepted, Lead, Media
from desist.refusals import Refused
from desist.ui.words import FalseAlarm, Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person

#: characters of one part of a file in its envelope: no text in an envelope may be longer than 20,000
PART = 16_384
ATTACHED = "This file is already attached"
RECALLED = "This file was recalled, so it cannot be attached to this referral again"
FULL = f"A referral has at most {files.MOST_FILES} files. Remove one or send this one another way"
CLOSED = {State.DECLINED, State.WITHDRAWN, State.DISCARDED}


def attach(*, actor: Actor, ref: str, file: Accepted, at: datetime) -> tuple[Lead, ...]:
    """Keep a file with a referral; returns what in it may lead to the victim.

    A file in which nothing was found follows a referral that was sent already. Any other is held. Raises Refused.
    """
    leads = files.leads(file)
    with gate.change(actor, Action.ATTACH_FILE, Referral, ref, at=at) as referral:
        if referral.state in CLOSED:
            raise Refused("This referral is closed, so nothing can be attached")
        if same := referral.attachments.filter(digest=file.digest).first():
            raise Refused(RECALLED if same.recalled_at else ATTACHED)
        if referral.attachments.filter(recalled_at=None).count() >= files.MOST_FILES:
            raise Refused(FULL)
        columns = files.kept(file, keys=own.keys().current)
        row = referral.attachments.create(**columns, held=bool(leads), added_by=actor.who, added_at=at)
        _keep_leads(row, leads)
        referral.happened(Happened.ATTACHED, by=actor.who, at=at, detail=file.media.name)
        if not referral.thread:
            _overtake(referral)
        elif not row.held:
            _cross(referral, row, file, at)
    return leads


def give_reason(*, actor: Actor, ref: str, reason: FalseAlarm, at: datetime) -> str:
    """Say why a held file may be sent; it still waits for a second person. Raises Refused.

    The data protection officer is told what kinds of words were found, and why they may stay; never the words.
    """
    with _of_file(actor, Action.ANSWER_FOR_FILE, ref, at) as (referral, row):
        _check_waiting(row)
        if row.reason:
            raise Refused("A reason has already been given for this file. A second person decides now")
        leads = files.leads(_opened(row))
        if reason is FalseAlarm.PICTURE and not of_pictures(leads):
            raise Refused("Not only pictures were found in this file. Choose a reason for all that was found")
        row.reason, row.reason_by, row.reason_at = reason, actor.who, at
        row.save(update_fields=["reason", "reason_by", "reason_at"])
        _keep_leads(row, leads)
        kinds = ", ".join(dict.fromkeys(one.kind for one in leads)).capitalize()
        _tell(actor, Action.ANSWER_FOR_FILE, row, f"{kinds}: {reason.label}", at)
        return referral.ref


def release(*, actor: Actor, ref: str, at: datetime) -> str:
    """Release a held file, as a second person who looked at it: it crosses with its referral or after it. Raises Refused."""
    with _of_file(actor, Action.RELEASE_FILE, ref, at) as (referral, row):
        _check_waiting(row)
        if referral.state in CLOSED:
            raise Refused("This referral is closed, so the file cannot be sent")
        if not row.reason:
            raise Refused("Nobody has said yet why this file may be sent")
        if are_one_person(actor.who, row.added_by, row.reason_by):
            raise Refused(
                "You, or an account that looks like yours, attached this file or gave the reason, so a second person must release it"
            )
        file = _opened(row)
        row.released_by, row.released_at = actor.who, at
        row.save(update_fields=["released_by", "released_at"])
        answered = Override(FalseAlarm(row.reason))
        clearances.hold(
            named=audit.row_name(Attachment, row.ref),
            texts={"name": row.name},
            override=answered,
            actor=actor,
            at=at,
        )
        first = accounts.names(refs=[row.reason_by]).get(row.reason_by, row.reason_by)
        _tell(actor, Action.RELEASE_FILE, row, f"Reason of {first}: {FalseAlarm(row.reason).label}", at)
        referral.happened(Happened.FILE_RELEASED, by=actor.who, at=at, detail=Media(row.media).name)
        if referral.thread:
            _cross(referral, row, file, at)
        else:
            _overtake(referral)
        return referral.ref


def recall(*, actor: Actor, ref: str, reason: Recall, at: datetime) -> str:
    """Take back a sent file: the programme can no longer open it. A second call is no error. Raises Refused."""
    with _of_file(actor, Action.RECALL_FILE, ref, at) as (referral, row):
        if not referral.thread or row.is_waiting:
            raise Refused("This file was not sent, so there is nothing to recall. Remove it instead")
        if row.recalled_at:
            return referral.ref
        row.recall_reason, row.recalled_by, row.recalled_at = reason, actor.who, at
        row.save(update_fields=["recall_reason", "recalled_by", "recalled_at"])
        referral.happened(Happened.FILE_RECALLED, by=actor.who, at=at, detail=str(reason.label))
        asked = payloads.AttachmentRecall(
            name=row.name, digest=row.digest, reason=reason.value, recalled_at=at
        )
        outbox.send(
            asked,
            to=referral.programme,
            thread=referral.thread,
            at=at,
            case=referral.ref,
            about=referral.called,
        )
        return referral.ref


def note_recalled(received: Received) -> None:
    """Note that the programme can no longer open a recalled file, and how often the programme opened it before."""
    told: payloads.AttachmentRecalled = received.payload
    sent = Referral.objects.filter(thread=received.thread, programme=received.sender)
    ref = sent.values_list("ref", flat=True).first() or ""
    with gate.change(received.actor, Action.NOTE_RECALL, Referral, ref, at=received.at) as referral:
        row = referral.attachments.filter(digest=told.digest, recalled_at__isnull=False).first()
        if row is None:
            raise CannotHandle("This answers the recall of a file that was not recalled from here.")
        if row.stopped_at is None:
            row.stopped_at, row.opened = told.stopped_at, max(0, told.opened)
            row.save(update_fields=["stopped_at", "opened"])
            referral.happened(Happened.FILE_STOPPED, by="", at=told.stopped_at)


def remove(*, actor: Actor, ref: str, at: datetime) -> str:
    """Remove a file that was not sent and return the referral's reference. A file that is gone already is no error.

    The referral is locked before its file, as in discarding, so that two changes at once cannot deadlock.
    """
    of = Attachment.objects.filter(ref=ref).values_list("referral__ref", flat=True).first()
    with gate.change(actor, Action.REMOVE_FILE, Referral, of or "", at=at) as referral:
        for row in referral.attachments.filter(ref=ref):
            if referral.thread and not row.is_waiting:
                raise Refused("This file was sent with the referral, so it can no longer be removed")
            row.delete()
            referral.happened(Happened.REMOVED, by=actor.who, at=at, detail=files.Media(row.media).name)
            _overtake(referral)
        return referral.ref


def drop(referral: Referral) -> None:
    """Remove every file of a draft, in the transaction that discards the draft."""
    referral.attachments.all().delete()


def cross(referral: Referral, *, at: datetime) -> tuple[str, ...]:
    """Send the files of a referral, each in an envelope of its own, in the transaction that sends the referral.

    A file that waits for a second person stays. A file in which a newer reader finds more than the older one, or that
    cannot be opened, is held now. Returns a sentence about each of these.
    """
    stay = []
    for row in referral.attachments.order_by("pk"):
        if row.is_waiting:
            continue
        try:
            file = _opened(row)
        except Refused as why:
            stay.append(f"{why}.")
            _hold(row)
            continue
        if not row.held and (leads := files.leads(file)):
            stay.append(f"“{row.name}” was not sent: something in this file could lead to the victim.")
            _keep_leads(row, leads)
            _hold(row)
        else:
            _cross(referral, row, file, at)
    return tuple(stay)


def found_in(row: Attachment) -> tuple[Lead, ...]:
    """What was found in a held file: the kept result, or a new reading of the file. Raises Refused."""
    if row.leads is not None:
        return files.opened_leads(row, keys=own.keys(), sealed=bytes(row.leads))
    return files.leads(files.opened(row, keys=own.keys()))


def of_pictures(found: tuple[Lead, ...]) -> bool:
    """Whether pictures are all that was found."""
    return bool(found) and all(one.is_picture for one in found)


def _keep_leads(row: Attachment, found: tuple[Lead, ...]) -> None:
    if found:
        keys = own.keys().find(row.key)
        row.leads = files.sealed_leads(found, keys=keys, ref=row.ref)
        row.save(update_fields=["leads"])


def _hold(row: Attachment) -> None:
    """Hold a file for a second person, even if it was released before."""
    row.held, row.released_by, row.released_at = True, "", None
    row.save(update_fields=["held", "released_by", "released_at"])


@contextmanager
def _of_file(actor: Actor, action: Action, ref: str, at: datetime) -> Iterator[tuple[Referral, Attachment]]:
    """Return a file and its referral. The referral is locked first."""
    of = Attachment.objects.filter(ref=ref).values_list("referral__ref", flat=True).first()
    with gate.change(actor, action, Referral, of or "", at=at) as referral:
        row = referral.attachments.select_for_update(of=("self",)).filter(ref=ref).first()
        if row is None:  # it was removed a moment ago
            raise gate.NotFound(ref)
        yield referral, row


def _check_waiting(row: Attachment) -> None:
    if not row.is_waiting:
        raise Refused("This file is not waiting for a decision: it may be sent")


def _opened(row: Attachment) -> Accepted:
    """Return a file that may be sent. Raises Refused with a sentence that names the file."""
    try:
        file = files.opened(row, keys=own.keys())
        why = file.hides
    except Refused as reason:
        why = str(reason)
    if why:
        raise Refused(f"“{row.name}” cannot be sent. {why.rstrip('.')}")
    return file


def _tell(actor: Actor, action: Action, row: Attachment, told: str, at: datetime) -> None:
    """Tell the data protection officer the reason and which account gave it."""
    entry = audit.Entry(actor, action, audit.row_name(Attachment, row.ref), at)
    audit.record(entry, allowed=True, reason=told[:200])


def _overtake(referral: Referral) -> None:
    """Raise the draft's version: a colleague who saw it with other files is told before they send or discard it."""
    gate.next_version(referral)
    referral.save(update_fields=["version"])


def _cross(referral: Referral, row: Attachment, file: Accepted, at: datetime) -> None:
    """Send the rewritten file. A file that an older Desist kept without rewriting gets the digest of what is sent."""
    if row.digest != file.digest:
        row.digest = file.digest
        row.save(update_fields=["digest"])
    written = base64.b64encode(file.content).decode()
    payload = payloads.ReferralAttachment(
        name=file.name,
        media=file.media.value,
        digest=file.digest,
        content=tuple(written[start : start + PART] for start in range(0, len(written), PART)),
    )
    outbox.send(
        payload,
        to=referral.programme,
        thread=referral.thread or "",
        at=at,
        case=referral.ref,
        about=referral.called,
    )
