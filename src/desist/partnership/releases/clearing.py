"""The state of the clearance of a release at a moment, and which services are asked about which words."""

from collections.abc import Iterable
from datetime import datetime

from desist.partnership.orders import wording
from desist.partnership.orders.models import Condition, Order
from desist.partnership.pairs import commands as pairs
from desist.partnership.pairs.models import Side
from desist.partnership.pairs.states import State as SideState
from desist.partnership.releases.models import Clearance, Release
from desist.partnership.releases.states import Answer, Clearing


def clearing(release: Release, *, at: datetime) -> Clearing:
    """The state of a release's clearance. It is WAITING until the set moment, even if an answer came sooner."""
    if release.answer_by and at < release.answer_by:
        return Clearing.WAITING
    asked = list(release.clearances.all())
    now = set(release.digests) & {wording.digest(one) for one in refused(release.order, at=at)}
    if now or any(one.answer == Answer.REFUSED for one in asked):
        return Clearing.REFUSED
    if release.answer_by is None:
        return Clearing.NONE
    # The service of a client who wants to hear no more is not asked.
    open_ = any(not one.answer and one.side.state == SideState.STANDS for one in asked)
    return Clearing.UNANSWERED if open_ or unasked(release) else Clearing.CLEARED


def refused(order: Order, *, at: datetime) -> tuple[Condition, ...]:
    """The present conditions whose words a service refused in any question, until the service answers otherwise.

    An answer counts from the moment set for its clearance, even if it came sooner.
    """
    releases = order.releases.filter(answer_by__lte=at).prefetch_related("clearances__side")
    given = [one for release in releases for one in release.clearances.all() if one.answered_at]
    answers = sorted(given, key=lambda one: (one.answered_at, one.pk))
    if all(one.answer != Answer.REFUSED for one in answers):
        return ()
    return tuple(
        one
        for one in order.conditions.order_by("number")
        if wording.leads(one) and Answer.REFUSED in _last(one, answers).values()
    )


def _last(condition: Condition, answers: Iterable[Clearance]) -> dict[int, str]:
    """Side -> the last answer of its service about the words of a condition."""
    digest = wording.digest(condition)
    return {
        one.side_id: one.answer
        for one in answers
        if digest in one.release.digests
        and (not condition.protects or wording.protects(condition, one.side.crime_reference))
    }


def conditions(release: Release) -> tuple[Condition, ...]:
    """The conditions that a release is about, without those rewritten since."""
    return tuple(one for one in wording.waiting(release.order) if wording.digest(one) in release.digests)


def to_clear(release: Release, side: Side) -> tuple[str, ...]:
    """The words about which the service of one client is asked: those that may lead to that client."""
    return tuple(
        f"{one.number}. {wording.served(one)} Why: {one.necessity}"
        for one in conditions(release)
        if wording.leads(one) and wording.protects(one, side.crime_reference)
    )


def unasked(release: Release) -> tuple[Side, ...]:
    """The sides still to ask: they stand for a crime of the order, and some of the words protect them."""
    crimes = tuple(release.order.protected.values_list("crime_reference", flat=True))
    standing = pairs.of_crimes(area=release.order.area, crime_references=crimes)
    asked = set(release.clearances.values_list("side", flat=True))
    return tuple(one for one in standing if one.pk not in asked and to_clear(release, one))
