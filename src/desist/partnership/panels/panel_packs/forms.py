"""The form on which the chair names the reader of each pack."""

from collections.abc import Mapping, Sequence
from typing import Any

from desist.partnership.panels.panel_packs.commands import NOBODY, Reader
from desist.ui import fields
from desist.ui.forms import Form


class Readers(Form):
    """Who is handed each pack: one field for each agency and side with papers, by its place in the list."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        packs: Sequence[tuple[str, str, str, int]],
    ) -> None:
        """`packs` are (reference of the agency, coded side, words for both, number of papers)."""
        super().__init__(data)
        self.packs = packs
        for at, (_, _, words, papers) in enumerate(packs):
            self.fields[f"reader_{at}"] = fields.Name(
                label=words, hint=f"Papers: {papers}", max_length=120, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Ask for a reader."""
        cleaned = super().clean()
        if self.packs and not self.errors and not any(cleaned.values()):
            self.add_error("reader_0", NOBODY)
        return cleaned

    def readers(self) -> tuple[Reader, ...]:
        """What the command takes, once the form is valid."""
        named = ((at, self.cleaned_data.get(f"reader_{at}")) for at in range(len(self.packs)))
        return tuple(
            Reader(self.packs[at][0], self.packs[at][1], name, f"reader_{at}") for at, name in named if name
        )
