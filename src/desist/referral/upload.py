"""The form that attaches a file."""

from typing import Any

from django import forms as django_forms
from django.core.files.uploadedfile import UploadedFile

from desist.referral import files
from desist.referral.files import Accepted
from desist.refusals import Refused
from desist.ui import fields
from desist.ui.fields import missing_sentence
from desist.ui.forms import Form

MOST_WARNINGS = 5
NO_FILE = "Choose a file. If you did, it was larger than can be sent at once, or was cut off on the way"


class Upload(Form):
    """One file, and the confirmation that the sender read it."""

    file = django_forms.FileField(
        label="File",
        help_text=f"{files.ALLOWED}, up to {files.MOST_BYTES // 1024 // 1024} MB. Names of authors, properties of documents and "
        "details that a camera added are removed.",
        error_messages={**missing_sentence("File", NO_FILE), "empty": "The file is empty"},
    )
    read = fields.Tick(
        label="I have read it, and nothing in it could identify or locate the victim",
        missing="Read the file first: names, addresses and pictures in it must not identify or locate the victim",
    )

    def clean_file(self) -> Accepted:
        """Return the checked file for keeping."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            return files.inspect(name=str(sent.name), content=_whole(sent))
        except Refused as reason:
            raise django_forms.ValidationError("%(reason)s", params={"reason": str(reason)}) from None

    def accepted(self) -> Accepted:
        """The file, once the form is valid."""
        kept: dict[str, Any] = self.cleaned_data
        file: Accepted = kept["file"]
        return file

    def warnings(self) -> tuple[str, ...]:
        """Passages that may lead to the victim, by place and without words, where the file stays on this site."""
        hints = dict.fromkeys(one.hint for one in files.leads(self.accepted()))
        return tuple(f"Check the file again. {one}." for one in hints)[:MOST_WARNINGS]


def _whole(sent: "UploadedFile[bytes]") -> bytes:
    """The bytes, or one too many for a file that is too large: it is refused by its size."""
    content: bytes = sent.read(files.MOST_BYTES + 1)
    return content
