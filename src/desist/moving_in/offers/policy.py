"""Who may offer people to another service and answer its offers, and to which rows: the same table in two zones."""

from django.conf import settings
from django.db.models import Q

from desist.sites import Zone
from desist.wall.actors import Actor, Role
from desist.wall.exclusions import unhindered
from desist.wall.policy import BaseAction, Rule

MANAGERS, THE_POST = frozenset({Role.MANAGER, Role.ADVOCACY_MANAGER}), frozenset({Role.POST})
#: zone -> the field of an offer that names a case, and the lookup from a case to the reference that exclusions name
CASES = {Zone.PROGRAMME: ("episode", "referral__ref"), Zone.ADVOCACY: ("victim", "ref")}


class Action(BaseAction):
    """What can be done with offers of people to another service."""

    OFFER_CASE = "offers.offer_case"
    SEE_OFFERS = "offers.see_offers"
    SETTLE_OFFER = "offers.settle_offer"
    ANSWER_OFFER = "offers.answer_offer"
    RECEIVE_OFFER = "offers.receive_offer"


def own_cases(actor: Actor) -> Q:
    """Cases of the actor's area from which nothing keeps them."""
    _, case = CASES[Zone(settings.DESIST_ZONE)]
    return Q(area=actor.area) & unhindered(actor, case)


def own_offers(actor: Actor) -> Q:
    """Offers of the actor's area, about people from whom nothing keeps the actor; the post works in every area."""
    if actor.is_system:
        return Q()
    field, case = CASES[Zone(settings.DESIST_ZONE)]
    return Q(area=actor.area) & (Q(**{field: None}) | unhindered(actor, f"{field}__{case}"))


RULES: dict[BaseAction, Rule] = {
    Action.OFFER_CASE: Rule(MANAGERS, own_cases),
    Action.SEE_OFFERS: Rule(MANAGERS, own_offers),
    Action.SETTLE_OFFER: Rule(MANAGERS, own_offers),
    Action.ANSWER_OFFER: Rule(MANAGERS, own_offers),
    Action.RECEIVE_OFFER: Rule(THE_POST, own_offers),
}
ROUTES: dict[str, BaseAction] = {
    "offers:offer": Action.OFFER_CASE,
    "offers:withdraw": Action.SETTLE_OFFER,
    "offers:answer": Action.ANSWER_OFFER,
}
