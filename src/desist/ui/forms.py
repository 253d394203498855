"""The base of every slice's forms: plain Django, with the two hidden facts that a safe save needs.

    class Decision(Form):
        outcome = fields.Choice(label="Outcome", choices=OUTCOMES, reveals={"decline": ["reason"]})
        reason = fields.LongText(label="Why it is declined")

    form = Decision(request.POST or None, version=page.version)

- `form.submission`   one random token a drawn form: a double submit repeats it, so store it under a unique constraint
- `form.version`      the version of the row the form was drawn from; compare it to find a stale tab
- `form.keep(...)`    says what happened elsewhere, keeping every word that was typed
- `form.deny(...)`    says why a command refused
- `form.offer(...)`   sets the choices of a field where only the request knows them
- `form.limit(...)`   sets the first and the last day of a field where only the request knows them
- `Draft`             a form that is kept as it is while it is written; what it lacks is asked for later
- `ListFilter`        drop-downs that narrow a list; what an address says beside them is passed over
- `Read`              a form whose words its command checks: it asks why they are safe only after a refusal
- `Filter`            a form read from the address, to narrow a list; nothing in it has to be filled in
- words that are shown or cross (`audience`) are searched once all else is right: see `Form.texts`, `found`, `override`
- fields that a choice reveals count only while that choice is made
"""

import functools
import re
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from desist.locators import Finding
from desist.refusals import Refused
from desist.ui import dates, words
from desist.ui.fields import Choice, Choices, Pairs, Pick, Text
from desist.ui.moments import Day

SUBMISSION = "form_submission"
VERSION = "form_version"
#: the message about words that may lead to a person, on a page that the participant sees
NEEDS_CHECKING = "This cannot be added here: it needs checking first"


class NoChoice(TypeError):
    """The field is no choice, so it takes no options."""


class NoDay(TypeError):
    """The field is no day, so it takes no limits."""


class Form(forms.Form):
    """A Django form without suffixes, with a submission token and the version of the row that it changes."""

    use_required_attribute = False
    #: whether words that may lead to a person make the form invalid until they are answered for
    final: ClassVar[bool] = True
    #: field -> what else its words are searched for
    besides: ClassVar[Mapping[str, words.Reader]] = {}
    #: the advice of an error about words that are safe to keep
    instead: str = "say why it is safe to keep"

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        prefix: str | None = None,
        version: int | None = None,
    ) -> None:
        """`data` is request.POST, or None where no form was sent: then `files` are ignored, though a request has some.

        `version` is the row's version as it is now.
        """
        sent = None if data is None else files
        super().__init__(data, sent, initial=dict(initial or {}), prefix=prefix, label_suffix="")
        self.submission = self._sent(SUBMISSION)[:64] or secrets.token_urlsafe(16)
        self.version = self._sent_version() if self.is_bound else version
        #: whether the row has a newer version than the page that this form comes from
        self.overtaken = self.version != version
        #: field -> the findings in its words that may lead to a person
        self.found: words.Found = {}
        #: whether the participant sees the page: it repeats no finding and asks no question about one
        self.before_the_person = False
        #: whether words could not be read: a draft keeps them, and nothing shows them
        self.unread = False

    def _sent_version(self) -> int | None:
        # A form sent without a version proves nothing, so it has none: the command refuses it as stale.
        sent = self._sent(VERSION)
        return int(sent) if re.fullmatch("[0-9]{1,18}", sent) else None

    def _sent(self, name: str) -> str:
        return str(self.data.get(name, "")) if self.is_bound else ""

    def clean(self) -> dict[str, Any]:
        """Forget the fields below a choice that was not made: neither their errors nor their words count."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if reveals := getattr(field, "reveals", None):
                for choice, revealed in reveals.items():
                    if not self._chosen(name, choice):
                        self._forget(revealed)
        return cleaned

    def _chosen(self, name: str, choice: str) -> bool:
        sent = self[name].data
        return choice in sent if isinstance(sent, list) else choice == sent

    def _forget(self, names: tuple[str, ...]) -> None:
        for name in names:
            self.errors.pop(name, None)
            self.cleaned_data[name] = self.fields[name].to_python(None)

    def full_clean(self) -> None:
        """Read the typed fields, then search the words that are shown or cross."""
        super().full_clean()
        if self.is_bound:
            self._read()

    def texts(self) -> dict[str, str]:
        """Field -> its words as they were typed, of the fields whose words are shown or cross."""
        read = (
            name
            for name, field in self.fields.items()
            if isinstance(field, Text) and field.audience in words.READ
        )
        cleaned = {name: self.cleaned_data.get(name) for name in read}
        return {
            name: value if isinstance(value, str) else "\n".join(value)
            for name, value in cleaned.items()
            if value
        }

    def override(self) -> words.Override | None:
        """Why found words may stay, by the form's answer; None where there is no answer."""
        answer = None if self.before_the_person else self.safe.override()
        return answer and answer.about(one.kind for findings in self.found.values() for one in findings)

    @functools.cached_property
    def safe(self) -> words.SafeToKeep:
        """The question why the found words are safe to keep."""
        # An open question is asked, not complained about: the error stands at the words.
        answered = self.is_bound and self.data.get(words.ANSWER)
        read = {field.audience for field in self.fields.values() if isinstance(field, Text)} & words.READ
        return words.SafeToKeep(self.data if answered else None, crossing=read == {words.Audience.CROSSES})

    @property
    def asks(self) -> bool:
        """Whether the page asks why words are safe to keep."""
        return bool(self.found) and not self.before_the_person

    def refuse(self, unclear: words.Unclear) -> None:
        """Show a command's findings in the words, or that they could not be read, and ask why they are safe to keep."""
        if not isinstance(unclear, words.WordsFound):
            self.add_error(None, str(unclear))
            return
        self.found = unclear.found
        for place, findings in unclear.found.items():
            self._name(place, findings)

    def _read(self) -> None:
        try:
            self.found = words.read_all(self.texts(), besides=self.besides)
        except words.NotRead as fault:
            self.unread = True
            if self.final:
                self.add_error(None, str(fault))
            return
        if self.final and self.found and not self.override():
            for name, findings in self.found.items():
                self._name(name, findings)

    def _name(self, place: str, findings: tuple[Finding, ...]) -> None:
        told = NEEDS_CHECKING if self.before_the_person else words.sentence(findings, instead=self.instead)
        if place in self.fields:
            self.add_error(place, ValidationError(told, code=words.FOUND))
        else:
            self.add_error(None, f"{words.place(place)}: {told}")

    def offer(self, name: str, choices: Pairs, *, hints: Mapping[str, str] | None = None) -> None:
        """Set a choice's options where only the request knows them: the rooms of an area, the free practitioners."""
        field = self.fields[name]
        if not isinstance(field, Choice | Choices | Pick):
            raise NoChoice(f"{name} offers no choices")
        field.choices = list(choices)
        if field.required and len(field.choices) == 1 and isinstance(field, Choice):
            self.initial.setdefault(name, field.choices[0][0])  # the only answer needs no click
        if hints and not isinstance(field, Pick):
            field.hints = hints

    def limit(self, name: str, *, earliest: date | None = None, latest: date | None = None) -> None:
        """Set a field's first and last day where only the request knows them; a moment counts as its day in London."""
        field = self.fields[name]
        if not isinstance(field, Day):
            raise NoDay(f"{name} is no day")
        if earliest is not None:
            field.earliest = dates.day_of(earliest)
        if latest is not None:
            field.latest = dates.day_of(latest)

    def keep(self, happened: str) -> None:
        """Draw the form again with the typed words and one sentence on top: "A colleague decided this at 2:32pm"."""
        kept = ". What you typed is kept below" if self.fields else ""
        self.add_error(None, f"{happened.rstrip('.')}{kept}")

    def deny(self, refused: Refused) -> None:
        """Draw the form again with the reason of a refusal: at the field that the refusal names, else on top."""
        if refused.field in self.fields:
            self.add_error(refused.field, str(refused))
        else:
            self.keep(str(refused))


class Draft(Form):
    """A form that is kept while it is being written: no field is required yet, so no label says so.

    The form keeps any words; the findings in them are answered for where the words become final.
    """

    final = False


class Read(Form):
    """A form whose words a command checks for leads to a person. The page that refuses looks alike in all cases.

    So the form itself refuses none, and asks why words are safe to keep only after a command refused, for any reason.
    """

    final = False
    refused = False

    def refuse(self, unclear: words.Unclear) -> None:
        """Draw the form again with the typed words and the question, alike for every find, in the vault or not."""
        if isinstance(unclear, words.NotRead):
            self.add_error(None, str(unclear))
        else:
            self.refused = True
            self.keep(str(unclear))

    @property
    def asks(self) -> bool:
        """Whether the page asks why words are safe to keep."""
        return self.refused or words.ANSWER in self.data

    def why(self) -> words.FalseAlarm | None:
        """The answer why words that look like a lead to a person may stay, if the actor gave one."""
        answer = self.safe.override()
        return answer.reason if answer else None


class Filter(Form):
    """The filters of a list: `Filter(request.GET)`."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Leave every field optional."""
        super().__init__(data)
        for field in self.fields.values():
            field.required = False


class ListFilter(Filter):
    """The drop-downs that narrow a list. What one does not offer filters nothing, and is no error."""

    def full_clean(self) -> None:
        """Read the filters, and forget what a drop-down does not offer: an old address still opens its list."""
        super().full_clean()
        for name, field in self.fields.items():
            if isinstance(field, Pick) and name in self.errors:
                del self.errors[name]
                self.cleaned_data[name] = ""

    def said(self, name: str) -> str:
        """Return the code of one filter, "" where it is not set."""
        return str(self.cleaned_data.get(name) or "") if self.is_valid() else ""

    def chosen(self) -> list[tuple[str, str]]:
        """Return each drop-down that is set, in words, with the name of its field."""
        return [
            (str(words), name)
            for name, field in self.fields.items()
            if isinstance(field, Pick)
            for code, words in field.widget.choices
            if code and code == self.said(name)
        ]
