"""Forms that lock a locator away, reveal it, or destroy a key."""

import re

from desist.advocacy.vault import normal
from desist.advocacy.vault.limits import MORE
from desist.advocacy.vault.states import Kind, Reason
from desist.ui import fields
from desist.ui.forms import Form


class Keep(Form):
    """One more locator of the client."""

    kind = fields.Pick(label="What is it?", choices=Kind.choices)
    value = fields.Address(
        label="The number, the name or the address",
        hint="One thing at a time, with nothing written beside it: a telephone number with its area code, an e-mail address "
        "like sam@example.org, or an address in lines with its postcode. It is locked as soon as you save.",
        max_length=400,
        rows=3,
    )

    def clean(self) -> dict[str, object]:
        """Refuse an impossible telephone number, and a text that does not look like an e-mail address."""
        cleaned = super().clean()
        kind, value = cleaned.get("kind"), str(cleaned.get("value", "")).strip()
        if value and (sentence := wrong(str(kind), value)):
            self.add_error("value", sentence)
        return cleaned


class Reveal(Form):
    """The reason to look at a locator."""

    reason = fields.Choice(label="Why do you need it?", choices=Reason.choices)


class More(Form):
    """The number that a colleague may do today above the limit."""

    whom = fields.Pick(label="Who needs more?", choices=[], missing="Choose who needs more")
    more = fields.Choice(
        label="How many more today?",
        hint="Ask them first what they need it for. Your data protection officer is told.",
        choices=[(str(count), str(count)) for count in MORE],
    )


class Destroy(Form):
    """The reference once more, so that a manager destroys no key by a slip."""

    typed = fields.Token(
        label="Enter the reference of the client",
        missing="Enter the reference of the client",
        max_length=20,
        width=20,
    )


def wrong(kind: str, value: str) -> str:
    """A sentence that says what is wrong with a value of a kind; "" for a good value."""
    if kind == Kind.PHONE:
        try:
            normal.phone(value)
        except normal.NotANumber:
            return "Enter a telephone number, like 01632 960 001"
    if kind == Kind.EMAIL and not re.fullmatch(r"[^\s@]+@[^\s@]+", value):
        return "Enter an e-mail address, like sam@example.org"
    return ""
