"""What a programme asks the police of one person of an extract, as a text that crosses to them alone. Pure.

The police referred the person and know the thread of that referral. They learn the pseudonym and how to move days, and
no key: they can tell of these people, and of nobody else.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from desist.extracts.rows import PSEUDONYM, Unreadable

THREAD = re.compile(r"[A-Za-z0-9_-]{1,40}")
#: a year back at most, from its last day to its first
MOST_DAYS = 365


@dataclass(frozen=True)
class Asked:
    """One person: days go back by so many, nothing after the last day as moved is told, `group` are those who are alike."""

    person: str
    days: int
    last: date
    group: int
    threads: tuple[str, ...]

    def moved(self, day: date) -> date:
        """Return a day as it is told."""
        return day - timedelta(days=self.days)

    @property
    def text(self) -> str:
        """The text that crosses."""
        return " ".join((self.person, str(self.days), self.last.isoformat(), str(self.group), *self.threads))


def read(texts: tuple[str, ...]) -> tuple[Asked, ...]:
    """Return the people of texts. Raises Unreadable, in a sentence that repeats none of them."""
    found = tuple(_one(number, text) for number, text in enumerate(texts, start=1))
    if len({one.person for one in found}) < len(found):
        raise Unreadable("The envelope asks twice of one person: ask the sender.")
    return found


def _one(number: int, text: str) -> Asked:
    person, days, last, group, *threads = [*text.split(" "), *("",) * 5][: max(5, text.count(" ") + 1)]
    fits = (
        PSEUDONYM.fullmatch(person)
        and days.isdecimal()
        and group.isdecimal()
        and int(days) <= MOST_DAYS
        and threads
        and all(THREAD.fullmatch(one) for one in threads)
    )
    try:
        until = date.fromisoformat(last)
    except ValueError:
        fits = None
    if not fits:
        raise Unreadable(f"Line {number} of the envelope does not say what to tell: ask the sender.")
    return Asked(person, int(days), until, int(group), tuple(threads))
