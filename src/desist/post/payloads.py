"""What envelopes hold: one frozen dataclass a kind. post/doors.py says who may send which to whom.

A change of fields is a new version; a receiver that does not know it says so and keeps the envelope.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from desist.post.payload import Payload
from desist.post.payloads_advocacy import (
    BreachReference,
    BreachReport,
    OrderUpdate,
    PairAnswer,
    PairRequest,
    ProgrammeEvent,
    ProgrammeUpdate,
    VictimReferral,
)

__all__ = [
    "BreachReference",
    "BreachReport",
    "OrderUpdate",
    "PairAnswer",
    "PairRequest",
    "Payload",
    "ProgrammeEvent",
    "ProgrammeUpdate",
    "VictimReferral",
]


class Outcome(StrEnum):
    """What a programme decides about a referral."""

    ACCEPTED = "accepted"
    CONSULTATION = "consultation"
    DECLINED = "declined"


@dataclass(frozen=True)
class ReferralAnswers(Payload):
    """What a referral says of a person. Nothing about the victim."""

    given_names: str
    family_name: str
    aliases: tuple[str, ...]
    born: dt.date
    pnc: str
    cro: str
    contact_by: str
    own_phone: str
    own_email: str
    own_address: str
    own_postcode: str
    lives_in: str
    route: str
    legal_basis: str
    proceedings: str
    behaviours: tuple[str, ...]
    channels: tuple[str, ...]
    methods: tuple[str, ...]
    relationship: str
    behaviour_account: str
    offence_kind: str
    offence: str
    included: tuple[str, ...]
    orders: tuple[str, ...]
    need_kinds: tuple[str, ...]
    language: str
    needs: str
    risk_kinds: tuple[str, ...]
    risks_to_staff: str
    referrer_kind: str
    referrer_organisation: str
    referrer_name: str
    referrer_phone: str
    referrer_email: str


@dataclass(frozen=True)
class Referral(ReferralAnswers):
    """A person whom the police refer."""

    KIND: ClassVar[str] = "referral"
    VERSION: ClassVar[int] = 3

    area: str
    completed_at: dt.datetime


@dataclass(frozen=True)
class ReferralAmended(ReferralAnswers):
    """The referrer puts a referral right: every answer as it stands now. A later `number` overrides an earlier."""

    KIND: ClassVar[str] = "referral-amended"
    VERSION: ClassVar[int] = 2

    reason: str
    number: int
    amended_at: dt.datetime


@dataclass(frozen=True)
class ReferralAttachment(Payload):
    """A file that follows its referral: its media type, its SHA-256, and its content in base64, in parts."""

    KIND: ClassVar[str] = "referral-attachment"
    APART: ClassVar[frozenset[str]] = frozenset({"content"})

    name: str
    media: str
    digest: str
    content: tuple[str, ...]


@dataclass(frozen=True)
class ReferralWithdrawn(Payload):
    """The referrer takes a referral back; `reason` is coded."""

    KIND: ClassVar[str] = "referral-withdrawn"

    reason: str


@dataclass(frozen=True)
class ReferralDecision(Payload):
    """What the programme decided about a referral."""

    KIND: ClassVar[str] = "referral-decision"

    outcome: str
    reason: str
    decided_at: dt.datetime


@dataclass(frozen=True)
class ProgressNotice(Payload):
    """How far somebody is: the stage and counts of sessions, never what was said in them."""

    KIND: ClassVar[str] = "progress-notice"
    OVERTAKES: ClassVar[bool] = True

    stage: str
    attended: int
    planned: int
    as_of: dt.date


@dataclass(frozen=True)
class Alert(Payload):
    """Contact us now. Content-free: an enumerated reason and a telephone number, nothing else."""

    KIND: ClassVar[str] = "alert"

    reason: str
    contact: str
    raised_at: dt.datetime


@dataclass(frozen=True)
class AlertAcknowledged(Payload):
    """A person on the other side has seen the alert that was raised on this thread at `raised_at`."""

    KIND: ClassVar[str] = "alert-acknowledged"
    VERSION: ClassVar[int] = 2

    raised_at: dt.datetime
    acknowledged_at: dt.datetime


class OrderEvent(StrEnum):
    """What happened to a Stalking Protection Order, as other sides are told."""

    MADE = "made"
    SERVED = "served"
    VARIED = "varied"
    RENEWED = "renewed"
    ENDED = "ended"
    BREACH = "breach"


@dataclass(frozen=True)
class OrderNotice(Payload):
    """The minimal Stalking Protection Order for the programme: nothing about whom it protects.

    `order` is a token that only these two sites use for it. Days that may be missing are ISO texts, "" for none.
    Exclusions are words such as "the area on the court's map", never a locator.
    """

    KIND: ClassVar[str] = "order-notice"

    order: str
    event: str
    on: dt.date
    kind: str
    made_on: dt.date
    served_on: str
    ends_on: str
    hearing_on: str
    requirements: tuple[str, ...]
    exclusions: tuple[str, ...]
    told_at: dt.datetime


@dataclass(frozen=True)
class PlaceEnding(Payload):
    """A programme decided that somebody’s place ends, or (`stands` no) took that back; they are told later, nobody else now.

    The same for everybody, whether or not anyone stands on the other side.
    """

    KIND: ClassVar[str] = "place-ending"

    decided_at: dt.datetime
    quiet_until: dt.datetime
    stands: bool


#: of a certificate: no day is left out, it was put down when it was held, and it went on as long as planned
THE_BEGINNING, AT_THE_TIME, AS_PLANNED = "the beginning", "at the time", "as planned"


@dataclass(frozen=True)
class AttendanceCertificate(Payload):
    """The programme certifies which days somebody attended, against a requirement: facts, never what was said.

    It names every session attended since a day (ISO), or since THE_BEGINNING. `sessions`, `days` (ISO), `entered` and `minutes`
    run in parallel; a session is named as the programme names it: "Catch-up session 5". `entered` is the day (ISO) on which it
    was put down afterwards, or AT_THE_TIME; `minutes` what was held of a session that ended early ("20 of 90"), or AS_PLANNED.
    """

    KIND: ClassVar[str] = "attendance-certificate"
    VERSION: ClassVar[int] = 4

    number: int
    requirement: str
    since: str
    sessions: tuple[str, ...]
    days: tuple[str, ...]
    entered: tuple[str, ...]
    minutes: tuple[str, ...]
    certified_at: dt.datetime


@dataclass(frozen=True)
class ExitReport(Payload):
    """The programme's finished exit report: a PDF in base64, in parts, and its SHA-256.

    `supersedes` is the number of the version that it takes the place of, 0 for the first.
    """

    KIND: ClassVar[str] = "exit-report"
    APART: ClassVar[frozenset[str]] = frozenset({"content"})

    number: int
    supersedes: int
    signed_at: dt.datetime
    digest: str
    content: tuple[str, ...]


@dataclass(frozen=True)
class OrderHandover(Payload):
    """A Stalking Protection Order goes to the force of the area where the person now lives.

    Conditions run in parallel tuples. Protected persons are the sending force's own crime references.
    """

    KIND: ClassVar[str] = "order-handover"

    kind: str
    area: str
    given_names: str
    family_name: str
    born: dt.date
    force: str
    how_made: str
    court: str
    made_on: dt.date
    ends_on: str
    served_on: dt.date
    served_how: str
    locality: str
    crime_references: tuple[str, ...]
    standings: tuple[str, ...]
    condition_kinds: tuple[str, ...]
    condition_texts: tuple[str, ...]
    condition_channels: tuple[str, ...]
    condition_areas: tuple[str, ...]
    condition_begins: tuple[str, ...]
    condition_ends: tuple[str, ...]
    condition_needs: tuple[str, ...]
    contact: str
    handed_at: dt.datetime
