"""The fields for a day and an hour, as people in the United Kingdom write them.

- `Day`      three inputs that become a date; says plainly which part of a date is wrong
- `Clock`    2:30pm, 2.30 pm, 14:30, midday, midnight; becomes a time

Neither knows what day it is: a form that needs narrower limits sets `earliest` and `latest` from the moment it is given.
"""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from desist.ui import dates
from desist.ui.fields import missing_sentence

PARTS = ("day", "month", "year")
MONTHS = tuple(date(2000, month, 1).strftime("%B").lower() for month in range(1, 13))


class DayInput(forms.Widget):
    """Three inputs named NAME-day, NAME-month and NAME-year; their texts travel together as a tuple."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401, ARG002 - Django's signature
        """The typed texts, in the order day, month, year."""
        return tuple(str(data.get(f"{name}-{part}", "")).strip() for part in PARTS)


class Day(forms.Field):
    """A day of the calendar. Months may be numbers or names."""

    widget = DayInput

    def __init__(
        self,
        *,
        label: str,
        hint: str = "For example, 27 3 2026",
        required: bool = True,
        missing: str = "",
        earliest: date | None = date(1900, 1, 1),
        latest: date | None = date(2100, 12, 31),
        birthday: bool = False,
    ) -> None:
        """`earliest` and `latest` are included. Without them a field ends where days can still be counted on."""
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            error_messages=missing_sentence(label, missing),
        )
        self.earliest, self.latest, self.birthday = earliest, latest, birthday

    def to_python(self, value: tuple[str, ...] | date | None) -> date | None:
        """The date, or None when all three inputs are empty."""
        if isinstance(value, date) or value is None or not any(value):
            return value if isinstance(value, date) else None
        if absent := [part for part, text in zip(PARTS, value, strict=True) if not text]:
            raise _wrong(f"{self.label} must include a {' and a '.join(absent)}", *absent)
        return self._within_limits(read_day(*value))

    def _within_limits(self, day: date) -> date:
        if self.earliest and day < self.earliest:
            raise _wrong(f"{self.label} must be on or after {dates.on(self.earliest)}", *PARTS)
        if self.latest and day > self.latest:
            raise _wrong(f"{self.label} must be on or before {dates.on(self.latest)}", *PARTS)
        return day


def read_day(day: str, month: str, year: str) -> date:
    """A date from three texts. Raises ValidationError with the wrong part and the reason."""
    if not re.fullmatch(r"\d{1,2}", day):
        raise _wrong(f"The day must be a number from 1 to 31, not “{day[:10]}”", "day")
    number = month_number(month)
    if not re.fullmatch(r"\d{4}", year):
        raise _wrong("The year must have 4 numbers, like 2026", "year")
    try:
        return date(int(year), number, int(day))
    except ValueError:
        raise _wrong(
            f"{int(day)} {MONTHS[number - 1].capitalize()} {int(year)} is not a date", *PARTS
        ) from None


def month_number(text: str) -> int:
    """2 from "2", "02", "Feb" or "february"."""
    word = text.lower().rstrip(".")
    named = [
        number for number, name in enumerate(MONTHS, start=1) if len(word) >= 3 and name.startswith(word)
    ]
    if named:
        return named[0]
    if re.fullmatch(r"\d{1,2}", text) and 1 <= int(text) <= 12:
        return int(text)
    raise _wrong(f"There is no month “{text[:10]}”: write a number from 1 to 12", "month")


def _wrong(sentence: str, *parts: str) -> ValidationError:
    # The sentence may quote what was typed, and Django fills in parameters by "%".
    return ValidationError("%(sentence)s", code="day", params={"sentence": sentence, "parts": parts})


class Clock(forms.Field):
    """An hour of the day as people write it."""

    WORDS = {"midday": time(12), "noon": time(12), "midnight": time(0)}
    WRITTEN = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?(?:m\.?)?")

    def __init__(
        self,
        *,
        label: str,
        hint: str = "For example, 9:30am or 14:30",
        required: bool = True,
        missing: str = "",
    ) -> None:
        """Becomes a datetime.time without a zone: the hour in London."""
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            error_messages=missing_sentence(label, missing),
            widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-5"}),
        )

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Write a time given as the initial value as GOV.UK writes it."""
        return dates.clock(value) if isinstance(value, time) else value

    def to_python(self, value: str | time | None) -> time | None:
        """The time, or None when nothing was typed."""
        if isinstance(value, time) or not value or not value.strip():
            return value if isinstance(value, time) else None
        text = value.strip().lower()
        return self.WORDS[text] if text in self.WORDS else self._read(text)

    def _read(self, text: str) -> time:
        written = self.WRITTEN.fullmatch(text)
        if written is None:
            raise ValidationError(f"{self.label} must be a time, like 9:30am or 14:30", code="clock")
        digits, half = written["hour"], written["half"]
        hour, minute = int(digits), int(written["minute"] or 0)
        if half is None and 1 <= hour <= 11 and len(digits) == 1:
            raise ValidationError(
                f"“{text}” could be morning or afternoon: write {text}am or {text}pm", code="clock"
            )
        if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
            raise ValidationError(f"There is no such time as “{text}”", code="clock")
        return time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)
