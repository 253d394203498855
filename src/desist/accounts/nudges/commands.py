"""Everything that can happen to a nudge: it is made, once; and its reader chooses."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError

from desist.accounts import mail
from desist.accounts.mailing.commands import composed
from desist.accounts.mailing.models import OutgoingEmail
from desist.accounts.models import Account
from desist.accounts.nudges.models import EmailChoice
from desist.accounts.nudges.sources import kinds as kinds_of
from desist.accounts.policy import Action
from desist.ui.email import Kind, NotOneRecipient
from desist.wall import gate
from desist.wall.actors import Actor


class ToldAlready(Exception):
    """Another worker told the account of the same a moment ago."""


def make(*, actor: Actor, account: str, kinds: Iterable[str], at: datetime) -> None:
    """Tell an account that something waits: one message, whatever the number of kinds, by one of several workers."""
    found = Account.objects.get(ref=account)
    with suppress(ToldAlready, NotOneRecipient):
        row = composed(
            to=found.email,
            kind=Kind.WAITING,
            link=f"{mail.origin()}/",
            at=at,
            account=account,
            kinds=kinds,
        )
        with gate.create(actor, Action.MAKE_NUDGE, row, at=at):
            Account.objects.select_for_update(no_key=True).get(pk=found.pk)
            told = OutgoingEmail.objects.filter(account=account, kinds__overlap=row.kinds).exclude(pk=row.pk)
            if told.filter(made_at__gt=at - gate.SECOND_CLICK).exists():
                raise ToldAlready(account)


def choose(*, actor: Actor, wanted: Iterable[str], at: datetime) -> None:
    """Set which of the kinds of one's present role one wants; those of other roles stay as they were."""
    offered = {*kinds_of(actor.role)}
    unwanted = offered - set(wanted)
    before = EmailChoice.objects.filter(account=actor.who).first()
    if before is None:
        row = EmailChoice(account=actor.who, unwanted=sorted(unwanted), changed_at=at)
        try:
            with gate.create(actor, Action.CHOOSE_EMAILS, row, at=at):
                return
        except IntegrityError:  # chosen on two devices at one moment
            before = EmailChoice.objects.get(account=actor.who)
    with gate.change(actor, Action.CHOOSE_EMAILS, EmailChoice, before.ref, at=at) as row:
        chosen = sorted(set(row.unwanted) - offered | unwanted)
        if row.unwanted == chosen:
            return
        row.unwanted, row.changed_at = chosen, at
        row.save(update_fields=["unwanted", "changed_at"])
