"""Questions about a client's safety, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as victims
from desist.advocacy.safety import texts
from desist.advocacy.safety.models import Child
from desist.advocacy.safety.policy import Action
from desist.advocacy.safety.states import TRANSITIONS, Domain, Layer, NeedState, SupportOutcome, What, Whom
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.circumstances.states import Care, ContactOrder, Over, Tie
from desist.circumstances.texts import Relative
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class PlanPage:
    """The newest version of a plan; `version` is 0 if there is none yet."""

    victim: victims.Page
    plan: texts.Plan
    version: int
    review_on: date | None
    saved_by: str
    saved_at: datetime | None


@dataclass(frozen=True)
class SupportRow:
    """An agency that was asked."""

    ref: str
    agency: str
    asked_at: datetime
    outcome: str


@dataclass(frozen=True)
class ReferredRow:
    """A referral to an agency of the directory; `unread` is whether it said what nobody here has read."""

    ref: str
    agency: str
    referred_on: date
    state: str
    unread: bool


@dataclass(frozen=True)
class NeedRow:
    """A need, the agencies asked to help, and the referrals to agencies."""

    ref: str
    domain: str
    words: str
    state: str
    state_label: str
    raised_at: datetime
    supports: tuple[SupportRow, ...]
    referrals: tuple[ReferredRow, ...]
    may: tuple[tuple[str, str], ...]  # the states that may follow


@dataclass(frozen=True)
class ChoiceRow:
    """A choice, and whether it counts today."""

    what: str
    whom: str
    allowed: bool
    until: date | None
    words: str
    recorded_at: datetime
    counts: bool


@dataclass(frozen=True)
class ChildRow:
    """A child or relative of the client. `over` says why the row no longer counts, else it is empty."""

    ref: str
    said: Relative
    contact: bool
    tie: str
    care: str
    contact_order: str
    over: str
    ended_at: datetime | None


@dataclass(frozen=True)
class NoteRow:
    """One note."""

    layer: str
    words: str
    written_by: str
    written_at: datetime


def plan(*, actor: Actor, ref: str, at: datetime) -> PlanPage:
    """The safety plan."""
    page, victim, box = _open(actor, ref, at)
    last = victim.plans.order_by("-number").first()
    words = (
        boxes.unlock(box, texts.PLAN, f"{ref}:{last.number}", last.words, texts.Plan)
        if last and box
        else None
    )
    return PlanPage(
        victim=page,
        plan=words or texts.Plan(),
        version=last.number if last else 0,
        review_on=last.review_on if last else None,
        saved_by=accounts.name(ref=last.saved_by) if last else "",
        saved_at=last.saved_at if last else None,
    )


def needs(*, actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, tuple[NeedRow, ...]]:
    """The client's needs, the open ones first."""
    page, victim, box = _open(actor, ref, at)
    rows = victim.needs.prefetch_related("supports", "referrals__agency").order_by("closed_at", "-raised_at")[
        :PAGE
    ]
    found = [
        NeedRow(
            ref=row.ref,
            domain=Domain(row.domain).label,
            words=_said(box, texts.NEED, row.ref, row.words),
            state=row.state,
            state_label=NeedState(row.state).label,
            raised_at=row.raised_at,
            supports=tuple(
                SupportRow(
                    one.ref,
                    _said(box, texts.SUPPORT, one.ref, one.words),
                    one.asked_at,
                    SupportOutcome(one.outcome).label if one.outcome else "",
                )
                for one in sorted(row.supports.all(), key=lambda one: one.asked_at)
            ),
            referrals=tuple(
                ReferredRow(
                    one.ref,
                    one.agency.name,
                    one.referred_on,
                    one.get_state_display(),
                    one.unread_since is not None,
                )
                for one in sorted(row.referrals.all(), key=lambda one: one.pk)
            ),
            may=tuple((one.value, one.label) for one in TRANSITIONS[NeedState(row.state)]),
        )
        for row in rows
    ]
    return page, tuple(sorted(found, key=lambda row: row.state != NeedState.OPEN))


def choices(*, actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, tuple[ChoiceRow, ...]]:
    """The client's choices of what may be told to which side."""
    page, victim, box = _open(actor, ref, at)
    today = dates.day_of(at)
    rows = victim.choices.filter(ended_at=None).order_by("whom", "what")
    return page, tuple(
        ChoiceRow(
            what=What(row.what).label,
            whom=Whom(row.whom).label,
            allowed=row.allowed,
            until=row.until,
            words=_said(box, texts.CHOICE, row.ref, row.words),
            recorded_at=row.recorded_at,
            counts=row.until is None or row.until >= today,
        )
        for row in rows
    )


def children(*, actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, tuple[ChildRow, ...]]:
    """The children and family of the client, with what was said of them before."""
    page, victim, box = _open(actor, ref, at)
    return page, tuple(_child(row, box) for row in victim.children.order_by("added_at"))


def child(*, actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, ChildRow]:
    """One child or relative, to change or take off the list."""
    row = gate.open(actor, Action.CHANGE_CHILD, Child, ref, at=at).select_related("victim").get()
    page = victims.page_of(Victim.objects.filter(pk=row.victim_id), actor=actor, at=at)
    return page, _child(row, vault.box_if_kept(person=row.victim.ref))


def _child(row: Child, box: Box | None) -> ChildRow:
    kept = boxes.unlock(box, texts.CHILD, row.ref, row.words, texts.Child) if box else texts.Child("Erased")
    return ChildRow(
        ref=row.ref,
        said=Relative(
            kept.name,
            row.tie,
            row.born_in,
            row.care,
            row.contact_order,
            row.order_on,
            kept.worker,
            kept.wishes,
        ),
        contact=row.contact,
        tie=Tie(row.tie).label,
        care=Care(row.care).label,
        contact_order=ContactOrder(row.contact_order).label,
        over=Over(row.over).label if row.over else "",
        ended_at=row.ended_at,
    )


def notes(*, actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, tuple[NoteRow, ...]]:
    """The newest notes of both layers."""
    page, victim, box = _open(actor, ref, at)
    return page, tuple(
        NoteRow(
            layer=Layer(row.layer).label,
            words=_said(box, texts.NOTE, row.ref, row.words),
            written_by=accounts.name(ref=row.written_by),
            written_at=row.written_at,
        )
        for row in victim.notes.order_by("-written_at")[:PAGE]
    )


def _open(actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, Victim, Box | None]:
    rows = gate.open(actor, Action.SEE_SAFETY, Victim, ref, at=at)
    return victims.page_of(rows, actor=actor, at=at), rows.get(), vault.box_if_kept(person=ref)


def _said(box: Box | None, field: str, ref: str, sealed: bytes | memoryview) -> str:
    return box.open(field=field, row=ref, sealed=bytes(sealed)) if box else "Erased"
