"""Forms about an incident."""

from dataclasses import fields as names_of

from desist import codes
from desist.advocacy.incidents import commands, states
from desist.advocacy.incidents.texts import Account
from desist.advocacy.vault.forms import Read
from desist.ui import fields, moments
from desist.ui.words import Audience


class Record(Read):
    """One thing that happened, in the client's words."""

    happened_on = moments.Day(label="Which day?", earliest=None)
    happened_time = moments.Clock(label="At what time?", required=False)
    behaviours = fields.Choices(
        label="What was done?",
        hint="The acts of section 2A of the Protection from Harassment Act 1997. Choose all that apply.",
        choices=codes.Behaviour.choices,
    )
    channel = fields.Choice(label="How was it done?", choices=states.Channel.choices)
    through = fields.Choice(label="Who did it?", choices=states.Through.choices)
    what = fields.LongText(
        label="What happened?",
        hint="What a camera would have seen and heard. It may look harmless but be part of a pattern. Write “their home” or "
        "“their work”, not the address.",
        max_length=8000,
        audience=Audience.CROSSES,
    )
    place = fields.Choice(label="Where?", choices=states.Place.choices)
    place_detail = fields.Text(
        label="Where exactly, if it matters",
        hint="This stays here. It is not sent to the police.",
        required=False,
        audience=Audience.STAYS,
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
    evidence = fields.Choices(label="What is kept?", choices=states.Evidence.choices)
    kept = fields.LongText(
        label="Where is it kept?",
        hint="For example: on their telephone, backed up",
        required=False,
        rows=2,
        audience=Audience.CROSSES,
    )
    told = fields.Choices(label="Who was it reported to?", choices=states.Told.choices)
    crime_reference = fields.CrimeReference(label="Crime reference", required=False)

    def facts(self) -> commands.Facts:
        """The coded facts, once the form is valid."""
        return commands.Facts(**{one.name: self.cleaned_data[one.name] for one in names_of(commands.Facts)})

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


class Addition(Read):
    """Further facts about an incident."""

    words = fields.LongText(
        label="What do you want to add?",
        hint="It may be used as evidence. Put anything private under “Notes”.",
        max_length=4000,
        rows=3,
        audience=Audience.CROSSES,
    )
