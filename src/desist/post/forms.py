"""The forms of the post."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from desist import sites
from desist.addresses import WITHOUT_POST
from desist.keys.public import PublicKeys, PublicKeysError
from desist.post import introductions, own
from desist.post.commands import Reach, Telling
from desist.post.states import SetAsideReason
from desist.post.transports import Transport
from desist.sites import Zone
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

ZONES = [(zone.value, zone.value.capitalize()) for zone in Zone if zone not in WITHOUT_POST]
LARGEST = 20_000
TRANSPORTS = [(transport.value, str(transport.label)) for transport in Transport]


class ReachForm(Form):
    """How this site reaches a partner. `known_keys` are the texts that this site has: in use, or offered by the partner."""

    title = fields.Name(label="Name of the organisation", max_length=120)
    transport = fields.Choice(label="How envelopes reach it", choices=TRANSPORTS)
    phone = fields.Token(
        label="Telephone",
        missing="Enter the telephone number that staff should call",
        max_length=30,
        width=20,
    )
    area = fields.Token(
        label="Police area", hint="Leave empty when it works for every area", required=False, max_length=40
    )
    keys = fields.LongText(
        label="Its public keys",
        hint="Without a file: the whole text of it, or what ./desist keys public prints there. Not needed for a partner by hand.",
        missing="Choose the file of the partner, or paste its public keys",
        max_length=LARGEST,
        rows=8,
        audience=Audience.NO_WORDS,
    )
    fingerprint = fields.Token(
        label="The 32 digits of its keys",
        hint=(
            "Whenever you choose a file or paste keys: as someone there reads the digits to you on the telephone, from "
            "their Partners page. Do not copy them from the file or the message it came in."
        ),
        required=False,
        max_length=60,
    )

    file = django_forms.FileField(
        label="The file that the partner sent you",
        help_text="They save it on their Partners page. It says who they are and holds their public keys; no secret.",
        required=False,
        error_messages={"empty": "The file is empty", "invalid": "Choose a file"},
    )

    site_name = ""
    known_keys: tuple[str, ...] = ()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        **others: Any,  # noqa: ANN401 - as Form takes them
    ) -> None:
        """`data` as Form takes it. A partner by hand needs a telephone, any other one keys.

        A chosen file is read as if its text had been pasted, so that a form with a mistake keeps it.
        """
        if data is not None and files and (sent := files.get("file")):
            data = _with_keys(data, sent)
        super().__init__(data, files, **others)
        by_hand = self["transport"].value() == Transport.BY_HAND
        self.fields["phone"].required = by_hand
        self.fields["keys"].required = not by_hand

    def clean(self) -> dict[str, Any]:
        """Require the partner's own keys, compared by telephone unless they were compared before."""
        cleaned = super().clean()
        if cleaned.get("keys"):
            self._check_keys(cleaned)
        return cleaned

    def _check_keys(self, cleaned: dict[str, Any]) -> None:
        text = cleaned["keys"]
        try:
            found = PublicKeys.from_json(text)
        except PublicKeysError as reason:
            self.add_error("keys", str(reason))
            return
        name = cleaned.get("name") or self.site_name
        if name and found.site != name:
            self.add_error("keys", f"These are the keys of {found.site}, not of {name}")
        elif self._is_to_compare(cleaned) and not _same_digits(
            cleaned.get("fingerprint", ""), found.fingerprint
        ):
            self.add_error(
                "fingerprint",
                "These are not the digits of the keys you were sent. Ask the partner to read them again; "
                "if they still differ, someone may have exchanged the keys on their way",
            )

    def _is_to_compare(self, cleaned: dict[str, Any]) -> bool:
        """Whether the digits count: for keys that this site did not have before, and wherever digits were entered."""
        known = {text.strip() for text in self.known_keys}
        return bool(cleaned.get("fingerprint")) or cleaned["keys"].strip() not in known

    def reach(self) -> Reach:
        """The checked data, for the command."""
        data = self.cleaned_data
        return Reach(
            title=data["title"],
            transport=Transport(data["transport"]),
            keys=PublicKeys.from_json(data["keys"]).to_json() if data["keys"] else "",
            phone=data["phone"],
            area=data["area"],
            compared=bool(data["keys"]) and self._is_to_compare(data),
        )


class NewPartner(ReachForm):
    """A new site in the register."""

    name = fields.Token(
        label="Name of its site",
        hint="As its administrator gives it, such as northmere-police",
        max_length=40,
    )
    zone = fields.Pick(label="Which side it is", choices=ZONES)
    field_order = ("file", "fingerprint", "transport", "phone", "area", "title", "name", "zone", "keys")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        **others: Any,  # noqa: ANN401 - as Form takes them
    ) -> None:
        """A partner's file says its name, its side and its title, so nobody has to type them."""
        super().__init__(data, files, **others)
        self.introduced = introductions.read(str(self["keys"].value() or "")) if self.is_bound else None
        for name in ("title", "name", "zone"):
            self.fields[name].required = self.introduced is None

    def clean(self) -> dict[str, Any]:
        """Fill in what the partner's file says."""
        if self.introduced:
            told = self.introduced.site
            self.cleaned_data |= {"name": told.name, "zone": told.zone.value}
            self.cleaned_data["title"] = self.cleaned_data.get("title") or told.title
        if self.cleaned_data.get("name") == own.site().name:
            self.add_error(
                "file" if self.introduced else "name", "This is your own site. Enter the partner's"
            )
        return super().clean()

    def clean_name(self) -> str:
        """Check the name: it is also that of a database and a file."""
        name: str = self.cleaned_data["name"]
        if name and not sites.NAME.fullmatch(name):
            self.add_error("name", "Use 2 to 40 small letters, digits and hyphens, beginning with a letter")
        return name


class ChangedPartner(ReachForm):
    """The new way to reach a partner of the register."""

    ended = fields.Tick(label="Stop writing to this partner", required=False)
    own_digits = fields.Token(
        label="The 32 digits of your keys, as the partner has them",
        hint=(
            "Only where its site cannot answer by itself. Someone there enters your new keys, then reads to you the digits that "
            "stand on their page about your site. Do not copy them from your own page."
        ),
        required=False,
        max_length=60,
    )
    field_order = (
        "own_digits",
        "title",
        "transport",
        "phone",
        "area",
        "file",
        "keys",
        "fingerprint",
        "ended",
    )

    def clean_own_digits(self) -> str:
        """Check that the partner has the newest keys of this site."""
        digits: str = self.cleaned_data["own_digits"]
        if digits and not _same_digits(digits, own.keys().public.fingerprint):
            self.add_error(
                "own_digits",
                "These are not the digits of your newest keys. Ask the partner to enter your keys as you send them now, and "
                "to read the digits again",
            )
        return digits

    def reach(self) -> Reach:
        """The checked data, for the command."""
        return replace(super().reach(), confirmed=bool(self.cleaned_data.get("own_digits")))


class SetAside(Form):
    """Why an envelope is given up."""

    why = fields.Choice(label="Why is it set aside?", choices=SetAsideReason.choices)


class Heard(Form):
    """The time of news by telephone or on paper from a person without software; never in the future."""

    heard_on = moments.Day(label="When did they tell you?", earliest=None)
    heard_time = moments.Clock(label="At what time?")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        at: datetime,
        initial: Mapping[str, Any] | None = None,
        **others: Any,  # noqa: ANN401 -- as the other form of the page takes them
    ) -> None:
        """`at` is the request's moment."""
        here = dates.local(at)
        now = {"heard_on": here.date(), "heard_time": here.time().replace(second=0)}
        super().__init__(data, initial={**now, **(initial or {})}, **others)
        self.at = at
        self.limit("heard_on", latest=here.date())

    def clean(self) -> dict[str, Any]:
        """Refuse a time in the future."""
        cleaned = super().clean()
        if cleaned.get("heard_on") and cleaned.get("heard_time") and self.heard_at() > self.at:
            self.add_error("heard_time", "This time is in the future")
        return cleaned

    def heard_at(self) -> datetime:
        """The moment, in London."""
        cleaned = self.cleaned_data
        return dates.moment(cleaned["heard_on"], cleaned["heard_time"])


class HeardFrom(Heard):
    """The person who gave news by telephone or on paper, and the time."""

    heard_from = fields.Text(
        label="Who told you?", hint="Name and role", max_length=80, audience=Audience.STAYS
    )
    field_order: tuple[str, ...] = ("heard_from", "heard_on", "heard_time")


class Told(Form):
    """The person who was told by telephone, and their answer."""

    whom = fields.Text(label="Who you told", hint="Name and role", max_length=80, audience=Audience.STAYS)
    answer = fields.LongText(
        label="What they answered", required=False, max_length=2000, audience=Audience.STAYS
    )

    def telling(self) -> Telling:
        """The checked data, for the command."""
        return Telling(whom=self.cleaned_data["whom"], answer=self.cleaned_data["answer"])


def _with_keys(data: Mapping[str, Any], sent: "UploadedFile[bytes]") -> Mapping[str, Any]:
    """The sent form, with the text of its file in the place of pasted keys."""
    copy = data.copy() if isinstance(data, MultiValueDict) else dict(data)
    copy["keys"] = sent.read(LARGEST + 1).decode("utf-8", "replace")
    return copy


def _same_digits(typed: str, expected: str) -> bool:
    return re.sub(r"\D", "", typed) == expected.replace(" ", "")
