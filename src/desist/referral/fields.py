"""Form fields for the referred person's details: numbers, telephone, e-mail, postcode, other names."""

import re
from collections.abc import Callable

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from desist import locators
from desist.referral import police_numbers
from desist.ui import fields
from desist.ui.words import Audience

MOST_ALIASES = 10


class Pnc(fields.Token):
    """A PNC number in its usual form; one whose check letter does not fit is kept."""

    def clean(self, value: str | None) -> str:
        """Return the number, or "" for no text."""
        return _number(police_numbers.pnc, super().clean(value))


class Cro(fields.Token):
    """A CRO number in its usual form; one whose check letter does not fit is kept."""

    def clean(self, value: str | None) -> str:
        """Return the number, or "" for no text."""
        return _number(police_numbers.cro, super().clean(value))


class Telephone(fields.Token):
    """A telephone number as people in the United Kingdom write it; kept in the national form."""

    def clean(self, value: str | None) -> str:
        """Return the number, or "" for no text."""
        typed: str = super().clean(value)
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, "GB")
        except phonenumbers.NumberParseException:
            raise _not_a_number() from None
        if not phonenumbers.is_possible_number(number):
            raise _not_a_number()
        national = number.country_code == 44
        form = phonenumbers.PhoneNumberFormat
        return phonenumbers.format_number(number, form.NATIONAL if national else form.INTERNATIONAL)


class Email(fields.Token):
    """An e-mail address."""

    def clean(self, value: str | None) -> str:
        """Return the address, or "" for no text."""
        typed: str = super().clean(value).strip()
        try:
            if typed:
                validate_email(typed)
        except ValidationError:
            raise ValidationError("Enter an e-mail address like name@example.org", code="email") from None
        return typed


class Postcode(fields.Token):
    """A postcode of the United Kingdom."""

    FORM = re.compile(locators.POSTCODE)

    def clean(self, value: str | None) -> str:
        """Return the postcode with its one space, or "" for no text."""
        typed: str = re.sub(r"[\s.-]", "", super().clean(value)).upper()
        if not typed:
            return ""
        spaced = f"{typed[:-3]} {typed[-3:]}"
        if not self.FORM.fullmatch(spaced):
            raise ValidationError("Enter a postcode like TN34 1EZ", code="postcode")
        return spaced


class Lines(fields.LongText):
    """Other names of the person, one a line; becomes a list."""

    audience = Audience.NO_WORDS

    def prepare_value(self, value: str | list[str] | None) -> str:
        """Write a list given as the initial value one a line."""
        return "\n".join(value) if isinstance(value, list) else value or ""

    def clean(self, value: str | None) -> list[str]:
        """Return the lines with text, each once."""
        found = dict.fromkeys(line.strip() for line in super().clean(value).split("\n") if line.strip())
        if len(found) > MOST_ALIASES:
            raise ValidationError(f"Give at most {MOST_ALIASES}, one per line", code="too_many")
        if long := [line for line in found if len(line) > 100]:
            raise ValidationError(f"“{long[0][:20]}…” is longer than 100 characters", code="too_long")
        return list(found)


def _number(read: Callable[..., police_numbers.Number], typed: str) -> str:
    if not typed:
        return ""
    try:
        return read(text=typed).text
    except police_numbers.NotANumber as reason:
        raise ValidationError(str(reason), code="number") from None


def _not_a_number() -> ValidationError:
    return ValidationError("Enter a telephone number like 01632 960123 or +44 1632 960123", code="telephone")
