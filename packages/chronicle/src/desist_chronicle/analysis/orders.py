"""Contacts made while an order was in force: candidates for a person to look at, never a finding of breach."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.contacts import Contacts
from desist_chronicle.corpus import NO_TIME, PRECISIONS, instant, wall_clock
from desist_chronicle.records import Precision

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Order:
    """An order that forbids contact, in force from its service: local wall clock, without zone.

    Where the hour of service is not known, `served_time_known` is False and `served` is the day's midnight.
    `until` is exclusive; None while no end is known.
    """

    name: str
    served: datetime
    served_time_known: bool
    until: datetime | None


@dataclass(frozen=True)
class Candidate:
    """One contact for a person to look at, and the reasons."""

    record: int
    order: str
    reasons: tuple[str, ...]


def candidates(*, rows: NDArray[np.void], contacts: Contacts, order: Order) -> list[Candidate]:
    """Every dated contact from the subject, or through a third party, from service on and before the end.

    A contact on the day of service counts only where its own time and that of service leave no doubt;
    otherwise it is a candidate whose reason says what to check.
    """
    dated = rows["local"] != NO_TIME
    chosen = (contacts.attempted | contacts.through_third_party) & dated
    begins = order.served if order.served_time_known else datetime.combine(order.served.date(), time())
    after = rows["local"] >= instant(begins)
    on_day = _on_day(rows, begins) & _day_precise(rows)
    inside = after | on_day
    if order.until is not None:
        inside &= rows["local"] < instant(order.until)
    at = np.flatnonzero(chosen & inside)
    at = at[np.argsort(rows["local"][at], kind="stable")]
    through = contacts.through_third_party[at].tolist()
    return [
        Candidate(record=record, order=order.name, reasons=_reasons(rows, record, order, third))
        for record, third in zip(at.tolist(), through, strict=True)
    ]


def _day_precise(rows: NDArray[np.void]) -> NDArray[np.bool_]:
    return np.asarray(rows["precision"] == PRECISIONS.index(Precision.DAY))


def _on_day(rows: NDArray[np.void], moment: datetime) -> NDArray[np.bool_]:
    start = datetime.combine(moment.date(), time())
    local = rows["local"]
    return np.asarray((local >= instant(start)) & (local < instant(start + _DAY)))


def _reasons(rows: NDArray[np.void], record: int, order: Order, third: bool) -> tuple[str, ...]:  # noqa: FBT001 - one reason among four
    row = rows[record]
    clock = wall_clock(int(row["local"]))
    reasons = ["through a person said to act for the subject" if third else "from the subject"]
    reasons.append(f"after service on {order.served:%d %b %Y}")
    same_day = clock is not None and clock.date() == order.served.date()
    if same_day and not order.served_time_known:
        reasons.append("on the day of service, whose hour is not known: check which came first")
    elif same_day and PRECISIONS[row["precision"]] is Precision.DAY:
        reasons.append("on the day of service, and the record states only the day: check which came first")
    return tuple(reasons)
