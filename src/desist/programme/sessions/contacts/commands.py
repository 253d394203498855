"""Everything that can happen to a contact: it is noted, or struck out as a mistake."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.referrals.models import Referral
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.contacts.policy import Action
from desist.programme.sessions.contacts.states import Begun, Outcome, Party, Purpose, Way
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

KEPT_BEFORE = "Not saved: this form has already been saved with other words. Open the page again to note another contact"
STRUCK_BEFORE = "Not saved: this contact has already been marked as entered in error"


@dataclass(frozen=True)
class NotedContact:
    """What is noted of a contact. `who` names the other side where that is not the person."""

    held_at: datetime
    party: Party
    who: str
    begun: Begun
    way: Way
    purpose: Purpose
    outcome: Outcome
    words: str


def note(*, actor: Actor, referral: str, said: NotedContact, submission: str, at: datetime) -> None:
    """Keep a contact. A form that is sent twice is kept once; raises Refused where its words are others then."""
    with gate.change(actor, Action.NOTE_CONTACT, Referral, referral, at=at) as row:
        kept = Contact.objects.filter(submission=submission).first()
        if kept and (kept.referral_id != row.pk or _said(kept) != said):
            raise Refused(KEPT_BEFORE)
        if not kept:
            Contact.objects.create(
                referral=row, submission=submission, noted_by=actor.who, noted_at=at, **vars(said)
            )


def _said(kept: Contact) -> NotedContact:
    return NotedContact(**{name: getattr(kept, name) for name in NotedContact.__dataclass_fields__})


def strike(*, actor: Actor, ref: str, reason: str, at: datetime) -> None:
    """Take a contact back that was noted by mistake; it stays readable, with the reason."""
    with gate.change(actor, Action.STRIKE_CONTACT, Contact, ref, at=at) as row:
        if row.struck_at:
            raise Refused(STRUCK_BEFORE)
        row.struck_reason, row.struck_by, row.struck_at = reason, actor.who, at
        row.save(update_fields=["struck_reason", "struck_by", "struck_at"])
