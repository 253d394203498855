"""The form that sends the tables of a caseload."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as django_forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from desist.moving_in.tables import FILES, MOST_BYTES, MOST_PEOPLE, Sheet
from desist.ui import fields
from desist.ui.forms import Form

NOT_READ = "Read the files first, and tick the box: nothing in them may identify or locate the victim"


def _file(label: str, hint: str = "") -> django_forms.FileField:
    return django_forms.FileField(
        label=label, help_text=hint, required=False, error_messages={"empty": "The file is empty"}
    )


class Tables(Form):
    """One workbook, or one file a table; and the files that the table of documents names."""

    workbook = _file(
        "A workbook", f"An .xlsx file with a sheet for each table, at most {MOST_PEOPLE:,} people"
    )
    archive = _file("Files that the table of documents names", "One .zip without a password, up to 10 MB")
    read = fields.Tick(
        label="I have read these files, and nothing in them could identify or locate the victim",
        missing=NOT_READ,
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        sheets: Sequence[Sheet],
    ) -> None:
        """One field for each of the tables; those for files only where a table names them."""
        super().__init__(data, files)
        tables = {one.key: _file(f"{one.title}, as a CSV file") for one in sheets}
        kept = {FILES: self.fields.pop(FILES), "read": self.fields.pop("read")}
        self.fields |= tables | (kept if "documents" in tables else {})

    def clean(self) -> dict[str, Any]:
        """Refuse files that nobody says they read."""
        cleaned = super().clean()
        if cleaned.get(FILES) and not cleaned.get("read"):
            self.add_error("read", NOT_READ)
        return cleaned

    def contents(self) -> dict[str, bytes]:
        """The bytes by table, or one too many for a file that is too large."""
        found: dict[str, UploadedFile[bytes] | None] = {
            name: one for name, one in self.cleaned_data.items() if name != "read"
        }
        return {name: one.read(MOST_BYTES + 1) for name, one in found.items() if one}
