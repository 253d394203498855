"""The forms of staff about links for clients."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from desist import neutral
from desist.advocacy.contacts.states import Channel
from desist.advocacy.submissions.states import Length
from desist.ui import dates, fields, moments
from desist.ui.forms import Form, Read
from desist.ui.words import Audience

TELLS = "This tells what the service does, or its name. Choose plain words that anyone may see on a telephone"


class Agree(Form):
    """What a client agreed to."""

    channel = fields.Choice(
        label="Which way did they name safe for the link?",
        hint="Only ways that are recorded as safe, and meeting them, can be chosen.",
        choices=Channel.choices,
        missing="Choose the way that they named safe",
    )
    agreed_on = moments.Day(label="The day they agreed")
    told = fields.Tick(
        label="They know that anyone with their telephone may see that the page was opened, and agree all the same",
        missing="Tell them what their telephone keeps, and tick it once they agree all the same",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """Offer days up to `at`, the request's moment."""
        super().__init__(data, initial={"agreed_on": dates.day_of(at)})
        self.limit("agreed_on", latest=dates.day_of(at))


class Make(Form):
    """How long a link can be used."""

    hours = fields.Choice(
        label="How long can it be used?",
        hint="As short as they need. It ends by itself, or when they press “I have finished”.",
        choices=Length.choices,
    )


class Copy(Form):
    """The part of a copy, from 0."""

    part = fields.Whole(label="Part")


class Aside(Read):
    """Why something is not taken as evidence."""

    reason = fields.Text(
        label="Why is it set aside?",
        hint="For example: sent by mistake, or the same picture as before",
        audience=Audience.STAYS,
    )


class Page(Form):
    """How the page without sign-in is called, and its address."""

    title = fields.Name(
        label="Name of the page",
        hint="Plain words that say nothing of the service, such as Send files or Photo box",
        max_length=40,
    )
    address = fields.Token(
        label="Its neutral address",
        hint="Such as https://box.example/send. Your administrator sets it up. Without one, links show this site’s own address.",
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        names: str,
    ) -> None:
        """`names` are those of the service, which the page must not tell."""
        super().__init__(data, initial=initial)
        self.names = names

    def clean_title(self) -> str:
        """Refuse a name that tells."""
        return self._neutral("title")

    def clean_address(self) -> str:
        """Refuse an address that tells, or is none."""
        said = urlsplit(address := self._neutral("address"))
        if address and (said.scheme != "https" or not said.hostname or said.query or said.fragment):
            raise ValidationError("Enter an address like https://box.example/send")
        return address.rstrip("/")

    def _neutral(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        if neutral.tells(text, besides=self.names):
            raise ValidationError(TELLS)
        return text
