"""Commands for partner agencies and the people referred to them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from desist.programme.episodes.models import Episode
from desist.programme.plans.support.models import Agency, SupportReferral
from desist.programme.plans.support.policy import Action
from desist.programme.plans.support.states import TRANSITIONS, State
from desist.refusals import Changed, Refused
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

LISTED = "An agency with this name is already on the list"
ENDED_BEFORE = "This agency has already been removed from the list"
NOT_LISTED = "Not saved: this agency has since been removed from the list. Choose another one"


@dataclass(frozen=True)
class Listing:
    """An agency as the directory lists it."""

    name: str
    needs: tuple[str, ...]
    phone: str
    how: str


@dataclass(frozen=True)
class Referred:
    """Which person is referred to which agency, for what, and what is passed on."""

    agency: str
    need: str
    agreed: bool
    told: str
    referred_on: date
    without: str = ""
    override: Override | None = None


@dataclass(frozen=True)
class Outcome:
    """The outcome of a referral to an agency."""

    state: State
    outcome: str
    answered_on: date


def list_agency(*, actor: Actor, listing: Listing, at: datetime) -> None:
    """Add an agency to the area's directory. Raises Refused where the name is taken."""
    row = Agency(
        area=actor.area,
        name=listing.name,
        needs=list(listing.needs),
        phone=listing.phone,
        how=listing.how,
        added_by=actor.who,
        added_at=at,
    )
    try:
        with gate.create(actor, Action.LIST_AGENCY, row, at=at):
            pass
    except IntegrityError:
        raise Refused(LISTED, field="name") from None


def end_agency(*, actor: Actor, ref: str, at: datetime) -> None:
    """Take an agency off the list; the people referred to it stay readable."""
    with gate.change(actor, Action.END_AGENCY, Agency, ref, at=at) as row:
        if row.ended_at:
            raise Refused(ENDED_BEFORE)
        row.ended_by, row.ended_at = actor.who, at
        row.save(update_fields=["ended_by", "ended_at"])


def refer(*, actor: Actor, episode: str, referred: Referred, submission: str, at: datetime) -> None:
    """Record a referral to an agency; a form sent twice is kept once. Raises Refused and words.Unclear."""
    with gate.change(actor, Action.REFER_TO_SUPPORT, Episode, episode, at=at) as row:
        agency = Agency.objects.filter(ref=referred.agency, area=row.area, ended_at=None).first()
        if agency is None:
            raise Refused(NOT_LISTED)
        if not SupportReferral.objects.filter(submission=submission).exists():
            clearances.hold(
                named=audit.row_name(Episode, row.ref),
                texts={"told": referred.told},
                override=referred.override,
                actor=actor,
                at=at,
            )
            SupportReferral.objects.create(
                episode=row,
                agency=agency,
                need=referred.need,
                agreed=referred.agreed,
                without=referred.without,
                told=referred.told,
                referred_on=referred.referred_on,
                submission=submission,
                referred_by=actor.who,
                recorded_at=at,
            )


def settle(*, actor: Actor, ref: str, outcome: Outcome, version: int | None, at: datetime) -> None:
    """Record what came of a referral to an agency. Raises Changed."""
    with gate.change(actor, Action.SETTLE_SUPPORT, SupportReferral, ref, at=at, version=version) as row:
        if outcome.state not in TRANSITIONS[State(row.state)]:
            raise Changed
        row.state, row.outcome, row.answered_on = outcome.state, outcome.outcome, outcome.answered_on
        row.save(update_fields=["state", "outcome", "answered_on", "version"])
