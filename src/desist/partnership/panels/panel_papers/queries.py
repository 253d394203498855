"""Questions about papers, formulations and minutes of a panel, each with a frozen answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from desist.accounts import queries as accounts
from desist.disclosure.codes import Purpose
from desist.partnership.agencies.models import AgencyMember
from desist.partnership.panels.commands import allows
from desist.partnership.panels.models import PanelCopy, PanelItem, PanelLink, PanelMeeting, PanelPaper
from desist.partnership.panels.policy import Action
from desist.partnership.panels.scopes import of_own_items
from desist.partnership.panels.states import AGREED, Side, Sort, State
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person


@dataclass(frozen=True)
class Link:
    """The latest link of a guest: until when it opens, and when it was opened."""

    until: datetime
    made_by: str
    made_at: datetime
    opened_at: datetime | None
    wrong: int
    ended_at: datetime | None
    ended_by: str


@dataclass(frozen=True)
class Row:
    """One paper. `mine` is whether the actor wrote it and another person must release it."""

    ref: str
    item: str
    sort: str
    side: str
    reader: str
    guest: bool
    number: int
    purpose: str
    words: str
    fingerprint: str
    state: str
    state_label: str
    written_by: str
    written_at: datetime
    signed: str
    released: str
    ended: str
    mine: bool
    unsigned: bool
    link: Link | None


@dataclass(frozen=True)
class Reader:
    """What a paper can be written for: the agencies that sit at the meeting.

    At those of `alike` works an account with the name of the person whom the case is about.
    """

    agencies: tuple[tuple[str, str], ...]
    name: str
    title: str
    alike: tuple[str, ...] = ()


@dataclass(frozen=True)
class CopyRow:
    """One printed pack."""

    ref: str
    number: int
    agency: str
    reader: str
    side: str
    papers: int
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class Pack:
    """What is printed for one reader. `parts` are (heading, lines, words, fingerprint)."""

    number: int
    agency: str
    reader: str
    side: str
    meeting: PanelMeeting
    parts: tuple[tuple[str, str, str], ...]
    left_out: int


def counts(items: Sequence[PanelItem]) -> dict[int, tuple[int, int]]:
    """The number of papers of each case that are released, and that wait, by the key of its row."""
    found = (
        PanelPaper.objects.filter(item__in=items)
        .values("item")
        .annotate(
            released=Count("pk", filter=Q(state=State.RELEASED)),
            waiting=Count("pk", filter=Q(state=State.WRITTEN)),
        )
    )
    return {one["item"]: (one["released"], one["waiting"]) for one in found}


def of(item: PanelItem, *, actor: Actor) -> tuple[Row, ...]:
    """The papers of a case that the actor may see, those that wait first; without those that were not released."""
    found = item.papers.exclude(state=State.DROPPED).select_related("agency").order_by("written_at", "pk")
    papers = list(found)
    links = {
        one.paper_id: one for one in PanelLink.objects.filter(paper__in=papers).order_by("made_at", "pk")
    }
    people = {
        who for one in papers for who in (one.written_by, one.signed_by, one.released_by, one.ended_by)
    } | {who for one in links.values() for who in (one.made_by, one.ended_by)}
    called = accounts.all_as_read_by(actor, people - {""})
    mine = {who for who in {one.written_by for one in papers} if are_one_person(actor.who, who)}
    rows = [_row(one, item, links.get(one.pk), called=called, mine=one.written_by in mine) for one in papers]
    order = [State.WRITTEN, State.RELEASED, State.REPLACED, State.RECALLED]
    return tuple(sorted(rows, key=lambda one: order.index(State(one.state))))


def to_sign(item: PanelItem, *, actor: Actor) -> bool:
    """Whether what the meeting agreed of a case waits for the signature of the chair, who is the actor."""
    waits = item.papers.filter(sort__in=AGREED, state=State.WRITTEN, signed_at=None)
    return are_one_person(actor.who, item.meeting.chair) and waits.exists()


def to_write(*, actor: Actor, item: str, at: datetime) -> Reader:
    """Who can be given papers about a case."""
    row = gate.open(actor, Action.WRITE_PANEL_PAPER, PanelItem, item, at=at).get()
    seats = row.meeting.seats.filter(ended_at=None).select_related("agency").order_by("agency__name")
    seated = [one.agency for one in seats if allows(one.agency, at=at)]
    members = AgencyMember.objects.filter(agency__in=seated, ended_at=None)
    works = {one.account: one.agency_id for one in members}
    name = str(row.referral.name)
    like = {
        works[ref] for ref, its in accounts.names(refs=works).items() if its.casefold() == name.casefold()
    }
    return Reader(
        tuple((one.ref, one.name) for one in seated),
        name,
        _title(row.meeting),
        alike=tuple(one.name for one in seated if one.pk in like),
    )


def to_release(*, actor: Actor, item: str, at: datetime) -> tuple[Reader, tuple[Row, ...]]:
    """The papers of a case that wait for a second person."""
    row = gate.open(actor, Action.RELEASE_PANEL_PAPER, PanelItem, item, at=at).get()
    waiting = tuple(one for one in of(row, actor=actor) if one.state == State.WRITTEN)
    return Reader((), str(row.referral.name), _title(row.meeting)), waiting


def to_print(*, actor: Actor, meeting: str, at: datetime) -> tuple[Reader, tuple[CopyRow, ...]]:
    """The agencies at a meeting, and the packs that were printed for them."""
    row = gate.open(actor, Action.KEEP_PANELS, PanelMeeting, meeting, at=at).get()
    seats = row.seats.filter(ended_at=None).select_related("agency").order_by("agency__name")
    return Reader(tuple((one.agency.ref, one.agency.name) for one in seats), "", _title(row)), copies(
        row, actor=actor
    )


def copies(meeting: PanelMeeting, *, actor: Actor) -> tuple[CopyRow, ...]:
    """The packs that were printed for a meeting, the newest first."""
    return tuple(
        CopyRow(
            one.ref,
            one.number,
            one.agency.name,
            one.reader,
            Side(one.side).label,
            len(one.papers),
            accounts.as_read_by(actor, one.made_by),
            one.made_at,
        )
        for one in meeting.copies.select_related("agency").order_by("-number")
    )


def pack(*, actor: Actor, ref: str, at: datetime) -> Pack:
    """One printed pack. A paper that was recalled since, or about a case that the actor may not see, is left out."""
    row = gate.open(actor, Action.PRINT_PANEL_PACK, PanelCopy, ref, at=at).select_related("agency").get()
    return pack_of(row, of_own_items(actor))


def pack_of(row: PanelCopy, seen: Q) -> Pack:
    """The pack of a copy, of the papers that `seen` finds."""
    found = PanelPaper.objects.filter(seen, ref__in=row.papers, state=State.RELEASED, item__ended_at=None)
    papers = list(found.select_related("item__referral").order_by("item__position", "sort", "pk"))
    return Pack(
        number=row.number,
        agency=row.agency.name,
        reader=row.reader,
        side=Side(row.side).label,
        meeting=row.meeting,
        parts=tuple((heading(one), one.words, one.fingerprint) for one in papers),
        left_out=len(row.papers) - len(papers),
    )


def guest(*, actor: Actor, paper: str, at: datetime) -> tuple[str, str]:
    """The item and the guest of a paper, for the colleague who makes a link."""
    row = gate.open(actor, Action.MAKE_GUEST_LINK, PanelPaper, paper, at=at).get()
    return row.item.ref, row.guest


def heading(paper: PanelPaper) -> str:
    """What stands over a paper: the person where it is about the person's side; no name where it is not."""
    name = str(paper.item.referral.name) if paper.side == Side.PERSON else f"{Side.VICTIM.label} of a case"
    return f"{Sort(paper.sort).label}: {name}" + (f", version {paper.number}" if paper.number > 1 else "")


def _title(meeting: PanelMeeting) -> str:
    return f"{meeting.get_kind_display()}, {dates.on(meeting.on)}"


def _row(
    one: PanelPaper, item: PanelItem, link: PanelLink | None, *, called: Mapping[str, str], mine: bool
) -> Row:
    def by(account: str, moment: datetime | None) -> str:
        return f"{called[account]}, {dates.at(moment)}" if account and moment else ""

    return Row(
        ref=one.ref,
        item=item.ref,
        sort=Sort(one.sort).label,
        side=Side(one.side).label,
        reader=one.agency.name if one.agency else f"{one.guest} (guest)",
        guest=one.agency is None,
        number=one.number,
        purpose=Purpose(one.purpose).label,
        words=one.words,
        fingerprint=one.fingerprint,
        state=one.state,
        state_label=State(one.state).label,
        written_by=called[one.written_by],
        written_at=one.written_at,
        signed=by(one.signed_by, one.signed_at),
        released=by(one.released_by, one.released_at),
        ended=by(one.ended_by, one.ended_at),
        mine=mine,
        unsigned=one.sort in AGREED and one.signed_at is None,
        link=_link(link, called) if link else None,
    )


def _link(one: PanelLink, called: Mapping[str, str]) -> Link:
    return Link(
        until=one.until,
        made_by=called[one.made_by],
        made_at=one.made_at,
        opened_at=one.opened_at,
        wrong=one.wrong,
        ended_at=one.ended_at,
        ended_by=called[one.ended_by] if one.ended_by else "",
    )
