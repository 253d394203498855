"""Which rows of the partnership zone an actor may reach: the scopes that its rules name."""

from django.db.models import Exists, F, OuterRef, Q, Subquery

from desist.partnership.agencies.models import AgencyTerms, TermsAccepted
from desist.wall.actors import Actor, Role
from desist.wall.exclusions import unhindered


def own_area(actor: Actor) -> Q:
    """Referrals of the actor's police area that nothing keeps the actor from; the post works in every area."""
    return Q() if actor.is_system else Q(area=actor.area) & unhindered(actor, "ref")


def own_drafts(actor: Actor) -> Q:
    """Referrals of the actor's police area: all for a force lead, for others those that they began themselves."""
    return own_area(actor) if actor.role is Role.FORCE_LEAD else own_area(actor) & Q(started_by=actor.who)


def held_referrals(actor: Actor) -> Q:
    """Referrals of the actor's police area: all for a force lead, for others those that they began or were given."""
    began = Q(held_by="", started_by=actor.who)
    held = Q() if actor.role is Role.FORCE_LEAD else began | Q(held_by=actor.who)
    return own_area(actor) & held


def own_cases(actor: Actor) -> Q:
    """Orders of the actor's police area; of a referrer, those with a breach whose case names them as the officer."""
    named = Q(breaches__steps__officer=actor.who) if actor.role is Role.OFFICER else Q()
    return own_orders(actor) & named


def own_attendances(actor: Actor) -> Q:
    """What programmes certified about people of the actor's police area."""
    return Q() if actor.is_system else Q(area=actor.area) & unhindered(actor, "referral__ref")


def own_orders(actor: Actor) -> Q:
    """Orders of the actor's police area about people whom nothing keeps the actor from; the post works in every area."""
    if actor.is_system:
        return Q()
    return Q(area=actor.area) & unhindered(actor, "person__ref") & unhindered(actor, "referral__ref")


def of_own_orders(actor: Actor) -> Q:
    """Breaches and releases of words of orders that are the actor's own, as `own_orders` says it."""
    free = unhindered(actor, "order__person__ref") & unhindered(actor, "order__referral__ref")
    return Q(order__area=actor.area) & free


def whole_register(actor: Actor) -> Q:
    """All rows of the actor's police area, to be counted: a count that is given out does not depend on who counts."""
    return Q(area=actor.area)


def own_reports(actor: Actor) -> Q:
    """What was told of incidents in the actor's police area by people whom nothing keeps the actor from."""
    return Q(area=actor.area) & unhindered(actor, "side__ref")


def own_exhibits(actor: Actor) -> Q:
    """Exhibits that came with reports of the actor's police area, about people whom nothing keeps the actor from."""
    return Q(report__area=actor.area) & unhindered(actor, "report__side__ref")


def own_decisions(actor: Actor) -> Q:
    """Decisions of the actor's police area about a crime, where no person of the register is named."""
    return Q(area=actor.area)


def own_people(actor: Actor) -> Q:
    """People of the actor's police area whom nothing keeps the actor from."""
    return Q(area=actor.area) & unhindered(actor, "ref")


def own_files(actor: Actor) -> Q:
    """Files of referrals of the actor's police area that nothing keeps the actor from."""
    return Q(referral__area=actor.area) & unhindered(actor, "referral__ref")


def own_requests(actor: Actor) -> Q:
    """Questions about people of the actor's police area whom nothing keeps the actor from."""
    return Q() if actor.is_system else Q(area=actor.area) & unhindered(actor, "referral__ref")


def own_disclosures(actor: Actor) -> Q:
    """Disclosures of the actor's police area about people whom nothing keeps the actor from; the post works in every area."""
    if actor.is_system:
        return Q()
    return Q(area=actor.area) & unhindered(actor, "referral__ref") & unhindered(actor, "side")


def own_transfers(actor: Actor) -> Q:
    """Offers of orders of the actor's police area, about people whom nothing keeps the actor from; the post works in every area."""
    if actor.is_system:
        return Q()
    free = unhindered(actor, "order__person__ref") & unhindered(actor, "order__referral__ref")
    return Q(area=actor.area) & (Q(order=None) | free)


def of_area(actor: Actor) -> Q:
    """Entries of the actor's police area that are about no person, such as agencies."""
    return Q(area=actor.area)


def own_agency(actor: Actor) -> Q:
    """The agency that the actor works for."""
    return Q(members__account=actor.who, members__ended_at=None, area=actor.area)


def of_own_agency(actor: Actor) -> Q:
    """Referrals to the agency that the actor works for, of their side, once they accepted the terms; the post works for every agency."""
    if actor.is_system:
        return Q()
    works = Q(agency__members__account=actor.who, agency__members__ended_at=None, agency__area=actor.area)
    terms = AgencyTerms.objects.filter(area=actor.area).order_by("-set_at", "-pk")
    accepted = TermsAccepted.objects.filter(
        account=actor.who, agency=OuterRef("agency"), terms=Subquery(terms.values("pk")[:1])
    )
    works &= ~Exists(terms) | Exists(accepted)
    return works & (Q(agency__members__side="both") | Q(agency__members__side=F("zone")))
