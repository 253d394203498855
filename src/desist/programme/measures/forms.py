"""What is typed in from a questionnaire, and what a safety check says."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from desist.desk.duty.commands import NUMBER
from desist.instruments.fhir import Wording
from desist.instruments.model import Instrument, Item
from desist.instruments.scoring import safety_items
from desist.programme.concerns.commands import Raised
from desist.programme.measures.commands import Checked, Taken
from desist.programme.measures.states import Occasion, SafetyOutcome, Source
from desist.ui import dates, fields, moments
from desist.ui.forms import Form


class _Sheet(Form):
    """What is asked of every form, however it is typed."""

    occasion = fields.Choice(label="Where in the work?", choices=Occasion.choices)
    taken_on = moments.Day(label="The day it was filled in")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        instrument: Instrument,
        occasion: str = "",
        at: datetime,
    ) -> None:
        """`at` is the request's moment: nothing can have been filled in after it. `occasion` is offered first."""
        super().__init__(data, initial={"taken_on": dates.local(at).date(), "occasion": occasion})
        self.instrument = instrument
        day = self.fields["taken_on"]
        day.latest = dates.local(at).date()  # type: ignore[attr-defined]  # a Day

    def answer(self, item: Item) -> int | None:
        """The figure of an item, None where it was left out."""
        value = self.cleaned_data.get(f"item_{item.number}")
        return None if value in {None, ""} else int(str(value))


class Answers(_Sheet):
    """Answer by answer: figures from the paper form, or the wording on the page where the site has loaded it."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        instrument: Instrument,
        wording: Wording | None,
        occasion: str = "",
        at: datetime,
    ) -> None:
        """A field for each item."""
        super().__init__(data, instrument=instrument, occasion=occasion, at=at)
        self.source = Source.SCREEN if wording else Source.PAPER
        for place, item in enumerate(instrument.items):
            self.fields[f"item_{item.number}"] = (
                _worded(wording, place) if wording else _figure(instrument, item)
            )
        self.fields["gaps"] = fields.Tick(
            label="Answers were left out on the form, and stay left out", required=False
        )

    def clean(self) -> dict[str, Any]:
        """A gap is meant, or it is a slip: ask which."""
        cleaned = super().clean()
        gaps = [one for one in self.instrument.items if self.answer(one) is None]
        unanswered = [one for one in gaps if f"item_{one.number}" not in self.errors]
        if unanswered and not cleaned.get("gaps"):
            numbers = ", ".join(str(one.number) for one in unanswered)
            self.add_error(
                f"item_{unanswered[0].number}",
                f"No answer for item {numbers}. Type it, or tick at the end that it was left out on the form",
            )
        return cleaned

    def taken(self) -> Taken:
        """What the command takes, once the form is valid."""
        return Taken(
            instrument=self.instrument.name,
            occasion=self.cleaned_data["occasion"],
            taken_on=self.cleaned_data["taken_on"],
            source=self.source,
            answers=tuple(self.answer(item) for item in self.instrument.items),
        )


class Total(_Sheet):
    """The total alone, and the answers after which somebody must be asked about their safety."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        instrument: Instrument,
        occasion: str = "",
        at: datetime,
    ) -> None:
        """The total, then a field for each safety item."""
        super().__init__(data, instrument=instrument, occasion=occasion, at=at)
        self.fields["total"] = fields.Whole(
            label="The total",
            hint=f"From {instrument.least} to {instrument.most}, as added up on the form",
            least=instrument.least,
            most=instrument.most,
            width=3,
        )
        for item in safety_items(instrument):
            self.fields[f"item_{item.number}"] = _figure(instrument, item, required=True)

    def taken(self) -> Taken:
        """What the command takes, once the form is valid."""
        return Taken(
            instrument=self.instrument.name,
            occasion=self.cleaned_data["occasion"],
            taken_on=self.cleaned_data["taken_on"],
            source=Source.TOTAL,
            answers=tuple(self.answer(item) for item in self.instrument.items),
            total=self.cleaned_data["total"],
        )


class Safety(Form):
    """What was asked, what the person said, and who was told."""

    said = fields.LongText(
        label="What did you ask, and what did the person say?",
        hint="Ask now, before anything else: thoughts, plans, means, what holds them back.",
        max_length=20_000,
    )
    outcome = fields.Choice(
        label="What does the safety check end in?",
        choices=SafetyOutcome.choices,
        reveals={
            SafetyOutcome.PLAN: ["plan"],
            SafetyOutcome.CONCERN: ["told_whom", "told_on", "told_time", "answer", "contact"],
        },
    )
    plan = fields.LongText(label="The plan: what they will do, whom they can call", max_length=20_000, rows=4)
    told_whom = fields.Text(
        label="Who did you tell?", hint="Name and role. In danger call 999 first.", max_length=120
    )
    told_on = moments.Day(label="The day you told them")
    told_time = moments.Clock(label="The time you told them")
    answer = fields.LongText(label="What did they answer?", max_length=20_000, rows=3)
    contact = fields.Text(
        label="Telephone number on which you can be reached",
        hint="The alert carries this number, and nothing of what you write above.",
        max_length=20,
        width=20,
    )

    def clean_contact(self) -> str:
        """A number and nothing else, since it leaves the programme; one that is not asked for does not count."""
        number: str = self.cleaned_data["contact"].strip()
        if self.data.get("outcome") == SafetyOutcome.CONCERN and not NUMBER.fullmatch(number):
            raise ValidationError("Enter a telephone number in digits, like 01632 960 001, and nothing else")
        return number

    def checked(self, *, at: datetime) -> Checked | None:
        """What the command takes, once the form is valid; None, with an error, where the moment lies ahead."""
        cleaned = self.cleaned_data
        outcome = SafetyOutcome(cleaned["outcome"])
        raised = None
        if outcome is SafetyOutcome.CONCERN:
            told_at = datetime.combine(cleaned["told_on"], cleaned["told_time"], tzinfo=dates.LONDON)
            if told_at > at:
                self.add_error("told_time", "The time you told them must not lie ahead")
                return None
            raised = Raised(
                what=cleaned["said"],
                told_whom=cleaned["told_whom"],
                told_at=told_at,
                answer=cleaned["answer"],
                contact=cleaned["contact"],
            )
        return Checked(said=cleaned["said"], outcome=outcome, plan=cleaned["plan"], raised=raised)


class Strike(Form):
    """Why a form is taken out of the scores."""

    reason = fields.Text(label="Why was it entered by mistake?", hint="For example: another person’s form")


def _figure(instrument: Instrument, item: Item, *, required: bool = False) -> fields.Whole:
    """A figure as it is printed on the paper form."""
    least, most = min(instrument.figures), max(instrument.figures)
    hint = f"The figure beside the box that was ticked, {least} to {most}"
    return fields.Whole(
        label=f"{item.number}. {item.topic}",
        hint=hint if required or item.number == 1 or item.reversed else "",
        required=required,
        least=least,
        most=most,
        width=2,
    )


def _worded(wording: Wording, place: int) -> fields.Choice:
    """A question in its official words."""
    question = wording.questions[place]
    return fields.Choice(
        label=f"{question.number}. {question.text}",
        choices=[(str(figure), label) for figure, label in question.answers],
        required=False,
    )
