"""Questions about panels as an agency reads them: its own papers, minutes and actions, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime, time

from desist.accounts import queries as accounts
from desist.disclosure.codes import Purpose
from desist.partnership.agencies.models import AgencyMember
from desist.partnership.panels.commands import allows
from desist.partnership.panels.models import PanelAction, PanelMeeting, PanelPaper
from desist.partnership.panels.panel_actions.commands import may_say
from desist.partnership.panels.panel_actions.queries import SAY, Step, steps, waits
from desist.partnership.panels.panel_papers.queries import heading
from desist.partnership.panels.policy import Action
from desist.partnership.panels.states import Kind, Progress, Side, State
from desist.refusals import Refused
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 40
ENDED = "The sharing agreement of your agency has ended, so nothing of a panel is shown. Ring the chair of the panel"


@dataclass(frozen=True)
class Meeting:
    """One meeting to which the agency is invited."""

    ref: str
    kind: str
    on: date
    begins: time
    place: str
    chair: str
    called_off: bool
    over: bool


@dataclass(frozen=True)
class Paper:
    """One paper, formulation or minutes. `words` is "" where it was recalled."""

    ref: str
    heading: str
    side: str
    purpose: str
    words: str
    fingerprint: str
    number: int
    released_at: datetime | None
    recalled_at: datetime | None
    meeting: str


@dataclass(frozen=True)
class OwnAction:
    """One action of the agency, and what it waits for."""

    ref: str
    words: str
    due_on: date
    state: str
    is_open: bool
    late: bool
    waits_for: str
    meeting: str


@dataclass(frozen=True)
class Overview:
    """What the agency has to do, and the meetings to which it is invited. `ended`: why nothing is shown."""

    actions: tuple[OwnAction, ...]
    meetings: tuple[Meeting, ...]
    ended: str


@dataclass(frozen=True)
class Page:
    """One meeting, with what the agency is given."""

    meeting: Meeting
    papers: tuple[Paper, ...]
    actions: tuple[OwnAction, ...]


@dataclass(frozen=True)
class ActionPage:
    """One action, what happened to it, and what the agency can say of it."""

    row: OwnAction
    version: int
    steps: tuple[Step, ...]
    may_say: tuple[tuple[str, str], ...]


def panels(*, actor: Actor, at: datetime) -> Overview:
    """The open actions of the actor's agency, and the meetings to which it is invited, the newest first."""
    found = gate.see(actor, Action.SEE_OUR_PANELS, PanelMeeting, at=at).order_by("-on", "-begins", "-pk")
    open_ones = gate.see(actor, Action.SEE_OUR_ACTIONS, PanelAction, at=at).filter(
        state__in=[Progress.OPEN, Progress.NOT_POSSIBLE]
    )
    if not _stands(actor, at):
        return Overview((), (), ENDED)
    rows = open_ones.select_related("item__meeting", "waits_for__agency").order_by("due_on", "pk")
    return Overview(
        tuple(_action(one, at) for one in rows[:PAGE]), tuple(_meeting(one, at) for one in found[:PAGE]), ""
    )


def meeting(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One meeting. Raises Refused where the agency's agreement has ended."""
    row = gate.open(actor, Action.SEE_OUR_PANELS, PanelMeeting, ref, at=at).get()
    _refuse_ended(actor, at)
    papers = gate.see(actor, Action.SEE_OUR_PAPERS, PanelPaper, at=at).filter(item__meeting=row)
    papers = papers.exclude(state=State.REPLACED).select_related("item__referral", "item__meeting")
    actions = gate.see(actor, Action.SEE_OUR_ACTIONS, PanelAction, at=at).filter(item__meeting=row)
    actions = actions.select_related("item__meeting", "waits_for__agency")
    return Page(
        meeting=_meeting(row, at),
        papers=tuple(_paper(one) for one in papers.order_by("-sort", "item__position", "pk")),
        actions=tuple(_action(one, at) for one in actions.order_by("due_on", "pk")),
    )


def paper(*, actor: Actor, ref: str, at: datetime) -> Paper:
    """One paper. Raises Refused where the agency's agreement has ended."""
    row = gate.open(actor, Action.SEE_OUR_PAPERS, PanelPaper, ref, at=at).get()
    _refuse_ended(actor, at)
    return _paper(row)


def action(*, actor: Actor, ref: str, at: datetime) -> ActionPage:
    """One action of the agency. Raises Refused where its agreement has ended."""
    row = gate.open(actor, Action.SEE_OUR_ACTIONS, PanelAction, ref, at=at).get()
    _refuse_ended(actor, at)
    return _action_page(row, actor, at)


def to_answer(*, actor: Actor, ref: str, at: datetime) -> ActionPage:
    """One action, for the colleague who says how far it is."""
    row = gate.open(actor, Action.ANSWER_OUR_ACTION, PanelAction, ref, at=at).get()
    _refuse_ended(actor, at)
    return _action_page(row, actor, at)


def _stands(actor: Actor, at: datetime) -> bool:
    """Whether a sharing agreement of the actor's agency is in force."""
    works = AgencyMember.objects.filter(account=actor.who, ended_at=None).select_related("agency").first()
    return works is None or bool(allows(works.agency, at=at))


def _refuse_ended(actor: Actor, at: datetime) -> None:
    if not _stands(actor, at):
        raise Refused(ENDED)


def _meeting(row: PanelMeeting, at: datetime) -> Meeting:
    return Meeting(
        ref=row.ref,
        kind=Kind(row.kind).label,
        on=row.on,
        begins=row.begins,
        place=row.place,
        chair=accounts.name(ref=row.chair),
        called_off=row.ended_at is not None,
        over=row.on < dates.day_of(at),
    )


def _paper(row: PanelPaper) -> Paper:
    return Paper(
        ref=row.ref,
        heading=heading(row),
        side=Side(row.side).label,
        purpose=Purpose(row.purpose).label,
        words=row.words if row.state == State.RELEASED else "",
        fingerprint=row.fingerprint,
        number=row.number,
        released_at=row.released_at,
        recalled_at=row.ended_at if row.state != State.RELEASED else None,
        meeting=row.item.meeting.ref,
    )


def _action(row: PanelAction, at: datetime) -> OwnAction:
    return OwnAction(
        ref=row.ref,
        words=row.words,
        due_on=row.due_on,
        state=Progress(row.state).label,
        is_open=row.state in {Progress.OPEN, Progress.NOT_POSSIBLE},
        late=row.state == Progress.OPEN and row.due_on < dates.day_of(at),
        waits_for=waits(row.waits_for) if row.waits_for else "",
        meeting=row.item.meeting.ref,
    )


def _action_page(row: PanelAction, actor: Actor, at: datetime) -> ActionPage:
    return ActionPage(
        row=_action(row, at),
        version=row.version,
        steps=steps(row, actor),
        may_say=tuple((said.value, SAY[said]) for said in may_say(row, actor)),
    )
