"""The form that sends the tables of a caseload."""

from django import forms as django_forms
from django.core.files.uploadedfile import UploadedFile

from desist.programme.moving_in.sheets import MOST_BYTES, MOST_PEOPLE, PEOPLE, SHEETS
from desist.ui.fields import missing_sentence
from desist.ui.forms import Form


class Tables(Form):
    """One file a table; only the people are needed."""

    people = django_forms.FileField(
        label=PEOPLE.title,
        help_text=f"A CSV file with the headings of its template, at most {MOST_PEOPLE:,} people.",
        error_messages={
            **missing_sentence(PEOPLE.title, "Choose the table of people"),
            "empty": "The file is empty",
        },
    )
    sessions = django_forms.FileField(label=SHEETS[1].title, required=False)
    measures = django_forms.FileField(label=SHEETS[2].title, required=False)
    goals = django_forms.FileField(label=SHEETS[3].title, required=False)
    contacts = django_forms.FileField(label=SHEETS[4].title, required=False)

    def contents(self) -> dict[str, bytes]:
        """The bytes by table, or one too many for a file that is too large."""
        found: dict[str, UploadedFile[bytes] | None] = {
            sheet.key: self.cleaned_data[sheet.key] for sheet in SHEETS
        }
        return {key: one.read(MOST_BYTES + 1) for key, one in found.items() if one}
