"""Questions about exhibits that are sent to the police, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as victims
from desist.advocacy.exhibits import keeping
from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.exhibits.states import State as Made
from desist.advocacy.packs import commands as packs
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.sent_exhibits.commands import WORDS
from desist.advocacy.sent_exhibits.models import SentExhibit
from desist.advocacy.sent_exhibits.policy import Action
from desist.advocacy.sent_exhibits.states import TRANSITIONS, State
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How
from desist.disclosure.codes import Recall
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

ERASED = "Erased"


@dataclass(frozen=True)
class About:
    """What an exhibit is, on every page about sending it."""

    victim: victims.Page
    exhibit: str
    number: str
    caption: str
    size: int
    digest: str
    force: str
    phone: str


@dataclass(frozen=True)
class Sending:
    """An exhibit before it is sent: the reports with which it can go, and what is in the way."""

    about: About
    sent: str  # its reference with the police, if it was sent already
    reports: tuple[tuple[str, str], ...]
    finished: bool
    may_be_sent: bool
    by_hand: bool


@dataclass(frozen=True)
class Page:
    """An exhibit that was sent, and what the police answered."""

    about: About
    ref: str
    pack: str
    state: State
    label: str
    agreed_on: date
    agreed_how: str
    words: str
    here: int
    parts: int
    sent_by: str
    sent_at: datetime
    answered_at: datetime | None
    recall_reason: str
    recalled_by: str
    recalled_at: datetime | None
    stopped_at: datetime | None
    saved: int | None
    may_recall: bool


def sending(*, actor: Actor, exhibit: str, at: datetime) -> Sending:
    """One exhibit, for an actor who may send it."""
    row = gate.open(actor, Action.SEND_EXHIBIT, Exhibit, exhibit, at=at).select_related("victim").get()
    victim, sent = row.victim, SentExhibit.objects.filter(exhibit=row).values_list("ref", flat=True).first()
    reports = BreachPack.objects.filter(incident__victim=victim, police=victim.partner)
    force = Partner.objects.filter(name=victim.partner).first() if victim.partner else None
    return Sending(
        about=_about(row, victim.partner, actor, at),
        sent=sent or "",
        reports=tuple(
            (one.ref, f"What happened on {dates.on(one.incident.happened_on)}, sent {dates.at(one.sent_at)}")
            for one in reports.select_related("incident").order_by("-sent_at")
        ),
        finished=row.state == Made.MADE,
        may_be_sent=packs.may_be_sent(victim=victim, at=at),
        by_hand=force is not None and force.transport == Transport.BY_HAND,
    )


def sent(*, actor: Actor, ref: str, action: Action, at: datetime) -> Page:
    """One exhibit that was sent, for an actor who may do `action`."""
    rows = gate.open(actor, action, SentExhibit, ref, at=at)
    row = rows.select_related("exhibit__victim", "pack").get()
    box = vault.box_if_kept(person=row.exhibit.victim.ref)
    return Page(
        about=_about(row.exhibit, row.pack.police, actor, at),
        ref=row.ref,
        pack=row.pack.ref,
        state=State(row.state),
        label=str(State(row.state).label),
        agreed_on=row.agreed_on,
        agreed_how=str(How(row.agreed_how).label),
        words=box.open(field=WORDS, row=row.ref, sealed=bytes(row.words)) if box else ERASED,
        here=row.here,
        parts=row.parts,
        sent_by=accounts.name(ref=row.sent_by),
        sent_at=row.sent_at,
        answered_at=row.answered_at,
        recall_reason=str(Recall(row.recall_reason).label) if row.recall_reason else "",
        recalled_by=accounts.name(ref=row.recalled_by) if row.recalled_by else "",
        recalled_at=row.recalled_at,
        stopped_at=row.stopped_at,
        saved=row.saved,
        may_recall=State.RECALLED in TRANSITIONS[State(row.state)],
    )


def _about(row: Exhibit, police: str, actor: Actor, at: datetime) -> About:
    box = vault.box_if_kept(person=row.victim.ref)
    force = Partner.objects.filter(name=police).first() if police else None
    return About(
        victim=victims.page_of(Victim.objects.filter(pk=row.victim_id), actor=actor, at=at),
        exhibit=row.ref,
        number=row.number,
        caption=keeping.caption(box, row) if box else ERASED,
        size=row.size,
        digest=row.digest,
        force=force.title if force else "",
        phone=force.phone if force else "",
    )
