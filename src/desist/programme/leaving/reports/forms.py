"""The forms of an exit report, and those before it is signed."""

from collections.abc import Mapping
from typing import Any

from desist.programme.leaving.reports.records import FIELDS, LONGEST, TITLES
from desist.programme.leaving.reports.records import Words as Kept
from desist.ui import fields
from desist.ui.forms import Draft, Form
from desist.ui.words import Audience, Found

SHOWN = 3  # findings that one sentence names

HINTS = {
    "attendance": "The counts are shown above. Add what they do not say; attending is not the same as engaging.",
    "themes": "Taken from your session records: shorten it to what the referrer needs to know. What was said in confidence "
    "does not belong here.",
    "skills": "The skills are shown above. Add which of them the person uses, and where.",
    "measures": "The figures are shown above and cannot be changed. Add anything that helps to interpret them.",
    "goals": "The goals are shown above with how each supports the survivor’s safety.",
    "risks": "The current judgements, and what could raise the risk again. Nothing about where anyone is.",
    "recommendations": "What should happen next, and who does it.",
    "requirement": "How the order or the requirement was met.",
}


class Words(Draft):
    """The form for every part. All may stay empty while it is being written; handing it on asks for what is missing."""

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
    """The form that hands a report on, or signs it. The command reads the report's words; the page asks about them."""


class Return(Form):
    """The form that says why the second pair of eyes does not sign."""

    reason = fields.LongText(
        label="What has to be changed?", max_length=4000, rows=4, audience=Audience.STAYS
    )


class Start(Form):
    """The form that starts a report: a first one begins with what the record offers, so there is nothing to fill in."""


class Correction(Form):
    """The form that says what a new version puts right; the document shows it."""

    correction = fields.LongText(
        label="What does the new version correct?",
        hint="This is shown in the new version, with the number of the version it replaces.",
        max_length=2000,
        rows=3,
        audience=Audience.CROSSES,
    )


def told(found: Found) -> str:
    """Return in one sentence which words of the other side stand where."""
    return "; ".join(
        f"{part}: {', '.join(f'“{one.words[:60]}”' for one in findings[:SHOWN])}"
        for part, findings in found.items()
    )
