"""Everything that staff do with a person's phone: invite, end, answer what it sent. On paper alone, none is open."""

import hashlib
import secrets
from datetime import datetime, timedelta

from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import OPEN
from desist.programme.phones.models import Phone, PhoneRequest
from desist.programme.phones.policy import Action
from desist.programme.phones.states import WITHOUT_ANSWER
from desist.programme.plans.between import commands as between
from desist.references import ALPHABET, typed
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

#: an invitation is used in the room
INVITED = timedelta(minutes=10)
LETTERS = 12
ON_PAPER = "No phone is invited until it is set that this person does not work on paper alone, and no order came since. Set that first, if nothing forbids it"
NOT_HERE = "This person has left the programme: no phone is invited"
MADE_BEFORE = (
    "This invitation was made already and is shown once. Make a new one, if the phone did not take it"
)
ANSWERED_BEFORE = "This was answered already"


def invite(*, actor: Actor, episode: str, submission: str, at: datetime) -> str:
    """Make an invitation and return its code, which is kept nowhere. An unused one ends. Raises Refused."""
    with gate.change(actor, Action.INVITE_PHONE, Episode, episode, at=at) as row:
        if row.state not in OPEN:
            raise Refused(NOT_HERE)
        if not between.allows_devices(episode=row, at=at):
            raise Refused(ON_PAPER)
        if Phone.objects.filter(submission=submission).exists():
            raise Refused(MADE_BEFORE)
        row.phones.filter(began_at=None, ended_at=None).update(ended_at=at, ended_by=actor.who)
        code = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS)).lower()
        Phone.objects.create(
            episode=row,
            invitation=digest(code),
            until=at + INVITED,
            submission=submission,
            invited_by=actor.who,
            invited_at=at,
        )
    return code


def end(*, actor: Actor, episode: str, phone: str, at: datetime) -> None:
    """End one phone, or its invitation. Twice changes nothing."""
    with gate.change(actor, Action.END_PHONE, Episode, episode, at=at) as row:
        _end(row, actor, at, ref=phone)


def answer(*, actor: Actor, ref: str, words: str, at: datetime) -> None:
    """Note what was done about a person's request. Raises Refused where a colleague was first."""
    with gate.change(actor, Action.ANSWER_PHONE, PhoneRequest, ref, at=at) as row:
        if row.answered_at and (row.answer, row.answered_by) == (words, actor.who):
            return
        if row.answered_at or row.kind in WITHOUT_ANSWER:
            raise Refused(ANSWERED_BEFORE)
        row.answer, row.answered_by, row.answered_at = words, actor.who, at
        row.save(update_fields=["answer", "answered_by", "answered_at"])


def digest(code: str) -> str:
    """The digest under which the code of an invitation is kept, however it was typed; migration 0029 makes the same."""
    return hashlib.sha256(typed(code).encode()).hexdigest()


def _end(episode: Episode, actor: Actor, at: datetime, **only: str) -> None:
    episode.phones.filter(ended_at=None, **only).update(ended_at=at, ended_by=actor.who)
