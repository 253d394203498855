"""The forms of a chain."""

from datetime import date
from typing import Any, ClassVar

from desist.programme.chains import commands, contact
from desist.programme.chains.links import Kind, Link, Part
from desist.programme.curriculum.skills.catalogue import SKILLS
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

INTENSITIES = [(str(number), str(number)) for number in range(6)]
LONG = 10_000


class Behaviour(Form):
    """The form for a chain's subject. The person sees whatever is written in a chain."""

    behaviour = fields.Text(
        label="What happened?",
        hint="The person sees this. Describe it as a camera would have filmed it: “drove twice round the block at 9pm”, not “lost control”.",
        max_length=300,
        audience=Audience.SHOWN,
    )
    resisted = fields.YesNo(
        label="Was it an urge that was resisted?",
        hint="Yes: nothing was done. A chain of an urge resisted is just as useful.",
        missing="Say whether the urge was resisted",
    )
    happened_on = moments.Day(label="When it happened", required=False)

    def until(self, today: date) -> None:
        """Refuse a day after `today`."""
        self.limit("happened_on", latest=today)

    def behaviour_typed(self) -> commands.Behaviour:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return commands.Behaviour(cleaned["behaviour"], cleaned["resisted"], cleaned["happened_on"])


class Analysis(Behaviour):
    """The form for the behaviour and its solution. It saves itself; its words are read before they are shown."""

    final = False
    besides = commands.BESIDES
    reduce_vulnerability = fields.LongText(
        label="What makes them less vulnerable?",
        hint="The person sees this. Sleep, food, drink, company: what was weak in the days before.",
        required=False,
        max_length=LONG,
        rows=3,
        audience=Audience.SHOWN,
    )
    prevent_prompt = fields.LongText(
        label="What prevents the prompting event?",
        hint="The person sees this.",
        required=False,
        max_length=LONG,
        rows=3,
        audience=Audience.SHOWN,
    )
    repair = fields.LongText(
        label="Repair",
        hint=f"The person sees this. {contact.WHY}",
        required=False,
        max_length=LONG,
        rows=3,
        audience=Audience.SHOWN,
    )

    def without(self, hidden: frozenset[str]) -> None:
        """Leave out fields that are hidden while the person looks on: their words stay as they are."""
        for name in hidden & set(self.fields):
            del self.fields[name]

    def analysis(self, kept: commands.Analysis) -> commands.Analysis:
        """What the command takes, once the form is valid; of a field that was left out it says what is kept."""
        cleaned: dict[str, Any] = self.cleaned_data
        typed = cleaned.get("behaviour", kept.behaviour.behaviour)
        return commands.Analysis(
            behaviour=commands.Behaviour(typed, cleaned["resisted"], cleaned["happened_on"]),
            reduce_vulnerability=cleaned.get("reduce_vulnerability", kept.reduce_vulnerability),
            prevent_prompt=cleaned.get("prevent_prompt", kept.prevent_prompt),
            repair=cleaned.get("repair", kept.repair),
        )


class Line(Form):
    """The one line to type in: a link of the chain."""

    words = fields.Text(
        label="Words",
        hint="The person sees this. No name and no place.",
        max_length=300,
        missing="Type what the link is",
        audience=Audience.SHOWN,
    )
    kind = fields.Pick(label="Type", choices=Kind.choices, missing="Choose the type: E, T, F, B, U or A")
    intensity = fields.Pick(label="Intensity, 0 to 5", choices=INTENSITIES, required=False)
    part = fields.Pick(label="Part of the chain", choices=Part.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """A link need not have an intensity."""
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["list"] = "words-before"
        self.offer("intensity", [("", "None"), *INTENSITIES])

    def link(self, *, ref: str = "", skill: str = "") -> Link:
        """What the commands take, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        intensity = int(cleaned["intensity"]) if cleaned["intensity"] else None
        kind, part = Kind(cleaned["kind"]), Part(cleaned["part"])
        return Link(ref, part, kind, cleaned["words"], intensity, cleaned.get("skill", skill))


class Change(Line):
    """The form for a link that stands, with its fitting skill; for a resisted urge, the skill used there.

    The form offers the service's skills by name, so that one is not counted under two spellings.
    """

    KNOWN: ClassVar[tuple[str, ...]] = tuple(skill.name for skill in SKILLS)

    skill = fields.Text(
        label="Skill that fits here",
        hint="The person sees this. What would have broken the chain at this link.",
        required=False,
        max_length=80,
        audience=Audience.SHOWN,
    )

    def __init__(self, *args: Any, resisted: bool, **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Ask for the skill that broke a chain apart from one that would have, since it is counted."""
        super().__init__(*args, **kwargs)
        self.fields["skill"].widget.attrs["list"] = "skills-known"
        if resisted:
            skill = self.fields["skill"]
            skill.label, skill.help_text = (
                "Skill they used here",
                "The person sees this. What they did at this link; leave empty if none.",
            )


class Touch(Form):
    """A button on a link: nothing to fill in but the version of the page."""
