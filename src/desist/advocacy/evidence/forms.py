"""Forms that bring a file in."""

from typing import Any

from django import forms as django_forms
from django.core.files.uploadedfile import UploadedFile

from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.states import Came
from desist.ui import fields
from desist.ui.fields import missing_sentence
from desist.ui.forms import Form
from desist.ui.words import Audience

NO_FILE = "Choose a file. If you did, it is larger than 4 MB: then JavaScript must be on, and the file goes in pieces"


class _Came(Form):
    came = fields.Choice(label="How did it come from them?", choices=Came.choices)


class Upload(_Came):
    """One small file; the page sends a larger one in pieces where JavaScript runs."""

    file = django_forms.FileField(
        label="File",
        help_text="An export of messages, a picture, a recording or any other file, up to 2 GB. Keep its name as it is. "
        "Without JavaScript up to 4 MB.",
        error_messages={**missing_sentence("File", NO_FILE), "empty": "The file is empty"},
    )
    field_order = ["file", "came"]

    def clean_file(self) -> tuple[str, bytes]:
        """Return the name and the bytes; one piece at most."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        content: bytes = sent.read(keeping.PIECE + 1)
        if len(content) > keeping.PIECE:
            raise django_forms.ValidationError(NO_FILE)
        return str(sent.name), content


class Begin(_Came):
    """What a file is called and how large it is, before its pieces come."""

    name = fields.Text(label="File", max_length=255, audience=Audience.STAYS)
    size = fields.Whole(label="Size", most=1 << 40)


class Piece(Form):
    """One piece of a file."""

    number = fields.Whole(label="Piece")
    piece = django_forms.FileField(label="Bytes")

    def content(self) -> bytes:
        """The bytes, once the form is valid."""
        kept: dict[str, Any] = self.cleaned_data
        content: bytes = kept["piece"].read(keeping.PIECE + 1)
        return content


class Copy(Form):
    """The part of a copy, from 0."""

    part = fields.Whole(label="Part")
