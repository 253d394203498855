"""Everything that can happen to a file of a draft."""

from datetime import datetime

from desist.post import own
from desist.programme.referrals.enclosures.policy import Action
from desist.programme.referrals.intake.models import Draft
from desist.referral import files
from desist.referral.files import Accepted
from desist.wall import gate
from desist.wall.actors import Actor


class AlreadyEnclosed(Exception):
    """The same file, byte for byte."""


class TooMany(Exception):
    """The draft has as many files as a referral may have."""


class NotADraft(Exception):
    """The draft was taken in or discarded."""


def enclose(*, actor: Actor, ref: str, file: Accepted, at: datetime) -> None:
    """Keep a file with a draft. Raises AlreadyEnclosed, TooMany and NotADraft."""
    with gate.change(actor, Action.ENCLOSE_FILE, Draft, ref, at=at) as draft:
        _check(draft)
        if draft.enclosures.filter(digest=file.digest).exists():
            raise AlreadyEnclosed(ref)
        if draft.enclosures.count() >= files.MOST_FILES:
            raise TooMany(ref)
        columns = files.kept(file, keys=own.keys().current)
        draft.enclosures.create(**columns, added_by=actor.who, added_at=at)
        _overtake(draft)


def remove(*, actor: Actor, ref: str, file: str, at: datetime) -> None:
    """Take a file of a draft away; one that is gone already stays gone. Raises NotADraft."""
    with gate.change(actor, Action.REMOVE_ENCLOSURE, Draft, ref, at=at) as draft:
        _check(draft)
        if draft.enclosures.filter(ref=file).delete()[0]:
            _overtake(draft)


def _overtake(draft: Draft) -> None:
    """Whoever saw the draft with other files is told before they take it in or discard it."""
    draft.version += 1
    draft.save(update_fields=["version"])


def _check(draft: Draft) -> None:
    if draft.referral_id is not None or draft.discarded_at is not None:
        raise NotADraft(draft.ref)
