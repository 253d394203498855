"""Questions about attached files, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist.accounts.models import Account
from desist.partnership.attachments.models import Attachment
from desist.partnership.policy import Action
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import State
from desist.post import own
from desist.references import spoken
from desist.referral import files
from desist.referral.files import PICTURES, Accepted, Media
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Row:
    """One file of a referral."""

    ref: str
    name: str
    kind: str
    kilobytes: int
    added_by: str
    added_at: datetime


@dataclass(frozen=True)
class Page:
    """A referral's files."""

    ref: str
    spoken: str
    is_draft: bool
    may_attach: bool  # whoever looks
    can_attach: bool
    rows: tuple[Row, ...]
    is_full: bool


@dataclass(frozen=True)
class Look:
    """One file to look at: its words, or a picture; and where it belongs."""

    ref: str
    referral: str
    spoken: str
    name: str
    is_picture: bool
    text: str


def attachments(*, actor: Actor, ref: str, at: datetime) -> Page:
    """The files of a referral, the newest last."""
    row = gate.open(actor, Action.SEE_ATTACHMENTS, Referral, ref, at=at).get()
    found = list(row.attachments.defer("sealed").order_by("added_at", "pk"))
    names = dict(Account.objects.filter(ref__in={one.added_by for one in found}).values_list("ref", "name"))
    return Page(
        ref=row.ref,
        spoken=spoken(row.ref),
        is_draft=row.state == State.DRAFT,
        may_attach=True,
        can_attach=row.state not in {State.DECLINED, State.WITHDRAWN, State.DISCARDED},
        rows=tuple(_row(one, names) for one in found),
        is_full=len(found) >= files.MOST_FILES,
    )


def attachment(*, actor: Actor, ref: str, at: datetime) -> Accepted:
    """One file, opened."""
    row = gate.open(actor, Action.SEE_ATTACHMENT, Attachment, ref, at=at).get()
    content = files.unlock(keys=own.keys(), key=row.key, ref=row.ref, sealed=bytes(row.sealed))
    # Looked through anew: what a newer Desist refuses is refused although an older one kept it.
    return files.inspect(name=row.name, content=content)


def look(*, actor: Actor, ref: str, at: datetime) -> Look:
    """One file to look at."""
    row = gate.open(actor, Action.SEE_ATTACHMENT, Attachment, ref, at=at).select_related("referral").get()
    content = files.unlock(keys=own.keys(), key=row.key, ref=row.ref, sealed=bytes(row.sealed))
    opened = files.inspect(name=row.name, content=content)
    return Look(
        ref=row.ref,
        referral=row.referral.ref,
        spoken=spoken(row.referral.ref),
        name=row.name,
        is_picture=opened.media in PICTURES,
        text=opened.text,
    )


def _row(row: Attachment, names: dict[str, str]) -> Row:
    return Row(
        ref=row.ref,
        name=row.name,
        kind=Media(row.media).name,
        kilobytes=max(1, row.size // 1024),
        added_by=names.get(row.added_by, row.added_by) or "the referrer",
        added_at=row.added_at,
    )
