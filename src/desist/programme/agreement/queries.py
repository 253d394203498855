"""Questions about agreements to take part, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from desist import notices
from desist.accounts import queries as accounts
from desist.notices import Notice, OwnWords
from desist.programme.agreement import footing
from desist.programme.agreement.commands import current_words, own_words, shares_openly
from desist.programme.agreement.models import Agreement, FollowUpTask, NoticeGiven, NoticeWords
from desist.programme.agreement.policy import Action
from desist.programme.agreement.states import (
    TAKES_PART,
    TRANSITIONS,
    FollowUp,
    Given,
    How,
    State,
    WithdrawalReason,
)
from desist.programme.episodes.models import Episode
from desist.references import spoken
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.statements import Statement, among

#: the most settings of the words that one page shows
PAGE = 50


@dataclass(frozen=True)
class NoticeTold:
    """One giving of the notice; `own`: it had the service's own words."""

    ref: str
    own: bool
    notice: str
    how: str
    given_on: date
    understood: str
    by: str


@dataclass(frozen=True)
class ShownNotice:
    """A notice whole, with what it says of the service where `own`; of one that was given, when and to whose case."""

    notice: Notice
    own: bool
    given_on: date | None
    episode: str


@dataclass(frozen=True)
class ServiceWords:
    """The notice's words on the service: from when until when, who set them, and why."""

    ref: str
    own: OwnWords
    reason: str
    by: str
    at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class FollowUpLine:
    """A task that follows from a withdrawal."""

    ref: str
    words: str
    due_on: date
    urgency: str
    note: str
    done_by: str
    done_at: datetime | None


@dataclass(frozen=True)
class AgreementPage:
    """Where a person's agreement stands. `version` is 0 before anything was answered."""

    episode: str
    spoken: str
    name: str
    route: str
    state: str
    state_label: str
    version: int
    answers: tuple[tuple[str, str], ...]  # the answers that are possible now: state, label
    newest: str
    own_words: bool  # whether the area has set what the notice says of the service
    told: tuple[NoticeTold, ...]
    given: str
    requirement: str
    note: str
    answered_on: date | None
    answered_by: str
    withdrawal_reason: str
    withdrawal_note: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    acknowledged_at: datetime | None
    alerts: bool  # whether a partner organisation, which an alert reaches, is linked to the referral
    shares_openly: bool
    tasks: tuple[FollowUpLine, ...]
    takes_part: bool
    may_ask: bool


@dataclass(frozen=True)
class ToDo:
    """A task, and the person that it is about."""

    task: FollowUpLine
    episode: str
    spoken: str
    name: str


def told(episode: OuterRef) -> Exists:
    """Return whether the person was given the notice, in the statement about an episode with this key."""
    return Exists(NoticeGiven.objects.filter(episode=episode))


def stands(row: Episode) -> footing.Stands:
    """Return the footing of a person whose row the gate opened, in one statement."""
    ((state, requirement, given),) = STANDS.rows(people=[row.pk])
    return footing.Stands.read(state, requirement, told=given)


def _stands() -> QuerySet[Any]:
    found = Episode.objects.filter(pk__in=among("people")).annotate(told=told(OuterRef("pk")))
    return found.values_list("agreement__state", "agreement__requirement", "told")


STANDS = Statement(_stands)


def agreement(*, actor: Actor, episode: str, at: datetime) -> AgreementPage:
    """Return a person's agreement, with everything that was told and done about it."""
    return _page(_open(actor, Action.SEE_AGREEMENT, episode, at), actor, at)


def to_ask(*, actor: Actor, episode: str, at: datetime) -> AgreementPage:
    """A person's agreement, to ask about."""
    return _page(_open(actor, Action.ASK_AGREEMENT, episode, at), actor, at)


def to_withdraw(*, actor: Actor, episode: str, at: datetime) -> AgreementPage:
    """A person's agreement, to record a withdrawal in."""
    return _page(_open(actor, Action.WITHDRAW_AGREEMENT, episode, at), actor, at)


def notice(*, actor: Actor, version: str, at: datetime) -> ShownNotice:
    """A notice as it is given now: of this version, or the newest. Raises notices.UnknownNotice."""
    found = notices.notice(version=version) if version else notices.newest()
    row = gate.see(actor, Action.SEE_NOTICE, NoticeWords, at=at).filter(ended_at=None).first()
    return ShownNotice(notices.with_own_words(found, own_words(row)), row is not None, None, "")


def given(*, actor: Actor, ref: str, at: datetime) -> ShownNotice:
    """A notice as it was given to a person. Raises notices.UnknownNotice."""
    rows = gate.open(actor, Action.SEE_NOTICE_GIVEN, NoticeGiven, ref, at=at)
    row = rows.select_related("words", "episode").get()
    found = notices.with_own_words(notices.notice(version=row.notice), own_words(row.words))
    return ShownNotice(found, row.words is not None, row.given_on, row.episode.ref)


def words(*, actor: Actor, at: datetime) -> tuple[ServiceWords, ...]:
    """Return what the notice says of the service now and said before, the newest first."""
    rows = gate.see(actor, Action.SEE_NOTICE_WORDS, NoticeWords, at=at).order_by("-made_at", "-pk")[:PAGE]
    return tuple(
        ServiceWords(
            row.ref, said, row.reason, accounts.as_read_by(actor, row.made_by), row.made_at, row.ended_at
        )
        for row in rows
        if (said := own_words(row))
    )


def task(*, actor: Actor, ref: str, at: datetime) -> ToDo:
    """One task, to do."""
    row = (
        gate.open(actor, Action.DO_FOLLOW_UP, FollowUpTask, ref, at=at)
        .select_related("episode__referral")
        .get()
    )
    return ToDo(_task(row, actor, at), row.episode.ref, spoken(row.episode.ref), row.episode.referral.name)


def _open(actor: Actor, action: Action, episode: str, at: datetime) -> Episode:
    rows = gate.open(actor, action, Episode, episode, at=at)
    return rows.select_related("referral", "agreement__alert").get()


def _page(row: Episode, actor: Actor, at: datetime) -> AgreementPage:
    found: Agreement | None = getattr(row, "agreement", None)
    state = State(found.state) if found else State.NOT_ASKED
    reason = found.withdrawal_reason if found else ""
    return AgreementPage(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        route=row.referral.get_route_display(),
        state=state.value,
        state_label=state.label,
        version=found.version if found else 0,
        answers=tuple(
            (one.value, str(one.label)) for one in TRANSITIONS[state] if one is not State.WITHDRAWN
        ),
        newest=notices.newest().version,
        own_words=current_words(row.area) is not None,
        told=tuple(_told(one, actor) for one in row.notices.order_by("-given_on", "-pk")),
        given=Given(found.given).label if found and found.given else "",
        requirement=found.requirement if found else "",
        note=found.note if found else "",
        answered_on=found.answered_on if found else None,
        answered_by=accounts.as_read_by(actor, found.answered_by) if found else "",
        withdrawal_reason=WithdrawalReason(reason).label if reason else "",
        withdrawal_note=found.withdrawal_note if found else "",
        withdrawn_at=found.withdrawn_at if found else None,
        withdrawn_by=accounts.as_read_by(actor, found.withdrawn_by) if found else "",
        acknowledged_at=found.alert.acknowledged_at if found and found.alert else None,
        alerts=bool(row.referral.partner),
        shares_openly=shares_openly(row),
        tasks=tuple(_task(one, actor, at) for one in row.follow_ups.order_by("done_at", "due_on", "pk")),
        takes_part=state in TAKES_PART,
        may_ask=actor.role in policy.rule(Action.ASK_AGREEMENT).roles,
    )


def _told(row: NoticeGiven, actor: Actor) -> NoticeTold:
    return NoticeTold(
        ref=row.ref,
        own=row.words_id is not None,
        notice=row.notice,
        how=How(row.how).label,
        given_on=row.given_on,
        understood=row.understood,
        by=accounts.as_read_by(actor, row.given_by),
    )


def _task(row: FollowUpTask, actor: Actor, at: datetime) -> FollowUpLine:
    late = row.done_at is None and row.due_on < day_of(at)
    return FollowUpLine(
        ref=row.ref,
        words=FollowUp(row.kind).label,
        due_on=row.due_on,
        urgency="late" if late else "",
        note=row.note,
        done_by=accounts.as_read_by(actor, row.done_by),
        done_at=row.done_at,
    )
