"""What a commissioner asks about a return, and what is entered of one that was told."""

from collections.abc import Mapping
from typing import Any

from desist.commission.returns import checking
from desist.returns import figures
from desist.returns.definitions import Edition, Table
from desist.returns.figures import Figures, Span
from desist.returns.states import Why
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

#: span -> what its column is called
SPANS = {Span.QUARTER: "Quarter", Span.FOUR: "Four quarters"}


class Ask(Form):
    """A question to the service or force that sent a return."""

    words = fields.LongText(
        label="Your question",
        hint="The manager or force lead there reads this. No number below ten, no name, nothing about one person.",
        max_length=2000,
        rows=5,
        audience=Audience.CROSSES,
    )


class Enter(Form):
    """A return that was told, a box for each of its numbers; an empty box is a number that was not told."""

    told_by = fields.Name(
        label="Who told you?",
        hint="Their name or job, and where they work",
        max_length=80,
    )
    why = fields.Choice(
        label="Why is it corrected?",
        choices=[(code, words) for code, words in Why.choices if code != Why.SENT_BY_MISTAKE],
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        edition: Edition,
        before: Figures,
        told_by: str,
        version: int,
    ) -> None:
        """`version` is the number of the return that is corrected, 0 where none is; `before` are its numbers."""
        kept = {_box(span, name): number for (span, name), number in before.items()}
        super().__init__(data, initial={"told_by": told_by, **kept}, version=version)
        self.edition = edition
        if not self.version:  # a form that was drawn before the first one asked for no reason
            del self.fields["why"]
        for name in edition.leaving:
            for span, words in SPANS.items():
                self.fields[_box(span, name)] = fields.Whole(
                    label=f"{edition.words(name)}, {words[:1].lower()}{words[1:]}",
                    required=False,
                    most=figures.MOST,
                )

    def clean(self) -> dict[str, Any]:
        """Refuse numbers that lead to a few people, and those that do not add up."""
        cleaned = super().clean()
        told = self.told(cleaned)
        if not told and not self.errors:
            self.add_error(None, checking.NOTHING)
        for fault in (
            *checking.small(told, edition=self.edition),
            *checking.faults(told, edition=self.edition),
        ):
            self.add_error(_box(fault.span, fault.name), fault.sentence)
        return cleaned

    def told(self, cleaned: Mapping[str, Any]) -> Figures:
        """Return the numbers that were typed."""
        boxes = {
            (span, name): cleaned.get(_box(span, name)) for name in self.edition.leaving for span in SPANS
        }
        return {box: number for box, number in boxes.items() if number is not None}

    def tables(self) -> list[tuple[Table, list[tuple[str, list[Any]]]]]:
        """Return each table with its figures in words and their boxes, which stand at a figure's first place alone."""
        seen: set[str] = set()
        found = []
        for one in self.edition.shown:
            for table in one.leaving:
                rows = []
                for name in (table.whole, *table.parts):
                    words = self.edition.words(name) + (", all" if name == table.whole else "")
                    boxes = [] if name in seen else [self[_box(span, name)] for span in SPANS]
                    rows.append((words, boxes))
                    seen.add(name)
                found.append((table, rows))
        return found


class Recall(Form):
    """Why a return that was entered by hand is recalled."""

    why = fields.Choice(
        label="Why is it recalled?",
        choices=[
            (Why.MISTAKE, "It was entered by mistake, or what was told is wrong"),
            (Why.DEFINITIONS, Why.DEFINITIONS.label),
        ],
    )


def _box(span: Span, name: str) -> str:
    return f"{span}.{name}"
