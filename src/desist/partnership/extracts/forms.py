"""What is asked about an extract."""

from collections.abc import Mapping, Sequence
from typing import Any

from desist.returns.states import Why
from desist.ui import fields
from desist.ui.forms import Form

#: why it is recalled: those of a return that can be true of it
WHY = [(code, words) for code, words in Why.choices if code != Why.DEFINITIONS]


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


class Send(Form):
    """The commissioner to whose evaluator the rows go."""

    partner = fields.Pick(label="Whose evaluator is it for?", choices=[])

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offered: Sequence[tuple[str, str]],
        version: int,
    ) -> None:
        """`offered` are the commissioners who are parties of the agreement."""
        first = offered[0][0] if len(offered) == 1 else ""
        super().__init__(data, initial={"partner": first}, version=version)
        self.offer("partner", [("", "Choose one"), *offered])


class Recall(Form):
    """Why it is recalled."""

    why = fields.Choice(label="Why is it recalled?", choices=WHY)

    def __init__(self, data: Mapping[str, Any] | None = None, *, version: int) -> None:
        """`version` is that of the extract."""
        super().__init__(data, version=version)
