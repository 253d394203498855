"""What the page for clients takes: a code, words and files."""

from typing import Any

from django import forms as django_forms
from django.core.files.uploadedfile import UploadedFile

from desist.advocacy.evidence import keeping
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.showable import UNSHOWABLE
from desist.ui.words import Audience

#: bytes of one form without a script: with its other parts they stay below FILE_UPLOAD_MAX_MEMORY_SIZE, so never on a disk
MOST_AT_ONCE = 10 * 1024 * 1024
NOTHING = "Choose a file, or write something"
TOO_MUCH = "These files are larger than 10 MB together. Send them one by one; one that is larger needs a newer browser, with JavaScript"
LONGEST_NAME = 200


class Code(Form):
    """A typed code."""

    code = fields.Token(label="Code", required=False, max_length=100)


class Send(Code):
    """What is sent without a script: words, and files that are small together."""

    words = fields.LongText(label="Words", required=False, max_length=20_000, audience=Audience.STAYS)

    @property
    def is_too_much(self) -> bool:
        """Whether files were left out, since they are too large together."""
        return sum(one.size or 0 for one in self._sent_files()) > MOST_AT_ONCE

    def contents(self) -> list[tuple[str, bytes]]:
        """Name and bytes of each file."""
        return [(plain(str(one.name)), one.read()) for one in self._sent_files()]

    def _sent_files(self) -> list[UploadedFile]:  # type: ignore[type-arg]  # Django's own takes none
        return list(self.files.getlist("files"))


class Piece(Code):
    """One piece of a file; the first one comes with the name and the size of the whole."""

    file = fields.Token(label="File", required=False, max_length=20)
    size = fields.Whole(label="Size", required=False, most=1 << 50)
    number = fields.Whole(label="Piece")
    piece = django_forms.FileField(label="Bytes", allow_empty_file=True)

    @property
    def name(self) -> str:
        """The name of the file: whatever it is, it is no reason to refuse the file."""
        return plain(str(self.data.get("name", "")))

    def content(self) -> bytes:
        """The bytes, once the form is valid."""
        kept: dict[str, Any] = self.cleaned_data
        content: bytes = kept["piece"].read(keeping.PIECE + 1)
        return content


def plain(name: str) -> str:
    """The name of a file without what cannot be shown."""
    return UNSHOWABLE.sub("", name).replace("\n", " ").strip()[-LONGEST_NAME:] or "file"
