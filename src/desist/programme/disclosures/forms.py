"""What is asked of the police."""

from desist.disclosure import codes
from desist.programme.disclosures.commands import Question
from desist.ui import fields, moments
from desist.ui.forms import Form


class Ask(Form):
    """One question, for what, and why it is needed."""

    question = fields.LongText(
        label="What do you ask?",
        hint="About the person you work with. Do not ask about the victim or what they said.",
        max_length=2000,
        rows=3,
    )
    purpose = fields.Choice(label="What is it for?", choices=codes.Purpose.choices)
    necessity = fields.LongText(
        label="Why do you need it?", hint="What could you not do without it?", max_length=2000, rows=3
    )
    needed_by = moments.Day(label="By which day do you need it?", required=False)

    def question_asked(self) -> Question:
        """What the command takes, once the form is valid."""
        return Question(**{name: self.cleaned_data[name] for name in Question.__dataclass_fields__})
