"""The form of a coping plan, filled in together in a session."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from desist.programme.plans.coping.commands import Plan, Step
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

#: the steps "when …, I will …" that a plan has room for
STEPS = 6
#: the lines that each other part has room for, and the letters of a line
LINES, LETTERS = 8, 200


class PlanLines(fields.LongText):
    """A few lines of words."""

    def clean(self, value: Any) -> tuple[str, ...]:  # noqa: ANN401 -- Django's signature
        """Return the lines without empty ones."""
        lines = tuple(line.strip() for line in super().clean(value).splitlines() if line.strip())
        if len(lines) > LINES:
            raise ValidationError(f"Enter at most {LINES} lines, one thing on each")
        if any(len(line) > LETTERS for line in lines):
            raise ValidationError(f"Make each line shorter: at most {LETTERS} letters")
        return lines


class Coping(Form):
    """The whole plan. Everything may stay empty, but not all of it."""

    signs = PlanLines(
        label="Early signs",
        hint="The person sees this. One on each line: “I sleep badly”, “I start to count the days”",
        required=False,
        rows=4,
        audience=Audience.SHOWN,
    )
    ring = PlanLines(
        label="Who I ring",
        hint="The person sees this. Two people who said yes, and a helpline. Never the other person or anyone close to them",
        required=False,
        rows=3,
        audience=Audience.SHOWN,
    )
    helps = PlanLines(
        label="What helps me",
        hint="The person sees this. One on each line",
        required=False,
        rows=4,
        audience=Audience.SHOWN,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, plan: Plan, version: int) -> None:
        """`plan` is what stands, `version` its number."""
        initial: dict[str, str] = plan.texts
        super().__init__(data, initial=initial, version=version)
        for number in range(1, STEPS + 1):
            self.fields[f"cue_{number}"] = fields.Text(
                label=f"When … ({number})", required=False, max_length=LETTERS, audience=Audience.SHOWN
            )
            self.fields[f"act_{number}"] = fields.Text(
                label=f"I will … ({number})", required=False, max_length=LETTERS, audience=Audience.SHOWN
            )

    @property
    def steps(self) -> list[tuple[Any, Any]]:
        """The steps as the page draws them: when, and what."""
        return [(self[f"cue_{number}"], self[f"act_{number}"]) for number in range(1, STEPS + 1)]

    def clean(self) -> dict[str, Any]:
        """A step needs both halves, and a plan says something."""
        cleaned = super().clean()
        for number in range(1, STEPS + 1):
            cue, act = (cleaned.get(f"{half}_{number}", "-") for half in ("cue", "act"))
            if cue and not act:
                self.add_error(f"act_{number}", "Enter what you will do then")
            elif act and not cue:
                self.add_error(f"cue_{number}", "Enter when you will do it")
        if not self.errors and not any(cleaned.values()):
            self.add_error("signs", "Enter at least one line of the plan")
        return cleaned

    def plan(self) -> Plan:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        steps = (Step(cleaned[f"cue_{number}"], cleaned[f"act_{number}"]) for number in range(1, STEPS + 1))
        return Plan(
            cleaned["signs"], tuple(one for one in steps if one.cue), cleaned["ring"], cleaned["helps"]
        )
