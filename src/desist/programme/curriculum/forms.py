"""What is written in a draft of the curriculum."""

from collections.abc import Mapping, Sequence
from typing import Any

from desist.programme.curriculum import commands
from desist.programme.curriculum.outline import LEAST_MINUTES, MOST_MINUTES
from desist.skills import catalogue
from desist.ui import fields
from desist.ui.fields import Pairs
from desist.ui.forms import Form
from desist.ui.words import Audience


class Module(Form):
    """What a module is called, and what it is for."""

    name = fields.Text(
        label="What is the module called?",
        hint="The person sees this",
        max_length=80,
        audience=Audience.SHOWN,
    )
    words = fields.Text(
        label="What is it for?",
        hint="The person sees this. One sentence",
        required=False,
        max_length=300,
        audience=Audience.SHOWN,
    )


class Session(Form):
    """One of the twelve sessions."""

    title = fields.Text(
        label="What is the session about?",
        hint="The person sees this. In your own words, with no text from a handbook",
        max_length=120,
        audience=Audience.SHOWN,
    )
    module = fields.Pick(label="Which module?", choices=[])
    minutes = fields.Whole(
        label="Minutes",
        missing="Enter how many minutes",
        least=LEAST_MINUTES,
        most=MOST_MINUTES,
        hint="30 to 150",
        width=3,
    )
    skills = fields.Choices(label="Which skills does it need?", choices=[], required=False)
    measures = fields.Choices(label="Which measures are taken in it?", choices=[], required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any],
        modules: Sequence[tuple[str, str]],
        instruments: Pairs,
        version: int,
    ) -> None:
        """`modules` are those of the draft."""
        super().__init__(data, initial=initial, version=version)
        self.offer("module", [("", "Choose one"), *modules])
        self.offer("skills", [(one.key, one.name) for one in catalogue.SKILLS])
        self.offer("measures", instruments)

    def written(self) -> commands.Written:
        """What the command takes, once the form is valid."""
        return commands.Written(**self.cleaned_data, override=self.override())


class Use(Form):
    """Why a draft is put into use."""

    reason = fields.Text(label="Why is the curriculum changed?", max_length=200, audience=Audience.STAYS)
