"""Questions about contacts, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.programme.referrals.models import Referral
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.contacts.policy import Action
from desist.programme.sessions.contacts.states import Begun, Outcome, Party, Purpose, Way
from desist.references import spoken
from desist.ui.tables import Cursor, Paging, Sort, page
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 12
#: how many a page shows that is about something else
LATEST = 3


@dataclass(frozen=True)
class ContactRow:
    """One contact in words. One that was struck out says why."""

    ref: str
    held_at: datetime
    party: str
    who: str
    began: str
    way: str
    purpose: str
    outcome: str
    words: str
    noted_by: str
    noted_at: datetime
    struck_reason: str


@dataclass(frozen=True)
class ContactsPage:
    """Contacts with a person or about them, the newest first. `episode` is empty before the referral was accepted."""

    referral: str
    episode: str
    spoken: str
    name: str
    rows: tuple[ContactRow, ...]
    paging: Paging
    may_note: bool


def contacts(*, actor: Actor, referral: str, cursor: Cursor, at: datetime) -> ContactsPage:
    """The contacts of a referral."""
    rows = gate.open(actor, Action.SEE_CONTACTS, Referral, referral, at=at)
    row = rows.select_related("episode").get()
    shown, paging = page(row.contacts.all(), sort=Sort("held_at", descending=True), cursor=cursor, size=PAGE)
    episode = getattr(row, "episode", None)
    return ContactsPage(
        referral=row.ref,
        episode=episode.ref if episode else "",
        spoken=spoken(episode.ref if episode else row.ref),
        name=row.name,
        rows=_rows(shown, actor),
        paging=paging,
        may_note=actor.role in policy.rule(Action.NOTE_CONTACT).roles,
    )


def of_person(*, actor: Actor, episode: str, cursor: Cursor, at: datetime) -> ContactsPage:
    """The contacts with a person on the programme, or about them."""
    rows = gate.see(actor, Action.SEE_CONTACTS, Referral, at=at).filter(episode__ref=episode)
    ref = rows.values_list("ref", flat=True).first() or ""
    return contacts(actor=actor, referral=ref, cursor=cursor, at=at)


def latest(*, referral: Referral, actor: Actor) -> tuple[ContactRow, ...]:
    """The last few about a person whose row the gate opened, the newest first."""
    return _rows(referral.contacts.filter(struck_at=None).order_by("-held_at", "-pk")[:LATEST], actor)


def to_note(*, actor: Actor, referral: str, at: datetime) -> tuple[str, str]:
    """The name and the spoken reference of the person a contact is noted about."""
    row = gate.open(actor, Action.NOTE_CONTACT, Referral, referral, at=at).get()
    return row.name, spoken(row.ref)


def to_strike(*, actor: Actor, ref: str, at: datetime) -> tuple[str, ContactRow]:
    """The referral of a contact, and the contact."""
    row = gate.open(actor, Action.STRIKE_CONTACT, Contact, ref, at=at).select_related("referral").get()
    return row.referral.ref, _rows([row], actor)[0]


def _rows(found: Iterable[Contact], actor: Actor) -> tuple[ContactRow, ...]:
    rows = tuple(found)
    names = accounts.names(refs={one.noted_by for one in rows})
    return tuple(_row(one, actor, names) for one in rows)


def _row(one: Contact, actor: Actor, names: dict[str, str]) -> ContactRow:
    return ContactRow(
        ref=one.ref,
        held_at=one.held_at,
        party=str(Party(one.party).label),
        who=one.who,
        began=str(Begun(one.begun).label),
        way=str(Way(one.way).label),
        purpose=str(Purpose(one.purpose).label),
        outcome=str(Outcome(one.outcome).label),
        words=one.words,
        noted_by="you" if one.noted_by == actor.who else names.get(one.noted_by, "a colleague"),
        noted_at=one.noted_at,
        struck_reason=one.struck_reason,
    )
