"""Questions about referrals that a person said no to, each with a frozen answer."""

from datetime import datetime

from desist.programme.plans.overrides.policy import Action
from desist.programme.plans.support.models import SupportOverride
from desist.programme.plans.support.queries import Asked, asked
from desist.wall import gate
from desist.wall.actors import Actor


def to_decide(*, actor: Actor, ref: str, at: datetime) -> Asked:
    """One of them, for the second person."""
    rows = gate.open(actor, Action.DECIDE_OVERRIDE, SupportOverride, ref, at=at)
    return asked(rows.select_related("episode__referral", "agency").get(), actor)


def to_take_back(*, actor: Actor, ref: str, at: datetime) -> str:
    """The reference of the person, for the colleague who takes it back."""
    rows = gate.open(actor, Action.TAKE_BACK_OVERRIDE, SupportOverride, ref, at=at)
    return str(rows.values_list("episode__ref", flat=True).get())
