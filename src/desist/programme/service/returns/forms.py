"""Which period is counted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from desist.programme.service.returns import quarters
from desist.programme.service.returns.facts import Period
from desist.ui import fields
from desist.ui.forms import Filter


class Quarter(Filter):
    """One of the last quarters; the last whole one, unless another is asked for."""

    quarter = fields.Pick(label="Quarter", choices=[])

    def __init__(self, data: Mapping[str, Any], *, today: date) -> None:
        """`today` is the day of the request, in London."""
        known = quarters.quarters(today=today)
        whole = next((key for key, _, period in known if period.last < today), known[0][0])
        super().__init__({"quarter": data.get("quarter") or whole})
        self.offer("quarter", [(key, words) for key, words, _ in known])
        self._periods = {key: period for key, _, period in known}

    def period(self) -> Period:
        """The period, once the form is valid."""
        chosen: str = self.cleaned_data["quarter"]
        return self._periods[chosen]
