"""The forms for a document."""

from datetime import date
from typing import Any

from desist.programme.documents.commands import Paper
from desist.programme.documents.states import Kind
from desist.referral.upload import Upload
from desist.ui import fields, moments
from desist.ui.forms import Form, ListFilter
from desist.ui.words import Audience


class Narrow(ListFilter):
    """The filter of a person's documents."""

    what = fields.Pick(label="What it is", choices=Kind.choices, nothing="All")


class Document(Upload):
    """A file, what it is, and its day."""

    kind = fields.Pick(label="What is it?", choices=Kind.choices)
    dated = moments.Day(label="What is the date on it?", hint="The day it was signed, made or written")
    field_order = ("kind", "dated", "file", "read")

    def __init__(self, *sent: Any, today: date) -> None:  # noqa: ANN401 -- fields and files, as Django takes them
        """Refuse a day after `today`."""
        super().__init__(*sent)
        self.limit("dated", latest=today)

    def paper(self) -> Paper:
        """What the command takes, once the form is valid."""
        return Paper(self.accepted(), Kind(self.cleaned_data["kind"]), self.cleaned_data["dated"])


class Removal(Form):
    """Why a document does not belong here."""

    reason = fields.Text(
        label="Why is it removed?",
        hint="For example: it is about another person. Nothing of what it says",
        audience=Audience.STAYS,
    )
