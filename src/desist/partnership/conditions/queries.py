"""Questions about one condition, with a frozen answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from desist.partnership.conditions import commands
from desist.partnership.conditions.policy import Action
from desist.partnership.orders.models import Condition, Order
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.gate import NotFound

ANSWERS = (
    *("kind", "text", "channel", "area_kinds", "area_words", "protects"),
    *("begins_on", "ends_on", "necessity", "checked"),
)


@dataclass(frozen=True)
class Page:
    """One condition: its order, its number and its words. Number 0 is a condition that is not written yet."""

    order: str
    spoken: str
    version: int
    number: int
    text: str
    answers: Mapping[str, Any]
    protected: tuple[str, ...]  # the people whom the order protects, as crime references
    settled: bool  # only the people it protects and the kind of area can be changed


def condition(*, actor: Actor, order: str, at: datetime, condition: str = "") -> Page:
    """A new condition, or one that the order has."""
    row = gate.open(actor, Action.WRITE_CONDITION, Order, order, at=at).get()
    found: Condition | None = row.conditions.filter(ref=condition).first() if condition else None
    if condition and found is None:
        raise NotFound(condition)
    return Page(
        order=row.ref,
        spoken=spoken(row.ref),
        version=row.version,
        number=found.number if found else 0,
        text=found.text if found else "",
        answers=MappingProxyType({name: getattr(found, name) for name in ANSWERS} if found else {}),
        protected=tuple(row.protected.order_by("pk").values_list("crime_reference", flat=True)),
        settled=not commands.may_change(row),
    )
