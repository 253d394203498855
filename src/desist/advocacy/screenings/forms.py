"""The forms of a screening."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desist.advocacy.screenings.commands import Screened
from desist.advocacy.screenings.states import TOOLS
from desist.advocacy.screenings.words import Words
from desist.ui import dates, fields, moments
from desist.ui.forms import Read
from desist.ui.words import Audience


class Screening(Read):
    """A tool's result in its own words, the rater, and until when it holds."""

    tool = fields.Pick(label="Which tool?", choices=TOOLS)
    tool_version = fields.Text(
        label="Its version",
        hint="As printed on the form. For another tool, its name too.",
        max_length=80,
        audience=Audience.STAYS,
    )
    result = fields.Text(
        label="What was the result?",
        hint="In the words of the tool, as the rater concluded. Not a total of items.",
        audience=Audience.STAYS,
    )
    reasons = fields.LongText(label="Why?", required=False, rows=3, audience=Audience.STAYS)
    rater = fields.Text(label="Name of the person who rated", max_length=80, audience=Audience.STAYS)
    rater_trained = fields.YesNo(label="Is the rater trained in this tool?")
    rated_on = moments.Day(label="The day it was rated")
    review_on = moments.Day(
        label="The day it must be reviewed by", hint="Sooner after any incident: To do will ask for it."
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        at: datetime,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer days up to `at`, the request's moment."""
        today = dates.day_of(at)
        super().__init__(data, initial={"rated_on": today, **(initial or {})})
        self.limit("rated_on", latest=today)

    def clean(self) -> dict[str, Any]:
        """A review comes after the rating."""
        cleaned = super().clean()
        rated, review = cleaned.get("rated_on"), cleaned.get("review_on")
        if rated and review and review <= rated:
            self.add_error("review_on", f"The review must come after the rating on {dates.on(rated)}")
        return cleaned

    def screened(self) -> Screened:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        words = Words(cleaned["tool_version"], cleaned["result"], cleaned["rater"], cleaned["reasons"])
        kept = ("tool", "rater_trained", "rated_on", "review_on")
        return Screened(words=words, **{name: cleaned[name] for name in kept})


class Strike(Read):
    """Why a screening does not count."""

    reason = fields.Text(
        label="What was the error?", hint="For example: another person’s form", audience=Audience.STAYS
    )
