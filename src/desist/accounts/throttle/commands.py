"""How often a sign-in may be tried, and how tries are counted: without keeping which account was tried or from where.

Searches for people are counted in the same way (`desist.accounts.searching`).

A stranger's wrong passwords slow the address they come from. They make an account narrow as well: from then on a password
is looked at only beside a right code, so that whoever has the account's code still gets in and nobody else can guess. A
device at which its owner signed in before is counted by itself, whatever strangers do. A passkey, and a printed code by
itself, cannot be guessed: what is right is taken first, and only what is wrong is counted.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from desist.accounts.models import Attempt

#: Within this time ...
WINDOW = timedelta(minutes=15)
#: ... and nothing is counted for longer than
LONGEST = timedelta(hours=1)
#: ... an account may be tried this often before it is narrow, and then this often beside a right code,
OF_AN_ACCOUNT = 5
#: ... as may each account at a device where its owner signed in before,
OF_A_DEVICE = 5
#: ... and an address this often: people of one office share one.
OF_AN_ADDRESS = 30


class TooMany(Exception):
    """It was tried too often within a quarter of an hour."""


@dataclass
class Attempts:
    """One try as it is counted: `narrow` where only a right code lets its password be looked at."""

    at: datetime
    narrow: bool = False
    rows: list[int] = field(default_factory=list)

    def count(self, kind: str, value: str, limit: int, *, within: timedelta = WINDOW) -> bool:
        """Count before anything is looked at, so that many at once gain nothing. False, and not counted, beyond the limit."""
        digest = _digest(kind, value)
        row = Attempt.objects.create(digest=digest, at=self.at).pk
        if Attempt.objects.filter(digest=digest, at__gte=self.at - within).count() > limit:
            Attempt.objects.filter(pk=row).delete()  # one that was not looked at does not prolong the wait
            return False
        self.rows.append(row)
        return True

    def take_back(self) -> None:
        """A try that succeeded is not counted."""
        Attempt.objects.filter(pk__in=self.rows).delete()


def of_an_account(*, account: str, address: str, device: str, at: datetime) -> Attempts:
    """Somebody tries to be an account by what could be guessed; `device` is "" where its owner was not there before.

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
    """What was wrong and could not have been guessed slows where it came from, if that is known. Raises TooMany."""
    Attempt.objects.filter(at__lt=at - LONGEST).delete()
    attempts = Attempts(at)
    if address and not attempts.count("address", address, OF_AN_ADDRESS):
        raise TooMany
    return attempts


def beside_a_right_code(attempts: Attempts, *, account: str) -> None:
    """A password is about to be looked at beside a right code, for a narrow account. Raises TooMany."""
    if not attempts.count("coded", account, OF_AN_ACCOUNT):
        raise TooMany


def _digest(kind: str, value: str) -> str:
    return salted_hmac("desist.accounts.attempts", f"{kind}|{value}", algorithm="sha256").hexdigest()
