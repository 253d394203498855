"""The forms of papers, formulations and minutes of a panel."""

from collections.abc import Mapping, Sequence
from typing import Any

from desist.disclosure.codes import Purpose
from desist.partnership.panels.panel_papers.commands import NOBODY, Draft
from desist.partnership.panels.states import Side, Sort
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Write(Form):
    """An exact copy for some agencies or one guest."""

    sort = fields.Choice(
        label="What is it?",
        hint="A formulation says how the panel explains the risk: what began it, what keeps it going, what protects, and "
        "what may happen next.",
        choices=Sort.choices,
    )
    side = fields.Choice(
        label="Which side is it about?",
        hint="The two sides are two papers. Nothing about a victim stands in a paper about the person.",
        choices=Side.choices,
    )
    agencies = fields.Choices(
        label="Which agencies get it?",
        hint="Those at the meeting whose agreement is in force.",
        choices=[],
        required=False,
    )
    guest = fields.Name(
        label="Or a guest of the meeting",
        hint="Their name and organisation. A guest reads this one paper, by a link and a code.",
        max_length=120,
        required=False,
    )
    purpose = fields.Choice(label="What is it for?", choices=Purpose.choices)
    words = fields.LongText(
        label="What do they read?",
        hint="As little as is needed. They read exactly this.",
        max_length=4000,
        rows=8,
        audience=Audience.CROSSES,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, agencies: Sequence[tuple[str, str]]) -> None:
        """`agencies` are those that can be given papers."""
        super().__init__(data)
        self.offer("agencies", agencies)

    def clean(self) -> dict[str, Any]:
        """Ask for a reader."""
        cleaned = super().clean()
        if not cleaned.get("agencies") and not cleaned.get("guest") and "agencies" not in self.errors:
            self.add_error("agencies", NOBODY)
        return cleaned

    def draft(self) -> Draft:
        """What the command takes, once the form is valid."""
        return Draft(**self.cleaned_data)


class Release(Form):
    """Which of the papers that wait are released."""

    papers = fields.Choices(
        label="Which do you release?",
        hint="You answer for exactly these words. Each reader gets them at once.",
        choices=[],
    )


class Print(Form):
    """One reader of a printed pack."""

    agency = fields.Choice(label="For which agency?", choices=[])
    reader = fields.Name(label="Who is handed this copy?", max_length=120)
    side = fields.Choice(label="Which side do they read?", choices=Side.choices)


class Press(Form):
    """Nothing to fill in."""
