"""Forms about exhibits."""

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms
from django.template.defaultfilters import filesizeformat

from desist.advocacy.exhibits.keeping import FILE
from desist.advocacy.exhibits.queries import FileLine, Unused
from desist.advocacy.exhibits.states import Unused as Reason
from desist.advocacy.exhibits.states import Why
from desist.ui import dates, fields
from desist.ui.forms import Form, Read
from desist.ui.words import Audience

CAPTION_HINT = "What it is, for a reader who knows nothing of it. Leave out where the client lives or works."


class Words(Read):
    """The caption and the statement of an exhibit."""

    caption = fields.Text(label="Caption", hint=CAPTION_HINT, audience=Audience.STAYS)
    statement = fields.LongText(
        label="Statement of the person who produces it",
        hint="It goes into the exhibit as it stands here.",
        audience=Audience.STAYS,
    )


class Initials(fields.Token):
    """The initials before the number of an exhibit."""

    def clean(self, value: Any) -> str:  # noqa: ANN401 -- what was typed
        """Return two to four letters, in capitals."""
        said = str(super().clean(value)).upper()
        if not (2 <= len(said) <= 4 and said.isascii() and said.isalpha()):
            raise django_forms.ValidationError("Enter initials of two to four letters, such as JD")
        return said


class Begin(Words):
    """A new exhibit."""

    initials = Initials(
        label="Initials of the person who produces it",
        hint="They stand before its number, as in JD/1. The number is the next one of these initials for this client.",
        max_length=8,
    )
    field_order = ["initials", "caption", "statement"]


class Put(Begin):
    """The exhibit that rows of a chronology are put on: one that is being put together, or a new one."""

    exhibit = fields.Choice(
        label="Which exhibit are they put on?",
        choices=[],
        reveals={"new": ["initials", "caption", "statement"]},
    )
    field_order = ["exhibit", "initials", "caption", "statement"]


class Files(Form):
    """Whole files that are put on an exhibit."""

    chosen = fields.Choices(label="Which files are on it?", choices=[], required=False)
    whole = fields.Choices(
        label="Which of them go with it as they came?",
        hint="Of a picture that is not ticked here a new one is made, without the place and the device that are hidden in "
        "it. Any other file that is not ticked is only named, with its hash.",
        choices=[],
        required=False,
    )

    said = fields.Choices(
        label="Of which recordings does the transcript go with it?",
        hint="What was written down of it stands on the exhibit beside the recording, as it reads when the exhibit is "
        "finished. What is redacted elsewhere on the exhibit is left out of it too.",
        choices=[],
        required=False,
    )

    def ask(self, lines: Sequence[FileLine]) -> None:
        """Offer the files of the client."""
        here = [one for one in lines if one.size and not one.removed]
        hints = {one.ref: f"{filesizeformat(one.size)}, brought in {dates.on(one.on_day)}" for one in here}
        for name in ("chosen", "whole"):
            self.offer(name, [(one.ref, one.name) for one in here], hints=hints)
        if written := [(one.ref, one.name) for one in here if one.written]:
            self.offer("said", written)
        else:
            del self.fields["said"]

    def clean(self) -> dict[str, Any]:
        """Refuse a file that goes as it came, or the transcript of one, that is not on the exhibit."""
        cleaned = super().clean()
        chosen = set(cleaned.get("chosen") or ())
        if set(cleaned.get("whole") or ()) - chosen:
            self.add_error(
                "whole", "A file goes with the exhibit only where it is on it: tick it above as well"
            )
        if set(cleaned.get("said") or ()) - chosen:
            self.add_error("said", "A transcript goes with its recording: tick the recording above as well")
        return cleaned


class Redact(Form):
    """What is left out of a row, and why."""

    what = fields.Choice(
        label="What is left out?",
        choices=[("words", "Some of its words"), ("row", "All its words")],
        reveals={"words": ["words"]},
    )
    words = fields.Text(
        label="The words",
        hint="As they are written in the row. They are left out wherever they stand on this exhibit.",
        max_length=500,
        audience=Audience.STAYS,
    )
    why = fields.Choice(label="Why?", hint="The exhibit shows the reason.", choices=Why.choices)


class TakeOff(Form):
    """The row that is taken off."""

    file = fields.Token(label="File", max_length=12)
    number = django_forms.IntegerField(label="Number", min_value=-1)


class Undo(Form):
    """The redaction that is undone."""

    redaction = fields.Token(label="Redaction", max_length=12)


class Reasons(Form):
    """Why material is not on an exhibit, by what it is."""

    def ask(self, listed: Sequence[Unused]) -> None:
        """Ask about each."""
        for one in listed:
            name = f"{one.file}.{one.conversation}"
            self.fields[name] = fields.Pick(
                label=one.name,
                hint=_kept(one),
                choices=Reason.choices,
                required=False,
                nothing="No reason given",
            )
            self.initial[name] = one.reason

    def reasons(self) -> dict[tuple[str, int], str]:
        """What was said, once the form is valid."""
        parts = {name: name.rpartition(".") for name in self.fields}
        return {(file, int(number)): self.cleaned_data[name] for name, (file, _, number) in parts.items()}


def _kept(one: Unused) -> str:
    """How much of it is kept, and of which days."""
    amount = f"{one.records:,} {'record' if one.records == 1 else 'records'}"
    days = [dates.on(dates.day_of(at)) for at in (one.first, one.last) if at]
    if one.conversation == FILE:
        return f"A file, brought in {days[0]}"
    return f"{amount}, {' to '.join(dict.fromkeys(days))}" if days else f"{amount} without a time"


class Finish(Form):
    """A last look before an exhibit is finished."""

    sure = fields.Tick(
        label="I have looked at every row, and what must not be read is redacted",
        missing="Look at the rows first. Once it is finished, nothing on it can be changed",
    )


class Save(Form):
    """What is saved: the whole archive, or by its code one file in it; and the part, from 0."""

    what = fields.Token(label="File", max_length=20, required=False)
    part = fields.Whole(label="Part", required=False)
