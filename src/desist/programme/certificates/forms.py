"""What is asked before a certificate is issued."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from desist.programme.certificates.commands import Issue
from desist.programme.reports.checking import Finding
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import FalseAlarm, Override


class Certificate(Form):
    """Against which requirement; words that may lead to somebody are asked about once they are found."""

    requirement = fields.Choice(label="Which requirement is it for?", choices=[])
    false_alarm = fields.Choice(
        label="If the requirement includes a place or a number, why can that stay?",
        hint="Only if you are asked. Your data protection officer sees this reason, not the words.",
        choices=FalseAlarm.choices,
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, requirements: Sequence[str], counting: Sequence[str]
    ) -> None:
        """`requirements` are those of orders and of the agreement; `counting` says what counts against each."""
        super().__init__(data)
        self._requirements = {code(words): words for words in requirements}
        self.offer(
            "requirement",
            list(self._requirements.items()),
            hints=dict(zip(self._requirements, counting, strict=True)),
        )

    def issue(self) -> Issue:
        """What the command takes, once the form is valid."""
        reason = self.cleaned_data["false_alarm"]
        return Issue(
            requirement=self._requirements[self.cleaned_data["requirement"]],
            override=Override(FalseAlarm(reason), ()) if reason else None,
        )

    def ask(self, findings: Sequence[Finding]) -> None:
        """Say what was found."""
        said = ", ".join(f"“{one.words[:60]}” ({one.kind})" for one in findings[:3])
        self.add_error(
            "false_alarm",
            f"The requirement includes {said}. If that can stay, say why; otherwise have the requirement corrected",
        )


def code(words: str) -> str:
    """A requirement as the form sends it: by its words, whatever else is required by then."""
    return sha256(words.encode()).hexdigest()[:16]
