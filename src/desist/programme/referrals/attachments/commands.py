"""Commands that change a file in the programme."""

import base64
import binascii
from datetime import datetime
from hashlib import sha256

from desist.audit import queries as audit
from desist.post import own, payloads
from desist.post.handlers import CannotHandle, Received
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.attachments.models import Attachment
from desist.programme.referrals.attachments.policy import Action
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened, State
from desist.referral import files
from desist.referral.files import Accepted
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.audit import row_name

ATTACHED = "This file is already attached"
TOO_MANY = f"A referral has at most {files.MOST_FILES} files. Send this one another way"
CLOSED = "This referral is closed, so nothing can be attached"


def attach(*, actor: Actor, ref: str, file: Accepted, at: datetime) -> None:
    """Keep a file with a referral. Raises Refused."""
    with gate.change(actor, Action.ATTACH_FILE, Referral, ref, at=at) as referral:
        if referral.state in {State.DECLINED, State.WITHDRAWN}:
            raise Refused(CLOSED)
        if referral.attachments.filter(digest=file.digest).exists():
            raise Refused(ATTACHED)
        if referral.attachments.filter(recalled_at=None).count() >= files.MOST_FILES:
            raise Refused(TOO_MANY)
        _keep(referral, file, by=actor.who, at=at)


def receive(received: Received) -> None:
    """Keep a file that followed its referral, read anew; a file sent twice is kept once, a recalled one never.

    During a programme the practitioner has to read it, as an amendment.
    """
    file = _opened(received.payload)
    ref = referrals.of_thread(received)
    with gate.change(received.actor, Action.RECEIVE_FILE, Referral, ref, at=received.at) as referral:
        if not referral.attachments.filter(digest=received.payload.digest).exists():
            _keep(referral, file, by="", at=received.at, digest=received.payload.digest)
            gate.next_version(referral)
            referrals.to_read(referral, at=received.at)
            referral.save(update_fields=["version", "unread_since"])


def recall(received: Received) -> None:
    """Recall a file: its content and its name go at once, and the sender is told. It may not have arrived yet.

    The audit keeps every opening, and the sender is told how many there were.
    """
    asked: payloads.AttachmentRecall = received.payload
    ref = referrals.of_thread(received)
    with gate.change(received.actor, Action.RECEIVE_FILE_RECALL, Referral, ref, at=received.at) as referral:
        row = referral.attachments.filter(digest=asked.digest).first() or Attachment(
            referral=referral, digest=asked.digest, added_at=received.at
        )
        if row.recalled_at is not None:
            return
        row.name, row.size, row.sealed = "", 0, b""
        row.recalled_at = asked.recalled_at
        row.save()
        gate.next_version(referral)
        referrals.to_read(referral, at=received.at)
        referral.save(update_fields=["version", "unread_since"])
        referral.happened(Happened.FILE_RECALLED, by="", at=asked.recalled_at)
        opened = audit.times_seen(named=row_name(Attachment, row.ref))
        told = payloads.AttachmentRecalled(digest=asked.digest, opened=opened, stopped_at=received.at)
        referrals.tell(referral, told, at=received.at)


def _opened(payload: payloads.ReferralAttachment) -> Accepted:
    try:
        content = base64.b64decode("".join(payload.content), validate=True)
        if sha256(content).hexdigest() != payload.digest:
            raise CannotHandle(
                "The file in this envelope is not the one that was sent. Ask the referrer to attach it again."
            )
        return files.inspect(name=payload.name, content=content)
    except binascii.Error:
        raise CannotHandle(
            "The file in this envelope is broken. Ask the referrer to attach it again."
        ) from None
    except Refused as reason:
        raise CannotHandle(f"The file in this envelope cannot be attached: {reason}") from None


def _keep(referral: Referral, file: Accepted, *, by: str, at: datetime, digest: str = "") -> None:
    """Keep a file; `digest` names it as it was sent, where this site's reader rewrites it otherwise."""
    columns = files.kept(file, keys=own.keys().current)
    if digest:
        columns["digest"] = digest
    referral.attachments.create(**columns, added_by=by, added_at=at)
    referral.happened(Happened.ATTACHED, by=by, at=at, detail=file.media.name)
