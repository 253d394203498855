"""The sources of each kind of e-mail to staff of an advocacy service."""

from django.db.models import Q

from desist.accounts.nudges.sources import Source
from desist.advocacy.clients.queries import without_advocate
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.packs.policy import Action as PacksAction
from desist.advocacy.packs.states import State as PackState
from desist.advocacy.pages.nudges.states import ROLES, Kind
from desist.advocacy.submissions.models import Submitted
from desist.advocacy.submissions.policy import Action as SubmissionsAction
from desist.advocacy.submissions.states import State as SentState
from desist.advocacy.updates.models import Update
from desist.advocacy.updates.policy import Action as UpdatesAction
from desist.advocacy.updates.states import State as UpdateState
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.policy import Action as VictimsAction
from desist.advocacy.victims.states import State

__all__ = ["ROLES", "SOURCES"]

SOURCES: tuple[Source, ...] = (
    Source(
        Kind.NEWS,
        Update,
        UpdatesAction.SEE_UPDATES,
        Q(state=UpdateState.DUE),
        "received_at",
        own=lambda actor: ~Q(recorded_by=actor.who),
    ),
    Source(
        Kind.RING,
        BreachPack,
        PacksAction.SEE_PACKS,
        Q(state=PackState.SENT) & ~Q(incident__victim__state=State.CLOSED),
        "ring_at",
    ),
    Source(
        Kind.CLIENT,
        Victim,
        VictimsAction.SEE_VICTIM,
        Q(allocations__ended_at=None) & ~Q(state=State.CLOSED),
        "allocations__made_at",
        own=lambda actor: Q(allocations__advocate__ref=actor.who) & ~Q(allocations__made_by=actor.who),
    ),
    Source(
        Kind.SENT,
        Submitted,
        SubmissionsAction.SEE_SUBMITTED,
        Q(state=SentState.WAITING) & ~Q(link__victim__state=State.CLOSED),
        "whole_at",
    ),
    Source(
        Kind.WAITING,
        Victim,
        VictimsAction.SEE_VICTIM,
        Q(state=State.WAITING) & without_advocate(),
        "received_at",
    ),
)
