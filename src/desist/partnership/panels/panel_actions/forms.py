"""The forms of actions of a panel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desist.partnership.panels.panel_actions.commands import Given
from desist.partnership.panels.panel_actions.queries import ACCOUNT, AGENCY
from desist.partnership.panels.states import Side, What
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

#: what needs words: the code alone says too little
NEEDS_WORDS = {What.NOT_YET.value, What.NOT_POSSIBLE.value, What.OPEN.value}


class Give(Form):
    """What is to be done, by whom and by when."""

    owner = fields.Pick(label="Who does it?", choices=[])
    words = fields.LongText(
        label="What do they do?",
        hint="The owner reads exactly this, and nobody else outside the police.",
        max_length=1000,
        rows=3,
        audience=Audience.CROSSES,
    )
    due_on = moments.Day(label="By which day?")
    side = fields.Choice(
        label="Which side is it about?",
        hint="Colleagues of the agency who read this side see it.",
        choices=Side.choices,
    )
    waits_for = fields.Pick(
        label="Does it wait for another action?", choices=[], required=False, nothing="No"
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        owners: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]],
        at: datetime,
    ) -> None:
        """`owners` are agencies and police accounts, `others` the open actions of the case."""
        super().__init__(data)
        self.offer("owner", [("", "Choose one"), *owners])
        self.offer("waits_for", [("", "No"), *others])
        self.limit("due_on", earliest=at)

    def given(self) -> Given:
        """What the command takes, once the form is valid."""
        said = dict(self.cleaned_data)
        owner: str = said.pop("owner")
        return Given(
            agency=owner.removeprefix(AGENCY) if owner.startswith(AGENCY) else "",
            account=owner.removeprefix(ACCOUNT) if owner.startswith(ACCOUNT) else "",
            **said,
        )


class Answer(Form):
    """How far an action is."""

    said = fields.Choice(label="How far is it?", choices=[])
    words = fields.LongText(
        label="In words",
        hint="The chair of the panel reads this.",
        required=False,
        max_length=1000,
        rows=3,
        audience=Audience.CROSSES,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        may_say: Sequence[tuple[str, str]],
        version: int,
    ) -> None:
        """`may_say` is what can be said of the action as it stands."""
        super().__init__(data, version=version)
        self.offer("said", may_say)

    def clean(self) -> dict[str, Any]:
        """Ask for words where the code alone says too little."""
        cleaned = super().clean()
        if cleaned.get("said") in NEEDS_WORDS and not cleaned.get("words"):
            self.add_error("words", "Say in a sentence what the chair must know")
        return cleaned
