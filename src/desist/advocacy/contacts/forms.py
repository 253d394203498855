"""Forms about contact with a client."""

from typing import Any

from desist.advocacy.contacts.states import DAYS, Channel, Outcome
from desist.advocacy.contacts.windows import Window
from desist.advocacy.contacts.words import Words as Kept
from desist.ui import fields, moments
from desist.ui.forms import Form, Read
from desist.ui.words import Audience


class Words(Read):
    """The words to use."""

    say = fields.Text(
        label="Say who you are",
        hint="For example, Sam from the library. Something that anyone listening would believe. Letters are signed with it: "
        "the person who stalks them may see it.",
        required=False,
        max_length=200,
        audience=Audience.SHOWN,
    )
    if_other = fields.LongText(
        label="If someone else answers, say",
        hint="For example: Sorry, wrong number. Never leave a name. The person who stalks them may hear it.",
        required=False,
        max_length=500,
        rows=2,
        audience=Audience.SHOWN,
    )
    code_word = fields.Text(
        label="Code word that means it is not safe",
        hint="Something they can say while someone is listening.",
        required=False,
        max_length=80,
        audience=Audience.STAYS,
    )
    remarks = fields.LongText(
        label="What else to know before contacting them",
        required=False,
        max_length=2000,
        rows=3,
        audience=Audience.STAYS,
    )

    def words(self) -> Kept:
        """The argument for the command, once the form is valid."""
        return Kept(**{name: self.cleaned_data[name] for name in Kept.__dataclass_fields__})


class SafeTime(Form):
    """A stretch of the week in which one way of contact is safe."""

    channel = fields.Choice(label="How?", choices=Channel.choices)
    days = fields.Choices(
        label="Which days?", choices=[(str(number), day) for number, day in enumerate(DAYS)]
    )
    start = moments.Clock(label="From", missing="Enter the time it is safe from")
    end = moments.Clock(
        label="Until",
        hint="On the same day. For example, 5pm",
        missing="Enter the time it is safe until",
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a stretch that does not end after its start on one day."""
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start is not None and end is not None and end <= start:
            self.add_error(
                "end", "It must end after it starts. For a night, add two: until 11:59pm, and from midnight"
            )
        return cleaned

    def window(self) -> Window:
        """The argument for the command, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        days = tuple(sorted(int(day) for day in cleaned["days"]))
        return Window(Channel(cleaned["channel"]), days, cleaned["start"], cleaned["end"])


class Begin(Form):
    """The way of contact that the advocate takes now."""

    channel = fields.Choice(label="How?", choices=Channel.choices)


class Finish(Read):
    """How the attempt ended."""

    outcome = fields.Choice(
        label="How did it end?",
        choices=Outcome.choices,
        hints={
            Outcome.CODE_WORD.value: "Nothing is sent and nobody calls until it is recorded as safe again.",
            Outcome.NOT_SAFE.value: "Nothing is sent and nobody calls until it is recorded as safe again.",
        },
    )
    note = fields.LongText(
        label="Note",
        hint="Write “their home”, not the address.",
        required=False,
        max_length=4000,
        rows=3,
        audience=Audience.STAYS,
    )
    next_on = moments.Day(label="When to contact them next", required=False)
