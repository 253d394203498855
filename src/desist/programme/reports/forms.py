"""What is written in an exit report, and what is asked before it is signed."""

from collections.abc import Mapping, Sequence
from typing import Any

from desist.programme.reports.checking import Finding
from desist.programme.reports.records import FIELDS, LONGEST, TITLES
from desist.programme.reports.records import Words as Kept
from desist.ui import fields
from desist.ui.forms import Draft, Form
from desist.ui.words import Audience, FalseAlarm, Override

SHOWN = 3  # findings that one sentence names

HINTS = {
    "attendance": "The counts are shown above. Add what they do not say; attending is not the same as engaging.",
    "themes": "Taken from your session records: shorten it to what the referrer needs to know. What was said in confidence "
    "does not belong here.",
    "skills": "The skills are shown above. Add which of them the person uses, and where.",
    "measures": "The figures are shown above and cannot be changed. Add anything that helps to interpret them.",
    "goals": "The goals are shown above with how each supports the survivor’s safety.",
    "risks": "The current judgements, and what could raise the risk again. Nothing about where anybody is.",
    "recommendations": "What should happen next, and who does it.",
    "requirement": "How the order or the requirement was met.",
}


class Words(Draft):
    """Every part. All may stay empty while it is being written; handing it on asks for what is missing."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        version: int | None = None,
    ) -> None:
        """`initial` are the words so far."""
        super().__init__(data, initial=initial, version=version)
        for name in FIELDS:
            self.fields[name] = fields.LongText(
                label=TITLES[name],
                hint=HINTS[name],
                required=False,
                max_length=LONGEST,
                rows=6,
                audience=Audience.CROSSES,
            )

    def words(self) -> Kept:
        """What the command takes, once the form is valid."""
        return Kept(**{name: self.cleaned_data[name] for name in FIELDS})


class Checked(Form):
    """Hand it on, or sign it; words that may lead to somebody are asked about once they are found."""

    ALARM = "false_alarm"

    def __init__(self, data: Mapping[str, Any] | None = None, *, version: int) -> None:
        """The question about words is there from the first time it was asked."""
        super().__init__(data, version=version)
        if data is not None and self.ALARM in data:
            self._ask()

    def ask(self, findings: Sequence[Finding]) -> None:
        """Say what was found where, and ask whether it may stay."""
        if self.ALARM not in self.fields:
            self._ask()
        self.add_error(None, f"{told(findings)}. Take it out, or say below why it can stay")

    def _ask(self) -> None:
        self.fields[self.ALARM] = fields.Choice(
            label="If these words can stay, why?",
            hint="Your data protection officer sees this reason, not the words.",
            choices=FalseAlarm.choices,
            required=False,
        )

    def override(self) -> Override | None:
        """The false alarm that was answered for, if any."""
        reason = self.cleaned_data.get(self.ALARM)
        return Override(FalseAlarm(reason), ()) if reason else None


class Return(Form):
    """Why the second pair of eyes does not sign."""

    reason = fields.LongText(
        label="What has to be changed?", max_length=4000, rows=4, audience=Audience.STAYS
    )


class Start(Form):
    """Nothing to fill in: a first report begins with what the record offers."""


class Correction(Form):
    """What a new version puts right; it stands in the document."""

    correction = fields.LongText(
        label="What does the new version correct?",
        hint="This is shown in the new version, with the number of the version it replaces.",
        max_length=2000,
        rows=3,
        audience=Audience.CROSSES,
    )


def told(findings: Sequence[Finding]) -> str:
    """What was found where, in one sentence."""
    said = [f"{one.part}: “{one.words[:60]}” looks like {_a(one.kind)}" for one in findings[:SHOWN]]
    more = len(findings) - SHOWN
    return "; ".join(said) + (f"; and {more} more" if more > 0 else "")


def _a(kind: str) -> str:
    if kind.startswith("words"):
        return kind
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"
