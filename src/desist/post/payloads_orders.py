"""Payloads about Stalking Protection Orders: see post/payloads.py."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from desist.post.payload import Coded, Named, Payload, Words


class OrderEvent(StrEnum):
    """The events of a Stalking Protection Order that other sides are told of."""

    MADE = "made"
    SERVED = "served"
    VARIED = "varied"
    RENEWED = "renewed"
    ENDED = "ended"
    BREACH = "breach"
    # the outcome for the person after a breach: told to an advocacy service alone
    ARRESTED = "arrested"
    BAIL = "bail"  # with conditions
    BAIL_NONE = "bail_none"  # without
    CHARGED = "charged"
    COURT = "court"
    OUTCOME = "outcome"
    RELEASED = "released"


@dataclass(frozen=True)
class OrderNotice(Payload):
    """The minimal Stalking Protection Order for the programme: nothing about the protected persons.

    `order` is a token that only these two sites use for it. Days that may be missing are ISO texts, "" for none.
    Exclusions are words such as "the area on the court's map", never a locator.
    """

    KIND: ClassVar[str] = "order-notice"

    order: Coded
    event: Coded
    on: dt.date
    kind: Coded
    made_on: dt.date
    served_on: Coded
    ends_on: Coded
    hearing_on: Coded
    requirements: tuple[Named, ...]
    exclusions: tuple[Named, ...]
    told_at: dt.datetime


@dataclass(frozen=True)
class OrderUpdate(Payload):
    """An advocacy service learns of an order, of a breach and its outcome: the kind and the day alone.

    The day of a hearing may lie ahead.
    """

    KIND: ClassVar[str] = "order-update"

    event: Coded
    on: dt.date


@dataclass(frozen=True)
class ClearanceRequest(Payload):
    """Whether these exact words, which may lead to a client, may be served on the person and told to the programme.

    `clearance` is a token that only these two sites use for it. `words` is one condition a text, as it would be served.
    """

    KIND: ClassVar[str] = "clearance-request"
    EMPTIED: ClassVar[bool] = True

    clearance: Coded
    words: tuple[Named, ...]
    asked_at: dt.datetime
    answer_by: dt.datetime


@dataclass(frozen=True)
class ClearanceAnswer(Payload):
    """The answer of cleared or refused, without a reason: that stays between the client and their advocate."""

    KIND: ClassVar[str] = "clearance-answer"

    clearance: Coded
    answer: Coded
    answered_at: dt.datetime


@dataclass(frozen=True)
class OrderForClient(Payload):
    """The order as it stands, for the advocate of one protected person: the released conditions that protect them.

    `order` is a token that only these two sites use for it. `subjects` are the coded subjects of the conditions, in their
    order. `waiting` counts the conditions whose words are not released yet. A later `told_at` replaces an earlier one. Days that may be missing are ISO texts, "" for none.
    """

    KIND: ClassVar[str] = "order-for-client"
    VERSION: ClassVar[int] = 2
    BEFORE: ClassVar[int] = 1
    EMPTIED: ClassVar[bool] = True

    order: Coded
    standing: Coded
    kind: Coded
    made_on: dt.date
    served_on: Coded
    ends_on: Coded
    conditions: tuple[Named, ...]
    waiting: int
    told_at: dt.datetime
    subjects: tuple[Coded, ...] = ()


@dataclass(frozen=True)
class OrderHandover(Payload):
    """A Stalking Protection Order is offered to the force of the area where the person now lives.

    Conditions run in parallel tuples. Protected persons are the sending force's own crime references. Without a day to
    answer by, the sender has closed the order already: it is taken over at once.
    """

    KIND: ClassVar[str] = "order-handover"
    VERSION: ClassVar[int] = 2
    BEFORE: ClassVar[int] = 1

    kind: Coded
    area: Coded
    given_names: Named
    family_name: Named
    born: dt.date
    force: Named
    how_made: Coded
    court: Named
    made_on: dt.date
    ends_on: Coded
    served_on: dt.date
    served_how: Coded
    locality: Named
    crime_references: tuple[Coded, ...]
    standings: tuple[Coded, ...]
    condition_kinds: tuple[Coded, ...]
    condition_texts: tuple[Named, ...]
    condition_channels: tuple[Coded, ...]
    condition_areas: tuple[Named, ...]
    condition_begins: tuple[Coded, ...]
    condition_ends: tuple[Coded, ...]
    condition_needs: tuple[Named, ...]
    contact: Named
    handed_at: dt.datetime
    reason: Words = ""
    answer_by: Coded = ""


@dataclass(frozen=True)
class OrderHandoverAnswer(Payload):
    """The force takes the offered order over, or refuses it with words."""

    KIND: ClassVar[str] = "order-handover-answer"

    answer: Coded
    words: Words
    answered_at: dt.datetime


@dataclass(frozen=True)
class OrderHandoverWithdrawn(Payload):
    """The offer of an order is withdrawn: it can no longer be accepted. `area` is the receiver's, as in the offer."""

    KIND: ClassVar[str] = "order-handover-withdrawn"

    area: Coded
    withdrawn_at: dt.datetime
