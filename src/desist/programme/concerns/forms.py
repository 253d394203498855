"""The forms of a concern."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desist.desk.duty.forms import ContactNumber
from desist.programme.alerting import promise_nothing
from desist.programme.concerns import commands
from desist.programme.concerns.raising import Raised
from desist.programme.concerns.stages import Answer, Kind, Reached, Way
from desist.programme.concerns.states import Outcome, State
from desist.ui import dates, fields, moments
from desist.ui.forms import Form, ListFilter
from desist.ui.words import Audience

NOBODY_ALERTED = "No alert was sent. Why can the concern be closed anyway?"


class Narrow(ListFilter):
    """The filters of the list of concerns: how far they are, what came of them, and their kind."""

    state = fields.Pick(label="State", choices=State.choices, nothing="All")
    outcome = fields.Pick(label="Outcome", choices=Outcome.choices, nothing="All")
    kind = fields.Pick(label="Kind", choices=Kind.choices, nothing="All")


class Alerting(Form):
    """A form whose question `contact` asks for the number that an alert carries."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        alerts: bool,
    ) -> None:
        """Say that no alert carries the number, unless `alerts`: a partner organisation is linked to the referral."""
        super().__init__(data, initial=initial)
        if not alerts:
            promise_nothing(self, "contact")


class Concern(Alerting):
    """The concern, the person who was told, when, what they answered, and the number to call back."""

    kind = fields.Pick(label="What is it about?", choices=Kind.choices)
    what = fields.LongText(
        label="What concerns you?",
        hint="What you saw or heard, in plain words. This stays in the programme.",
        max_length=20_000,
        audience=Audience.STAYS,
    )
    told_whom = fields.Text(
        label="Who did you tell?",
        hint="Name and role. In danger call 999 first, then come back to this page.",
        max_length=120,
        audience=Audience.STAYS,
    )
    told_on = moments.Day(label="The day you told them")
    told_time = moments.Clock(label="The time you told them")
    answer = fields.LongText(
        label="What did they answer?", max_length=20_000, rows=3, audience=Audience.STAYS
    )
    contact = ContactNumber(hint="The alert gives this number, and nothing that you write above.")

    def raised(self) -> Raised:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return Raised(
            what=cleaned["what"],
            told_whom=cleaned["told_whom"],
            told_at=dates.moment(cleaned["told_on"], cleaned["told_time"]),
            answer=cleaned["answer"],
            contact=cleaned["contact"],
            kind=cleaned["kind"],
        )


class Taken(Form):
    """A form that records a step; its fields are named as `commands.Done` names them."""

    def done(self) -> commands.Done:
        """What the command takes, once the form is valid."""
        return commands.Done(**self.cleaned_data)


class Screening(Taken):
    """Whether and how a concern goes on, and who finds out more."""

    kind = fields.Pick(label="What is it about?", choices=Kind.choices)
    result = fields.Choice(
        label="How does it go on?",
        choices=Way.choices,
        hints={
            Way.COUNCIL: "Where a child or an adult may be at risk of harm. You do not have to find out more first.",
            Way.ACT: "You give the actions to colleagues on the concern’s page.",
        },
        reveals={Way.ENQUIRE: ["owner", "due_on"]},
    )
    owner = fields.Choice(label="Who finds out more?", choices=[])
    due_on = moments.Day(label="By which day?")
    words = fields.LongText(
        label="Why?", hint="This stays in the programme.", max_length=20_000, rows=4, audience=Audience.STAYS
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, kind: str, colleagues: fields.Pairs, at: datetime
    ) -> None:
        """Offer the colleagues who may see the concern, and days from the request's moment on."""
        super().__init__(data, initial={"kind": kind})
        self.offer("owner", colleagues)
        self.limit("due_on", earliest=dates.day_of(at))


class Enquiry(Taken):
    """What was found out."""

    words = fields.LongText(
        label="What did you find out, and from whom?",
        hint="Facts first, then what you make of them. This stays in the programme.",
        max_length=20_000,
        audience=Audience.STAYS,
    )


class Decision(Taken):
    """What the service does, and why."""

    result = fields.Choice(
        label="What do you decide?", choices=[one for one in Way.choices if one[0] != Way.ENQUIRE]
    )
    words = fields.LongText(
        label="What are your reasons?", max_length=20_000, rows=4, audience=Audience.STAYS
    )


class Referral(Taken):
    """A safeguarding referral that was made to the council."""

    council = fields.Text(label="Which council?", max_length=120, audience=Audience.STAYS)
    whom = fields.Text(
        label="Who took the referral?", hint="Name and role", max_length=120, audience=Audience.STAYS
    )
    done_on = moments.Day(label="The day you made it")
    words = fields.LongText(
        label="What did you tell them, and what did you ask for?",
        hint="Desist sends nothing to the council: make the referral in the way the council asks for.",
        max_length=20_000,
        rows=4,
        audience=Audience.STAYS,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer days up to the request's moment."""
        super().__init__(data, initial={"done_on": dates.day_of(at)})
        self.limit("done_on", latest=dates.day_of(at))


class Chase(Taken):
    """A call to a council that has not decided."""

    result = fields.Choice(label="Who did you reach?", choices=Reached.choices)
    whom = fields.Text(label="Their name and role", required=False, max_length=120, audience=Audience.STAYS)
    words = fields.LongText(
        label="What did they say?",
        hint="Where nobody answered: how often you tried, and when.",
        max_length=20_000,
        rows=4,
        audience=Audience.STAYS,
    )
    due_on = moments.Day(label="When do you ask again, or when will they decide?")

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer days from the request's moment on."""
        super().__init__(data)
        self.limit("due_on", earliest=dates.day_of(at))


class CouncilDecision(Taken):
    """What the council decided."""

    result = fields.Choice(label="What did the council decide?", choices=Answer.choices)
    whom = fields.Text(label="Who told you?", hint="Name and role", max_length=120, audience=Audience.STAYS)
    words = fields.LongText(
        label="What did they say they will do?", max_length=20_000, rows=4, audience=Audience.STAYS
    )


class Closing(Form):
    """What came of a concern."""

    outcome = fields.Choice(label="What was the outcome?", choices=Outcome.choices)
    words = fields.LongText(
        label="What was done?",
        hint="By whom and when. This stays in the programme.",
        max_length=20_000,
        audience=Audience.STAYS,
    )
    untaken_reason = fields.LongText(
        label="Nobody on the other side has acknowledged the alert. Why can the concern be closed anyway?",
        hint="For example, who you reached by telephone instead, and when.",
        max_length=2000,
        rows=3,
        audience=Audience.STAYS,
    )

    council_reason = fields.LongText(
        label="The council has not said what it decided. Why can the concern be closed anyway?",
        hint="For example, how often you chased it, and which of its managers you told.",
        max_length=2000,
        rows=3,
        audience=Audience.STAYS,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, taken_up: bool, alerts: bool, silent: bool
    ) -> None:
        """`taken_up`: the alert was acknowledged; `alerts`: one was sent at all; `silent`: the council has not decided."""
        super().__init__(data)
        if not silent:
            del self.fields["council_reason"]
        if taken_up:
            del self.fields["untaken_reason"]
        elif not alerts:
            asked = self.fields["untaken_reason"]
            asked.label = NOBODY_ALERTED
            asked.error_messages |= fields.missing_sentence(NOBODY_ALERTED, "")

    def closing(self) -> commands.Closing:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return commands.Closing(
            Outcome(cleaned["outcome"]),
            cleaned["words"],
            cleaned.get("untaken_reason", ""),
            cleaned.get("council_reason", ""),
        )
