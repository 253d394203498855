"""The forms about two records of one person."""

from collections.abc import Iterable, Mapping
from typing import Any

from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

FIRST, SECOND = "first", "second"


class Find(Form):
    """Two references, of which each leads to a record."""

    first = fields.Token(
        label="One reference", hint="As shown on a page of the person", max_length=20, width=20
    )
    second = fields.Token(label="The other reference", max_length=20, width=20)


class Compare(Form):
    """Which of two answers is right, for each that differs, and why the records are of one person."""

    reason = fields.LongText(
        label="How do you know that this is one person?",
        hint="For example: same date of birth and PNC number, and the referrer confirmed it. Name nobody else.",
        max_length=1000,
        rows=3,
        audience=Audience.STAYS,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        differing: Iterable[tuple[str, str, str, str]],
        stays: bool,
        second: str,
    ) -> None:
        """`differing` are the answers to choose between: name, label, and both in words.

        Where rows would stay with the second record, it is asked whether that is right.
        """
        super().__init__(data)
        if stays:
            self.fields["left"] = fields.Choice(
                label=f"What stays with {second} is read there alone. Is that right?",
                choices=[("yes", "Yes: merge the rest"), ("no", "No: do not merge them yet")],
            )
        self.names = []
        for name, label, one, other in differing:
            self.names.append(name)
            choices = [(FIRST, one or "Nothing"), (SECOND, other or "Nothing")]
            self.fields[name] = fields.Choice(label=label, choices=choices)
            self.initial[name] = FIRST if one else SECOND
        self.order_fields(["left", *self.names, "reason"])

    @property
    def taken(self) -> list[str]:
        """The names of the answers that the first record takes from the second."""
        return [name for name in self.names if self.cleaned_data[name] == SECOND]

    @property
    def agreed(self) -> bool:
        """Whether what stays may stay."""
        return self.cleaned_data.get("left") == "yes"


class Answer(Form):
    """The second person's answer."""

    answer = fields.Choice(
        label="Are these two records of one person?",
        choices=[("yes", "Yes: merge them"), ("no", "No: these are two people")],
    )


class Split(Form):
    """For each row that was written since the merge, whose it is; and why the records are of two people."""

    reason = fields.LongText(
        label="How do you know that these are two people?",
        hint="Name nobody else.",
        max_length=1000,
        rows=3,
        audience=Audience.STAYS,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        since: Iterable[tuple[str, str]],
        people: tuple[str, str],
        version: int,
    ) -> None:
        """`since` are the rows, by reference and in words; `people` the first and second record in words."""
        super().__init__(data, version=version)
        self.rows = []
        for ref, words in since:
            self.rows.append(ref)
            choices = list(zip((FIRST, SECOND), people, strict=True))
            self.fields[ref] = fields.Choice(label=f"{words}: whose is it?", choices=choices)
        self.order_fields([*self.rows, "reason"])

    @property
    def seconds(self) -> list[str]:
        """The references of the rows that are the second's."""
        return [ref for ref in self.rows if self.cleaned_data[ref] == SECOND]
