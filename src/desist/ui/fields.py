"""The fields that forms are made of. Each answers in plain sentences and keeps the typed text.

- `Text`, `LongText`      one line, many lines of free text; refuse what cannot be shown, name their limit. `audience`
                          names the readers (desist.ui.words): a test fails for a field without it
- `Token`, `Name`         one line that is no free text: a number, reference, code; a name, an address
- `CrimeReference`        a force's own reference of a crime; refuses a name and words that lead to a person
- `Choice`, `Choices`     radios, tick boxes; `hints` and `reveals` by the choice's value
- `YesNo`                 radios that become True or False
- `Pick`                  a drop-down, for long lists
- `Tick`                  one tick box
- `Day`, `Clock`          in desist.ui.moments
- `Whole`                 a whole number, with its limits in words

`missing` is the sentence for a field left empty; without it the field makes one from its label.
Forms that Desist did not write (sign-in) may use Django's own fields: the bridge draws those as well.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError

from desist.orders import crime_references
from desist.ui.showable import UNSHOWABLE, composed, unshowable_sentence
from desist.ui.words import Audience

#: the form in which the page asks for a crime reference
NO_NAME = "The force’s own crime reference, like 45/01234/26. Never a name, an address or a telephone number."
#: choices as Django takes them: (value, label); a label may be a lazy text
Pairs: TypeAlias = Sequence[tuple[Any, Any]]


def missing_sentence(label: str, missing: str, verb: str = "Enter") -> dict[str, str]:
    """The sentences of a field left empty, as Django's error_messages."""
    if not missing:
        missing = f"Answer “{label}”" if label.endswith("?") else f"{verb} {inside_sentence(label)}"
    return {"required": missing}


def inside_sentence(label: str) -> str:
    """A label as it stands within a sentence: "Date of birth" -> "date of birth", "DASH score" as it is."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


class Text(forms.CharField):
    """One line of text. It takes emoji and right-to-left writing; it refuses controls and never drops them unseen."""

    #: the readers of the words: each field names them, or a class that is no free text
    audience: Audience | None = None

    def __init__(
        self,
        *,
        label: str,
        hint: str = "",
        required: bool = True,
        missing: str = "",
        max_length: int = 200,
        width: int | None = None,
        autocomplete: str = "off",
        widget: forms.Widget | None = None,
        audience: Audience | None = None,
    ) -> None:
        """`width` in characters: 2, 3, 4, 5, 10 or 20. `max_length` in characters."""
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            error_messages=missing_sentence(label, missing),
            widget=widget or forms.TextInput(attrs={"autocomplete": autocomplete}),
        )
        if width:
            self.widget.attrs["class"] = f"govuk-input--width-{width}"
        self.limit = max_length
        if audience:
            self.audience = audience
        self.validators = []  # Django's speak of null characters; ours say it in words

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """The text in one composed form, on one line."""
        return re.sub("[\n\t]+", " ", composed(super().to_python(value) or ""))

    def validate(self, value: str) -> None:
        """Refuse unshowable characters and too long a text, with their place and the excess."""
        super().validate(value)
        if found := UNSHOWABLE.search(value):
            raise ValidationError(unshowable_sentence(value[: found.start()]), code="unshowable")
        if (over := len(value) - self.limit) > 0:
            raise ValidationError(
                f"{self.label} must be {self.limit:,} characters or fewer. "
                f"It has {len(value):,}: take out {over:,}.",
                code="too_long",
            )


class LongText(Text):
    """Several lines of text, with the characters left counted below where JavaScript runs."""

    def __init__(
        self,
        *,
        label: str,
        hint: str = "",
        required: bool = True,
        missing: str = "",
        max_length: int = 4000,
        rows: int = 5,
        audience: Audience | None = None,
    ) -> None:
        """`max_length` in characters; `rows` is the height at first."""
        super().__init__(
            label=label,
            hint=hint,
            required=required,
            missing=missing,
            max_length=max_length,
            widget=forms.Textarea(attrs={"rows": rows}),
            audience=audience,
        )

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """The text in one composed form, with plain line ends."""
        return composed(forms.CharField.to_python(self, value) or "")


class Token(Text):
    """A telephone number, a reference, a code, a password, or a search term."""

    audience = Audience.NO_WORDS


class CrimeReference(Token):
    """A force's own reference of a crime; refuses what looks like a name or a locator."""

    def __init__(self, *, label: str, hint: str = NO_NAME, required: bool = True) -> None:
        """One line."""
        super().__init__(label=label, hint=hint, required=required, max_length=60, width=20)

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the reference in capitals."""
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return crime_references.crime_reference(text)
        except crime_references.NotACrimeReference as wrong:
            raise ValidationError(str(wrong), code="crime_reference") from None


class Name(Text):
    """A name or an address that the page asks for by that name: of the person, of staff, of a service or a room."""

    audience = Audience.NO_WORDS


class Address(LongText):
    """A postal address, or how a service is addressed, that the page asks for by that name."""

    audience = Audience.NO_WORDS


class Choice(forms.ChoiceField):
    """One of a few, as radios. `reveals` names the fields that open below a choice and count only then."""

    def __init__(
        self,
        *,
        label: str,
        choices: Pairs,
        hint: str = "",
        required: bool = True,
        missing: str = "",
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`hints` and `reveals` are keyed by the choice's value."""
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={
                **missing_sentence(label, missing, "Choose"),
                "invalid_choice": "Choose one of the answers shown",
            },
        )
        self.hints = hints or {}
        self.reveals = reveals or {}


class YesNo(forms.TypedChoiceField):
    """Yes or no, as radios; becomes True or False, or None when it need not be answered."""

    def __init__(
        self,
        *,
        label: str,
        hint: str = "",
        required: bool = True,
        missing: str = "",
        reveals: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`reveals` is keyed by "yes" and "no"."""
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            choices=[("yes", "Yes"), ("no", "No")],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages={
                **missing_sentence(label, missing or f"Choose yes or no for “{label}”"),
                "invalid_choice": "Choose yes or no",
            },
        )
        self.reveals = reveals or {}

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """A bool given as the initial value is the radio of that name."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class Choices(forms.MultipleChoiceField):
    """Any of several, as tick boxes; becomes a list of values."""

    def __init__(
        self,
        *,
        label: str,
        choices: Pairs,
        hint: str = "Choose all that apply",
        required: bool = True,
        missing: str = "",
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`hints` and `reveals` are keyed by the choice's value."""
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                **missing_sentence(label, missing, "Choose"),
                "invalid_choice": "Choose among the answers shown",
            },
        )
        self.hints = hints or {}
        self.reveals = reveals or {}


class Pick(forms.ChoiceField):
    """One of many, as a drop-down that starts on nothing."""

    def __init__(
        self,
        *,
        label: str,
        choices: Pairs,
        hint: str = "",
        required: bool = True,
        missing: str = "",
        nothing: str = "",
    ) -> None:
        """`choices` without the empty one, which the field adds; `nothing` is its label."""
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            choices=[("", nothing or ("Choose one" if required else "Any")), *choices],
            widget=forms.Select,
            error_messages={
                **missing_sentence(label, missing, "Choose"),
                "invalid_choice": "Choose one of the answers shown",
            },
        )


class Tick(forms.BooleanField):
    """One tick box; when required, it must be ticked to go on."""

    def __init__(self, *, label: str, hint: str = "", required: bool = True, missing: str = "") -> None:
        """The label stands beside the box."""
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            error_messages=missing_sentence(label, missing or f"Tick “{label}” to continue"),
        )


class Whole(forms.Field):
    """A whole number, written with or without commas."""

    def __init__(
        self,
        *,
        label: str,
        hint: str = "",
        required: bool = True,
        missing: str = "",
        least: int = 0,
        most: int = 1_000_000,
        width: int = 5,
    ) -> None:
        """`least` and `most` are included; `width` in characters."""
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            error_messages=missing_sentence(label, missing),
            widget=forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "autocomplete": "off",
                    "class": f"govuk-input--width-{width}",
                }
            ),
        )
        self.least, self.most = least, most

    def to_python(self, value: str | int | None) -> int | None:
        """The number, or None when nothing was typed."""
        text = re.sub(r"[,\s]", "", str(value if value is not None else ""))
        if not text:
            return None
        # Twenty digits are far beyond any limit, and Python refuses to read thousands of them.
        if not re.fullmatch(r"-?\d{1,20}", text):
            raise ValidationError(
                f"{self.label} must be a whole number, like {max(self.least, 12)}", code="whole"
            )
        number = int(text)
        if not self.least <= number <= self.most:
            raise ValidationError(
                f"{self.label} must be between {self.least:,} and {self.most:,}", code="out_of_range"
            )
        return number
