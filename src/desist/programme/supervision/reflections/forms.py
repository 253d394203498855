"""What is written in the reflective log."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Entry(Form):
    """One entry."""

    on = moments.Day(label="Which day is it about?")
    words = fields.LongText(
        label="What did you notice about your own practice?",
        hint="What you felt, did and would do differently, and what you want to bring to supervision. "
        "No names, and nothing about a person: that belongs in their record.",
        missing="Enter what you noticed",
        max_length=10_000,
        rows=10,
        audience=Audience.STAYS,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        at: datetime,
        on: date | None = None,
        words: str = "",
        version: int | None = None,
    ) -> None:
        """`on` and `words` of the entry that is changed; of a new one today."""
        today = dates.day_of(at)
        super().__init__(data, initial={"on": on or today, "words": words}, version=version)
        self.limit("on", latest=today)
