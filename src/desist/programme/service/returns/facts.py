"""The facts behind the returns: people and sessions as days and codes, without a name.

An unrecorded day is None and stays None: nothing takes its place.
"""

from dataclasses import dataclass
from datetime import date

from desist.programme.referrals.states import DeclineReason, State
from desist.referral.lists import WithdrawReason

#: taken back as never meant: not a referral
VOID = frozenset({WithdrawReason.DUPLICATE.value, WithdrawReason.MISTAKE.value})


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Return whether a day lies in the period; an absent day lies nowhere."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True)
class Case:
    """One person, referred once: codes, and the days of the first allocation, first finished assessment and so on."""

    received: date
    source: str
    route: str
    state: str
    accepted: bool  # by the newest decision, also when the referral was taken back afterwards
    decline_reason: str = ""
    withdraw_reason: str = ""
    opened: date | None = None
    assessed: date | None = None
    allocated: date | None = None
    ended: date | None = None
    answer: str = ""  # agreed, required or refused
    answered: date | None = None
    withdrawal_reason: str = ""
    withdrawn: date | None = None
    started: bool = False
    start_unknown: bool = False  # session 1 is over, and its outcome is not recorded
    completed: bool = False
    age: int = 0  # in whole years, on the day of the referral
    needs: tuple[str, ...] = ()  # what the referral says the person needs; empty where nobody was asked
    left_reason: str = ""  # of the leaving that stands; "" where none is recorded
    left_stage: str = ""

    @property
    def void(self) -> bool:
        """Whether the referral was taken back as made twice or by mistake, or declined as already referred."""
        twice = self.state == State.DECLINED and self.decline_reason == DeclineReason.DUPLICATE
        return twice or (self.state == State.WITHDRAWN and self.withdraw_reason in VOID)

    @property
    def decided(self) -> bool:
        """Whether the waiting ended: by a decision, or because the referrer took the referral back."""
        return self.state != State.RECEIVED


@dataclass(frozen=True)
class Sitting:
    """One session that was not cancelled: the day it began, and what is recorded of it."""

    on: date
    state: str  # planned, attended or missed
    whose: str = ""
    reached: date | None = (
        None  # after a missed session: the day on which a colleague spoke with the person, or met them
    )
    beforehand: bool = False  # entered, and missed so long before the acceptance that no contact was due here
    number: int = 0
    of_the_twelve: bool = True
