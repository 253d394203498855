"""Commands for referrals by people without an account.

A form is locked to the public half of the site's key before it is kept, so that neither the table nor a backup nor the
login that wrote it can be read without the key file. What the sender reads does not depend on the person who is named.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from desist.accounts.mailing import commands as mailing
from desist.accounts.throttle.commands import Attempts
from desist.post import own, seal
from desist.programme.agreement.commands import current_words
from desist.programme.outside.models import OutsideDoor, OutsideReferral
from desist.programme.outside.policy import Action
from desist.programme.outside.states import Answered, Turned, Way
from desist.programme.referrals.intake import commands as intake
from desist.programme.referrals.states import State
from desist.referral import answers as asked
from desist.referral.files import Accepted, Media
from desist.referral.lists import Referrer
from desist.refusals import Refused
from desist.ui.email import Kind
from desist.wall import actors, gate
from desist.wall.actors import Actor

#: Within this time ...
WINDOW = timedelta(hours=1)
#: ... one address may send a form so often, right or wrong: people of one office share one,
OF_AN_ADDRESS = 20
#: ... and all addresses together so often.
IN_ALL = 200
#: forms that may wait in one inbox
MOST_WAITING = 300
#: words are locked in steps of this many bytes, so that their length does not say who refers
STEP = 4096
#: the ends of a referral of which its sender has to hear
DECIDED = (State.ACCEPTED, State.CONSULTATION, State.DECLINED, State.WITHDRAWN)

CLOSED = "Nothing was sent: this service takes no forms at present. Ring the service"
FULL = "Nothing was sent: too many forms wait to be read. Ring the service, or try again tomorrow"
NO_WORDS = "First say who you are to the people who refer: set what the information notice says about the service, under Settings"
TURNED_DOWN = "A colleague has since not taken this form in"
TAKEN_IN = "A colleague has since taken this form in as a referral"
NOT_DUE = "No answer is due yet: the form was not opened, or its referral is not decided"
NO_EMAIL = "The sender gave no e-mail address. Choose another way"
LOST_KEY = "This form was locked to a key that this site no longer has. Put the key back (keys recover), then open the form again"


@dataclass(frozen=True)
class Sent:
    """What a form says: answers by the fields of a referral, and how the sender wants the answer."""

    answers: asked.Answers
    way: Way
    reply_address: str = ""

    @property
    def by_oneself(self) -> bool:
        """Whether people refer themselves."""
        return bool(self.answers["referrer_kind"] == Referrer.SELF)

    @property
    def telephone(self) -> str:
        """The sender's telephone number."""
        return str(self.answers["own_phone" if self.by_oneself else "referrer_phone"])

    @property
    def email(self) -> str:
        """The sender's e-mail address."""
        return str(self.answers["own_email" if self.by_oneself else "referrer_email"])

    @property
    def sender(self) -> str:
        """The sender's name, with their organisation."""
        if self.by_oneself:
            return f"{self.answers['given_names']} {self.answers['family_name']}"
        return ", ".join(filter(None, (self.answers["referrer_name"], self.answers["referrer_organisation"])))


def allowed(*, address: str, at: datetime) -> bool:
    """Count a form against its network address and all of them, before it is read; say whether it may be sent."""
    attempts = Attempts(at)
    return attempts.count("outside", address, OF_AN_ADDRESS, within=WINDOW) and attempts.count(
        "outside", "all", IN_ALL, within=WINDOW
    )


def send(*, door: str, sent: Sent, files: Iterable[Accepted], submission: str, at: datetime) -> str:
    """Keep a form for the service behind a door; return its reference, also for a form that is sent twice. Raises Refused."""
    area = OutsideDoor.objects.filter(ref=door, open=True).values_list("area", flat=True).first()
    if area is None:
        raise Refused(CLOSED)
    if OutsideReferral.objects.filter(area=area, settled_at=None).count() >= MOST_WAITING:
        raise Refused(FULL)
    row = OutsideReferral(area=area, came_at=at, submission=submission)
    said = {**asdict(replace(sent, answers={})), "answers": asked.to_json(sent.answers)}
    row.words = _locked(row, "words", said)
    row.files = _locked(
        row, "files", [[one.name, one.media.value, b64encode(one.content).decode()] for one in files]
    )
    try:
        with gate.create(actors.entrance("outside"), Action.SEND_OUTSIDE, row, at=at):
            pass
    except gate.Twice as twice:
        return twice.ref
    return row.ref


def set_door(*, actor: Actor, is_open: bool, at: datetime) -> None:
    """Open or close the form of the actor's area; twice is once. Raises Refused."""
    if is_open and current_words(actor.area) is None:
        raise Refused(NO_WORDS)
    ref = OutsideDoor.objects.filter(area=actor.area).values_list("ref", flat=True).first()
    if ref is None:
        row = OutsideDoor(area=actor.area, open=is_open, changed_by=actor.who, changed_at=at)
        with gate.create(actor, Action.SET_OUTSIDE_DOOR, row, at=at):
            return
    with gate.change(actor, Action.SET_OUTSIDE_DOOR, OutsideDoor, ref, at=at) as row:
        if row.open != is_open:
            row.open, row.changed_by, row.changed_at = is_open, actor.who, at
            row.save(update_fields=["open", "changed_by", "changed_at"])


def take_in(*, actor: Actor, ref: str, at: datetime) -> str:
    """Begin a draft of a referral with everything that a form says; return the draft's reference. Raises Refused."""
    with gate.change(actor, Action.TAKE_IN_OUTSIDE, OutsideReferral, ref, at=at) as row:
        if row.draft is not None:  # the first of two clicks did it
            return row.draft.ref
        if row.turned:
            raise Refused(TURNED_DOWN)
        row.draft = intake.begin(
            area=row.area,
            answers=opened(row).answers,
            files=enclosed(row),
            by=actor.who,
            came_at=row.came_at,
            at=at,
        )
        row.files = b""
        _settle(row, actor, at)
        return row.draft.ref


def turn_down(*, actor: Actor, ref: str, reason: Turned, at: datetime) -> None:
    """Do not take a form in. Raises Refused; a form that was turned down already stays as it is."""
    with gate.change(
        actor, Action.TURN_DOWN_OUTSIDE, OutsideReferral, ref, at=at, reason=reason.value
    ) as row:
        if row.turned:
            return
        if row.draft is not None:
            raise Refused(TAKEN_IN)
        row.turned, row.files = reason, b""
        _settle(row, actor, at)


def answer(*, actor: Actor, ref: str, how: Answered, at: datetime) -> None:
    """Record how the sender got the answer, and drop what they wrote; an e-mail says only that they should ring.

    Raises Refused; a form that was answered already stays as it is.
    """
    with gate.change(actor, Action.ANSWER_OUTSIDE, OutsideReferral, ref, at=at) as row:
        if row.answered_at is not None:
            return
        if not is_due(row):
            raise Refused(NOT_DUE)
        if how is Answered.EMAIL:
            email = opened(row).email
            if not email:
                raise Refused(NO_EMAIL, field="how")
            mailing.put(to=email, kind=Kind.ANSWER, link="", at=at)
        row.words = row.files = b""
        row.answered, row.answered_by, row.answered_at = how, actor.who, at
        row.save(update_fields=["words", "files", "answered", "answered_by", "answered_at"])


def is_due(row: OutsideReferral) -> bool:
    """Whether the sender waits for an answer: the form was turned down, or what it became is decided or discarded."""
    if row.answered_at is not None or row.settled_at is None:
        return False
    if row.draft is None or row.draft.discarded_at is not None:
        return True
    return row.draft.referral is not None and row.draft.referral.state in DECIDED


def opened(row: OutsideReferral) -> Sent:
    """What a form says. Raises Refused."""
    said = json.loads(_unlocked(row, "words", bytes(row.words)))
    return Sent(asked.from_json(said["answers"]), Way(said["way"]), said["reply_address"])


def enclosed(row: OutsideReferral) -> tuple[Accepted, ...]:
    """The files of a form, as they were checked when it came. Raises Refused."""
    found = json.loads(_unlocked(row, "files", bytes(row.files)))
    return tuple(Accepted(name, Media(media), b64decode(content)) for name, media, content in found)


def _settle(row: OutsideReferral, actor: Actor, at: datetime) -> None:
    row.settled_by, row.settled_at = actor.who, at
    row.save(update_fields=["draft", "turned", "files", "settled_by", "settled_at"])


def _locked(row: OutsideReferral, column: str, said: Any) -> bytes:  # noqa: ANN401 -- plain JSON
    plain = json.dumps(said, ensure_ascii=False).encode()
    padded = plain.ljust(-(-len(plain) // STEP) * STEP)
    to = own.keys().current.seal.public_key()
    return seal.lock(content=padded, about=f"{row.ref} {column}", to=to)


def _unlocked(row: OutsideReferral, column: str, locked: bytes) -> bytes:
    keys = [one.seal for one in own.keys().sets]
    try:
        return seal.unlock(locked=locked, about=f"{row.ref} {column}", keys=keys)
    except seal.WrongKey:
        raise Refused(LOST_KEY) from None
