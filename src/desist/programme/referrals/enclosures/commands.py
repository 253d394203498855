"""Commands that change a file of a draft."""

from datetime import datetime

from desist.post import own
from desist.programme.referrals.enclosures.policy import Action
from desist.programme.referrals.intake.models import Draft
from desist.referral import files
from desist.referral.files import Accepted
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

ENCLOSED = "This file is already attached"
TOO_MANY = f"A referral has at most {files.MOST_FILES} files. Send this one another way"
OVER = "This is no longer a draft, so its files can no longer be changed here"


def enclose(*, actor: Actor, ref: str, file: Accepted, at: datetime) -> None:
    """Keep a file with a draft. Raises Refused."""
    with gate.change(actor, Action.ENCLOSE_FILE, Draft, ref, at=at) as draft:
        _check(draft)
        if draft.enclosures.filter(digest=file.digest).exists():
            raise Refused(ENCLOSED)
        if draft.enclosures.count() >= files.MOST_FILES:
            raise Refused(TOO_MANY)
        columns = files.kept(file, keys=own.keys().current)
        draft.enclosures.create(**columns, added_by=actor.who, added_at=at)
        _overtake(draft)


def remove(*, actor: Actor, ref: str, file: str, at: datetime) -> str:
    """Remove a file of a draft and return its reference; one that is gone already stays gone. Raises Refused."""
    with gate.change(actor, Action.REMOVE_ENCLOSURE, Draft, ref, at=at) as draft:
        _check(draft)
        if draft.enclosures.filter(ref=file).delete()[0]:
            _overtake(draft)
        return file


def _overtake(draft: Draft) -> None:
    """Raise the draft's version: a page with its earlier files can neither submit nor discard it."""
    gate.next_version(draft)
    draft.save(update_fields=["version"])


def _check(draft: Draft) -> None:
    if draft.referral_id is not None or draft.discarded_at is not None:
        raise Refused(OVER)
