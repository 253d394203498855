"""The filters of the list of people who left."""

from django.http import QueryDict

from desist.programme.leaving.states import By
from desist.programme.pages.leavers.queries import Narrowed
from desist.ui import fields
from desist.ui.forms import ListFilter

FIRST_YEAR = 2020


class Narrow(ListFilter):
    """By year, way and practitioner."""

    year = fields.Pick(label="Year", choices=[])
    way = fields.Pick(label="How they left", choices=By.choices, nothing="All")
    practitioner = fields.Pick(label="Practitioner", choices=[])

    def __init__(self, data: QueryDict, *, year: int, staff: tuple[tuple[str, str], ...]) -> None:
        """Offer the years until this one, and the practitioners of the area."""
        super().__init__(data)
        years = [(str(one), str(one)) for one in range(year, FIRST_YEAR - 1, -1)]
        self.offer("year", [("", "All"), *years])
        self.offer("practitioner", [("", "All"), *staff])

    def narrowed(self) -> Narrowed:
        """What the query takes; what was not on the list filters nothing."""
        year = self.said("year")
        return Narrowed(int(year) if year else None, self.said("way"), self.said("practitioner"))
