"""Forms that bring a file in."""

from datetime import date
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms as django_forms
from django.core.files.uploadedfile import UploadedFile

from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.states import Came
from desist.advocacy.evidence.texts import Answers, Found
from desist.ui import dates, fields, moments
from desist.ui.fields import missing_sentence
from desist.ui.forms import Form, Read
from desist.ui.words import Audience

NO_FILE = "Choose a file. If you did, it is larger than 4 MB: then JavaScript must be on, and the file goes in pieces"


class _Came(Form):
    came = fields.Choice(
        label="How did it come from them?", choices=[one for one in Came.choices if one[0] != Came.LINK]
    )


class Upload(_Came):
    """One small file; the page sends a larger one in pieces where JavaScript runs."""

    file = django_forms.FileField(
        label="File",
        help_text="An export of messages, a picture, a recording or any other file, up to 2 GB. Keep its name as it is. "
        "Without JavaScript up to 4 MB.",
        error_messages={**missing_sentence("File", NO_FILE), "empty": "The file is empty"},
    )
    field_order = ["file", "came"]

    def clean_file(self) -> tuple[str, bytes]:
        """Return the name and the bytes; one piece at most."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        content: bytes = sent.read(keeping.PIECE + 1)
        if len(content) > keeping.PIECE:
            raise django_forms.ValidationError(NO_FILE)
        return str(sent.name), content


class Begin(_Came):
    """What a file is called and how large it is, before its pieces come."""

    name = fields.Text(label="File", max_length=255, audience=Audience.STAYS)
    size = fields.Whole(label="Size", most=1 << 40)


class Piece(Form):
    """One piece of a file."""

    number = fields.Whole(label="Piece")
    piece = django_forms.FileField(label="Bytes")

    def content(self) -> bytes:
        """The bytes, once the form is valid."""
        kept: dict[str, Any] = self.cleaned_data
        content: bytes = kept["piece"].read(keeping.PIECE + 1)
        return content


class Transcript(Read):
    """What is said in a recording."""

    words = fields.LongText(
        label="What is said in it",
        hint="Who speaks, at which minute, and the words as they are said. Write [address] or [number] where one is said: "
        "the recording keeps it. It goes on an exhibit only where you choose that.",
        max_length=20_000,
        rows=12,
        audience=Audience.STAYS,
    )


class Copy(Form):
    """The part of a copy, from 0."""

    part = fields.Whole(label="Part")


ZONES = sorted(
    one for one in available_timezones() if "/" in one and not one.startswith(("Etc/", "posix/", "right/"))
)
#: names offered, the most frequent first: in an export of a whole phone the others are asked of nobody
MOST_NAMES = 100
NAMELESS = "No name: what the phone's owner sent"


class Order(Form):
    """What must be known before an export can be read."""

    date_order = fields.Choice(
        label="Which comes first in its dates?",
        hint="Nothing in the file shows it. Ask the client, or look at a message whose day they know.",
        choices=[
            ("dmy", "The day: 12/03 is 12 March"),
            ("mdy", "The month: 12/03 is 3 December"),
            ("ymd", "The year"),
        ],
    )
    zone = fields.Pick(label="In which time zone was the phone?", choices=[(one, one) for one in ZONES])

    def answers(self, before: Answers) -> Answers:
        """The answers, once the form is valid."""
        del before
        return Answers(zone=self.cleaned_data["zone"], date_order=self.cleaned_data["date_order"])


class People(Form):
    """Who is who in an export."""

    client = fields.Choices(label="Which names are the client?", choices=[], required=False)
    person = fields.Choices(
        label="Which names are the person who stalks them?",
        hint="Choose every name, number and account that is theirs.",
        choices=[],
        required=False,
    )
    #: the words of the button
    button: ClassVar[str] = "Correct who is who"

    def ask(self, found: Found) -> None:
        """Offer what was found."""
        counted = sorted(enumerate(found.senders), key=lambda one: -int(one[1][1]))[:MOST_NAMES]
        named = [(str(place), str(name) or NAMELESS) for place, (name, _) in counted]
        hints = {str(place): _records(count) for place, (_, count) in counted}
        for name in ("client", "person"):
            self.offer(name, named, hints=hints)

    def places(self, name: str) -> list[int]:
        """The chosen places of a field."""
        return [int(one) for one in self.cleaned_data[name]]


class Choose(People):
    """Who is who in an export, and what is kept of it."""

    button = "Keep what is chosen"
    conversations = fields.Choices(label="Which conversations are kept?", choices=[])
    first = moments.Day(label="From which day on?", hint="Leave it empty for all days", required=False)
    last = moments.Day(label="Up to which day?", hint="Leave it empty for all days", required=False)
    zone = fields.Pick(label="In which time zone was the phone?", choices=[(one, one) for one in ZONES])
    field_order = ["conversations", "first", "last", "client", "person", "zone"]

    def ask(self, found: Found) -> None:
        """Offer what was found."""
        super().ask(found)
        hints = {
            str(place): f"{_records(count)}, {_on(first)} to {_on(last)}" if first else _records(count)
            for place, (_, count, first, last) in enumerate(found.conversations)
        }
        named = [(str(place), str(one[0])) for place, one in enumerate(found.conversations)]
        self.offer("conversations", named, hints=hints)

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first one."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must not be before the first one")
        return cleaned

    def answers(self, before: Answers) -> Answers:
        """The answers, once the form is valid."""
        return Answers(
            zone=self.cleaned_data["zone"],
            date_order=before.date_order,
            client=self.places("client"),
            person=self.places("person"),
            conversations=self.places("conversations"),
            first=_day(self.cleaned_data["first"]),
            last=_day(self.cleaned_data["last"]),
        )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _records(count: int | str) -> str:
    return f"{count:,} {'record' if count == 1 else 'records'}"


def _on(day: int | str) -> str:
    return dates.on(date.fromisoformat(str(day)))
