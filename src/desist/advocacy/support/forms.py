"""The forms for clients referred to agencies."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desist.advocacy.support import commands
from desist.agencies import Basis, Need, Said
from desist.ui import dates, fields, moments
from desist.ui.forms import Read
from desist.ui.words import Audience


class Refer(Read):
    """A client referred to an agency."""

    agency = fields.Pick(
        label="Which agency?",
        hint="Ask first whether they, or the person who stalks them, know people who work there.",
        choices=[],
    )
    help = fields.Pick(label="What for?", choices=[("", "Choose one"), *Need.choices])
    basis = fields.Pick(label="On what lawful basis?", choices=[("", "Choose one"), *Basis.choices])
    reach = fields.Name(
        label="How can the agency reach them safely?",
        hint="The way and the times that they chose, or through you.",
        max_length=200,
    )
    told = fields.LongText(
        label="What is passed on?",
        hint="As little as is needed, as they agreed. No address.",
        max_length=1000,
        rows=4,
        audience=Audience.CROSSES,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, agencies: Sequence[tuple[str, str]]) -> None:
        """`agencies` are those of the directory."""
        super().__init__(data)
        self.offer("agency", [("", "Choose one"), *agencies])

    def request(self) -> commands.Request:
        """What the command takes, once the form is valid."""
        return commands.Request(**self.cleaned_data)


class Reply(Read):
    """The answer to an agency's question."""

    words = fields.LongText(
        label="Your answer",
        hint="The agency reads this. As little as is needed.",
        max_length=1000,
        rows=4,
        audience=Audience.CROSSES,
    )


class Heard(Read):
    """What an agency said by telephone or letter."""

    said = fields.Choice(label="What did the agency say?", choices=[])
    words = fields.LongText(
        label="In words", required=False, max_length=1000, rows=3, audience=Audience.STAYS
    )
    on = moments.Day(label="The day you heard")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        may_record: Sequence[tuple[str, str]],
        version: int,
        at: datetime,
    ) -> None:
        """`may_record` is what can be recorded of the referral as it stands."""
        super().__init__(data, initial={"on": dates.local(at).date()}, version=version)
        self.offer("said", may_record)
        self.limit("on", latest=at)

    def heard(self) -> commands.Heard:
        """What the command takes, once the form is valid."""
        return commands.Heard(**{**self.cleaned_data, "said": Said(self.cleaned_data["said"])})
