"""Forms of the import. The page carries the checked text along until the officer confirms it."""

from typing import Any

from django import forms as django_forms

from desist.partnership.register.reading import MOST_BYTES
from desist.ui.forms import Form


class Import(Form):
    """A register as CSV."""

    file = django_forms.FileField(
        label="The register as CSV",
        help_text="At most 1 megabyte. It is only checked at first: nothing is saved.",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty",
            "invalid": "Choose a file",
        },
    )

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file
        """Refuse a file that is too large to check at once."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise django_forms.ValidationError("The file is larger than 1 megabyte: split it")
        return file


class Confirm(Form):
    """The checked text, to be written now after a second check."""

    content = django_forms.CharField(widget=django_forms.HiddenInput, max_length=MOST_BYTES, strip=False)
