"""The form that imports a table of referrals."""

from collections.abc import Iterable
from typing import Any

from django import forms as django_forms
from django.core.files.uploadedfile import UploadedFile

from desist.referral import table
from desist.ui import fields
from desist.ui.fields import missing_sentence
from desist.ui.forms import Form

LOOK, BRING = "look", "bring"
TAKEN = "Someone else is importing a table. Wait a minute, then try again"


class Bring(Form):
    """A table, and whether it is only checked."""

    table = django_forms.FileField(
        label="Table",
        help_text=f"A CSV file with the headings of the template, at most {table.MOST_ROWS} rows.",
        error_messages={**missing_sentence("Table", "Choose the table"), "empty": "The file is empty"},
    )
    what = fields.Choice(
        label="What should happen?",
        choices=[
            (LOOK, "Check it: every problem is listed and nothing is saved"),
            (BRING, "Import every row without a problem"),
        ],
    )

    def __init__(self, *args: Any, programmes: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """`programmes` is given by the sites that send referrals on."""
        super().__init__(*args, **kwargs)
        if programmes:
            self.fields["programme"] = fields.Choice(label="Which programme?", choices=list(programmes))

    def content(self) -> bytes:
        """The bytes, or one too many for a file that is too large."""
        sent: UploadedFile[bytes] = self.cleaned_data["table"]
        content: bytes = sent.read(table.MOST_BYTES + 1)
        return content

    @property
    def brings(self) -> bool:
        """Whether rows are kept."""
        return bool(self.cleaned_data["what"] == BRING)
