"""One day of the diary, as it stands on paper."""

from typing import Any

from desist.programme.curriculum.skills import catalogue
from desist.programme.sessions.diary.commands import NotedDay
from desist.programme.sessions.diary.states import Act
from desist.ui import fields
from desist.ui.forms import Draft
from desist.ui.words import Audience

FIGURES = [("", "Not noted"), *((str(number), str(number)) for number in range(6))]


class Day(Draft):
    """Everything may stay empty: a gap in a diary is something to look at, not a mistake."""

    urge = fields.Pick(
        label="Strongest urge to contact or look up the other person", choices=FIGURES, required=False
    )
    act = fields.Pick(
        label="What they did about it", choices=[("", "Not noted"), *Act.choices], required=False
    )
    anger = fields.Pick(label="Anger", choices=FIGURES, required=False)
    sadness = fields.Pick(label="Sadness", choices=FIGURES, required=False)
    shame = fields.Pick(label="Shame", choices=FIGURES, required=False)
    sleep_hours = fields.Whole(label="Hours of sleep", required=False, most=24, width=2)
    substances = fields.Pick(
        label="Alcohol or drugs",
        choices=[("", "Not noted"), ("no", "No"), ("yes", "Yes")],
        required=False,
    )
    skill = fields.Pick(
        label="Skill they used", choices=[("", "None noted"), *catalogue.CHOICES], required=False
    )
    note = fields.LongText(
        label="Note",
        hint="In their words. No names, no addresses.",
        required=False,
        max_length=2_000,
        rows=2,
        audience=Audience.STAYS,
    )

    def noted(self) -> NotedDay:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        figures = {
            name: int(cleaned[name]) if cleaned[name] else None
            for name in ("urge", "anger", "sadness", "shame")
        }
        return NotedDay(
            **figures,
            act=cleaned["act"],
            sleep_hours=cleaned["sleep_hours"],
            substances={"": None, "no": False, "yes": True}[cleaned["substances"]],
            skill=cleaned["skill"],
            note=cleaned["note"],
        )


def typed(noted: NotedDay) -> dict[str, Any]:
    """A day as the form shows it."""
    figures = {name: getattr(noted, name) for name in ("urge", "anger", "sadness", "shame")}
    return {
        **{name: "" if figure is None else str(figure) for name, figure in figures.items()},
        "act": noted.act,
        "sleep_hours": noted.sleep_hours,
        "substances": {None: "", False: "no", True: "yes"}[noted.substances],
        "skill": noted.skill,
        "note": noted.note,
    }
