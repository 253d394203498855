"""The changes of a duty number."""

import re
from datetime import datetime

from django.db import IntegrityError

from desist.desk.duty.models import DutyNumber
from desist.desk.policy import Action
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

#: the form of a telephone number: alerts carry it, and must carry no words
NUMBER = re.compile(r"\+?[0-9][0-9 ()-]{5,18}")


class NotANumber(Exception):
    """The text is not a telephone number."""


def add(*, actor: Actor, title: str, number: str, at: datetime) -> None:
    """List a number for the actor's area."""
    row = DutyNumber(area=actor.area, title=title, number=number, added_by=actor.who, added_at=at)
    try:
        with gate.create(actor, Action.ADD_DUTY_NUMBER, row, at=at):
            pass
    except IntegrityError:
        raise Refused(
            "This number is already on the list. Remove it first to list it under another name"
        ) from None


def end(*, actor: Actor, ref: str, at: datetime) -> None:
    """Take a number off the list; its history stays readable."""
    with gate.change(actor, Action.END_DUTY_NUMBER, DutyNumber, ref, at=at) as row:
        if row.ended_at is not None:
            raise Refused("A colleague removed this number from the list first")
        row.ended_by, row.ended_at = actor.who, at
        row.save(update_fields=["ended_by", "ended_at"])
