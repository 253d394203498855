"""Questions about leaving, each with a frozen answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desist.accounts import queries as accounts
from desist.programme.agreement import commands as agreement
from desist.programme.episodes import states as episodes
from desist.programme.episodes.models import Episode
from desist.programme.leaving import commands, hold, known
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.policy import Action
from desist.programme.leaving.states import TREE, By, Ending, How, Phase, Reason, State
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction


@dataclass(frozen=True)
class Changed:
    """A changed reason: what it was before, and why it changed."""

    before: str
    why: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Follows:
    """The consequences of a leaving, a sentence each; `seen` tells one such answer from another."""

    sentences: tuple[str, ...]
    seen: str


@dataclass(frozen=True)
class LeavingRow:
    """One decision that a person leaves."""

    ref: str
    state: str
    state_label: str
    by: str
    reason: str
    phase: str
    note: str
    decided_by: str
    decided_at: datetime
    held_until: datetime | None
    ended_at: datetime | None
    contact: str
    acknowledged_at: datetime | None
    told_how: str
    told_at: datetime | None
    told_by: str
    taken_back_reason: str
    taken_back_by: str
    taken_back_at: datetime | None
    changes: tuple[Changed, ...]  # of the reason, the newest first
    held: bool
    may_take_back: bool
    may_tell: bool
    ways_back: tuple[tuple[str, str], ...]  # how the programme can go on, where the actor may say so
    other_reasons: tuple[tuple[str, str], ...]  # where the actor may change it


@dataclass(frozen=True)
class LeavingPage:
    """How a person leaves or left. `open` while the programme goes on and nothing is decided."""

    episode: str
    spoken: str
    name: str
    state_label: str
    version: int
    phase: str
    rows: tuple[LeavingRow, ...]
    open: bool
    alerts: bool  # a partner organisation is linked to the referral
    may_end: bool
    may_offer: bool  # to another programme
    held_until: datetime  # how long a deselection decided now would be held
    reasons: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]  # whose doing, its words, its reasons
    sessions: int = 0  # ahead, which an end cancels
    assessments: int = 0
    tells: bool = False  # the referrer hears the stage
    alerted: tuple[By, ...] = ()  # for which an alert goes out


def leaving(*, actor: Actor, episode: str, at: datetime) -> LeavingPage:
    """A person's leaving, newest decision first."""
    row = gate.open(actor, Action.SEE_LEAVING, Episode, episode, at=at).select_related("referral").get()
    return _page(row, actor, at)


def to_end(*, actor: Actor, episode: str, at: datetime) -> LeavingPage:
    """The page on which a leaving is recorded."""
    row = gate.open(actor, Action.END_EPISODE, Episode, episode, at=at).select_related("referral").get()
    page = _page(row, actor, at)
    return replace(
        page,
        sessions=known.sessions_ahead(row, at=at).count(),
        assessments=known.assessments_ahead(row, at=at).count(),
        tells=page.alerts and agreement.shares_openly(row),
        alerted=tuple(by for by in By if page.alerts and commands.alert_of(row, by)),
    )


def follows(page: LeavingPage, ending: Ending) -> Follows:
    """Return the consequences of this leaving, to be confirmed first."""
    held = ending.by is By.SERVICE
    until = dates.at(page.held_until)
    when = f" when the hold is over, {until}" if held else " at once"
    ahead = f"{_number(page.sessions, 'session')} and {_number(page.assessments, 'assessment')}"
    due = ending.reason is not Reason.DIED
    found = (
        f"{page.name} ({page.spoken}) leaves. {ending.by.label}: {ending.reason.label.lower()}.",
        f"An alert goes out at once with the number {ending.contact}."
        if ending.by in page.alerted
        else "No alert goes out.",
        f"Nobody else is told before {until}, and until then everything stays as planned." if held else "",
        f"{ahead} that are still ahead are cancelled{when}. They stay cancelled, whatever happens later.",
        f"The referrer is told the stage{when}, never the reason."
        if page.tells
        else "The referrer is told nothing.",
        f"Follow-ups at 6 and 12 months are planned{when}." if due else "",
    )
    seen = f"{ending.reason.value}.{page.sessions}.{page.assessments}.{ending.contact}"
    return Follows(tuple(filter(None, found)), seen)


def one(*, actor: Actor, action: BaseAction, ref: str, at: datetime) -> tuple[LeavingPage, LeavingRow]:
    """Return one decision and the person it is about, for an action that the actor may do."""
    row = gate.open(actor, action, Leaving, ref, at=at).select_related("alert", "episode__referral").get()
    return _page(row.episode, actor, at), _row(row, actor, at)


def _page(row: Episode, actor: Actor, at: datetime) -> LeavingPage:
    found = (
        row.leavings.select_related("alert").prefetch_related("reason_changes").order_by("-decided_at", "-pk")
    )
    rows = tuple(_row(one, actor, at) for one in found)
    deselects = actor.role in policy.rule(Action.DESELECT).roles
    ended = row.state in {episodes.State.COMPLETED, episodes.State.LEFT}
    return LeavingPage(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        state_label=episodes.State(row.state).label,
        version=row.version,
        phase=commands.phase(row).label,
        rows=rows,
        open=not ended,
        alerts=bool(row.referral.partner),
        may_offer=policy.opens(actor.role, "offers:offer"),
        may_end=not ended and actor.role in policy.rule(Action.END_EPISODE).roles,
        held_until=hold.tellable_from(decided_at=at),
        reasons=tuple(
            (by.value, str(by.label), tuple((one.value, str(one.label)) for one in reasons))
            for by, reasons in TREE.items()
            if (by is not By.SERVICE or deselects) and _follows(row, by)
        ),
    )


def _follows(row: Episode, by: By) -> bool:
    return commands.target(by) in episodes.TRANSITIONS[episodes.State(row.state)]


def _row(row: Leaving, actor: Actor, at: datetime) -> LeavingRow:
    held = row.state == State.HELD
    telling = row.state == State.ENDED and row.by == By.SERVICE and row.told_at is None
    return LeavingRow(
        ref=row.ref,
        state=row.state,
        state_label=State(row.state).label,
        by=By(row.by).label,
        reason=Reason(row.reason).label,
        phase=Phase(row.phase).label,
        note=row.note,
        decided_by=accounts.as_read_by(actor, row.decided_by),
        decided_at=row.decided_at,
        held_until=row.held_until,
        ended_at=row.ended_at,
        contact=row.contact,
        acknowledged_at=row.alert.acknowledged_at if row.alert else None,
        told_how=How(row.told_how).label if row.told_how else "",
        told_at=row.told_at,
        told_by=accounts.as_read_by(actor, row.told_by) if row.told_by else "",
        taken_back_reason=row.taken_back_reason,
        taken_back_by=accounts.as_read_by(actor, row.taken_back_by) if row.taken_back_by else "",
        taken_back_at=row.taken_back_at,
        changes=tuple(
            Changed(Reason(one.before).label, one.why, accounts.as_read_by(actor, one.made_by), one.made_at)
            for one in sorted(row.reason_changes.all(), key=lambda one: one.pk, reverse=True)
        ),
        held=held,
        may_take_back=held
        and row.held_until is not None
        and at < row.held_until
        and actor.role in policy.rule(Action.TAKE_BACK_LEAVING).roles,
        may_tell=telling and actor.role in policy.rule(Action.TELL_PERSON).roles,
        ways_back=_offered(known.ways_back(row), Action.REOPEN_EPISODE, actor),
        other_reasons=_offered(known.other_reasons(row), Action.CHANGE_LEAVING_REASON, actor),
    )


def _offered(found: Sequence[State | Reason], action: Action, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return what the form offers for a role that may choose."""
    may = actor.role in policy.rule(action).roles
    return tuple((one.value, str(one.label)) for one in found) if may else ()


def _number(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
