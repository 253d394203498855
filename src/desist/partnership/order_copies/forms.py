"""The form that stores a certified copy."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from desist.ui import fields
from desist.ui.forms import Form

MAXIMUM = 10 * 1024 * 1024
PDF = b"%PDF-"


class PdfField(django_forms.FileField):
    """A PDF of at most ten megabytes."""

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 - Django's signature
        """Return the uploaded file. A file that is no PDF is refused with a sentence that says what to do."""
        file: UploadedFile[bytes] | None = super().clean(data, initial)
        if file is None:
            return None
        if (file.size or 0) > MAXIMUM:
            raise ValidationError(
                "The file is larger than 10 megabytes: scan it at a lower resolution", code="size"
            )
        begun = file.read(len(PDF))
        file.seek(0)
        if begun != PDF:
            raise ValidationError("The file must be a PDF", code="kind")
        return file


class Store(Form):
    """The file of a certified copy."""

    title = fields.Choice(
        label="What is it a copy of?",
        choices=[
            ("Certified copy of the order", "The order"),
            ("Certified copy of the varied order", "The order as varied or renewed"),
            ("Certified copy of the interim order", "The interim order"),
        ],
    )
    file = PdfField(
        label="The certified copy",
        help_text="A PDF of at most 10 megabytes. It is encrypted; its fingerprint is shown with the order.",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty",
            "invalid": "Choose a file",
        },
    )
