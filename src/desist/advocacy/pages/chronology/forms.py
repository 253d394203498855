"""Forms that narrow a chronology."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from desist.advocacy.pages.chronology.narrowing import Asked, Hour, Span, acts
from desist.advocacy.tags.codes import SUGGESTED
from desist.ui import fields
from desist.ui.forms import Form, ListFilter, Read
from desist.ui.words import Audience


class Words(Form):
    """Words to search for in one client's records."""

    search = fields.Text(label="Words in the records", max_length=100, audience=Audience.STAYS)


class TagRows(Read):
    """A tag that is put on records and incidents, or taken off them."""

    tag = fields.Pick(label="Tag", choices=[], required=False)
    words = fields.Text(
        label="Other words",
        hint="Three or four words. They stay here and go on no exhibit.",
        max_length=60,
        required=False,
        audience=Audience.STAYS,
    )
    what = fields.Choice(
        label="What do you want to do?", choices=[("on", "Put the tag on"), ("off", "Take the tag off")]
    )

    def ask(self, known: Sequence[tuple[str, str]]) -> None:
        """Offer the client's tags, and those that are suggested."""
        used = {words.casefold() for _, words in known}
        more = [(words, f"{words} (suggested)") for words in SUGGESTED if words.casefold() not in used]
        self.offer("tag", [("", "Other words, which you write below"), *known, *more])

    def clean(self) -> dict[str, Any]:
        """One tag is named, and only one that is in use is taken off."""
        cleaned = super().clean()
        tag, words = cleaned.get("tag"), cleaned.get("words")
        if bool(tag) == bool(words) and not self.errors:
            self.add_error("words", "Choose a tag or write other words: one of the two")
        elif cleaned.get("what") == "off" and (words or tag in SUGGESTED):
            self.add_error("tag", "Choose the tag that is to come off: this one is on nothing")
        return cleaned


class Narrow(ListFilter):
    """The drop-downs of a chronology."""

    channel = fields.Pick(
        label="Channel",
        choices=[
            ("contacts", "Messages, calls and e-mails"),
            ("messages", "Messages"),
            ("calls", "Calls and voicemail"),
            ("mails", "E-mails"),
            ("rest", "Drafts, places, notes of apps and the rest"),
        ],
        required=False,
    )
    side = fields.Pick(
        label="From",
        choices=[("person", "The person who stalks them"), ("client", "The client"), ("other", "Others")],
        required=False,
    )
    act = fields.Pick(label="Act in an incident", choices=acts(), required=False)
    tag = fields.Pick(label="Tag", choices=[], required=False)
    file = fields.Pick(label="File that it was read from", choices=[], required=False)
    used = fields.Pick(
        label="Exhibits", choices=[("on", "On an exhibit"), ("none", "On no exhibit")], required=False
    )
    since = fields.Pick(label="From which month on", choices=[], required=False)
    until = fields.Pick(label="Up to which month", choices=[], required=False)
    time = fields.Pick(label="Time", choices=[("none", "Only records without a time")], required=False)

    def asked(self, *, words: str) -> Asked:
        """Everything that the address asks for, with the words that were typed."""
        return Asked(
            channel=self.said("channel"),
            side=self.said("side"),
            act=self.said("act"),
            file=str(self.data.get("file", "")),
            span=Span.read(str(self.data.get("span", ""))) or self._months(),
            hour=Hour.read(str(self.data.get("hour", ""))),
            undated=self.said("time") == "none",
            words=words,
            tag=str(self.data.get("tag", "")),
            used=self.said("used"),
        )

    def _months(self) -> Span | None:
        since, until = self._month("since"), self._month("until")
        if not since and not until:
            return None
        after = (until + timedelta(days=31)).replace(day=1) if until else date(9000, 1, 1)
        return Span.read(f"{since or date(1970, 1, 2)}/{after}")

    def _month(self, name: str) -> date | None:
        said = str(self.data.get(name, ""))
        known = re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", said)
        return date.fromisoformat(f"{said}-01") if known else None
