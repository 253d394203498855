"""The forms of the terms of agencies."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desist.partnership.agencies.terms.commands import Signed
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Terms(Form):
    """The terms that agencies accept."""

    words = fields.LongText(
        label="Terms",
        hint="What each reader undertakes: who may read, what for, and when their own notes are deleted. No names.",
        max_length=8000,
        rows=12,
        audience=Audience.STAYS,
    )


class Record(Form):
    """Who accepted the terms for an agency."""

    signed_by = fields.Name(label="Who accepted them for the agency?", max_length=120)
    on = moments.Day(label="On which day?")

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """The day is today or before."""
        super().__init__(data, initial={"on": dates.local(at).date()})
        self.limit("on", latest=at)

    def signed(self) -> Signed:
        """What the command takes, once the form is valid."""
        return Signed(**self.cleaned_data)


class Accept(Form):
    """An account accepts the terms that it was shown."""

    terms = fields.Token(label="Terms", required=False, max_length=12)
    agree = fields.Tick(
        label="I have read the terms and accept them",
        missing="Tick that you accept the terms, or ring the person who keeps the directory",
    )
