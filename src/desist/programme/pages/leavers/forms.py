"""The filters of the list of people who left."""

from typing import Any

from django.http import QueryDict

from desist.programme.leaving.states import By
from desist.programme.pages.leavers.queries import Narrowed
from desist.ui import fields
from desist.ui.forms import Filter

FIRST_YEAR = 2020


class Narrow(Filter):
    """By year, way and practitioner."""

    year = fields.Pick(label="Year", choices=[])
    way = fields.Pick(label="How they left", choices=[("", "All"), *By.choices])
    practitioner = fields.Pick(label="Practitioner", choices=[])

    def __init__(self, data: QueryDict, *, year: int, staff: tuple[tuple[str, str], ...]) -> None:
        """Offer the years until this one, and the practitioners of the area."""
        super().__init__(data)
        years = [(str(one), str(one)) for one in range(year, FIRST_YEAR - 1, -1)]
        self.offer("year", [("", "All"), *years])
        self.offer("practitioner", [("", "All"), *staff])

    def narrowed(self) -> Narrowed:
        """What the query takes; what was not on the list filters nothing."""
        cleaned: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        year = cleaned.get("year")
        return Narrowed(int(year) if year else None, cleaned.get("way", ""), cleaned.get("practitioner", ""))

    def chosen(self) -> list[tuple[str, str]]:
        """Each filter that is set, in words, with the name of its field."""
        cleaned = self.cleaned_data if self.is_valid() else {}
        return [
            (dict(self.fields[name].choices)[value], name)  # type: ignore[attr-defined]  # all are Picks
            for name, value in cleaned.items()
            if value
        ]
