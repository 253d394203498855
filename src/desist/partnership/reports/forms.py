"""Forms of the police's answer to a breach report."""

from desist.ui import fields
from desist.ui.forms import Form


class Record(Form):
    """The crime reference under which the incident is recorded."""

    crime_reference = fields.CrimeReference(
        label="Crime reference under which it is recorded",
        hint="You can check it on the next page before it goes to the advocacy service.",
    )


class Check(Form):
    """The crime reference a second time, to be compared before it is sent."""

    crime_reference = fields.CrimeReference(
        label="Is this the crime reference?", hint="It goes to the advocacy service as it stands here."
    )
    copied = fields.Tick(
        label="The account is in our crime system",
        hint="It is deleted here a day from now. Until then you can copy it, and change the crime reference.",
        missing="Copy the account into your crime system first, then tick this",
    )
