"""What is asked before a certificate is issued."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from desist.programme.leaving.certificates.commands import Issue
from desist.ui import fields
from desist.ui.forms import Form


class Certificate(Form):
    """The form for the requirement to certify against; it asks about words that may lead to a person."""

    requirement = fields.Choice(label="Which requirement is it for?", choices=[])
    instead = "say why it is safe to keep; otherwise have the requirement corrected"

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, requirements: Sequence[str], counting: Sequence[str]
    ) -> None:
        """Offer `requirements`, those of orders and of the agreement; `counting` says what counts against each."""
        super().__init__(data)
        self._requirements = {code(words): words for words in requirements}
        self.offer(
            "requirement",
            list(self._requirements.items()),
            hints=dict(zip(self._requirements, counting, strict=True)),
        )

    def issue(self) -> Issue:
        """What the command takes, once the form is valid."""
        return Issue(self._requirements[self.cleaned_data["requirement"]], self.override())

    def texts(self) -> dict[str, str]:
        """Return the chosen requirement in its own words."""
        chosen = self.cleaned_data.get("requirement", "")
        return {"requirement": self._requirements[chosen]} if chosen else {}


def code(words: str) -> str:
    """Return a requirement as the form sends it: by its words, so that later requirements do not change it."""
    return sha256(words.encode()).hexdigest()[:16]
