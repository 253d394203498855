"""Forms about an incident."""

from collections.abc import Sequence
from dataclasses import fields as names_of
from typing import Any, ClassVar

from desist import codes
from desist.advocacy.incidents import commands, states
from desist.advocacy.incidents.queries import File
from desist.advocacy.incidents.texts import Account
from desist.ui import dates, fields, moments
from desist.ui.forms import Form, Read
from desist.ui.words import Audience


class Record(Read):
    """One thing that happened, in the client's words: what is asked first, and what may be left for later."""

    #: behind a click on the page
    LATER: ClassVar[tuple[str, ...]] = (
        *("ended_on", "ended_time", "times", "counted", "more_places", "place_detail", "through", "marks"),
        *("effect", "witnesses", "evidence", "kept", "told", "crime_reference", "heard"),
    )

    happened_on = moments.Day(label="Which day?", earliest=None)
    happened_time = moments.Clock(label="At what time?", required=False)
    behaviours = fields.Choices(
        label="What did they do?",
        hint="The acts of section 2A of the Protection from Harassment Act 1997. Choose all that apply.",
        choices=codes.Behaviour.choices,
    )
    channel = fields.Pick(label="How?", choices=states.Channel.choices)
    through = fields.Pick(
        label="Who did it?", choices=states.Through.choices, required=False, nothing="Not asked yet"
    )
    what = fields.LongText(
        label="What happened?",
        hint="Only what was seen or heard. It may look harmless but be part of a pattern. Write “their home” or "
        "“their work”, not the address.",
        max_length=8000,
        audience=Audience.CROSSES,
    )
    place = fields.Pick(label="Where?", choices=states.Place.choices)
    place_detail = fields.Text(
        label="Where exactly, if it matters",
        hint="This stays here. It is not sent to the police.",
        required=False,
        audience=Audience.STAYS,
    )
    ended_on = moments.Day(
        label="Which day did it end, if it went on for longer?", required=False, earliest=None
    )
    ended_time = moments.Clock(label="At what time did it end?", required=False)
    times = fields.Whole(
        label="How many times did it happen?",
        hint="For example, 40 calls from that day to the last. Leave it empty if it was once or not told.",
        required=False,
        least=1,
        most=100_000,
    )
    counted = fields.Pick(
        label="How sure is the number?",
        choices=states.Counted.choices,
        required=False,
        nothing="Not asked yet",
    )
    more_places = fields.Choices(
        label="Where else did it happen?", choices=states.Place.choices, required=False
    )
    heard = fields.Pick(
        label="How did they tell you?", choices=states.Heard.choices, required=False, nothing="Not noted"
    )
    marks = fields.Choices(label="Was any of this involved?", choices=states.Mark.choices, required=False)
    effect = fields.LongText(
        label="How did it affect them?", required=False, max_length=4000, rows=3, audience=Audience.CROSSES
    )
    witnesses = fields.LongText(
        label="Who saw or heard it?",
        hint="Their names, if they agree. Give the police their numbers and addresses when they ring.",
        required=False,
        max_length=2000,
        rows=2,
        audience=Audience.CROSSES,
    )
    evidence = fields.Choices(label="What is kept?", choices=states.Evidence.choices, required=False)
    kept = fields.LongText(
        label="Where is it kept?",
        hint="For example: on their telephone, backed up",
        required=False,
        rows=2,
        audience=Audience.CROSSES,
    )
    told = fields.Choices(label="Who was it reported to?", choices=states.Told.choices, required=False)
    crime_reference = fields.CrimeReference(label="Crime reference", required=False)

    def clean(self) -> dict[str, Any]:
        """It ends after it began, and a place is told once."""
        cleaned = super().clean()
        day, end = cleaned.get("happened_on"), cleaned.get("ended_on")
        at, until = cleaned.get("happened_time"), cleaned.get("ended_time")
        if day and end and end < day:
            self.add_error("ended_on", f"The last day must be on or after {dates.on(day)}")
        if at and until and until <= at and day == (end or day):
            self.add_error("ended_time", f"It must have ended after {dates.clock(at)}, or on a later day")
        cleaned["more_places"] = [
            one for one in cleaned.get("more_places", []) if one != cleaned.get("place")
        ]
        return cleaned

    def facts(self) -> commands.Facts:
        """The coded facts, once the form is valid."""
        given = {one.name: self.cleaned_data[one.name] for one in names_of(commands.Facts)}
        return commands.Facts(**given | {"through": given["through"] or states.Through.NOT_KNOWN.value})

    def account(self) -> Account:
        """The words to be locked, once the form is valid."""
        cleaned = self.cleaned_data
        return Account(
            what=cleaned["what"],
            place=cleaned["place_detail"],
            effect=cleaned["effect"],
            witnesses=cleaned["witnesses"],
            kept=cleaned["kept"],
        )


class Files(Form):
    """Files of the client that are put on an incident."""

    chosen = fields.Choices(
        label="Which files show something of it?", choices=[], missing="Tick a file, or go back"
    )

    def ask(self, offered: Sequence[File]) -> None:
        """Offer the client's files."""
        hints = {one.ref: f"Brought in {dates.on(one.brought)}" for one in offered}
        self.offer("chosen", [(one.ref, one.name) for one in offered], hints=hints)


class Addition(Read):
    """Further facts about an incident."""

    words = fields.LongText(
        label="What do you want to add?",
        hint="It may be used as evidence. Put anything private under “Notes”.",
        max_length=4000,
        rows=3,
        audience=Audience.CROSSES,
    )
