"""The forms of sharing agreements."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from desist.post.agreements.commands import Terms
from desist.post.purposes import EVALUATION, PURPOSES
from desist.ui import fields, moments
from desist.ui.fields import Pairs
from desist.ui.forms import Form
from desist.ui.words import Audience

LARGEST = 10 * 1024 * 1024
TERMS = (
    "title",
    "parties",
    "others",
    "purposes",
    "lawful_basis",
    "begins_on",
    "review_on",
    "ends_on",
    "joins",
)


class Agreement(Form):
    """The parties, purposes, lawful basis and last day of a sharing agreement."""

    title = fields.Text(label="What is it called?", max_length=120, audience=Audience.STAYS)
    parties = fields.Choices(label="Which partners are parties?", choices=())
    others = fields.Text(
        label="Other parties",
        hint="Not in the partner register. For an evaluation: who evaluates.",
        required=False,
        max_length=400,
        audience=Audience.STAYS,
    )
    purposes = fields.Choices(label="For which purposes?", choices=PURPOSES)
    lawful_basis = fields.LongText(
        label="On what lawful basis?",
        hint="The law and the article or section, for each party where they differ.",
        max_length=2000,
        rows=3,
        audience=Audience.STAYS,
    )
    begins_on = moments.Day(label="When does it start?")
    review_on = moments.Day(label="When is its next review?")
    ends_on = moments.Day(label="When does it end?", hint="Empty if it has none.", required=False)
    joins = fields.Tick(
        label="The extracts of an evaluation may be joined with one another",
        hint="Otherwise each extract has pseudonyms of its own.",
        required=False,
    )
    file = django_forms.FileField(
        label="The signed document",
        help_text="It is read for its fingerprint (SHA-256) and not kept here.",
        required=False,
        error_messages={"empty": "The file is empty", "invalid": "Choose a file"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        parties: Pairs,
        initial: Mapping[str, Any] | None = None,
        version: int | None = None,
    ) -> None:
        """`parties` are the partners of the register."""
        super().__init__(data, files, initial=initial, version=version)
        self.offer("parties", parties)

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """A document that a person could have signed."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > LARGEST:
            raise ValidationError("The file is larger than 10 megabytes")
        return file

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first, and an evaluation by nobody or without a last day."""
        cleaned = super().clean()
        begins, ends = cleaned.get("begins_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "Its last day is before its first")
        if EVALUATION in cleaned.get("purposes", ()):
            if not ends and "ends_on" not in self.errors:
                self.add_error("ends_on", "Enter its last day: an evaluation has one")
            if not cleaned.get("others"):
                self.add_error("others", "Enter who evaluates: the university or organisation")
        return cleaned

    def terms(self) -> Terms:
        """The terms for the command, once the form is valid."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        return Terms(
            **{name: self.cleaned_data[name] for name in TERMS},
            document=hashlib.sha256(file.read()).hexdigest() if file else "",
        )
