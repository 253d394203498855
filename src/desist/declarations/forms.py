"""The form of the yearly declaration."""

from django.core.exceptions import ValidationError

from desist.references import ALPHABET, LENGTH, typed
from desist.ui import fields
from desist.ui.forms import Form

NOTHING, KNOWS = "nothing", "knows"


class Declare(Form):
    """Nothing to declare, or the case of a person whom the account knows."""

    answer = fields.Choice(
        label="Do you know anyone on a case here, or are you related to them?",
        hint="Relatives, friends, neighbours, former partners and colleagues, and anyone they live with.",
        missing="Say whether you know anyone on a case here",
        choices=[(NOTHING, "No, I have nothing to declare"), (KNOWS, "Yes, on the case that I name")],
        reveals={KNOWS: ["case"]},
    )
    case = fields.Token(
        label="Case reference",
        hint="As shown on the page of the referral, the person, the order or the client. Declare several one by one.",
        max_length=20,
        width=20,
    )

    def clean_case(self) -> str:
        """Return the reference in its stored form; refuse what cannot be one."""
        ref = typed(self.cleaned_data["case"])
        if ref and (len(ref) != LENGTH or not set(ref.upper()) <= set(ALPHABET)):
            raise ValidationError("Enter a case reference of ten letters and digits, such as K7F2-M9PX-4C")
        return ref
