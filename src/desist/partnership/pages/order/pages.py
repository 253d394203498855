"""The frozen answers from which pages about orders are drawn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desist.locators import Finding
from desist.partnership.breaches.attendance import AttendanceRow
from desist.partnership.orders.clocks import LAST_DAY, Clock
from desist.partnership.orders.states import LIVE, State


@dataclass(frozen=True)
class Row:
    """One line of the register."""

    ref: str
    spoken: str
    number: str
    name: str
    kind: str
    state: str
    state_label: str
    made_on: date | None
    ends_on: date | None
    next: Clock | None
    urgency: str


@dataclass(frozen=True)
class ConditionRow:
    """One condition, with how often a breach of it was reported."""

    ref: str
    number: int
    kind: str
    text: str
    channel: str
    area_words: str
    is_area: bool
    protects: tuple[str, ...]
    begins_on: date | None
    ends_on: date | None
    over: bool
    necessity: str
    unchecked: tuple[str, ...]
    breaches: int
    for_programme: bool


@dataclass(frozen=True)
class DutyRow:
    """One duty to notify."""

    ref: str
    label: str
    began_on: date
    due_on: date
    given_on: date | None
    station: str
    acknowledgement: str
    overdue: bool
    checked_at: datetime | None
    crime_reference: str


@dataclass(frozen=True)
class ApplicationRow:
    """One application about the order, or an appeal."""

    ref: str
    kind: str
    by: str
    filed_on: date
    hearing_on: date | None
    outcome: str
    decided_on: date | None
    written_on: date | None
    served_on: date | None


@dataclass(frozen=True)
class BreachRow:
    """One reported breach."""

    ref: str
    conditions: tuple[int, ...]
    happened_on: date
    victim_contact: bool
    channel: str
    crime_reference: str
    also_stalking: bool | None
    decision: str
    state: str

    @classmethod
    def of(cls, one: Any) -> "BreachRow":  # noqa: ANN401 -- a Breach; models stay out of the answers' types
        """Make the answer from a row."""
        return cls(
            one.ref,
            tuple(sorted(one.conditions)),
            one.happened_on,
            one.victim_contact,
            one.get_channel_display(),
            one.crime_reference,
            one.also_stalking,
            one.get_decision_display() if one.decision else "",
            str(one.state.label),
        )


@dataclass(frozen=True)
class CopyRow:
    """One certified copy."""

    ref: str
    title: str
    sha256: str
    size: int
    stored_at: datetime


@dataclass(frozen=True)
class Event:
    """One event of the order's history."""

    title: str
    on: date
    note: str
    by: str


@dataclass(frozen=True)
class Page:
    """One order with everything that its page shows."""

    ref: str
    spoken: str
    name: str
    born: date
    kind: str
    kind_label: str
    state: State
    state_label: str
    version: int
    number: str
    facts: tuple[tuple[str, Any], ...]
    conditions: tuple[ConditionRow, ...]
    duties: tuple[DutyRow, ...]
    suspended_from: date | None
    suspended_until: date | None
    main: tuple[str, str] | None
    referral: str
    places_reason: str
    # What no form about an order reads, but for its steps.
    protected: tuple[tuple[str, str], ...] = ()
    may_change_conditions: bool = False
    clocks: tuple[Clock, ...] = ()
    waiting: tuple[Clock, ...] = ()
    applications: tuple[ApplicationRow, ...] = ()
    breaches: tuple[BreachRow, ...] = ()
    attendances: tuple[AttendanceRow, ...] = ()
    copies: tuple[CopyRow, ...] = ()
    events: tuple[Event, ...] = ()
    interims: tuple[tuple[str, str, str], ...] = ()
    places: tuple[tuple[int, Finding], ...] = ()
    checked: bool = False  # whether the check could read every condition
    #: each condition that is not released: its number, and whether it may lead to a person
    unread: tuple[tuple[int, bool], ...] = ()

    @property
    def is_interim(self) -> bool:
        """Whether it is an interim order."""
        return self.kind == "interim"

    @property
    def unreleased(self) -> tuple[int, ...]:
        """The numbers of the conditions that may lead to a person and are not released."""
        return tuple(number for number, leads in self.unread if leads)

    @property
    def is_live(self) -> bool:
        """Whether the order was made and has not ended."""
        return self.state in LIVE

    @property
    def ends_over(self) -> bool:
        """Whether the order's last day is over and its end is not recorded."""
        return any(clock.title == LAST_DAY and clock.open for clock in self.clocks)

    @property
    def next_step(self) -> tuple[str, str]:
        """(key, words) of the next step; two empty texts if there is none."""
        if self.state == State.DRAFT and not self.conditions:
            return "", ""
        return {
            State.DRAFT: ("apply", "Record the application"),
            State.APPLIED: ("make", "Record that the order was made"),
            State.MADE: ("prepare", "Check it is ready to serve"),
            State.TO_SERVE: ("serve", "Record the service"),
        }.get(self.state, ("", ""))
