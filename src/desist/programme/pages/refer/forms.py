"""The forms by which people without an account refer a person, or themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms as django_forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from desist import codes
from desist.programme.outside.commands import Sent
from desist.programme.outside.states import Way
from desist.referral import answers, files, lists
from desist.referral import fields as referral_fields
from desist.referral.files import Accepted
from desist.referral.forms import (
    NO_VICTIM,
    OLDEST,
    Behaviour,
    Contact,
    Offence,
    Person,
    Reach,
    Risk,
    Route,
    Safety,
)
from desist.refusals import Refused
from desist.ui import fields, moments, words
from desist.ui.fields import missing_sentence
from desist.ui.forms import Form

ENCLOSED = ("first_file", "second_file")
REPLY = ("reply_by", "reply_address")
#: what is asked for where it is known: it stands folded in its part, and open once it holds something
FOLDED = (
    *("aliases", "pnc", "cro", "own_email", "own_address", "own_postcode", "offence", "included", "needs"),
    *("risks_to_staff", "risk_tool_version", "risk_when", "risk_increases", "risk_reduces", "self_harm"),
    *ENCLOSED,
)
NO_EMAIL = "Enter the e-mail address to which the answer goes"
NO_PHONE = "Enter the telephone number on which to ring you"
NO_ADDRESS = "Enter the address to which the letter goes"


@dataclass(frozen=True)
class Part:
    """One part of the long page: the fields that do not stand in it, and in its fold, with the fold's labels."""

    title: str
    but: tuple[str, ...]
    but_folded: tuple[str, ...]
    labels: tuple[str, ...]
    opened: bool


def _file(label: str) -> django_forms.FileField:
    return django_forms.FileField(
        label=label,
        required=False,
        help_text=f"{files.ALLOWED}, up to {files.MOST_BYTES // 1024 // 1024} MB. Nothing in it may identify or locate the victim.",
        error_messages={**missing_sentence(label, ""), "empty": "The file is empty"},
    )


class Outside(Form):
    """What every form of a referrer without an account asks: how to answer them."""

    reply_by = fields.Choice(
        label="How should the service answer you?",
        choices=Way.choices,
        hints={Way.EMAIL.value: "The e-mail says only that there is an answer, and asks you to ring."},
        reveals={Way.LETTER.value: ["reply_address"]},
    )
    reply_address = fields.Address(label="Address for the letter", required=False, max_length=300, rows=3)
    #: the fields that the answer needs
    PHONE, EMAIL, ADDRESS = "referrer_phone", "referrer_email", "reply_address"

    def clean(self) -> dict[str, Any]:
        """Require what the chosen way needs."""
        cleaned = super().clean()
        needed = {
            Way.PHONE.value: (self.PHONE, NO_PHONE),
            Way.EMAIL.value: (self.EMAIL, NO_EMAIL),
            Way.LETTER.value: (self.ADDRESS, NO_ADDRESS),
        }
        name, sentence = needed.get(cleaned.get("reply_by", ""), ("", ""))
        if name and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, sentence)
        return cleaned

    def said(self) -> dict[str, Any]:
        """Field of a referral -> answer, once the form is valid."""
        return {**answers.empty(), **self.cleaned_data}

    def sent(self) -> Sent:
        """What is kept of the form."""
        said = {name: value for name, value in self.said().items() if name in answers.NAMES}
        return Sent(said, Way(self.cleaned_data["reply_by"]), self.cleaned_data.get("reply_address", ""))

    def enclosed(self) -> tuple[Accepted, ...]:
        """The checked files."""
        found = (self.cleaned_data.get(name) for name in ENCLOSED)
        return tuple(one for one in found if one)


class Professional(Outside, Person, Reach, Route, Behaviour, Offence, Safety, Risk, Contact):
    """Every section of a referral on one page, with two files, and how to answer."""

    WITH_NONE = (  # type: ignore[assignment]  # those of every section
        *Behaviour.WITH_NONE,
        *Offence.WITH_NONE,
        *Safety.WITH_NONE,
        *Risk.WITH_NONE,
    )
    first_file = _file("A document")
    second_file = _file("Another document")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        sent_files: MultiValueDict[str, Any] | None = None,
        *,
        today: date,
    ) -> None:
        """`sent_files` are those of the request; `today` in London."""
        super().__init__(data, today=today)
        self.files = sent_files if data is not None and sent_files is not None else MultiValueDict()
        self.offer("referrer_kind", [one for one in lists.Referrer.choices if one[0] != lists.Referrer.SELF])

    @property
    def parts(self) -> Iterator[Part]:
        """The parts of the page. Days of orders stand below their orders."""
        parts = {one.title: set(one.names) for one in answers.SECTIONS}
        parts |= {"Documents": set(ENCLOSED), "The answer to you": set(REPLY)}
        asked = [name for name in self.fields if not name.startswith("until_")]
        for title, names in parts.items():
            folded = [name for name in asked if name in names and name in FOLDED]
            yield Part(
                title=title,
                but=tuple(name for name in asked if name not in names or name in FOLDED),
                but_folded=tuple(name for name in asked if name not in folded),
                labels=tuple(str(self.fields[name].label) for name in folded),
                opened=any(self.errors.get(name) or self[name].data for name in folded) and self.is_bound,
            )

    def clean_first_file(self) -> Accepted | None:
        """Check the first file."""
        return self._checked("first_file")

    def clean_second_file(self) -> Accepted | None:
        """Check the second file."""
        return self._checked("second_file")

    def _checked(self, name: str) -> Accepted | None:
        sent: UploadedFile[bytes] | None = self.cleaned_data[name]
        if not sent:
            return None
        content: bytes = sent.read(files.MOST_BYTES + 1)
        try:
            return files.inspect(name=str(sent.name), content=content)
        except Refused as reason:
            raise django_forms.ValidationError("%(reason)s", params={"reason": str(reason)}) from None

    def said(self) -> dict[str, Any]:
        """Answers as the sections give them: orders have their last days."""
        return self.answers()


class Myself(Outside):
    """What people say who refer themselves: who they are, how to reach them, and what they want to change."""

    PHONE, EMAIL, ADDRESS = "own_phone", "own_email", "own_address"
    given_names = fields.Name(label="Your given names", max_length=100)
    family_name = fields.Name(label="Your family name", max_length=100)
    born = moments.Day(
        label="Your date of birth", hint="For example, 27 3 1985", earliest=OLDEST, birthday=True
    )
    own_phone = referral_fields.Telephone(label="Your telephone", required=False, max_length=40, width=20)
    own_email = referral_fields.Email(label="Your e-mail", required=False, max_length=120)
    own_address = fields.Address(label="Your address", required=False, max_length=300, rows=3)
    own_postcode = referral_fields.Postcode(label="Your postcode", required=False, max_length=10, width=10)
    need_kinds = fields.Choices(
        label="What do you need to take part?",
        choices=lists.Need.choices,
        reveals={lists.Need.INTERPRETER: ["language"]},
    )
    language = fields.Text(
        audience=words.Audience.CROSSES, label="Language", required=False, max_length=60, width=20
    )
    behaviour_account = fields.LongText(
        audience=words.Audience.CROSSES,
        label="What have you done, and what do you want to change?",
        hint=f"A few sentences are enough. {NO_VICTIM}",
    )
    field_order = (
        *("given_names", "family_name", "born", "own_phone", "own_email", "own_address", "own_postcode"),
        *("need_kinds", "behaviour_account", *REPLY),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        sent_files: MultiValueDict[str, Any] | None = None,
        *,
        today: date,
    ) -> None:
        """`today` in London; no file comes with this form."""
        super().__init__(data, sent_files)
        del self.fields["reply_address"]
        self.fields["reply_by"].reveals = {}  # type: ignore[attr-defined]  # a choice
        self.limit("born", latest=today)

    def said(self) -> dict[str, Any]:
        """Answers with those that follow from a self-referral."""
        ways = {Way.PHONE.value: lists.ContactBy.PHONE, Way.EMAIL.value: lists.ContactBy.EMAIL}
        return {
            **super().said(),
            "route": codes.Route.SELF.value,
            "legal_basis": codes.LegalBasis.AGREEMENT.value,
            "referrer_kind": lists.Referrer.SELF.value,
            "contact_by": ways.get(self.cleaned_data["reply_by"], lists.ContactBy.LETTER).value,
        }
