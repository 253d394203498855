"""The referrals that can be of one person, and what goes along when one is merged into another."""

from datetime import datetime

from desist.merges.records import Along, Kind
from desist.merges.states import State as Merged
from desist.programme.concerns.models import Concern
from desist.programme.episodes.states import OPEN
from desist.programme.orders.models import Order
from desist.programme.referrals.models import Referral
from desist.programme.referrals.policy import Action
from desist.programme.referrals.states import Happened, State
from desist.programme.sessions.contacts.models import Contact
from desist.references import spoken
from desist.referral.forms import LABELS
from desist.ui import dates

#: a referral that is settled has no clock that a merge could hide
SETTLED = (State.DECLINED, State.WITHDRAWN)
ANSWERS = (
    *("given_names", "family_name", "aliases", "born", "pnc", "cro"),
    *("contact_by", "own_phone", "own_email", "own_address", "own_postcode", "lives_in"),
)


def unfit(first: Referral, second: Referral) -> str:
    """Why a referral is not merged into another: it still waits for something, or both are on the programme."""
    course, other = getattr(second, "episode", None), getattr(first, "episode", None)
    if course and course.state in OPEN:
        if other and other.state in OPEN:
            return (
                "Both are on the programme now. Record under Leaving that one of them was entered twice, "
                "and merge that one into the other"
            )
        return f"{spoken(second.ref)} is on the programme now: keep that one as the first, and merge the other into it"
    if course is None and second.state not in SETTLED:
        return (
            f"{spoken(second.ref)} still waits for a decision. Decline it as “The person is referred already”, "
            "which tells the referrer, and merge it then"
        )
    return ""


def happened(row: Referral, other: str, after: Merged, by: str, at: datetime) -> None:
    """Write a line of a referral's timeline."""
    row.happened(
        Happened.MERGED if after is Merged.STANDS else Happened.SPLIT,
        by=by,
        at=at,
        detail=f"With {spoken(other)}",
    )


RECORDS = (
    Kind(
        action=Action.COMPARE_REFERRALS,
        model=Referral,
        route="referrals:referral",
        name=lambda row: str(row.name),
        labels={name: LABELS[name] for name in ANSWERS},
        along=(
            Along(Order, "referral", lambda row: f"Order made on {dates.on(row.made_on)}"),
            Along(Concern, "referral", lambda row: f"Concern raised {dates.at(row.raised_at)}"),
            Along(Contact, "referral", lambda row: f"Contact {dates.at(row.held_at)}"),
        ),
        unfit=unfit,
        happened=happened,
    ),
)
