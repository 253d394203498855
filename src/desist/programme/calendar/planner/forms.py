"""When and where sessions are wanted."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, time
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from desist.programme.calendar.attendees.commands import Attendees, lacking
from desist.programme.calendar.attendees.queries import AttendeeOffer
from desist.programme.calendar.planner import commands, states
from desist.programme.calendar.planner.free_times import FreeTime, read
from desist.programme.curriculum.outline import LEAST_MINUTES, MOST_MINUTES
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

REMOTE = "remote"
OUTSIDE, INSIDE = "outside", "inside"
#: the fields about who else is there, in their order
COMPANY = ("second", "others", "alone")
#: the choice beside the free times that are offered
ANOTHER = "another"


def of_address(current: Mapping[str, str]) -> dict[str, Any]:
    """Return what a form that books a meeting begins with, from the time that was pressed in the calendar."""
    begun: dict[str, Any] = {"room": current.get("room", "")}
    with suppress(ValueError):
        begun["day"] = begun["first"] = date.fromisoformat(current.get("day", ""))
    with suppress(ValueError):
        begun["at"] = begun["time"] = time.fromisoformat(current.get("at", ""))
    return begun


class Where(Form):
    """Which room; and where an order excludes places, whether this one is inside."""

    #: the options beside the rooms, and which of them are no place
    BESIDE: ClassVar[Sequence[tuple[str, str]]] = [(REMOTE, "Remote")]
    NOWHERE: ClassVar[frozenset[str]] = frozenset({REMOTE})

    room = fields.Choice(label="Where", choices=[])
    inside = fields.Choice(
        label="Is this place, at this time, inside an area that the order excludes?",
        choices=[
            (OUTSIDE, "No, it is outside everything listed above"),
            (INSIDE, "Yes, and the session will be held there anyway"),
        ],
        reveals={INSIDE: ["inside_reason", "inside_words"]},
        missing="Say whether this place, at this time, is inside an area that the order excludes",
    )
    inside_reason = fields.Choice(label="Why can it be held there?", choices=states.Inside.choices)
    inside_words = fields.LongText(
        label="Who agreed, and when?",
        hint="Do not name anyone the order protects.",
        rows=3,
        audience=Audience.STAYS,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rooms: Sequence[tuple[str, str]],
        excluded: Sequence[str],
        version: int | None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the rooms of the area and what is beside them; `excluded` is what orders exclude, in words."""
        super().__init__(data, version=version, initial=initial)
        self.offer("room", [*rooms, *self.BESIDE])
        if not excluded:
            for name in ("inside", "inside_reason", "inside_words"):
                del self.fields[name]
        elif self.is_bound and self._place_sent() in self.NOWHERE:
            self.fields["inside"].required = False

    def _place_sent(self) -> str:
        return str(self.data.get("room", ""))

    def place(self) -> commands.Place:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        if cleaned["room"] in self.NOWHERE:
            return commands.Place(None)
        listed = cleaned["room"] not in dict(self.BESIDE)
        answer = {INSIDE: True, OUTSIDE: False}.get(cleaned.get("inside", ""))
        return commands.Place(
            cleaned["room"] if listed else None,
            answer,
            cleaned.get("inside_reason", ""),
            cleaned.get("inside_words", ""),
            elsewhere=not listed,
        )


class OfferedTimes(fields.Choice):
    """The free times that are offered, and another. One that was offered before is judged by the command."""

    def valid_value(self, value: object) -> bool:
        """Whether it is a time at a place, or another."""
        return value == ANOTHER or read(str(value)) is not None


class WhereAndWho(Where):
    """When and where a meeting is planned, and who else will be there."""

    #: the fields of another time
    DAY: ClassVar[str] = "day"
    AT: ClassVar[str] = "at"

    when = OfferedTimes(
        label="When?",
        hint="The next times that are free for the person, the staff and the room.",
        choices=[],
        missing="Choose a time",
    )
    second = fields.Pick(
        label="Which other member of staff will be there?",
        hint="It is on their To do and in their calendar. They must be free at that time too.",
        required=False,
        choices=[],
        nothing="Nobody",
    )
    others = fields.Text(
        label="Who else will be there?",
        hint="An interpreter, for example. The person meets them. No address and no number.",
        required=False,
        max_length=120,
        audience=Audience.SHOWN,
    )
    alone = fields.Tick(
        label="Nobody else will be there, although the referral asks for someone", required=False
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rooms: Sequence[tuple[str, str]],
        excluded: Sequence[str],
        version: int | None,
        initial: Mapping[str, Any] | None = None,
        company: AttendeeOffer,
        offers: Sequence[FreeTime] = (),
    ) -> None:
        """Offer the fields of the place, in `company` the colleagues who can attend, and the free times `offers`.

        A form that was sent without a choice of them names its time itself.
        """
        super().__init__(data, rooms=rooms, excluded=excluded, version=version, initial=initial)
        self._asks = company.asks
        self.offer("second", [("", "Nobody"), *company.staff])
        if not (company.asks.not_alone or company.asks.interpreter):
            del self.fields["alone"]
        if not offers or (self.is_bound and "when" not in self.data):
            del self.fields["when"]
            return
        self.offer("when", [*((one.code, one.words) for one in offers), (ANOTHER, "Another time or place")])
        self.initial.setdefault("when", offers[0].code)
        below = (self.DAY, self.AT, "minutes", "room")
        field = self.fields["when"]
        if isinstance(field, OfferedTimes):
            field.reveals = {ANOTHER: [name for name in below if name in self.fields]}

    @property
    def asks_company(self) -> bool:
        """Whether the fields about who else is there are to be read: the referral asks, or one is filled in or wrong."""
        said = any(self[name].value() for name in COMPANY if name in self.fields)
        return bool("alone" in self.fields or said or any(name in self.errors for name in COMPANY))

    def clean(self) -> dict[str, Any]:
        """Take the offered time that was chosen. Who else is there is said where the referral asks for it."""
        cleaned: dict[str, Any] = super().clean()
        if chosen := read(cleaned.get("when", "")):
            cleaned[self.DAY], cleaned[self.AT], cleaned["room"] = chosen
            cleaned["minutes"] = self.initial.get("minutes")
            for below in getattr(self.fields["room"], "reveals", {}).values():
                self._forget(below)
            self._only_one_day()
        said = self.company()
        somewhere = cleaned.get("room", "") not in self.NOWHERE
        for name, sentence in lacking(self._asks, said, somewhere=somewhere).items():
            self.add_error(name, sentence)
        return cleaned

    def _only_one_day(self) -> None:
        """Refuse an offered time beside a typed day: without JavaScript both are on the page."""
        typed = self[self.DAY].data
        words = " ".join(filter(None, typed)) if isinstance(typed, tuple) else str(typed or "")
        if words:
            kept = {name for name in self.data if name == self.DAY or name.startswith(f"{self.DAY}-")}
            self.data = {name: self.data[name] for name in self.data if name not in kept | {"when"}}
            raise ValidationError(
                {"when": f"You chose a time that is offered and typed {words} as well. Choose the time again"}
            )

    def _place_sent(self) -> str:
        chosen = read(str(self.data.get("when", "")))
        return chosen[2] if chosen else super()._place_sent()

    def company(self) -> Attendees:
        """Who else will be there, once the form is read."""
        cleaned = self.cleaned_data
        second, others = cleaned.get("second", ""), cleaned.get("others", "")
        return Attendees(second, others, cleaned.get("alone", False), self.override())


class Wish(WhereAndWho):
    """The first day, the hour, how long, and where."""

    DAY: ClassVar = "first"

    first = moments.Day(
        label="First session on",
        missing="Enter the day of the first session",
        hint="The others follow weekly. For example, 27 3 2026",
    )
    at = moments.Clock(label="At", missing="Enter the time")
    minutes = fields.Whole(
        label="Minutes",
        required=False,
        least=LEAST_MINUTES,
        most=MOST_MINUTES,
        hint="30 to 150. Leave empty to use the length in the curriculum",
        width=3,
    )
    field_order = ("when", "first", "at", "minutes", "room", "inside")

    def wish(self) -> commands.Wish:
        """What the command takes, once the form is valid."""
        cleaned: dict[str, Any] = self.cleaned_data
        return commands.Wish(
            cleaned["first"], cleaned["at"], cleaned["minutes"], self.place(), self.company()
        )
