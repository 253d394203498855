"""What the police answer to a breach report."""

from desist.partnership.orders.forms import CrimeReference
from desist.ui.forms import Form


class Record(Form):
    """Under which crime reference it is recorded."""

    crime_reference = CrimeReference(
        label="Crime reference under which it is recorded",
        hint="It goes to the advocacy service. Once you save, the account above is deleted here: your crime system has it.",
    )
