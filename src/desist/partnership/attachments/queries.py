"""Questions about attached files, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.partnership.attachments.commands import CLOSED, found_in, of_pictures
from desist.partnership.attachments.models import Attachment
from desist.partnership.attachments.policy import Action
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import State
from desist.post import own
from desist.references import spoken
from desist.referral import files
from desist.referral.files import PICTURES, Accepted, Media
from desist.refusals import Refused
from desist.ui import words
from desist.ui.words import FalseAlarm
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person
from desist.wall.statements import Question, Slot


@dataclass(frozen=True)
class Row:
    """One file of a referral. `leads` are sentences: what in a held file may lead to the victim."""

    ref: str
    name: str
    kind: str
    kilobytes: int
    added_by: str
    added_at: datetime
    held: bool  # it waits for a second person, and does not cross
    leads: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]  # the reasons that can be given for a file in which this was found
    reason: str
    reason_by: str
    released_by: str
    released_at: datetime | None
    may_release: bool  # the actor is a second person
    may_remove: bool
    may_recall: bool
    recalled_by: str
    recalled_at: datetime | None
    stopped_at: datetime | None
    opened: int | None


@dataclass(frozen=True)
class Page:
    """A referral's files."""

    ref: str
    spoken: str
    is_draft: bool
    may_attach: bool  # the actor
    can_attach: bool
    rows: tuple[Row, ...]
    is_full: bool


@dataclass(frozen=True)
class Look:
    """One file to look at: its words or a picture, and the referral to which it belongs."""

    ref: str
    referral: str
    spoken: str
    name: str
    is_picture: bool
    text: str


@dataclass(frozen=True)
class Held:
    """A held file that the actor can release."""

    ref: str
    spoken: str
    since: datetime


@dataclass(frozen=True)
class FilePage:
    """One file and its referral."""

    referral: str
    spoken: str
    row: Row


def attachments(*, actor: Actor, ref: str, at: datetime) -> Page:
    """The files of a referral, the newest last."""
    row = gate.open(actor, Action.SEE_ATTACHMENTS, Referral, ref, at=at).get()
    found = list(row.attachments.defer("sealed").order_by("added_at", "pk"))
    names = _names(found)
    return Page(
        ref=row.ref,
        spoken=spoken(row.ref),
        is_draft=row.state == State.DRAFT,
        may_attach=True,
        can_attach=row.state not in {State.DECLINED, State.WITHDRAWN, State.DISCARDED},
        rows=tuple(_row(one, row, names, actor) for one in found),
        is_full=sum(one.recalled_at is None for one in found) >= files.MOST_FILES,
    )


def attachment(*, actor: Actor, ref: str, at: datetime) -> Accepted:
    """The content of one file. Raises Refused."""
    return files.opened(
        gate.open(actor, Action.SEE_ATTACHMENT, Attachment, ref, at=at).get(), keys=own.keys()
    )


def look(*, actor: Actor, ref: str, at: datetime) -> Look:
    """One file to look at. Raises Refused."""
    row = gate.open(actor, Action.SEE_ATTACHMENT, Attachment, ref, at=at).select_related("referral").get()
    opened = files.opened(row, keys=own.keys())
    return Look(
        ref=row.ref,
        referral=row.referral.ref,
        spoken=spoken(row.referral.ref),
        name=row.name,
        is_picture=opened.media in PICTURES,
        text=opened.text,
    )


def file(*, actor: Actor, ref: str, at: datetime) -> FilePage:
    """One file, with what was found in it and what became of it."""
    rows = gate.open(actor, Action.SEE_ATTACHMENT, Attachment, ref, at=at)
    row = rows.select_related("referral").defer("sealed").get()
    about = row.referral
    return FilePage(about.ref, spoken(about.ref), _row(row, about, _names([row]), actor))


def to_release(*, actor: Actor, at: datetime) -> tuple[Held, ...]:
    """Held files with a reason that a colleague gave, the oldest first."""
    found = gate.read(actor, Action.RELEASE_FILE, TO_RELEASE, at=at)
    return tuple(Held(ref, spoken(about), since) for ref, about, since in found if since)


def _to_release(rows: QuerySet[Referral]) -> QuerySet[Any]:
    sent_on = rows.exclude(state__in=CLOSED)
    waiting = Attachment.objects.filter(referral__in=sent_on, held=True, released_at=None).exclude(reason="")
    theirs = waiting.exclude(added_by=Slot("who")).exclude(reason_by=Slot("who")).order_by("reason_at", "pk")
    return theirs.values_list("ref", "referral__ref", "reason_at")


TO_RELEASE = Question(Referral, _to_release)


def _names(found: list[Attachment]) -> dict[str, str]:
    people = {who for one in found for who in (one.added_by, one.reason_by, one.released_by, one.recalled_by)}
    return accounts.names(refs=people)


def _row(row: Attachment, about: Referral, names: dict[str, str], actor: Actor) -> Row:
    sent = bool(about.thread) and not row.is_waiting
    leads, reasons = _found(row) if row.held else ((), ())
    return Row(
        ref=row.ref,
        name=row.name,
        kind=Media(row.media).name,
        kilobytes=max(1, row.size // 1024),
        added_by=names.get(row.added_by, row.added_by) or "the referrer",
        added_at=row.added_at,
        held=row.is_waiting,
        leads=leads,
        reasons=reasons,
        reason=str(FalseAlarm(row.reason).label) if row.reason else "",
        reason_by=names.get(row.reason_by, row.reason_by),
        released_by=names.get(row.released_by, row.released_by),
        released_at=row.released_at,
        may_release=about.state not in CLOSED and not are_one_person(actor.who, row.added_by, row.reason_by),
        may_remove=not sent,
        may_recall=sent and row.recalled_at is None,
        recalled_by=names.get(row.recalled_by, row.recalled_by),
        recalled_at=row.recalled_at,
        stopped_at=row.stopped_at,
        opened=row.opened,
    )


def _found(row: Attachment) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """What was found in a held file, in sentences, and the reasons that can be given for it."""
    try:
        found = found_in(row)
    except Refused as why:
        return (str(why).rstrip("."),), tuple(words.reasons(crossing=True))
    return tuple(one.sentence for one in found), tuple(
        words.reasons(crossing=True, picture=of_pictures(found))
    )
