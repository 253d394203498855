"""What is asked of the police."""

from desist.disclosure import codes
from desist.disclosure.forms import ContentForm
from desist.disclosure.forms import Recall as RecallForm
from desist.disclosure.forms import Refuse as RefuseForm
from desist.post.forms import HeardFrom
from desist.programme.disclosures.commands import Question, TypedIn
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Ask(Form):
    """One question, for what, and why it is needed."""

    question = fields.LongText(
        label="What do you ask?",
        hint="About the person you work with. Do not ask about the victim or what they said.",
        max_length=2000,
        rows=3,
        audience=Audience.CROSSES,
    )
    purpose = fields.Choice(label="What is it for?", choices=codes.Purpose.choices)
    necessity = fields.LongText(
        label="Why do you need it?",
        hint="What could you not do without it?",
        max_length=2000,
        rows=3,
        audience=Audience.CROSSES,
    )
    needed_by = moments.Day(label="When do you need it by?", required=False)

    def question_asked(self) -> Question:
        """What the command takes, once the form is valid."""
        said = {name: self.cleaned_data[name] for name in self.fields}
        return Question(**said, override=self.override())


class TypeIn(HeardFrom, ContentForm):
    """What a force without software told by telephone or on paper."""

    request = fields.Pick(label="Which question does it answer?", choices=[], required=False)
    decided_by = fields.Text(
        label="Which two people in the police decided it?",
        hint="Names and roles. A decision by one person cannot be saved here: ask for the second.",
        max_length=160,
        audience=Audience.STAYS,
    )
    instead = "ask the police to reword it, or say why it is safe to keep"
    field_order = (*ContentForm.base_fields, "request", "decided_by", "heard_from", "heard_on", "heard_time")

    def typed(self) -> TypedIn:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return TypedIn(
            content=self.content(),
            request=cleaned["request"],
            decided_by=cleaned["decided_by"],
            told_by=cleaned["heard_from"],
            told_at=self.heard_at(),
            override=self.override(),
        )


class Refused(HeardFrom, RefuseForm):
    """The form by which a force without software refuses to disclose."""

    request = fields.Pick(label="Which question?", choices=[])
    field_order = ("request", "reason", "heard_from", "heard_on", "heard_time")


class Recalled(HeardFrom, RecallForm):
    """The form by which a force without software recalls what it told."""

    disclosure = fields.Pick(
        label="What did they recall?",
        hint="Shown by date and who gave it. Its text is removed at once.",
        choices=[],
    )
    field_order = ("disclosure", "reason", "heard_from", "heard_on", "heard_time")
