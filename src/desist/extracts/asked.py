"""What a programme asks the police of one person of an extract, as a text that crosses to them alone. Pure.

The police referred the person and know the thread of that referral. They learn the pseudonym, how to move days and from
which day to tell, and no key: they can tell of these people, and of nobody else.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from desist.extracts.rows import Unreadable

DAY = r"20[0-9]{2}-[0-9]{2}-[0-9]{2}"
#: one person; a text of the version before has no first day
TEXT = re.compile(
    rf"(?P<person>[0-9a-f]{{16}}) (?P<days>[0-9]{{1,3}}) (?:(?P<first>{DAY}) )?(?P<last>{DAY})"
    r" (?P<group>[0-9]{1,6})(?P<threads>(?: [A-Za-z0-9_-]{1,40})+)"
)
#: a year back at most, from its last day to its first
MOST_DAYS = 365


@dataclass(frozen=True)
class Asked:
    """One person: what happened from the first to the last day as moved is told, by so many days back.

    `group` are those who are alike. Without a first day, all from the force's own referral on is told.
    """

    person: str
    days: int
    last: date
    group: int
    threads: tuple[str, ...]
    first: date | None = None

    def moved(self, day: date) -> date:
        """Return a day as it is told."""
        return day - timedelta(days=self.days)

    def since(self, referred: date) -> date:
        """Return the day from which on is told, as it was; `referred` is that of the force's own referral."""
        return self.first + timedelta(days=self.days) if self.first else referred

    @property
    def text(self) -> str:
        """The text that crosses."""
        days = [day.isoformat() for day in (self.first, self.last) if day]
        return " ".join((self.person, str(self.days), *days, str(self.group), *self.threads))


def read(texts: tuple[str, ...]) -> tuple[Asked, ...]:
    """Return the people of texts. Raises Unreadable, in a sentence that repeats none of them."""
    found = tuple(_one(number, text) for number, text in enumerate(texts, start=1))
    if len({one.person for one in found}) < len(found):
        raise Unreadable("The envelope asks twice of one person: ask the sender.")
    return found


def _one(number: int, text: str) -> Asked:
    wrong = Unreadable(f"Line {number} of the envelope does not say what to tell: ask the sender.")
    parts = TEXT.fullmatch(text)
    if parts is None:
        raise wrong
    try:
        last = date.fromisoformat(parts["last"])
        first = date.fromisoformat(parts["first"]) if parts["first"] else None
    except ValueError:
        raise wrong from None
    days = int(parts["days"])
    if days > MOST_DAYS or (first and first > last):
        raise wrong
    return Asked(parts["person"], days, last, int(parts["group"]), tuple(parts["threads"].split()), first)
