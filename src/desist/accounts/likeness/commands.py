"""Changes that tell two accounts that look like one person apart, and that undo it."""

from datetime import datetime

from desist.accounts.likeness.models import ToldApart
from desist.accounts.models import Account
from desist.accounts.policy import Action
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person

NOT_YOURS = "Another administrator has to do this: you are one of these people, or asked for it yourself"
ANSWERED = "Another administrator did this first, or ended it. Read the list again"


def ask(*, actor: Actor, one: str, other: str, reason: str, at: datetime) -> None:
    """Say that two accounts are two people; it counts once another administrator confirms it. Raises Refused."""
    first, second = sorted((one, other))
    with gate.change(actor, Action.TELL_APART, Account, first, at=at):
        if one == other or not are_one_person(one, other):
            raise Refused(ANSWERED)
        if are_one_person(actor.who, one, other):
            raise Refused(NOT_YOURS)
        if ToldApart.objects.filter(one=first, other=second, ended_at=None).exists():
            raise Refused(ANSWERED)
        ToldApart.objects.create(one=first, other=second, reason=reason, asked_by=actor.who, asked_at=at)


def confirm(*, actor: Actor, ref: str, at: datetime) -> None:
    """Confirm, as a second administrator, that two accounts are two people. Raises Refused."""
    with gate.change(actor, Action.CONFIRM_APART, ToldApart, ref, at=at) as row:
        if row.ended_at or row.confirmed_at:
            raise Refused(ANSWERED)
        if are_one_person(actor.who, row.asked_by, row.one, row.other):
            raise Refused(NOT_YOURS)
        row.confirmed_by, row.confirmed_at = actor.who, at
        row.save(update_fields=["confirmed_by", "confirmed_at"])


def end(*, actor: Actor, ref: str, at: datetime) -> None:
    """Count two accounts as one person again, at once and by one administrator: rules only ask for more people then."""
    with gate.change(actor, Action.END_APART, ToldApart, ref, at=at) as row:
        if row.ended_at is None:
            row.ended_by, row.ended_at = actor.who, at
            row.save(update_fields=["ended_by", "ended_at"])
