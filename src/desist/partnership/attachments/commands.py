"""Everything that can happen to a file on the police side."""

import base64
from datetime import datetime

from desist.partnership.attachments.models import Attachment
from desist.partnership.policy import Action
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import Happened, State
from desist.post import outbox, own, payloads
from desist.references import reference
from desist.referral import files
from desist.referral.files import Accepted
from desist.wall import gate
from desist.wall.actors import Actor


class AlreadyAttached(Exception):
    """The same file, byte for byte."""


class TooMany(Exception):
    """The referral has as many files as it may have."""


class NotUnderWay(Exception):
    """The referral was declined or withdrawn, or its draft discarded."""


class NotADraft(Exception):
    """The file crossed with its referral."""


def attach(*, actor: Actor, ref: str, file: Accepted, at: datetime) -> None:
    """Keep a file with a referral; one that was sent already gets it sent after."""
    with gate.change(actor, Action.ATTACH_FILE, Referral, ref, at=at) as referral:
        if referral.state in {State.DECLINED, State.WITHDRAWN, State.DISCARDED}:
            raise NotUnderWay(ref)
        if referral.attachments.filter(digest=file.digest).exists():
            raise AlreadyAttached(ref)
        if referral.attachments.count() >= files.MOST_FILES:
            raise TooMany(ref)
        row = reference()
        keys = own.keys().current
        referral.attachments.create(
            ref=row,
            name=file.name,
            media=file.media,
            size=len(file.content),
            digest=file.digest,
            key=keys.id,
            sealed=files.lock(keys=keys, ref=row, content=file.content),
            added_by=actor.who,
            added_at=at,
        )
        referral.happened(Happened.ATTACHED, by=actor.who, at=at, detail=file.media.name)
        if referral.thread:
            _cross(referral, file, at)
        else:
            _overtake(referral)


def remove(*, actor: Actor, ref: str, at: datetime) -> str:
    """Take a file of a draft away; returns the referral's reference. One that is gone already stays gone.

    The referral is locked before its file, as discarding does it: of two at one moment neither waits for the other for ever.
    """
    of = Attachment.objects.filter(ref=ref).values_list("referral__ref", flat=True).first()
    with gate.change(actor, Action.REMOVE_FILE, Referral, of or "", at=at) as referral:
        if referral.state != State.DRAFT:
            raise NotADraft(ref)
        for row in referral.attachments.filter(ref=ref):
            row.delete()
            referral.happened(Happened.REMOVED, by=actor.who, at=at, detail=files.Media(row.media).name)
            _overtake(referral)
        return referral.ref


def drop(referral: Referral) -> None:
    """Take every file of a draft away, in the transaction that discards it."""
    referral.attachments.all().delete()


def cross(referral: Referral, *, at: datetime) -> None:
    """Let every file of a referral follow it, each in an envelope of its own, in the transaction that sends it."""
    for row in referral.attachments.order_by("pk"):
        content = files.unlock(keys=own.keys(), key=row.key, ref=row.ref, sealed=bytes(row.sealed))
        _cross(referral, Accepted(row.name, files.Media(row.media), content, ""), at)


def _overtake(referral: Referral) -> None:
    """Whoever saw the draft with other files is told before they send it or discard it."""
    referral.version += 1
    referral.save(update_fields=["version"])


def _cross(referral: Referral, file: Accepted, at: datetime) -> None:
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


#: characters of one part of a file in its envelope: no text in an envelope may be longer than 20,000
PART = 16_384
