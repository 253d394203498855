"""Everything that can happen to a file in the programme."""

import base64
import binascii
from datetime import datetime

from desist.post import own, payloads
from desist.post.handlers import CannotHandle, Received
from desist.programme.policy import Action
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened, State
from desist.references import reference
from desist.referral import files
from desist.referral.files import Accepted
from desist.referral.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor


class AlreadyAttached(Exception):
    """The same file, byte for byte."""


class TooMany(Exception):
    """The referral has as many files as it may have."""


class NotUnderWay(Exception):
    """The referral was declined or withdrawn."""


def attach(*, actor: Actor, ref: str, file: Accepted, at: datetime) -> None:
    """Keep a file with a referral."""
    with gate.change(actor, Action.ATTACH_FILE, Referral, ref, at=at) as referral:
        if referral.state in {State.DECLINED, State.WITHDRAWN}:
            raise NotUnderWay(ref)
        if referral.attachments.filter(digest=file.digest).exists():
            raise AlreadyAttached(ref)
        if referral.attachments.count() >= files.MOST_FILES:
            raise TooMany(ref)
        _keep(referral, file, by=actor.who, at=at)


def receive(received: Received) -> None:
    """Keep a file that followed its referral, looked through anew; the same file twice is one.

    Mid-programme somebody has to read it, as they do an amendment.
    """
    file = _opened(received.payload)
    ref = referrals.of_thread(received)
    with gate.change(received.actor, Action.RECEIVE_FILE, Referral, ref, at=received.at) as referral:
        if not referral.attachments.filter(digest=file.digest).exists():
            _keep(referral, file, by="", at=received.at)
            referral.version += 1
            referrals.to_read(referral, at=received.at)
            referral.save(update_fields=["version", "unread_since"])


def _opened(payload: payloads.ReferralAttachment) -> Accepted:
    try:
        content = base64.b64decode("".join(payload.content), validate=True)
        file = files.inspect(name=payload.name, content=content)
    except binascii.Error:
        raise CannotHandle(
            "The file in this envelope is broken. Ask the referrer to attach it again."
        ) from None
    except Refused as reason:
        raise CannotHandle(f"The file in this envelope cannot be attached: {reason}") from None
    if file.digest != payload.digest:
        raise CannotHandle(
            "The file in this envelope is not the one that was sent. Ask the referrer to attach it again."
        )
    return file


def _keep(referral: Referral, file: Accepted, *, by: str, at: datetime) -> None:
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
        added_by=by,
        added_at=at,
    )
    referral.happened(Happened.ATTACHED, by=by, at=at, detail=file.media.name)
