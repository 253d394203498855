"""What envelopes between the police and an advocacy service hold, beside alerts: see post/payloads.py."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from desist.post.payload import Payload


@dataclass(frozen=True)
class OrderUpdate(Payload):
    """An advocacy service hears that an order was made, varied, ended or breached: the kind and the day alone."""

    KIND: ClassVar[str] = "order-update"

    event: str
    on: dt.date


class ProgrammeEvent(StrEnum):
    """What the victim’s side is told of somebody’s place on a programme."""

    STARTED = "started"
    NOT_STARTED = "not_started"  # it was said to have, by mistake
    LEFT = "left"
    COMPLETED = "completed"
    ENDING = "ending"
    STAYS = "stays"  # it was said to end or to have ended, and goes on after all or again


@dataclass(frozen=True)
class ProgrammeUpdate(Payload):
    """An advocacy service hears that a programme started, ends or ended for somebody: the kind and the day alone.

    `quiet_until` is an ISO moment before which the person has not been told themselves, "" for none.
    """

    KIND: ClassVar[str] = "programme-update"

    event: str
    on: dt.date
    quiet_until: str


@dataclass(frozen=True)
class PairRequest(Payload):
    """An advocacy service asks, as its client chose, to hear of a crime’s orders and programme; `stands` no ends it."""

    KIND: ClassVar[str] = "pair-request"

    crime_reference: str
    area: str
    stands: bool
    asked_at: dt.datetime


@dataclass(frozen=True)
class PairAnswer(Payload):
    """What the police made of a pair request: joined or declined."""

    KIND: ClassVar[str] = "pair-answer"

    answer: str
    answered_at: dt.datetime


@dataclass(frozen=True)
class BreachReport(Payload):
    """What a client chose to tell the police about one incident. Not a crime report: it waits for a crime reference.

    `pack` is a token that only these two sites use for it. `happened_time` is HH:MM or "".
    """

    KIND: ClassVar[str] = "breach-report"
    EMPTIED: ClassVar[bool] = True

    pack: str
    area: str
    crime_reference: str
    happened_on: dt.date
    happened_time: str
    place: str
    behaviours: tuple[str, ...]
    channel: str
    through: str
    marks: tuple[str, ...]
    account: str
    effect: str
    evidence: tuple[str, ...]
    kept: str
    witnesses: str
    contact: str
    reported_at: dt.datetime


@dataclass(frozen=True)
class BreachReference(Payload):
    """The crime reference under which the police recorded what a breach report told."""

    KIND: ClassVar[str] = "breach-reference"

    pack: str
    crime_reference: str
    answered_at: dt.datetime


@dataclass(frozen=True)
class VictimReferral(Payload):
    """A victim whom the police refer, with what they agreed to share: a way to reach them not agreed to is empty."""

    KIND: ClassVar[str] = "victim-referral"
    EMPTIED: ClassVar[bool] = True

    given_names: str
    family_name: str
    phone: str
    email: str
    address: str
    safety: str  # what the victim said about being contacted safely
    account: str
    behaviours: tuple[str, ...]
    relationship: str
    crime_reference: str
    agreed_on: dt.date
    officer_name: str
    officer_phone: str
    area: str
