"""The payloads: one frozen dataclass a kind. post/doors.py names the sender and receiver of each.

A change of fields is a new version; a receiver that does not know it says so and keeps the envelope.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from desist.post.payload import Coded, Named, Payload, Words
from desist.post.payloads_advocacy import (
    BreachReference,
    BreachReport,
    PairAnswer,
    PairRequest,
    ProgrammeEvent,
    ProgrammeUpdate,
    VictimReferral,
)
from desist.post.payloads_agencies import (
    AgencyListing,
    SupportAnswer,
    SupportReply,
    SupportRequest,
    SupportWithdrawn,
)
from desist.post.payloads_cases import CaseOffer, CaseOfferAnswer, CaseOfferWithdrawn
from desist.post.payloads_exhibits import (
    EvidenceExhibit,
    ExhibitOutcome,
    ExhibitPiece,
    ExhibitRecall,
    ExhibitRecalled,
    ExhibitReceipt,
)
from desist.post.payloads_extracts import (
    ExtractRecalled,
    OutcomeExtract,
    OutcomesAsked,
    PoliceOutcomes,
)
from desist.post.payloads_files import AttachmentRecall, AttachmentRecalled, ReferralAttachment
from desist.post.payloads_keys import KeysAnnounced, KeysKnown, KeysWithdrawn
from desist.post.payloads_orders import (
    ClearanceAnswer,
    ClearanceRequest,
    OrderEvent,
    OrderForClient,
    OrderHandover,
    OrderHandoverAnswer,
    OrderHandoverWithdrawn,
    OrderNotice,
    OrderUpdate,
)
from desist.post.payloads_returns import ReturnAnswer, ReturnQuestion, ReturnRecalled, ServiceReturn

__all__ = [
    "AgencyListing",
    "AttachmentRecall",
    "AttachmentRecalled",
    "BreachReference",
    "BreachReport",
    "CaseOffer",
    "CaseOfferAnswer",
    "CaseOfferWithdrawn",
    "ClearanceAnswer",
    "ClearanceRequest",
    "EvidenceExhibit",
    "ExhibitOutcome",
    "ExhibitPiece",
    "ExhibitRecall",
    "ExhibitRecalled",
    "ExhibitReceipt",
    "ExtractRecalled",
    "KeysAnnounced",
    "KeysKnown",
    "KeysWithdrawn",
    "OrderEvent",
    "OrderForClient",
    "OrderHandover",
    "OrderHandoverAnswer",
    "OrderHandoverWithdrawn",
    "OrderNotice",
    "OrderUpdate",
    "OutcomeExtract",
    "OutcomesAsked",
    "PairAnswer",
    "PairRequest",
    "Payload",
    "PoliceOutcomes",
    "ProgrammeEvent",
    "ProgrammeUpdate",
    "ReferralAttachment",
    "ReturnAnswer",
    "ReturnQuestion",
    "ReturnRecalled",
    "ServiceReturn",
    "SupportAnswer",
    "SupportReply",
    "SupportRequest",
    "SupportWithdrawn",
    "VictimReferral",
]


class Outcome(StrEnum):
    """A programme's decision about a referral."""

    ACCEPTED = "accepted"
    CONSULTATION = "consultation"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class ReferralAnswers(Payload):
    """The facts of a referral about the person. Nothing about the victim.

    The referrer's judgement of risk came later; `risk_rated_on` is an ISO day, or "" for none.
    """

    given_names: Named
    family_name: Named
    aliases: tuple[Named, ...]
    born: dt.date
    pnc: Coded
    cro: Coded
    contact_by: Coded
    own_phone: Named
    own_email: Named
    own_address: Named
    own_postcode: Named
    lives_in: Coded
    route: Coded
    legal_basis: Coded
    proceedings: Coded
    behaviours: tuple[Coded, ...]
    channels: tuple[Coded, ...]
    methods: tuple[Coded, ...]
    relationship: Coded
    behaviour_account: Words
    offence_kind: Coded
    offence: Words
    included: tuple[Coded, ...]
    orders: tuple[Coded, ...]
    need_kinds: tuple[Coded, ...]
    language: Words
    needs: Words
    risk_kinds: tuple[Coded, ...]
    risks_to_staff: Words
    referrer_kind: Coded
    referrer_organisation: Named
    referrer_name: Named
    referrer_phone: Named
    referrer_email: Named
    risk_tool: Coded = ""
    risk_tool_version: Words = ""
    risk_result: Words = ""
    risk_rater: Named = ""
    risk_rated_on: Coded = ""
    risk_to: tuple[Coded, ...] = ()
    risk_when: Words = ""
    risk_increases: Words = ""
    risk_reduces: Words = ""
    self_harm: Words = ""


@dataclass(frozen=True)
class Referral(ReferralAnswers):
    """The referral of a person by the police."""

    KIND: ClassVar[str] = "referral"
    VERSION: ClassVar[int] = 4
    BEFORE: ClassVar[int] = 3

    area: Coded
    completed_at: dt.datetime


@dataclass(frozen=True)
class ReferralAmended(ReferralAnswers):
    """The referrer corrects a referral: every answer in its present form. A later `number` overrides an earlier."""

    KIND: ClassVar[str] = "referral-amended"
    VERSION: ClassVar[int] = 3
    BEFORE: ClassVar[int] = 2

    reason: Coded
    number: int
    amended_at: dt.datetime


@dataclass(frozen=True)
class JudgementRequest(Payload):
    """A programme asks a force for its judgement of risk of a person whom another organisation referred."""

    KIND: ClassVar[str] = "judgement-request"

    area: Coded
    given_names: Named
    family_name: Named
    born: dt.date
    asked_at: dt.datetime


@dataclass(frozen=True)
class PoliceJudgement(Payload):
    """A force's judgement of risk, in the answers of a referral; every answer is empty where the force holds none."""

    KIND: ClassVar[str] = "police-judgement"

    risk_tool: Coded
    risk_tool_version: Words
    risk_result: Words
    risk_rater: Named
    risk_rated_on: Coded
    risk_to: tuple[Coded, ...]
    risk_when: Words
    risk_increases: Words
    risk_reduces: Words
    self_harm: Words
    answered_at: dt.datetime


@dataclass(frozen=True)
class ReferralWithdrawn(Payload):
    """The referrer takes a referral back; `reason` is coded."""

    KIND: ClassVar[str] = "referral-withdrawn"

    reason: Coded


@dataclass(frozen=True)
class ReferralDecision(Payload):
    """The programme's decision about a referral."""

    KIND: ClassVar[str] = "referral-decision"

    outcome: Coded
    reason: Coded
    decided_at: dt.datetime


@dataclass(frozen=True)
class ProgressNotice(Payload):
    """The person's progress: the stage, counts and days of sessions, never what was said in them.

    `next_on` and `last_on` are the days (ISO) of the next and of the last planned session; "" where none is planned.
    """

    KIND: ClassVar[str] = "progress-notice"
    #: 2, without the days, was part of no release
    VERSION: ClassVar[int] = 3
    BEFORE: ClassVar[int] = 1
    OVERTAKES: ClassVar[bool] = True

    stage: Coded
    attended: int
    planned: int
    as_of: dt.date
    missed: int = 0
    next_on: Coded = ""
    last_on: Coded = ""


@dataclass(frozen=True)
class RiskJudged(Payload):
    """The programme judged the person's risk on a day. What was concluded stays there."""

    KIND: ClassVar[str] = "risk-judged"

    judged_on: dt.date


@dataclass(frozen=True)
class Alert(Payload):
    """A request to contact the sender now. Content-free: an enumerated reason and a telephone number, nothing else."""

    KIND: ClassVar[str] = "alert"

    reason: Coded
    contact: Named
    raised_at: dt.datetime


@dataclass(frozen=True)
class AlertAcknowledged(Payload):
    """The other side has seen the alert that was raised on this thread at `raised_at`."""

    KIND: ClassVar[str] = "alert-acknowledged"
    VERSION: ClassVar[int] = 2

    raised_at: dt.datetime
    acknowledged_at: dt.datetime


@dataclass(frozen=True)
class PlaceEnding(Payload):
    """A programme decided that the person’s place ends, or (`stands` no) took that back; the person is told later.

    The programme sends it for every person, whether or not a victim stands on the other side.
    """

    KIND: ClassVar[str] = "place-ending"

    decided_at: dt.datetime
    quiet_until: dt.datetime
    stands: bool


#: of a certificate: no day is left out, each was recorded when it was held, and each went on as planned
THE_BEGINNING, AT_THE_TIME, AS_PLANNED = "the beginning", "at the time", "as planned"


@dataclass(frozen=True)
class AttendanceCertificate(Payload):
    """The programme certifies the days that a person attended, against a requirement: facts, never what was said.

    It names every session attended since a day (ISO), or since THE_BEGINNING. `sessions`, `days` (ISO), `entered` and
    `minutes` run in parallel; a session has the programme's name for it: "Catch-up session 5". `entered` is the day
    (ISO) of a later entry, or AT_THE_TIME; `minutes` the part held of a session that ended early ("20 of 90"), or
    AS_PLANNED.
    """

    KIND: ClassVar[str] = "attendance-certificate"
    VERSION: ClassVar[int] = 4

    number: int
    requirement: Words
    since: Coded
    sessions: tuple[Coded, ...]
    days: tuple[Coded, ...]
    entered: tuple[Coded, ...]
    minutes: tuple[Coded, ...]
    certified_at: dt.datetime


@dataclass(frozen=True)
class ExitReport(Payload):
    """The programme's finished exit report: a PDF in base64, in parts, and its SHA-256.

    `supersedes` is the number of the version that it replaces, 0 for the first.
    """

    KIND: ClassVar[str] = "exit-report"
    APART: ClassVar[frozenset[str]] = frozenset({"content"})

    number: int
    supersedes: int
    signed_at: dt.datetime
    digest: Coded
    content: tuple[Coded, ...]
