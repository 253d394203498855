"""Questions about attached files, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.post import own, partners
from desist.programme.referrals.attachments.models import Attachment
from desist.programme.referrals.attachments.policy import Action
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import State
from desist.references import spoken
from desist.referral import files
from desist.referral.files import PICTURES, Accepted, Media
from desist.refusals import Refused
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor


@dataclass(frozen=True)
class AttachmentRow:
    """One file of a referral."""

    ref: str
    name: str
    kind: str
    kilobytes: int
    added_by: str
    added_at: datetime
    recalled: str  # the sentence that says so, of one that can no longer be opened


@dataclass(frozen=True)
class AttachmentsPage:
    """A referral's files."""

    ref: str
    spoken: str
    is_draft: bool
    may_attach: bool  # the actor
    can_attach: bool
    rows: tuple[AttachmentRow, ...]
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


def attachments(*, actor: Actor, ref: str, at: datetime) -> AttachmentsPage:
    """The files of a referral, the newest last."""
    row = gate.open(actor, Action.SEE_ATTACHMENTS, Referral, ref, at=at).get()
    found = list(row.attachments.defer("sealed").order_by("added_at", "pk"))
    names = accounts.names(refs={one.added_by for one in found})
    title = partners.title(name=row.partner)
    return AttachmentsPage(
        ref=row.ref,
        spoken=spoken(row.ref),
        is_draft=False,
        may_attach=actor.role in policy.rule(Action.ATTACH_FILE).roles,
        can_attach=row.state not in {State.DECLINED, State.WITHDRAWN},
        rows=tuple(_row(one, names, title) for one in found),
        is_full=sum(one.recalled_at is None for one in found) >= files.MOST_FILES,
    )


def attachment(*, actor: Actor, ref: str, at: datetime) -> Accepted:
    """One file, opened. Raises Refused, also where it was recalled."""
    row = gate.open(actor, Action.SEE_ATTACHMENT, Attachment, ref, at=at).select_related("referral").get()
    return _opened(row)


def look(*, actor: Actor, ref: str, at: datetime) -> Look:
    """One file to look at. Raises Refused, also where it was recalled."""
    row = gate.open(actor, Action.SEE_ATTACHMENT, Attachment, ref, at=at).select_related("referral").get()
    opened = _opened(row)
    return Look(
        ref=row.ref,
        referral=row.referral.ref,
        spoken=spoken(row.referral.ref),
        name=row.name,
        is_picture=opened.media in PICTURES,
        text=opened.text,
    )


def _opened(row: Attachment) -> Accepted:
    if row.recalled_at:
        raise Refused(_recalled(row, partners.title(name=row.referral.partner)))
    return files.opened(row, keys=own.keys())


def _recalled(row: Attachment, title: str) -> str:
    """Return the sentence for a recalled file; "" for one that can be opened."""
    if row.recalled_at is None:
        return ""
    return f"Recalled by {title} on {dates.at(row.recalled_at)}. You can no longer open this file."


def _row(row: Attachment, names: dict[str, str], title: str) -> AttachmentRow:
    return AttachmentRow(
        ref=row.ref,
        name=row.name,
        kind=Media(row.media).name if row.media else "",
        kilobytes=max(1, row.size // 1024),
        added_by=names.get(row.added_by, row.added_by) or "the referrer",
        added_at=row.added_at,
        recalled=_recalled(row, title),
    )
