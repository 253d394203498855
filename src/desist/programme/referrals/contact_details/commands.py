"""Commands that change a person's own contact details."""

from datetime import datetime
from typing import Any

from desist.programme.referrals.contact_details.models import OwnContact
from desist.programme.referrals.contact_details.policy import Action
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened
from desist.referral import answers as asked
from desist.referral.answers import BY_KEY, Answers
from desist.wall import gate
from desist.wall.actors import Actor

NAMES = BY_KEY["reach"].names
#: the timeline's words for a change, without its content
SHORT = {
    "contact_by": "how",
    "own_phone": "telephone",
    "own_email": "e-mail",
    "own_address": "address",
    "own_postcode": "postcode",
    "lives_in": "police area",
}


def keep(*, actor: Actor, ref: str, answers: Answers, version: int | None, at: datetime) -> None:
    """Keep the person's own contact details as the service knows them. Raises Changed.

    A detail that differs from the referrer's counts from now on, wherever the person is reached; one that agrees goes
    on following the referrer. The referrer's details stay in the referral and go on being amended there; the details
    before are in the referral's changes. Nothing is lost on either side.
    """
    with gate.change(actor, Action.CHANGE_CONTACT, Referral, ref, at=at) as referral:
        given = {name: answers[name] for name in NAMES}
        said = {name: getattr(referral, name) for name in NAMES}
        if _stands(referral, given, said):  # the form came twice, or there is nothing to keep
            return
        gate.next_version(referral, version)
        before = {name: referral.known(name) for name in NAMES}
        changed = [name for name in NAMES if before[name] != given[name]]
        for name in changed:
            referral.changes.create(
                name=name,
                before=asked.words(name, before[name]),
                after=asked.words(name, given[name]),
                by=actor.who,
                at=at,
            )
        OwnContact.objects.update_or_create(
            referral=referral, defaults={**given, "beside": said, "kept_by": actor.who, "kept_at": at}
        )
        referral.save(update_fields=["version"])
        told = (
            ", ".join(SHORT[name] for name in changed)
            or "as they were, although the referrer now gives others"
        )
        referral.happened(Happened.REACHED, by=actor.who, at=at, detail=told)


def _stands(referral: Referral, given: dict[str, Any], said: dict[str, Any]) -> bool:
    """Return whether just these details hold already, beside what the referrer says."""
    own = getattr(referral, "own_contact", None)
    beside = own.beside if own else said
    return beside == said and all(referral.known(name) == given[name] for name in NAMES)
