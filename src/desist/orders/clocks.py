"""Every clock of an order, as arithmetic on days. All days are days in London; none of these read a clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from desist import working_days
from desist.orders import days
from desist.orders.rules import Key, rule

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Gap:
    """Days without protection between an interim order and the next hearing; `act_by` is when it must be closed."""

    first: date
    last: date
    act_by: date


def notification(*, served: date, replaces_interim: bool = False, suspended: bool = False) -> date | None:
    """The last day to notify after service; None where it brings no duty."""
    return None if replaces_interim or suspended else _days(Key.NOTIFY, served)


def change(*, changed: date, served: date) -> date:
    """The last day to notify a new name or address; a change before service falls under the first notification."""
    return _days(Key.CHANGE, changed) if changed >= served else _days(Key.NOTIFY, served)


def resumption(
    *, final_day: date, order_ends: date | None, rested_from_the_start: bool = True
) -> date | None:
    """The last day to notify once notification under the 2003 Act ended; None where no duty arises.

    Section 9(6) sets two conditions: the duty rested already when the order was made, and the order holds on the final
    day.
    """
    if not rested_from_the_start or not in_effect(on=final_day, ends=order_ends):
        return None
    return _days(Key.RESUME, final_day)


def earliest_end(*, made: date) -> date:
    """The earliest last day that a fixed period of a full order may have."""
    (years,) = rule(Key.MINIMUM, on=made).figures
    return days.last_day_of_years(beginning=made, years=years)


def free_discharge(*, made: date) -> date:
    """The first day on which a full order may be discharged without consents."""
    (years,) = rule(Key.DISCHARGE, on=made).figures
    return days.last_day_of_years(beginning=made, years=years) + ONE_DAY


def interim_gap(*, ends: date, hearing: date) -> Gap | None:
    """The days from the end of an interim order to the next hearing, that day included; None if it lasts so long."""
    if ends >= hearing:
        return None
    (count,) = rule(Key.INTERIM_GAP, on=ends).figures
    return Gap(ends + ONE_DAY, hearing, working_days.before(ends, count))


def reviews(*, ends: date) -> tuple[date, ...]:
    """The days for a review of an order that will end, the earliest first."""
    return tuple(ends - timedelta(days=before) for before in rule(Key.REVIEW, on=ends).figures)


def appeal(*, decided: date) -> date:
    """The last day for notice of appeal, by the table's time."""
    (count,) = rule(Key.APPEAL, on=decided).figures
    return working_days.after(decided, count)


def look_for_service(*, made: date) -> date:
    """The day to ask about the service of an order that is not served yet."""
    (after,) = rule(Key.SERVE, on=made).figures
    return made + timedelta(days=after)


def in_effect(*, on: date, ends: date | None, begins: date | None = None) -> bool:
    """Whether a period includes a day: its first and its last day count; no end means until further order."""
    return (begins is None or begins <= on) and (ends is None or on <= ends)


def _days(key: Key, beginning: date) -> date:
    (count,) = rule(key, on=beginning).figures
    return days.last_day(beginning=beginning, days=count)
