"""Forms about notifications. The names and the address themselves stay in the force's own systems."""

from desist.orders.rules import COMMENCED
from desist.partnership.orders.forms import Dated
from desist.ui import fields, moments
from desist.ui.forms import Form


class Given(Dated):
    """What the station acknowledged."""

    given_on = moments.Day(label="When did the person notify?", earliest=COMMENCED)
    station = fields.Name(label="At which police station?", max_length=100)
    received_by = fields.Name(
        label="Received by",
        missing="Enter who received it",
        hint="The officer, or another authorised person.",
        max_length=80,
    )
    acknowledgement = fields.Token(
        label="Number of the written acknowledgement", hint="Section 10(4).", max_length=40, width=20
    )
    fingerprints = fields.Tick(label="Fingerprints were taken", required=False)
    photograph = fields.Tick(label="A photograph was taken", required=False)


class Look(Form):
    """The record that an officer looked for it everywhere."""

    counter = fields.Tick(label="Front counters of this force: nothing found")
    custody = fields.Tick(label="Custody: the person was not there on these days")
    forces = fields.Tick(label="Other forces: nothing found")
    crime_reference = fields.CrimeReference(
        label="Crime reference, if one was opened",
        hint="Whether it is an offence is decided by an investigator, not here.",
        required=False,
    )


class Change(Dated):
    """A change of name or home address: the fact and the day, not the new name or address."""

    kind = fields.Choice(
        label="What changed?",
        choices=[("name", "The person uses a new name"), ("address", "The home address")],
    )
    on = moments.Day(
        label="Which day?",
        hint="A move may be in the future: a new address can be notified in advance.",
        earliest=COMMENCED,
    )


class Suspend(Dated):
    """The day from which notification under the 2003 Act applies."""

    on = moments.Day(
        label="When did the person become subject to notification under the 2003 Act?", earliest=COMMENCED
    )


class Resume(Dated):
    """The final day of notification under the 2003 Act."""

    final_day = moments.Day(
        label="Final day",
        hint="The day on which the person ceased to be subject to notification under the 2003 Act.",
        earliest=COMMENCED,
    )
