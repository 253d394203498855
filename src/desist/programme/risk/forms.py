"""The forms of a judgement."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desist.programme.risk import commands
from desist.programme.risk.states import TOOLS
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Judgement(Form):
    """A tool's result in the rater's words, why, and until when it holds."""

    tool = fields.Pick(label="Which tool?", choices=TOOLS)
    tool_version = fields.Text(
        label="Its version", hint="As printed on the form", max_length=80, audience=Audience.STAYS
    )
    result = fields.Text(
        label="What was concluded?",
        hint="The professional judgement in words, as the tool asks for it. Not a total of items.",
        audience=Audience.STAYS,
    )
    rationale = fields.LongText(label="Why?", max_length=20_000, audience=Audience.STAYS)
    sources = fields.LongText(label="Evidence", required=False, rows=3, audience=Audience.STAYS)
    rater = fields.Text(label="Name of the person who rated", max_length=80, audience=Audience.STAYS)
    rater_trained = fields.YesNo(label="Is the rater trained in this tool?")
    rated_on = moments.Day(label="The day it was rated")
    review_on = moments.Day(
        label="The day it must be reviewed by", hint="A judgement of risk needs a review date"
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer days up to `at`, the request's moment."""
        today = dates.local(at).date()
        super().__init__(data, initial={"rated_on": today})
        self.limit("rated_on", latest=today)

    def clean(self) -> dict[str, Any]:
        """A review comes after the rating."""
        cleaned = super().clean()
        rated, review = cleaned.get("rated_on"), cleaned.get("review_on")
        if rated and review and review <= rated:
            self.add_error("review_on", f"The review must come after the rating on {dates.on(rated)}")
        return cleaned

    def judgement(self) -> commands.Judgement:
        """What the command takes, once the form is valid."""
        return commands.Judgement(**self.cleaned_data)


class Strike(Form):
    """Why a judgement does not count."""

    reason = fields.Text(
        label="What was the error?", hint="For example: another person’s judgement", audience=Audience.STAYS
    )
