"""The forms about a person whom a service offers to another."""

from collections.abc import Mapping
from typing import Any

from desist.moving_in.offers.commands import Reply, Said
from desist.moving_in.offers.states import How
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

ANSWERS = [("accepted", "We take them over"), ("refused", "We cannot take them over")]


class Offer(Form):
    """The other service, why, what goes along, and whether the person agrees."""

    to = fields.Choice(label="Which service?", choices=[])
    area = fields.Token(
        label="Their area", hint="As that service names it in Desist.", max_length=40, width=20
    )
    contact = fields.Name(
        label="Who can they telephone here?", hint="A name and a work telephone.", max_length=120
    )
    reason = fields.LongText(
        label="Why do you hand them over?",
        hint="The other service reads this. Write nothing that leads to a victim or a client.",
        max_length=1000,
        rows=3,
        audience=Audience.CROSSES,
    )
    agreed_on = moments.Day(
        label="On which day did they agree?",
        hint="They must know what goes along.",
        required=False,
    )
    agreed_how = fields.Choice(label="How did they agree?", choices=How.choices, required=False)
    papers = fields.Tick(label="Their documents go along too, up to 8 MB", required=False)
    answer_by = moments.Day(
        label="By which day do they have to answer?",
        hint="Until they accept, nothing changes here. After this day the offer lapses.",
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any], agreed: bool
    ) -> None:
        """`agreed` says whether nobody is offered without their agreement."""
        super().__init__(data, initial=initial)
        self.fields["agreed_on"].required = self.fields["agreed_how"].required = agreed

    def clean(self) -> dict[str, Any]:
        """A day of the agreement comes with the way, and the other way round."""
        cleaned = super().clean()
        for name, other in (("agreed_how", "agreed_on"), ("agreed_on", "agreed_how")):
            if cleaned.get(other) and not cleaned.get(name):
                self.add_error(name, "Say both when and how they agreed, or leave both empty")
        return cleaned

    def said(self) -> Said:
        """What the command takes, once the form is valid."""
        return Said(files=self.cleaned_data.pop("papers", False), **self.cleaned_data)


class Answer(Form):
    """The answer to a person whom another service offers."""

    answer = fields.Choice(label="What is your answer?", choices=ANSWERS, reveals={"refused": ["words"]})
    words = fields.LongText(
        label="Why not?",
        hint="The other service reads this. Write nothing that leads to a victim or a client.",
        max_length=1000,
        rows=3,
        audience=Audience.CROSSES,
    )

    def reply(self) -> Reply:
        """What the command takes, once the form is valid."""
        return Reply(**self.cleaned_data, version=self.version, override=self.override())
