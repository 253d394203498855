"""A client takes back what let the police tell of them: what stood on it ends in the same change."""

from contextlib import suppress
from datetime import datetime

from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.pairs.states import TRANSITIONS, State
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import WayIn
from desist.post import outbox, partners, payloads


def end(victim: Victim, *, at: datetime) -> bool:
    """Within a change: the police are told to send nothing more. Says whether anything stood."""
    row = standing(victim)
    if row is None or State.ENDED not in TRANSITIONS[State(row.state)]:
        return False
    row.state, row.answered_at = State.ENDED, at
    row.save()
    # To a force that is no longer written to nothing is said: a client's choice waits for nobody.
    with suppress(partners.NoSuchPartner):
        tell(victim, row.crime_reference, stands=False, at=at)
    return True


def standing(victim: Victim) -> PairAsked | None:
    """What was asked for a client whose row is locked; of somebody whom the police referred what stands from the start."""
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
    """Send what the client chose: to hear of a crime's orders and programme, or no longer."""
    request = payloads.PairRequest(
        crime_reference=crime_reference, area=victim.area, stands=stands, asked_at=at
    )
    outbox.send(
        request, to=victim.partner, thread=victim.thread or "", at=at, case=victim.ref, about=victim.called
    )
