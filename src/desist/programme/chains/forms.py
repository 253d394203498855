"""The forms of a chain."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from desist.programme.chains import commands, contact
from desist.programme.chains.links import Kind, Link, Part
from desist.skills import catalogue
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

INTENSITIES = [(str(number), str(number)) for number in range(6)]
HOURS = [(str(hour), dates.clock(time(hour))) for hour in range(24)]
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
    hour = fields.Pick(label="About what time?", choices=HOURS, required=False, nothing="Not known")

    def until(self, today: date) -> None:
        """Refuse a day after `today`."""
        self.limit("happened_on", latest=today)

    def behaviour_typed(self) -> commands.Behaviour:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return commands.Behaviour(
            cleaned["behaviour"], cleaned["resisted"], cleaned["happened_on"], self.hour_typed()
        )

    def hour_typed(self) -> int | None:
        """Return the hour in which it happened, None where it is not known."""
        return int(self.cleaned_data["hour"]) if self.cleaned_data["hour"] else None


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
            behaviour=commands.Behaviour(
                typed, cleaned["resisted"], cleaned["happened_on"], self.hour_typed()
            ),
            reduce_vulnerability=cleaned.get("reduce_vulnerability", kept.reduce_vulnerability),
            prevent_prompt=cleaned.get("prevent_prompt", kept.prevent_prompt),
            repair=cleaned.get("repair", kept.repair),
        )


class Line(Form):
    """The line below a part of the chain, which adds a link to that part and to no other."""

    words = fields.Text(
        label="New link",
        hint="The person sees this. No name and no place.",
        max_length=300,
        missing="Type what the link is",
        audience=Audience.SHOWN,
    )
    kind = fields.Pick(
        label="Type", choices=Kind.choices, missing="Choose the type: E, T, F, B, U or A", nothing="Choose"
    )
    intensity = fields.Pick(label="0 to 5", choices=INTENSITIES, required=False, nothing="0–5")
    part = fields.Pick(label="Part of the chain", choices=Part.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Name the part, whose line stands beside those of the others; a link need not have an intensity."""
        super().__init__(*args, **kwargs)
        words, part = self.fields["words"], self.where
        words.widget.attrs["list"] = "words-before"
        words.label, self.auto_id = f"New {part.label.lower()}", f"id_{part.value}_%s"
        words.help_text = ""  # the page says it once

    @property
    def where(self) -> Part:
        """The part to which the line belongs; the links where the form names none."""
        named = self._sent("part") or self.initial.get("part", "")
        return Part(named) if named in Part.values else Part.LINK

    def link(self, *, ref: str = "") -> Link:
        """What the commands take, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        intensity = int(cleaned["intensity"]) if cleaned["intensity"] else None
        return Link(ref, Part(cleaned["part"]), Kind(cleaned["kind"]), cleaned["words"], intensity)


class Change(Line):
    """The form for a link that stands, with its fitting skill; for a resisted urge, the skill used there.

    A skill and a link that came before are picked, so that neither is counted under two spellings; own words stand beside.
    """

    skill_code = fields.Pick(
        label="Skill that fits here", choices=catalogue.CHOICES, required=False, nothing="None"
    )
    skill = fields.Text(
        label="The skill in their own words",
        hint="The person sees this. What would have broken the chain at this link.",
        required=False,
        max_length=80,
        audience=Audience.SHOWN,
    )
    same_as = fields.Pick(
        label="Counts as the same as", choices=(), required=False, nothing="No other link: its own words"
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- the form's own arguments
        standing: Link,
        resisted: bool,
        spellings: Sequence[str],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Ask for the skill that broke a chain apart from one that would have, since it is counted.

        `spellings` are words of other links; without any the link keeps the one that it has.
        """
        super().__init__(*args, **kwargs)
        self.standing, self.auto_id = standing, "id_change_%s"
        self.fields["words"].label = "Words"
        offered = [one for one in (standing.same_as, *spellings) if one and one != standing.words]
        self.offer("same_as", [(one, one) for one in dict.fromkeys(offered)])
        if not spellings:
            del self.fields["same_as"]
        if resisted:
            self.fields["skill_code"].label = "Skill they used here"
            self.fields["skill"].help_text = "The person sees this. What they did at this link."

    def link(self, *, ref: str = "") -> Link:
        """What the commands take, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return replace(
            super().link(ref=ref),
            skill=cleaned["skill"],
            skill_code=cleaned["skill_code"],
            same_as=cleaned.get("same_as", self.standing.same_as),
        )


class Touch(Form):
    """A button on a link: nothing to fill in but the version of the page."""
