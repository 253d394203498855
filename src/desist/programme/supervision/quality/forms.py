"""What is asked to draw a sample and to rate a session."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from desist.programme.supervision.quality import checklists
from desist.programme.supervision.quality.states import Answer
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Draw(Form):
    """From which days, and how many of each practitioner."""

    first = moments.Day(label="Sessions held from")
    last = moments.Day(label="Sessions held until")
    each = fields.Whole(label="How many for each practitioner?", least=1, most=20, width=2)

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """`at` is the request's moment: nothing was held after it."""
        today = dates.local(at).date()
        super().__init__(data, initial={"first": today - timedelta(days=91), "last": today, "each": 3})
        self.limit("last", latest=today)

    def clean(self) -> dict[str, Any]:
        """The days are in their order."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must not come before the first")
        return cleaned


class Rating(Form):
    """The newest checklist, an answer to every item."""

    note = fields.LongText(
        label="What stood out?",
        hint="About the practice. No names, and nothing about a victim.",
        required=False,
        max_length=10_000,
        rows=4,
        audience=Audience.STAYS,
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """One field an item, in the order of the list."""
        super().__init__(data)
        self._items = checklists.newest().items
        for item in self._items:
            self.fields[item.key] = fields.Choice(label=item.words, choices=Answer.choices)
        self.order_fields([*(item.key for item in self._items), "note"])

    def answers(self) -> dict[str, str]:
        """Item -> answer, once the form is valid."""
        return {item.key: self.cleaned_data[item.key] for item in self._items}
