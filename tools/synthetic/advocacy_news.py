"""The news that the clients of the synthetic area heard, their requests and consents, and what they had sent to the police."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from desist.advocacy.incidents.models import Incident
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.safety.models import Choice
from desist.advocacy.safety.texts import CHOICE
from desist.advocacy.team.models import Advocate
from desist.advocacy.updates.models import Update
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Consent, Victim
from desist.advocacy.victims.states import Purpose
from desist.references import reference
from desist.sites import Zone
from tools.synthetic.area import TITLES
from tools.synthetic.cases import Case
from tools.synthetic.shared_facts import WAITING
from tools.synthetic.staff import PHONE

POLICE = TITLES[Zone.PARTNERSHIP][0]
FIRST_CALL = timedelta(hours=19)
#: one client in this many does not agree to be counted
NOT_COUNTED = 9


def counted(victim: Victim, advocate: Advocate) -> Consent:
    """The consent to be counted, which a client gave in the first call."""
    at = victim.received_at + FIRST_CALL
    return Consent(
        victim=victim,
        purpose=Purpose.EVALUATION,
        given_on=at.date(),
        how="phone",
        recorded_by=advocate.ref,
        recorded_at=at,
    )


def updates(case: Case, victim: Victim) -> Iterator[Update]:
    """The news that the programme began and ended, told to the client the day after."""
    told = {"in_sessions": ("started",), "completed": ("started", "completed"), "left": ("started", "left")}
    for event in told.get(case.story.stage, ()):
        heard = case.allocated_at + timedelta(days=7) if event == "started" else case.course.told_at
        if heard:
            yield update(victim, event, heard, settled_at=heard + FIRST_CALL)


def update(victim: Victim, event: str, heard: datetime, *, settled_at: datetime | None = None) -> Update:
    return Update(
        ref=reference(),
        victim=victim,
        event=event,
        on=heard.date(),
        received_at=heard,
        state="told" if settled_at else "due",
        settled_at=settled_at,
    )


def pack(incident: Incident, case: Case, advocate: Advocate, now: datetime) -> BreachPack:
    """An incident that was sent to the police, who have given no crime reference yet."""
    return BreachPack(
        ref=reference(),
        incident=incident,
        token=case.pack,
        police=POLICE,
        contact=PHONE,
        sent_by=advocate.ref,
        sent_at=now,
        ring_at=now + timedelta(hours=4),
    )


def choice(victim: Victim, box: Box, advocate: Advocate) -> Choice:
    """The client's choice that the police may know that she comes here."""
    ref = reference()
    return Choice(
        ref=ref,
        victim=victim,
        what="is_client",
        whom="police",
        allowed=True,
        words=box.lock(field=CHOICE, row=ref, text="Yes: they may know that I come here."),
        recorded_by=advocate.ref,
        recorded_at=victim.received_at,
    )


def asked(victim: Victim, advocate: Advocate) -> PairAsked:
    """A request to the police to let her hear of orders and the programme, without an answer yet."""
    return PairAsked(
        victim=victim,
        state="asked",
        crime_reference=WAITING,
        asked_by=advocate.ref,
        asked_at=victim.received_at,
    )
