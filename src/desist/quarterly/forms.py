"""What is asked about a quarterly return."""

from collections.abc import Mapping, Sequence
from typing import Any

from desist.returns.states import Why
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

#: why an extract is recalled: those of a return that can be true of it
WHY_OF_EXTRACTS = [(code, words) for code, words in Why.choices if code != Why.DEFINITIONS]


class Count(Form):
    """A quarter is counted; where one was sent before, with the reason."""

    complete = fields.YesNo(
        label="Is everything of the quarter recorded?",
        hint="What is not recorded counts as not known. No day is put in its place.",
    )
    why = fields.Choice(label="Why is the return corrected?", choices=Why.choices, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, complete: str, corrects: bool) -> None:
        """`complete` asks whether all is recorded; `corrects`: whether a return of the quarter was sent before."""
        super().__init__(data)
        self.fields["complete"].label = complete
        if not corrects:
            del self.fields["why"]
        else:
            self.fields["why"].required = True

    def why_said(self) -> str:
        """The reason, once the form is valid; "" where nothing is corrected."""
        return str(self.cleaned_data.get("why", ""))


class Send(Form):
    """The commissioner to whom a return goes."""

    partner = fields.Pick(label="Which commissioner is it for?", choices=[])

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offered: Sequence[tuple[str, str]],
        version: int,
    ) -> None:
        """`offered` are the commissioners of the register."""
        first = offered[0][0] if len(offered) == 1 else ""
        super().__init__(data, initial={"partner": first}, version=version)
        self.offer("partner", [("", "Choose one"), *offered])


class Recall(Form):
    """Why a return is recalled."""

    why = fields.Choice(label="Why is it recalled?", choices=Why.choices)

    def __init__(self, data: Mapping[str, Any] | None = None, *, version: int) -> None:
        """`version` is that of the return."""
        super().__init__(data, version=version)


class SendExtract(Send):
    """The commissioner to whose evaluator an extract goes: one who is a party of the agreement."""

    partner = fields.Pick(label="Whose evaluator is it for?", choices=[])


class RecallExtract(Recall):
    """Why an extract is recalled."""

    why = fields.Choice(label="Why is it recalled?", choices=WHY_OF_EXTRACTS)


class Answer(Form):
    """The answer to a commissioner."""

    words = fields.LongText(
        label="Your answer",
        hint="The commissioner reads this, and may publish it. No number below ten, no name, nothing about one person.",
        max_length=2000,
        rows=5,
        audience=Audience.CROSSES,
    )
