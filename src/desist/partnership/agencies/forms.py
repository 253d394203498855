"""The forms of the directory of agencies."""

from collections.abc import Mapping, Sequence
from typing import Any

from desist.agencies import Answers, Capacity, Need, Side
from desist.partnership.agencies.commands import Entry
from desist.ui import fields
from desist.ui.forms import Form, ListFilter
from desist.ui.words import Audience


class Narrow(ListFilter):
    """The filter of the directory."""

    need = fields.Pick(label="Helps with", choices=Need.choices, nothing="All")


class Agency(Form):
    """An entry of the directory."""

    name = fields.Name(label="Name of the agency", max_length=120)
    phone = fields.Token(label="Telephone", max_length=40, width=20)
    needs = fields.Choices(label="What can it help with?", choices=Need.choices)
    capacity = fields.Choice(label="Does it take people at present?", choices=Capacity.choices)
    referred_by = fields.Choices(
        label="Who may refer to it?",
        hint="A programme reads the entry too. Never let a programme refer to a service for victims: the two sides do not meet.",
        choices=[("programme", "A programme, a person"), ("advocacy", "An advocacy service, a client")],
    )
    agreement = fields.Pick(
        label="Sharing agreement",
        hint="Once it ends, the agency is told of nobody.",
        choices=[],
        required=False,
    )
    answers = fields.Choice(
        label="How does it answer?",
        hint="Without accounts the service that refers makes a link for it, or rings it.",
        choices=Answers.choices,
    )
    helps = fields.LongText(
        label="Whom does it help?",
        hint="For example: adults who live in the county.",
        required=False,
        max_length=400,
        rows=2,
        audience=Audience.CROSSES,
    )
    hours = fields.Text(
        label="When can it be reached?", required=False, max_length=200, audience=Audience.CROSSES
    )
    languages = fields.Text(label="Languages", required=False, max_length=200, audience=Audience.CROSSES)
    how = fields.LongText(
        label="How to refer to it", required=False, max_length=1000, rows=3, audience=Audience.CROSSES
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        agreements: Sequence[tuple[str, str]],
        entry: Entry | None = None,
        version: int | None = None,
    ) -> None:
        """`agreements` are those in force; `entry` is what the directory says now."""
        known = {**vars(entry), "referred_by": _referred_by(entry)} if entry else {}
        super().__init__(data, initial=known, version=version)
        self.offer("agreement", [("", "None"), *agreements])

    def entry(self) -> Entry:
        """What the command takes, once the form is valid."""
        cleaned = {name: self.cleaned_data[name] for name in self.fields if name != "referred_by"}
        by = self.cleaned_data["referred_by"]
        return Entry(
            **{**cleaned, "needs": tuple(cleaned["needs"])},
            from_programme="programme" in by,
            from_advocacy="advocacy" in by,
        )


class Member(Form):
    """An account that works for the agency."""

    account = fields.Choice(label="Which account?", choices=[])
    side = fields.Choice(
        label="Whose referrals does it read?",
        hint="One colleague who reads both sides could join them. Choose both only where one person does all the work.",
        choices=Side.choices,
    )


def _referred_by(entry: Entry) -> list[str]:
    kinds = (("programme", entry.from_programme), ("advocacy", entry.from_advocacy))
    return [kind for kind, may in kinds if may]
