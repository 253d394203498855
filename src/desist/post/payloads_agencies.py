"""Payloads about agencies that help a person or a client: see post/payloads.py."""

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from desist.agencies import Answers
from desist.post.payload import Coded, Named, Payload, Words


@dataclass(frozen=True)
class AgencyListing(Payload):
    """An entry of an area's directory of agencies, whole. `stands` no: this site can no longer refer to it.

    `agreement_ends_on` is the last ISO day of the agreement under which the agency is told of people, "" for none.
    `way` says how the agency answers referrals.
    """

    KIND: ClassVar[str] = "agency-listing"
    VERSION: ClassVar[int] = 2
    BEFORE: ClassVar[int] = 1

    agency: Coded
    area: Coded
    name: Named
    needs: tuple[Coded, ...]
    helps: Words
    phone: Named
    hours: Words
    languages: Words
    how: Words
    capacity: Coded
    agreement_ends_on: Coded
    checked_on: dt.date
    stands: bool
    way: Coded = field(default=Answers.ACCOUNT.value, kw_only=True)


@dataclass(frozen=True)
class SupportRequest(Payload):
    """A person or client referred to an agency: who, how to reach them safely, what for, and what is passed on."""

    KIND: ClassVar[str] = "support-request"
    EMPTIED: ClassVar[bool] = True

    agency: Coded
    given_names: Named
    family_name: Named
    reach: Named
    need: Coded
    basis: Coded
    agreed: bool
    told: Words
    referred_on: dt.date


@dataclass(frozen=True)
class SupportReply(Payload):
    """The answer to an agency's question about a referral."""

    KIND: ClassVar[str] = "support-reply"
    EMPTIED: ClassVar[bool] = True

    words: Words
    replied_at: dt.datetime


@dataclass(frozen=True)
class SupportWithdrawn(Payload):
    """A referral to an agency is withdrawn: what was passed on is deleted there."""

    KIND: ClassVar[str] = "support-withdrawn"

    withdrawn_at: dt.datetime


@dataclass(frozen=True)
class SupportAnswer(Payload):
    """What an agency tells the service that referred a person: coded, its day, and words that were read."""

    KIND: ClassVar[str] = "support-answer"
    EMPTIED: ClassVar[bool] = True

    said: Coded
    on: dt.date
    words: Words
    answered_at: dt.datetime
