"""Questions about the cases on a panel's agenda, each with a frozen answer."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.partnership.panels.models import PanelItem, PanelMeeting
from desist.partnership.panels.panel_actions import queries as actions
from desist.partnership.panels.panel_papers import queries as papers
from desist.partnership.panels.policy import Action
from desist.partnership.panels.states import Kind
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor

MEETINGS = 40


@dataclass(frozen=True)
class Row:
    """One case of an agenda. `place` counts the cases that the actor sees."""

    ref: str
    place: int
    name: str
    consultation: bool
    review_on: date | None
    review_due: bool
    papers: int
    waiting: int
    actions: int


@dataclass(frozen=True)
class ToPut:
    """A case that is put on an agenda, and the meetings to come."""

    referral: str
    name: str
    meetings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    """One case on an agenda, with its papers and actions. `keeps` is whether the actor may change it."""

    ref: str
    version: int
    name: str
    spoken: str
    referral: str
    opens: bool
    meeting: str
    title: str
    called_off: bool
    off: datetime | None
    off_by: str
    known: dict[str, object]
    put_by: str
    put_at: datetime
    papers: tuple[papers.Row, ...]
    actions: tuple[actions.Row, ...]
    keeps: bool
    signs: bool


def rows(*, actor: Actor, meeting: PanelMeeting, at: datetime) -> tuple[Row, ...]:
    """The cases on a meeting's agenda that the actor may see, in their order."""
    found = gate.see(actor, Action.SEE_AGENDA, PanelItem, at=at).filter(meeting=meeting, ended_at=None)
    items = list(found.select_related("referral").order_by("position", "pk"))
    counted = papers.counts(items)
    busy = actions.counts(items)
    return tuple(_row(one, place, counted, busy, at) for place, one in enumerate(items, start=1))


def to_put(*, actor: Actor, referral: str, at: datetime) -> ToPut:
    """A case, and the meetings to come on whose agenda it can be put."""
    about = gate.open(actor, ReferralsAction.SEE_REFERRAL, Referral, referral, at=at).get()
    coming = gate.see(actor, Action.SEE_PANELS, PanelMeeting, at=at).filter(
        ended_at=None, on__gte=dates.day_of(at)
    )
    meetings = (
        (one.ref, f"{title(one)}, {one.place}") for one in coming.order_by("on", "begins", "pk")[:MEETINGS]
    )
    return ToPut(about.ref, str(about.name), tuple(meetings))


def to_add(*, actor: Actor, meeting: str, at: datetime) -> str:
    """The meeting in words, for the chair who adds a case to its agenda."""
    return title(gate.open(actor, Action.KEEP_PANELS, PanelMeeting, meeting, at=at).get())


def item(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One case on an agenda."""
    row = _open(actor, Action.SEE_AGENDA, ref, at)
    return replace(
        _page(row, actor),
        papers=papers.of(row, actor=actor),
        actions=actions.of(row, actor=actor, at=at),
        signs=_may(actor, Action.CHANGE_AGENDA) and bool(papers.to_sign(row, actor=actor)),
    )


def to_change(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One case on an agenda, without its papers and actions, for the colleague who changes it."""
    return _page(_open(actor, Action.CHANGE_AGENDA, ref, at), actor)


def _open(actor: Actor, action: Action, ref: str, at: datetime) -> PanelItem:
    return gate.open(actor, action, PanelItem, ref, at=at).select_related("meeting", "referral").get()


def title(meeting: PanelMeeting) -> str:
    """A meeting in words: its kind, its day and its time."""
    return f"{Kind(meeting.kind).label}, {dates.weekday(meeting.on)}, {dates.clock(meeting.begins)}"


def _row(
    one: PanelItem,
    place: int,
    counted: dict[int, tuple[int, int]],
    busy: dict[int, int],
    at: datetime,
) -> Row:
    released, waiting = counted.get(one.pk, (0, 0))
    return Row(
        ref=one.ref,
        place=place,
        name=str(one.referral.name),
        consultation=one.consultation,
        review_on=one.review_on,
        review_due=one.review_on is not None and one.review_on <= dates.day_of(at),
        papers=released,
        waiting=waiting,
        actions=busy.get(one.pk, 0),
    )


def _page(row: PanelItem, actor: Actor) -> Page:
    meeting, about = row.meeting, row.referral
    return Page(
        ref=row.ref,
        version=row.version,
        name=str(about.name),
        spoken=spoken(about.ref),
        referral=about.ref,
        opens=actor.role in policy.rule(ReferralsAction.SEE_REFERRAL).roles,
        meeting=meeting.ref,
        title=title(meeting),
        called_off=meeting.ended_at is not None,
        off=row.ended_at,
        off_by=accounts.as_read_by(actor, row.ended_by) if row.ended_by else "",
        known={
            "position": row.position,
            "review_on": row.review_on,
            "why": row.why,
            "consultation": row.consultation,
        },
        put_by=accounts.as_read_by(actor, row.put_by),
        put_at=row.put_at,
        papers=(),
        actions=(),
        keeps=_may(actor, Action.CHANGE_AGENDA),
        signs=False,
    )


def _may(actor: Actor, action: Action) -> bool:
    return actor.role in policy.rule(action).roles
