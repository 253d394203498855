"""What is asked about an extract."""

from collections.abc import Mapping, Sequence
from typing import Any

from desist.ui import fields
from desist.ui.forms import Form


class Count(Form):
    """The agreement under which an extract is counted."""

    agreement = fields.Pick(label="Under which agreement?", choices=[])

    def __init__(self, data: Mapping[str, Any] | None = None, *, offered: Sequence[tuple[str, str]]) -> None:
        """`offered` are the agreements in force that are for an evaluation."""
        first = offered[0][0] if len(offered) == 1 else ""
        super().__init__(data, initial={"agreement": first})
        self.offer("agreement", [("", "Choose one"), *offered])
