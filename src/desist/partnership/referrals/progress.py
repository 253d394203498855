"""How far the person is, as the programme last reported, and what happened to the referral, in words."""

from dataclasses import dataclass
from datetime import datetime

from desist import codes
from desist.accounts import queries as accounts
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import Happened, State
from desist.ui import dates

ENDS = {codes.Stage.LEFT: "Left", codes.Stage.COMPLETED: "Completed"}


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    what: str
    detail: str
    by: str
    at: datetime


def ended(row: Referral) -> str:
    """How the programme ended for the person; "" until it ends."""
    taken = row.state in {State.ACCEPTED, State.CONSULTATION} and row.stage
    return ENDS.get(codes.Stage(row.stage), "") if taken else ""


def attended(row: Referral) -> str:
    """The stage, and the number of attended sessions out of twelve."""
    return f"{codes.Stage(row.stage).label}, {row.attended} of 12 attended" if row.stage else ""


def planned(row: Referral) -> str:
    """How many sessions are planned, and on which days the next and the last of them are."""
    if not row.next_on or not row.last_on:
        return f"{row.planned} planned"
    later = f", the last on {dates.weekday(row.last_on)}" if row.last_on != row.next_on else ""
    return f"{row.planned} planned (the next on {dates.weekday(row.next_on)}{later})"


def timeline(row: Referral, programme: str) -> tuple[Line, ...]:
    """The events of the referral, the newest first."""
    found = list(row.happenings.order_by("-at", "-pk"))
    names = accounts.names(refs={one.by for one in found})
    return tuple(
        Line(
            what=str(Happened(one.what).label),
            detail=one.detail,
            by=names.get(one.by, one.by) or programme,
            at=one.at,
        )
        for one in found
    )
