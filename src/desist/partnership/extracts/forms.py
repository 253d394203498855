"""What is asked about an extract."""

from collections.abc import Mapping, Sequence
from typing import Any

from desist.ui import fields
from desist.ui.forms import Form


class Count(Form):
    """The force's agreement under which its records are counted."""

    agreement = fields.Pick(label="Under which agreement of yours?", choices=[])

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offered: Sequence[tuple[str, str]],
        version: int,
    ) -> None:
        """`offered` are the agreements in force that are for an evaluation."""
        first = offered[0][0] if len(offered) == 1 else ""
        super().__init__(data, initial={"agreement": first}, version=version)
        self.offer("agreement", [("", "Choose one"), *offered])
