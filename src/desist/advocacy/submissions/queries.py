"""Questions about links for clients and what came through them, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, OuterRef, QuerySet, Subquery

from desist import working_days
from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as clients
from desist.advocacy.contacts.states import Channel
from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.media import picture_of
from desist.advocacy.submissions import commands, locks
from desist.advocacy.submissions.models import SubmissionLink, SubmissionPage, Submitted
from desist.advocacy.submissions.policy import Action
from desist.advocacy.submissions.states import TO_DECIDE, Kind, State
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State as Case
from desist.referral import pictures
from desist.refusals import Refused
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question

PAGE = 100
ERASED = "Erased"
#: how the page without sign-in is called where nobody chose a name
TITLE = "Send files"
#: a picture is drawn, and words are shown, up to this many pieces
SHOWN = 3


@dataclass(frozen=True)
class LinkRow:
    """One link; `stands` is whether it can be used, but for the safety of contact, which the page says."""

    ref: str
    channel: str
    made_by: str
    made_at: datetime
    until: datetime
    ended: str
    files: int
    stands: bool


@dataclass(frozen=True)
class SentRow:
    """One file, or words, that a client sent."""

    ref: str
    name: str
    kind: Kind
    size: int
    state: State
    label: str
    came_at: datetime
    decided_by: str
    decided_at: datetime | None
    reason: str
    original: str  # the reference of the file that it became

    @property
    def to_decide(self) -> bool:
        """Whether it can be accepted."""
        return self.state in TO_DECIDE


@dataclass(frozen=True)
class SubmissionsPage:
    """A client's agreement about links, the links, and what came through them, the newest first."""

    victim: clients.Page
    channel: str  # the way that they named safe for a link; empty while they have not agreed
    agreed_on: date | None
    agreed_by: str
    safe: tuple[Channel, ...]
    links: tuple[LinkRow, ...]
    sent: tuple[SentRow, ...]

    @property
    def flagged(self) -> bool:
        """Whether every link sleeps, since contact is marked as not safe."""
        return self.victim.bar.flagged


@dataclass(frozen=True)
class SentPage:
    """One of the things that a client sent; `words` are those of a text."""

    victim: clients.Page
    row: SentRow
    words: str
    is_picture: bool
    copies: int
    unreadable: bool


@dataclass(frozen=True)
class Outside:
    """How the page without sign-in is called, and its address; empty: the one of the site."""

    title: str
    address: str


@dataclass(frozen=True)
class Due:
    """What one client sent and nobody looked at: how many things, and the last day for it."""

    victim: str
    count: int
    by: date


def outside() -> Outside:
    """How the page without sign-in is called, for everybody who opens it."""
    row = SubmissionPage.objects.order_by("-pk").first()
    return Outside(row.title, row.address) if row else Outside(TITLE, "")


def to_name(*, actor: Actor, at: datetime) -> Outside:
    """The same, to choose it."""
    gate.see(actor, Action.NAME_SUBMISSION_PAGE, SubmissionPage, at=at)
    return outside()


def site_names() -> str:
    """The names of this service, which the page must not tell."""
    return f"{settings.DESIST_SITE} {settings.DESIST_SITE_NAME}".replace("-", " ")


def client(
    *, actor: Actor, ref: str, at: datetime, action: Action = Action.SEE_SUBMISSIONS
) -> SubmissionsPage:
    """A client's links and what came through them; at most PAGE of each."""
    rows = gate.open(actor, action, Victim, ref, at=at)
    victim, box = rows.get(), vault.box_if_kept(person=ref)
    agreement = victim.submission_agreements.filter(ended_at=None).first()
    links = victim.submission_links.order_by("-made_at", "-pk").prefetch_related("submitted")[:PAGE]
    sent = Submitted.objects.filter(link__victim=victim).select_related("link", "original")
    return SubmissionsPage(
        victim=clients.page_of(rows, actor=actor, at=at),
        channel=str(Channel(agreement.channel).label) if agreement else "",
        agreed_on=agreement.agreed_on if agreement else None,
        agreed_by=accounts.name(ref=agreement.recorded_by) if agreement else "",
        safe=commands.safe_channels(victim),
        links=tuple(_link(one, at) for one in links),
        sent=tuple(_row(one, box) for one in sent.order_by("-begun_at", "-pk")[:PAGE]),
    )


def one(*, actor: Actor, ref: str, at: datetime, action: Action = Action.SEE_SUBMITTED) -> SentPage:
    """One of the things that a client sent."""
    row, box = _opened(actor, ref, action, at)
    words, kind, unreadable = "", b"", False
    if box and row.state in TO_DECIDE:
        try:
            head = locks.piece(box, row, 0)
            kind = head[:8]
            words = head.decode("utf-8", "replace") if row.kind == Kind.WORDS else ""
        except keeping.UNREADABLE:
            unreadable = True
    return SentPage(
        victim=clients.page_of(Victim.objects.filter(pk=row.link.victim_id), actor=actor, at=at),
        row=_row(row, box),
        words=words,
        is_picture=bool(picture_of(kind)) and locks.parts(row.size) <= SHOWN,
        copies=-(-locks.parts(row.size) // keeping.COPY),
        unreadable=unreadable,
    )


def picture(*, actor: Actor, ref: str, at: datetime) -> tuple[str, bytes]:
    """The media type of a picture and its bytes without the camera's data. Raises gate.NotFound where it is none, Refused."""
    row, box = _opened(actor, ref, Action.SEE_SUBMITTED, at)
    if box is None or row.state not in TO_DECIDE or locks.parts(row.size) > SHOWN:
        raise gate.NotFound(ref)
    content = b"".join(locks.contents(box, row, copy=0))
    if not (kind := picture_of(content)):
        raise gate.NotFound(ref)
    return kind, pictures.without_metadata(content)


def content(*, actor: Actor, ref: str, part: int, at: datetime) -> tuple[str, bytes]:
    """The name and the bytes of one part of a copy. Raises Refused."""
    row, box = _opened(actor, ref, Action.SEE_SUBMITTED, at)
    copies = -(-locks.parts(row.size) // keeping.COPY)
    if box is None or row.state not in TO_DECIDE or part >= copies:
        raise Refused("Nothing was saved: the file is not here, or has no such part")
    ending = f".{part + 1:03d}" if copies > 1 else ""
    return locks.name(box, row) + ending, b"".join(locks.contents(box, row, copy=part))


def due(*, actor: Actor, at: datetime) -> tuple[Due, ...]:
    """Clients who sent something at which nobody looked yet, the longest waiting first; at most PAGE."""
    found = gate.read(actor, Action.SEE_SUBMITTED, DUE, at=at)
    return tuple(Due(victim, count, look_by(first)) for victim, count, first in found)


def _came(rows: QuerySet[Submitted]) -> QuerySet[Any]:
    live = rows.filter(state=State.WAITING).exclude(link__victim__state=Case.CLOSED)
    counted = live.values("link__victim__ref").annotate(count=Count("pk"), first=Min("whole_at"))
    return counted.order_by("first").values_list("link__victim__ref", "count", "first")[:PAGE]


DUE = Question(Submitted, _came)


def unseen() -> tuple[Subquery, Subquery]:
    """What a statement about clients asks: how much of what each sent nobody looked at, and since when."""
    rows = Submitted.objects.filter(link__victim=OuterRef("pk"), state=State.WAITING)
    counted = rows.order_by().values("link__victim").annotate(count=Count("pk"))
    return Subquery(counted.values("count")), Subquery(rows.order_by("whole_at").values("whole_at")[:1])


def look_by(came_at: datetime) -> date:
    """The last day to look at what came: the next working day."""
    return working_days.after(dates.day_of(came_at), 1)


def _opened(actor: Actor, ref: str, action: Action, at: datetime) -> tuple[Submitted, Box | None]:
    rows = gate.open(actor, action, Submitted, ref, at=at)
    row = rows.select_related("link__victim", "original").get()
    return row, vault.box_if_kept(person=row.link.victim.ref)


def _link(row: SubmissionLink, at: datetime) -> LinkRow:
    ended = "Revoked" if row.ended_by else "They had finished"
    over = "Time is over" if row.until <= at else ""
    return LinkRow(
        ref=row.ref,
        channel=str(Channel(row.channel).label),
        made_by=accounts.name(ref=row.made_by),
        made_at=row.made_at,
        until=row.until,
        ended=ended if row.ended_at else over,
        files=len(row.submitted.all()),
        stands=row.ended_at is None and row.until > at,
    )


def _row(row: Submitted, box: Box | None) -> SentRow:
    return SentRow(
        ref=row.ref,
        name=_name(row, box),
        kind=Kind(row.kind),
        size=row.size,
        state=State(row.state),
        label=str(State(row.state).label),
        came_at=row.whole_at or row.begun_at,
        decided_by=accounts.name(ref=row.decided_by) if row.decided_by else "",
        decided_at=row.decided_at,
        reason=commands.reason_of(box, row) if box else "",
        original=row.original.ref if row.original else "",
    )


def _name(row: Submitted, box: Box | None) -> str:
    try:
        return locks.name(box, row) if box else ERASED
    except keeping.UNREADABLE:
        return "A file whose name cannot be opened"
