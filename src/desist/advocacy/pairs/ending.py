"""The end of a client's exchange with the police, in the change that takes back the consent or choice behind it."""

from contextlib import suppress
from datetime import datetime

from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.pairs.states import TRANSITIONS, State
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import WayIn
from desist.post import outbox, partners, payloads


def end(victim: Victim, *, at: datetime) -> bool:
    """Within a change: tell the police to send nothing more. Returns whether there was anything to end."""
    row = standing(victim)
    if row is None or State.ENDED not in TRANSITIONS[State(row.state)]:
        return False
    row.state, row.answered_at = State.ENDED, at
    row.save()
    # A force that this site no longer writes to is not told: the client's choice holds all the same.
    with suppress(partners.NoSuchPartner):
        tell(victim, row.crime_reference, stands=False, at=at)
    return True


def standing(victim: Victim) -> PairAsked | None:
    """The pair request of a client whose row is locked. For a client the police referred it stands from the start."""
    with suppress(PairAsked.DoesNotExist):
        return victim.pair
    if victim.way_in != WayIn.POLICE or not victim.thread:
        return None
    return PairAsked(
        victim=victim,
        state=State.JOINED,
        crime_reference=victim.crime_reference,
        asked_by=victim.recorded_by,
        asked_at=victim.received_at,
    )


def tell(victim: Victim, crime_reference: str, *, stands: bool, at: datetime) -> None:
    """Send the client's choice to hear of a crime's orders and programme, or to hear no more."""
    request = payloads.PairRequest(
        crime_reference=crime_reference, area=victim.area, stands=stands, asked_at=at
    )
    outbox.send(
        request, to=victim.partner, thread=victim.thread or "", at=at, case=victim.ref, about=victim.called
    )
