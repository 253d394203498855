"""A referral that the person said no to: a second person agrees to it or refuses, and nothing crosses before."""

from datetime import datetime

from desist.programme.plans.overrides.policy import Action
from desist.programme.plans.support import commands as support
from desist.programme.plans.support.models import SupportOverride, SupportReferral
from desist.programme.plans.support.states import OverrideState
from desist.refusals import Changed, Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person

YOUR_OWN = "You, or an account that looks like yours, asked for it, so another person has to decide"
DECIDED = "A colleague has decided it since"


def decide(*, actor: Actor, ref: str, agrees: bool, why: str, version: int | None, at: datetime) -> str:
    """Agree to a referral that the person said no to, or refuse it; returns the person's reference.

    Raises Refused and Changed. A form that is sent twice decides once.
    """
    with gate.change(actor, Action.DECIDE_OVERRIDE, SupportOverride, ref, at=at) as row:
        state = OverrideState.AGREED if agrees else OverrideState.REFUSED
        if (row.state, row.decided_by) == (state, actor.who):
            return row.episode.ref
        gate.next_version(row, version)
        if row.state != OverrideState.WAITING:
            raise Changed
        if are_one_person(actor.who, row.asked_by):
            raise Refused(YOUR_OWN)
        if agrees:
            row.referral = _referral(row, at)
        _settle(row, state, actor=actor, why=why, at=at)
        return row.episode.ref


def take_back(*, actor: Actor, ref: str, at: datetime) -> None:
    """Take back what waits for a second person. Raises Refused; taken back twice is once."""
    with gate.change(actor, Action.TAKE_BACK_OVERRIDE, SupportOverride, ref, at=at) as row:
        if row.state == OverrideState.WAITING:
            gate.next_version(row)
            _settle(row, OverrideState.TAKEN_BACK, actor=actor, why="", at=at)
        elif row.state != OverrideState.TAKEN_BACK:
            raise Refused(DECIDED)


def _referral(row: SupportOverride, at: datetime) -> SupportReferral:
    """The referral that it becomes, as the first person asked for it."""
    agency = support.may_be_told(row.agency.ref, row.episode.area, at)
    made = SupportReferral(
        episode=row.episode,
        agency=agency,
        need=row.need,
        agreed=False,
        without=row.without,
        told=row.told,
        reach=row.reach,
        basis=row.basis,
        referred_on=day_of(at),
        submission=f"agreed {row.ref}",
        referred_by=row.asked_by,
        recorded_at=at,
    )
    support.pass_on(made)
    return made


def _settle(row: SupportOverride, state: OverrideState, *, actor: Actor, why: str, at: datetime) -> None:
    row.state, row.why, row.decided_by, row.decided_at = state, why, actor.who, at
    row.save(update_fields=["state", "why", "decided_by", "decided_at", "referral", "version"])
