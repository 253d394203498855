"""What happens to papers, formulations and minutes of a panel: written, signed, released by a second person, recalled, printed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.partnership.agencies.models import Agency
from desist.partnership.panels.commands import allows, forget_drawn, refuse_ended, refuse_off
from desist.partnership.panels.models import PanelCopy, PanelItem, PanelMeeting, PanelPaper
from desist.partnership.panels.policy import Action
from desist.partnership.panels.scopes import of_own_items
from desist.partnership.panels.states import AGREED, TRANSITIONS, State
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.ui.words import Override
from desist.wall import audit, clearances, gate, people
from desist.wall.actors import Actor

ADVICE = "This case is heard for advice alone: no agency is given papers about it"
NOT_HELD = "The meeting has not been held yet: write what it agreed on its day or later"
NOT_INVITED = "Not given to {name}: it is not invited to this meeting"
NOT_ALLOWED = "Not given to {name}: its sharing agreement has ended, or does not cover this purpose"
NOBODY = "Choose at least one agency, or write who the guest is"
SAME_PERSON = "Another person must release this: you wrote it"
NOT_SIGNED = "The chair has not signed this yet"
NOT_THE_CHAIR = "Only the chair of this meeting signs what it agreed"
SETTLED = "A colleague dealt with this paper first"
BOTH = "Copy {number} for {reader} has the other side. One reader holds both only if two people named them for this meeting"
NOTHING = "Nothing of this side was released to this agency, so there is nothing to print"


@dataclass(frozen=True)
class Draft:
    """Words for some agencies, by their references, or for one guest."""

    sort: str
    side: str
    purpose: str
    agencies: Sequence[str]
    guest: str
    words: str


def write(
    *,
    actor: Actor,
    item: str,
    draft: Draft,
    override: Override | None = None,
    submission: str,
    at: datetime,
) -> None:
    """Write an exact copy for each reader: nobody reads it until a second person releases it. Raises Refused.

    A form that is sent twice writes once. What waits already for the same reader is dropped.
    """
    with gate.change(actor, Action.WRITE_PANEL_PAPER, PanelItem, item, at=at) as row:
        if row.papers.filter(submission=submission).exists():
            return
        refuse_off(row)
        refuse_ended(row.meeting)
        if row.consultation:
            raise Refused(ADVICE)
        if draft.sort in AGREED and row.meeting.on > day_of(at):
            raise Refused(NOT_HELD, field="sort")
        named = audit.row_name(PanelItem, row.ref)
        clearances.hold(named=named, texts={"words": draft.words}, override=override, actor=actor, at=at)
        for agency, guest in _readers(row, draft, at):
            earlier = row.papers.filter(sort=draft.sort, side=draft.side, agency=agency, guest=guest)
            earlier.filter(state=State.WRITTEN).update(state=State.DROPPED, ended_by=actor.who, ended_at=at)
            paper = PanelPaper(
                item=row,
                sort=draft.sort,
                side=draft.side,
                agency=agency,
                guest=guest,
                purpose=draft.purpose,
                number=earlier.exclude(released_at=None).count() + 1,
                fingerprint=fingerprint(draft),
                submission=submission,
                written_by=actor.who,
                written_at=at,
            )
            paper.words = draft.words
            paper.save()


def sign(*, actor: Actor, item: str, at: datetime) -> None:
    """Sign, as the chair of the meeting, what the meeting agreed of a case and waits. Raises Refused."""
    with gate.change(actor, Action.RELEASE_PANEL_PAPER, PanelItem, item, at=at) as row:
        if not people.are_one_person(actor.who, row.meeting.chair):
            raise Refused(NOT_THE_CHAIR)
        row.papers.filter(sort__in=AGREED, state=State.WRITTEN, signed_at=None).update(
            signed_by=actor.who, signed_at=at
        )


def release(*, actor: Actor, item: str, papers: Sequence[str], at: datetime) -> None:
    """Release, as the second person, exactly what was written. Raises Refused, and then releases none."""
    with gate.change(actor, Action.RELEASE_PANEL_PAPER, PanelItem, item, at=at) as row:
        refuse_off(row)
        refuse_ended(row.meeting)
        for paper in row.papers.filter(ref__in=list(papers)).select_for_update(of=("self",)):
            _release(paper, row, actor, at)


def end(*, actor: Actor, item: str, paper: str, at: datetime) -> None:
    """Drop a paper that waits, or recall one that was released: its words are deleted from every page."""
    with gate.change(actor, Action.RELEASE_PANEL_PAPER, PanelItem, item, at=at) as row:
        one = row.papers.select_for_update(of=("self",)).filter(ref=paper).first()
        if one is None:
            raise gate.NotFound(paper)
        after = State.DROPPED if one.state == State.WRITTEN else State.RECALLED
        if after == one.state:
            return
        if after not in TRANSITIONS[State(one.state)]:
            raise Refused(SETTLED)
        one.state, one.words, one.ended_by, one.ended_at = after, "", actor.who, at
        one.save()
        forget_drawn(row.meeting)


def make_copy(
    *, actor: Actor, meeting: str, agency: str, side: str, reader: str, submission: str, at: datetime
) -> None:
    """Number a printed pack for one reader: what was released of one side to their agency. Raises Refused."""
    with gate.change(actor, Action.KEEP_PANELS, PanelMeeting, meeting, at=at) as row:
        if row.copies.filter(submission=submission).exists():
            return
        number_copy(row, agency, side, reader, actor=actor, submission=submission, at=at)


def number_copy(
    row: PanelMeeting, agency: str, side: str, reader: str, *, actor: Actor, submission: str, at: datetime
) -> PanelCopy:
    """Number a pack of a locked meeting. Raises Refused."""
    seat = row.seats.filter(ended_at=None, agency__ref=agency).select_related("agency").first()
    if seat is None:
        raise Refused("This agency is not invited to the meeting any more", field="agency")
    if not allows(seat.agency, at=at):
        raise Refused(NOT_ALLOWED.format(name=seat.agency.name), field="agency")
    _refuse_both(row, side, reader)
    found = released(row).filter(of_own_items(actor), agency=seat.agency, side=side)
    refs = list(found.order_by("item__position", "sort", "pk").values_list("ref", flat=True))
    if not refs:
        raise Refused(NOTHING, field="agency")
    return PanelCopy.objects.create(
        meeting=row,
        agency=seat.agency,
        reader=reader,
        side=side,
        number=row.copies.count() + 1,
        papers=refs,
        submission=submission,
        made_by=actor.who,
        made_at=at,
    )


def released(row: PanelMeeting) -> QuerySet[PanelPaper]:
    """What was released for a meeting, about the cases that are on its agenda."""
    return PanelPaper.objects.filter(item__meeting=row, item__ended_at=None, state=State.RELEASED)


def fingerprint(draft: Draft) -> str:
    """SHA-256 over what every reader of a draft is given, in hexadecimal."""
    text = json.dumps([draft.sort, draft.side, draft.purpose, draft.words], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _readers(row: PanelItem, draft: Draft, at: datetime) -> list[tuple[Agency | None, str]]:
    """The agencies and the guest that a draft is for. Raises Refused where an agreement does not allow it."""
    wanted = list(Agency.objects.filter(ref__in=list(draft.agencies), area=row.meeting.area))
    for one in wanted:
        _refuse_outside(row, one, draft.purpose, at, field="agencies")
    found: list[tuple[Agency | None, str]] = [(one, "") for one in wanted]
    if draft.guest:
        found.append((None, draft.guest))
    if not found:
        raise Refused(NOBODY, field="agencies")
    return found


def _refuse_outside(row: PanelItem, agency: Agency, purpose: str, at: datetime, field: str = "") -> None:
    if not row.meeting.seats.filter(agency=agency, ended_at=None).exists():
        raise Refused(NOT_INVITED.format(name=agency.name), field=field)
    if purpose not in allows(agency, at=at):
        raise Refused(NOT_ALLOWED.format(name=agency.name), field=field)


def _release(paper: PanelPaper, row: PanelItem, actor: Actor, at: datetime) -> None:
    """Release a locked paper; what the reader had before is replaced by it."""
    if paper.state == State.RELEASED:
        return
    if State.RELEASED not in TRANSITIONS[State(paper.state)]:
        raise Refused(SETTLED)
    if people.are_one_person(actor.who, paper.written_by):
        raise Refused(SAME_PERSON)
    if paper.sort in AGREED and paper.signed_at is None:
        raise Refused(NOT_SIGNED)
    if paper.agency:
        _refuse_outside(row, paper.agency, paper.purpose, at)
    named = audit.row_name(PanelItem, row.ref)
    clearances.hold(named=named, texts={"words": paper.words}, override=None, actor=actor, at=at)
    before = row.papers.filter(
        sort=paper.sort, side=paper.side, agency=paper.agency, guest=paper.guest, state=State.RELEASED
    )
    before.update(state=State.REPLACED, ended_by=actor.who, ended_at=at)
    paper.state, paper.released_by, paper.released_at = State.RELEASED, actor.who, at
    paper.save()


def _refuse_both(row: PanelMeeting, side: str, reader: str) -> None:
    """Refuse a reader a copy of the other side, for any agency, unless two people named them for this meeting."""
    other = row.copies.filter(reader__iexact=reader).exclude(side=side).first()
    if other is None:
        return
    named = row.readers.filter(ended_at=None).exclude(agreed_by="").values_list("account", flat=True)
    if reader.casefold() not in {one.casefold() for one in accounts.names(refs=named).values()}:
        raise Refused(BOTH.format(number=other.number, reader=other.reader), field="reader")
