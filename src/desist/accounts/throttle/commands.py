"""The limit on attempts to sign in, counted without keeping the account or the address.

Searches for people are counted in this way too (`desist.accounts.searching`).

A stranger's wrong passwords slow the address they come from. They also make the account narrow: from then on a password
counts only beside a right code, so that the owner still gets in and a stranger cannot guess. A device on which the
owner signed in before is counted by itself. A passkey or a printed code cannot be guessed: a right one is taken first,
and only wrong ones count.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from desist.accounts.models import Attempt

#: Within this time ...
WINDOW = timedelta(minutes=15)
#: ... and no attempt is counted for longer than
LONGEST = timedelta(hours=1)
#: ... an account may be tried this often before it is narrow, and then this often beside a right code,
OF_AN_ACCOUNT = 5
#: ... as may each account at a device where its owner signed in before,
OF_A_DEVICE = 5
#: ... and an address this often: people of one office share one.
OF_AN_ADDRESS = 30


class TooMany(Exception):
    """An account or an address had too many tries within a quarter of an hour."""


@dataclass
class Attempts:
    """One counted try: `narrow` where a password counts only beside a right code."""

    at: datetime
    narrow: bool = False
    rows: list[int] = field(default_factory=list)

    def count(self, kind: str, value: str, limit: int, *, within: timedelta = WINDOW) -> bool:
        """Count a try before its answer is read, so that many at once gain nothing. Beyond the limit, return False."""
        digest = _digest(kind, value)
        row = Attempt.objects.create(digest=digest, at=self.at).pk
        if Attempt.objects.filter(digest=digest, at__gte=self.at - within).count() > limit:
            Attempt.objects.filter(pk=row).delete()  # a try that was not read does not prolong the wait
            return False
        self.rows.append(row)
        return True

    def take_back(self) -> None:
        """Take back the count of a try that succeeded."""
        Attempt.objects.filter(pk__in=self.rows).delete()


def of_an_account(*, account: str, address: str, device: str, at: datetime) -> Attempts:
    """Count a guessable try for an account; `device` is "" where its owner never signed in on it.

    Raises TooMany.
    """
    attempts = of_an_address(address="", at=at)
    if device and attempts.count("device", f"{device}|{account}", OF_A_DEVICE):
        return attempts
    if not attempts.count("address", address, OF_AN_ADDRESS):
        raise TooMany
    attempts.narrow = not attempts.count("account", account, OF_AN_ACCOUNT)
    return attempts


def of_an_address(*, address: str, at: datetime) -> Attempts:
    """Count a wrong answer that could not be guessed against its address, if that is known. Raises TooMany."""
    Attempt.objects.filter(at__lt=at - LONGEST).delete()
    attempts = Attempts(at)
    if address and not attempts.count("address", address, OF_AN_ADDRESS):
        raise TooMany
    return attempts


def beside_a_right_code(attempts: Attempts, *, account: str) -> None:
    """Count a password about to be read beside a right code, for a narrow account. Raises TooMany."""
    if not attempts.count("coded", account, OF_AN_ACCOUNT):
        raise TooMany


def _digest(kind: str, value: str) -> str:
    return salted_hmac("desist.accounts.attempts", f"{kind}|{value}", algorithm="sha256").hexdigest()
