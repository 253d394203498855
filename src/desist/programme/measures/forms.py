"""The forms for a questionnaire, and for a safety check."""

from datetime import datetime

from django import forms as django_forms

from desist.desk.duty.forms import ContactNumber
from desist.instruments import fhir, library
from desist.programme.concerns.forms import Alerting
from desist.programme.concerns.raising import Raised
from desist.programme.concerns.stages import Kind
from desist.programme.measures.commands import CheckedSafety
from desist.programme.measures.states import Occasion, SafetyOutcome
from desist.questionnaires import sheets
from desist.refusals import Refused
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Answers(sheets.Answers):
    """Answer by answer."""

    OCCASIONS = Occasion.choices


class Total(sheets.Total):
    """The form for the total alone, and the answers that demand a question about the person's safety."""

    OCCASIONS = Occasion.choices


class Safety(Alerting):
    """The form for a safety check: what was asked, what the person said, and who was told."""

    said = fields.LongText(
        label="What did you ask, and what did the person say?",
        hint="Ask now, before anything else: thoughts, plans, means, protective factors.",
        max_length=20_000,
        audience=Audience.STAYS,
    )
    outcome = fields.Choice(
        label="What was the outcome of the safety check?",
        choices=SafetyOutcome.choices,
        reveals={
            SafetyOutcome.PLAN: ["plan"],
            SafetyOutcome.CONCERN: ["told_whom", "told_on", "told_time", "answer", "contact"],
        },
    )
    plan = fields.LongText(
        label="The plan: what they will do, who they can call",
        max_length=20_000,
        rows=4,
        audience=Audience.STAYS,
    )
    told_whom = fields.Text(
        label="Who did you tell?",
        hint="Name and role. In danger call 999 first.",
        max_length=120,
        audience=Audience.STAYS,
    )
    told_on = moments.Day(label="The day you told them")
    told_time = moments.Clock(label="The time you told them")
    answer = fields.LongText(
        label="What did they answer?", max_length=20_000, rows=3, audience=Audience.STAYS
    )
    contact = ContactNumber(hint="The alert gives this number, and nothing that you write above.")

    def checked(self, *, at: datetime) -> CheckedSafety:
        """What the command takes, once the form is valid. Raises Refused where the moment lies ahead."""
        cleaned = self.cleaned_data
        outcome = SafetyOutcome(cleaned["outcome"])
        raised = None
        if outcome is SafetyOutcome.CONCERN:
            told_at = dates.moment(cleaned["told_on"], cleaned["told_time"])
            if told_at > at:
                raise Refused("The time you told them must not be in the future", field="told_time")
            raised = Raised(
                what=cleaned["said"],
                told_whom=cleaned["told_whom"],
                told_at=told_at,
                answer=cleaned["answer"],
                contact=cleaned["contact"],
                kind=Kind.SELF_HARM,
            )
        return CheckedSafety(said=cleaned["said"], outcome=outcome, plan=cleaned["plan"], raised=raised)


class Strike(Form):
    """The form that says why a form is taken out of the scores."""

    reason = fields.Text(
        label="What was the error?", hint="For example: another person’s form", audience=Audience.STAYS
    )


class WordingFile(Form):
    """The form for the owner's file with the official wording of an instrument."""

    instrument = fields.Pick(
        label="Which form is it?",
        choices=[(one.name, one.title) for one in library.current()],
        required=False,
        nothing="As the file says",
    )
    file = django_forms.FileField(
        label="The file from its publisher",
        help_text="A FHIR Questionnaire in JSON, with the licence in its field “copyright”.",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty",
            "invalid": "Choose a file",
        },
    )

    def wording(self) -> fhir.Wording:
        """Return the wording of the file, once the form is valid. Raises Refused with every reason."""
        try:
            # one byte more than is allowed says that the file is too large
            content = self.cleaned_data["file"].read(fhir.LARGEST + 1)
            return fhir.read(content, instrument=self.cleaned_data["instrument"])
        except fhir.WordingRefused as refused:
            raise Refused(f"Nothing was loaded. {refused}", field="file") from None
