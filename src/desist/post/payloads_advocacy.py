"""Payloads between the police and an advocacy service, beside alerts: see post/payloads.py."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from desist.post.payload import Coded, Named, Payload, Words


class ProgrammeEvent(StrEnum):
    """The events of a place on a programme that the victim’s side is told of."""

    STARTED = "started"
    NOT_STARTED = "not_started"  # reported before by mistake
    LEFT = "left"
    COMPLETED = "completed"
    ENDING = "ending"
    STAYS = "stays"  # reported as ending or ended, and now continued


@dataclass(frozen=True)
class ProgrammeUpdate(Payload):
    """An advocacy service learns that a person's programme started, ends or ended: the kind and the day alone.

    `quiet_until` is an ISO moment before which the person has not been told themselves, "" for none.
    """

    KIND: ClassVar[str] = "programme-update"

    event: Coded
    on: dt.date
    quiet_until: Coded


@dataclass(frozen=True)
class PairRequest(Payload):
    """An advocacy service asks, as its client chose, to hear of a crime’s orders and programme; `stands` no ends it."""

    KIND: ClassVar[str] = "pair-request"

    crime_reference: Coded
    area: Coded
    stands: bool
    asked_at: dt.datetime


@dataclass(frozen=True)
class PairAnswer(Payload):
    """The answer of the police to a pair request: joined or declined."""

    KIND: ClassVar[str] = "pair-answer"

    answer: Coded
    answered_at: dt.datetime


@dataclass(frozen=True)
class BreachReport(Payload):
    """A client's report to the police about one incident. Not a crime report: it waits for a crime reference.

    `pack` is a token that only these two sites use for it. `happened_time` is HH:MM or "".
    """

    KIND: ClassVar[str] = "breach-report"
    EMPTIED: ClassVar[bool] = True

    pack: Coded
    area: Coded
    crime_reference: Coded
    happened_on: dt.date
    happened_time: Coded
    place: Coded
    behaviours: tuple[Coded, ...]
    channel: Coded
    through: Coded
    marks: tuple[Coded, ...]
    account: Words
    effect: Words
    evidence: tuple[Coded, ...]
    kept: Words
    witnesses: Words
    contact: Named
    reported_at: dt.datetime


@dataclass(frozen=True)
class BreachReference(Payload):
    """The crime reference under which the police recorded a breach report."""

    KIND: ClassVar[str] = "breach-reference"

    pack: Coded
    crime_reference: Coded
    answered_at: dt.datetime


@dataclass(frozen=True)
class VictimReferral(Payload):
    """The referral of a victim by the police, with the details that they agreed to share; the others are empty.

    The screening of the risk to them came later: without one all of it is "". `risk_rater_trained` is yes or no, and
    `risk_rated_on` an ISO day.
    """

    KIND: ClassVar[str] = "victim-referral"
    VERSION: ClassVar[int] = 2
    BEFORE: ClassVar[int] = 1
    EMPTIED: ClassVar[bool] = True

    given_names: Named
    family_name: Named
    phone: Named
    email: Named
    address: Named
    safety: Named  # the victim's words about being contacted safely
    account: Words
    behaviours: tuple[Coded, ...]
    relationship: Coded
    crime_reference: Coded
    agreed_on: dt.date
    officer_name: Named
    officer_phone: Named
    area: Coded
    risk_tool: Coded = ""
    risk_tool_version: Words = ""
    risk_result: Words = ""
    risk_rater: Named = ""
    risk_rater_trained: Coded = ""
    risk_rated_on: Coded = ""
