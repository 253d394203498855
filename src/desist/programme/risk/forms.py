"""The forms of a judgement."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from desist.codes import Behaviour
from desist.programme.risk import commands
from desist.programme.risk.states import TOOLS, Alerted, Compared, Factor, Motive, Over
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

MOST_DAYS = 92


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
    compared = fields.Choice(
        label="Is it higher than the judgement before?",
        hint="Your own judgement: Desist compares nothing.",
        choices=Compared.choices,
        reveals={Compared.HIGHER: ["alerting"]},
    )
    alerting = fields.Choices(
        label="Whom do you alert?",
        hint="The manager and the supervisor read of it at once in To do and by e-mail. The alert to the referrer follows on the next page; tell another agency yourself.",
        choices=Alerted.choices,
        required=False,
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
        chosen = cleaned.get("alerting") or []
        if cleaned.get("compared") == Compared.HIGHER and not chosen:
            self.add_error("alerting", "Say whom you alert: the judgement is higher than the one before")
        if Alerted.NOBODY in chosen and len(chosen) > 1:
            self.add_error("alerting", f"Choose either “{Alerted.NOBODY.label}” or the others")
        return cleaned

    def judgement(self) -> commands.Judgement:
        """What the command takes, once the form is valid."""
        return commands.Judgement(**self.cleaned_data)


class Strike(Form):
    """Why a judgement does not count."""

    reason = fields.Text(
        label="What was the error?", hint="For example: another person’s judgement", audience=Audience.STAYS
    )


class Acute(Form):
    """What makes the risk acute, and until which day that counts."""

    kind = fields.Choice(label="What makes the risk acute?", choices=Factor.choices)
    noticed_on = moments.Day(label="The day you noticed it")
    until = moments.Day(
        label="The last day on which it counts",
        hint="At most three months on. If it lasts, note it again then.",
    )
    words = fields.Text(
        label="What did you notice?",
        hint="A line. Nothing about where anyone is.",
        required=False,
        audience=Audience.STAYS,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer today, and two weeks."""
        today = dates.day_of(at)
        super().__init__(data, initial={"noticed_on": today, "until": today + timedelta(days=14)})
        self.limit("noticed_on", latest=today)

    def clean(self) -> dict[str, Any]:
        """It counts for a day at least, and for MOST_DAYS at most."""
        cleaned = super().clean()
        since, until = cleaned.get("noticed_on"), cleaned.get("until")
        if since and until and not since <= until <= _last(since):
            self.add_error("until", f"Choose a day from {dates.on(since)} to {dates.on(_last(since))}")
        return cleaned

    def acute(self) -> commands.Acute:
        """What the command takes, once the form is valid."""
        return commands.Acute(**self.cleaned_data)


class End(Form):
    """Why an acute factor no longer counts."""

    over = fields.Choice(label="Why does it no longer count?", choices=Over.choices)


class Type(Form):
    """The type of stalking, as a trained person judges it."""

    motive = fields.Choice(label="Which type?", choices=Motive.choices)
    behaviours = fields.Choices(
        label="Which acts have you learned of since the referral?",
        hint="Beside those that the referral names. Nothing that the victim reported.",
        choices=Behaviour.choices,
        required=False,
    )
    rationale = fields.LongText(label="Why?", max_length=20_000, rows=4, audience=Audience.STAYS)
    rater = fields.Text(label="Name of the person who judged", max_length=80, audience=Audience.STAYS)
    rated_on = moments.Day(label="The day of the judgement")

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer days up to `at`, the request's moment."""
        super().__init__(data, initial={"rated_on": dates.day_of(at)})
        self.limit("rated_on", latest=dates.day_of(at))

    def typed(self) -> commands.Typed:
        """What the command takes, once the form is valid."""
        return commands.Typed(**self.cleaned_data)


def _last(since: date) -> date:
    return since + timedelta(days=MOST_DAYS)
