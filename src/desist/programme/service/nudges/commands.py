"""Everything that can happen to a nudge: it is made, sent, tried again, or dropped; and its reader chooses."""

from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException

from django.db import IntegrityError

from desist.accounts import mail
from desist.accounts import queries as accounts
from desist.programme.service.nudges.models import Nudge, NudgeChoice
from desist.programme.service.nudges.policy import Action
from desist.programme.service.nudges.states import PAUSES, ROLES, Kind, State
from desist.ui import email
from desist.wall import gate
from desist.wall.actors import Actor


def make(*, actor: Actor, account: str, kinds: Iterable[Kind], at: datetime) -> None:
    """Note that an account is to be told that something waits: one message, whatever the number of kinds."""
    row = Nudge(account=account, kinds=sorted(kinds), made_at=at, next_try_at=at)
    with gate.create(actor, Action.MAKE_NUDGE, row, at=at):
        pass


def send(*, actor: Actor, ref: str, at: datetime) -> bool:
    """Try to send one message that is waiting; says whether it went out.

    An account that left, or has signed in since it was made, gets none. A fault between the mail server's answer and the
    commit sends it a second time, which says nothing more than the first.
    """
    with gate.change(actor, Action.SEND_NUDGE, Nudge, ref, at=at) as row:
        if row.state != State.WAITING or row.next_try_at > at:
            return False
        reader = accounts.at_work(account=row.account)
        if reader is None or reader.since >= row.made_at:
            _done(row, State.DROPPED, at)
            return False
        row.tries += 1
        row.failure = _tried(reader.email)
        if not row.failure:
            _done(row, State.SENT, at)
        elif row.tries > len(PAUSES):
            _done(row, State.GIVEN_UP, at)
        else:
            row.next_try_at = at + PAUSES[row.tries - 1]
        row.save()
        return row.state == State.SENT


def choose(*, actor: Actor, wanted: Iterable[str], at: datetime) -> None:
    """Set which of the kinds of one's present role one wants; those of other roles stay as they were."""
    offered = {str(kind) for kind, roles in ROLES.items() if actor.role in roles}
    unwanted = offered - set(wanted)
    before = NudgeChoice.objects.filter(account=actor.who).first()
    if before is None:
        row = NudgeChoice(account=actor.who, unwanted=sorted(unwanted), changed_at=at)
        try:
            with gate.create(actor, Action.CHOOSE_NUDGES, row, at=at):
                return
        except IntegrityError:  # chosen on two devices at one moment
            before = NudgeChoice.objects.get(account=actor.who)
    with gate.change(actor, Action.CHOOSE_NUDGES, NudgeChoice, before.ref, at=at) as row:
        chosen = sorted(set(row.unwanted) - offered | unwanted)
        if row.unwanted == chosen:
            return
        row.unwanted, row.changed_at = chosen, at
        row.save(update_fields=["unwanted", "changed_at"])


def _tried(address: str) -> str:
    """Send, and say what failed by its name alone: "" where nothing did."""
    try:
        mail.keep_private()
        email.send(to=address, kind=email.Kind.WAITING, link=f"{mail.origin()}/")
    except (OSError, SMTPException, email.NotOneRecipient) as failure:
        return type(failure).__name__
    return ""


def _done(row: Nudge, state: State, at: datetime) -> None:
    row.state, row.done_at = state, at
    row.save(update_fields=["state", "done_at"])
