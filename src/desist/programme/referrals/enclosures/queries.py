"""Questions about the files of a draft, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.post import own
from desist.programme.referrals.enclosures.models import Enclosure
from desist.programme.referrals.enclosures.policy import Action
from desist.programme.referrals.intake.models import Draft
from desist.programme.referrals.intake.policy import Action as IntakeAction
from desist.references import spoken
from desist.referral import files
from desist.referral.files import Accepted, Media
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class EnclosureRow:
    """One file."""

    ref: str
    name: str
    kind: str
    kilobytes: int
    added_by: str
    added_at: datetime


@dataclass(frozen=True)
class EnclosuresPage:
    """A draft's files, the newest last; `open`: more may be attached, or taken away."""

    ref: str
    spoken: str
    rows: tuple[EnclosureRow, ...]
    open: bool
    is_full: bool


def enclosures(*, actor: Actor, ref: str, at: datetime) -> EnclosuresPage:
    """The files of a draft."""
    draft = gate.open(actor, IntakeAction.SEE_DRAFT, Draft, ref, at=at).get()
    found = list(draft.enclosures.defer("sealed").order_by("added_at", "pk"))
    names = accounts.names(refs=[one.added_by for one in found])
    return EnclosuresPage(
        ref=draft.ref,
        spoken=spoken(draft.ref),
        rows=tuple(
            EnclosureRow(
                ref=one.ref,
                name=one.name,
                kind=Media(one.media).name,
                kilobytes=max(1, one.size // 1024),
                added_by=names.get(one.added_by, one.added_by),
                added_at=one.added_at,
            )
            for one in found
        ),
        open=draft.referral_id is None and draft.discarded_at is None,
        is_full=len(found) >= files.MOST_FILES,
    )


def enclosure(*, actor: Actor, ref: str, file: str, at: datetime) -> Accepted:
    """One file of a draft, opened. Raises gate.NotFound."""
    row = gate.open(actor, Action.SEE_ENCLOSURE, Enclosure, file, at=at).filter(draft__ref=ref).first()
    if row is None:  # it is of another draft
        raise gate.NotFound(file)
    return files.opened(row, keys=own.keys())
