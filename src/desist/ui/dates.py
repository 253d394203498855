"""Moments and days in the words of the United Kingdom, and the age of a fact.

- `on(day)`            "3 March 2026"
- `weekday(day)`       "Tuesday 3 March 2026"
- `at(moment)`         "Tuesday 3 March 2026, 2:30pm"
- `near(moment)`       "Tuesday 3 March, 2:30pm", of a day that is not a year away
- `clock(moment)`      "2:30pm", "5pm", "midday", "midnight"
- `age(then, now)`     "12 days ago", "in 3 days", "yesterday", "5 minutes ago"
- `moment(day, clock)`  the moment in UTC at which a clock in London shows a time
- `years_between(born, today)`  an age in whole years: 41

Moments are aware; they are told in the time of London. `now` is always handed in.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
HALF_A_DAY = timedelta(hours=12)
DAYS = [date(2024, 1, day).strftime("%A") for day in range(1, 8)]
MONTHS = [date(2024, month, 1).strftime("%B") for month in range(1, 13)]


class NaiveMoment(ValueError):
    """A moment came without its time zone, so its hour in London is unknown."""


def local(moment: datetime) -> datetime:
    """The moment by the clock in London. Raises NaiveMoment."""
    if moment.tzinfo is None:
        raise NaiveMoment(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(LONDON)


def day_of(fact: date) -> date:
    """The day in London on which a moment falls; a day is itself."""
    return local(fact).date() if isinstance(fact, datetime) else fact


def on(fact: date) -> str:
    """A day without its weekday: "3 March 2026"."""
    return _on(day_of(fact))


def weekday(fact: date) -> str:
    """A day with its weekday: "Tuesday 3 March 2026"."""
    return _weekday(day_of(fact))


def clock(fact: datetime | time) -> str:
    """An hour as GOV.UK writes it: "2:30pm", "5pm", "midday", "midnight"."""
    return _clock(local(fact) if isinstance(fact, datetime) else fact)


def at(moment: datetime) -> str:
    """A moment in full: "Tuesday 3 March 2026, 2:30pm"."""
    here = local(moment)
    return f"{_weekday(here)}, {_clock(here)}"


def near(moment: datetime) -> str:
    """A moment of these months, without its year: "Tuesday 3 March, 2:30pm"."""
    here = local(moment)
    return f"{DAYS[here.weekday()]} {here.day} {MONTHS[here.month - 1]}, {_clock(here)}"


def moment(day: date, clock: time) -> datetime:
    """When a clock in London shows a time on a day; in UTC, as the database gives it back, so that the two are equal."""
    return datetime.combine(day, clock, tzinfo=LONDON).astimezone(UTC)


def years_between(born: date, today: date) -> int:
    """Whole years, as an age is counted."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _on(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _weekday(day: date) -> str:
    return f"{DAYS[day.weekday()]} {_on(day)}"


def _clock(here: datetime | time) -> str:
    if here.minute == 0 and here.hour in (0, 12):
        return "midday" if here.hour else "midnight"
    minutes = f":{here.minute:02}" if here.minute else ""
    return f"{here.hour % 12 or 12}{minutes}{'am' if here.hour < 12 else 'pm'}"


def age(then: date, now: datetime) -> str:
    """The age of a fact, past or future: in days as a calendar counts them, in hours and minutes within half a day.

    At twenty past midnight, half past eleven was "50 minutes ago" and not "yesterday".
    """
    day, today = day_of(then), day_of(now)
    days = (today - day).days
    just_before = isinstance(then, datetime) and timedelta(0) <= now - then < HALF_A_DAY
    if days == 0 or just_before:
        return _within_the_day(then, now)
    if abs(days) == 1:
        return "yesterday" if days == 1 else "tomorrow"
    return f"{_span(day, today)} ago" if days > 0 else f"in {_span(today, day)}"


def _within_the_day(then: date, now: datetime) -> str:
    if not isinstance(then, datetime):
        return "today"
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 0:
        return "later today"
    if minutes < 1:
        return "just now"
    span = _count(minutes, "minute") if minutes < 60 else _count(minutes // 60, "hour")
    return f"{span} ago"


def _span(earlier: date, later: date) -> str:
    # Clocks of orders run in days, so days are told up to three months.
    days = (later - earlier).days
    if days < 92:
        return _count(days, "day")
    months = 12 * (later.year - earlier.year) + later.month - earlier.month - (later.day < earlier.day)
    return _count(months, "month") if months < 24 else _count(months // 12, "year")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
