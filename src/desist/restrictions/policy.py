"""Who may restrict a case to named people, or keep an account from it: one table for every staff zone."""

from django.db.models import Q

from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with restricted cases and with the list of those who never see a case."""

    SEE_RESTRICTIONS = "restrictions.see_restrictions"
    SEE_RESTRICTION = "restrictions.see_restriction"
    RESTRICT_CASE = "restrictions.restrict_case"
    NAME_PERSON = "restrictions.name_person"
    END_RESTRICTION = "restrictions.end_restriction"
    KEEP_FROM_CASE = "restrictions.keep_from_case"
    SEE_REVIEWER = "restrictions.see_reviewer"
    NAME_REVIEWER = "restrictions.name_reviewer"
    SEE_EMERGENCY = "restrictions.see_emergency"
    OPEN_IN_EMERGENCY = "restrictions.open_in_emergency"
    END_EMERGENCY = "restrictions.end_emergency"


LEADERS = frozenset({Role.MANAGER, Role.FORCE_LEAD, Role.ADVOCACY_MANAGER})
DECIDERS = LEADERS | {Role.ADMINISTRATOR}
#: the roles that work with the people assigned to them, and so are kept from the others
ASSIGNED = frozenset({Role.PRACTITIONER, Role.ADVOCATE})
PEOPLE = frozenset(set(Role) - {Role.POST, Role.CLOCK, Role.PARTICIPANT})


def known(actor: Actor) -> Q:
    """Restricted cases that name the actor; for an administrator, who sees references alone, every one."""
    if actor.role is Role.ADMINISTRATOR:
        return Q()
    return Q(case__in=Exclusion.objects.filter(account=actor.who, allowed=True).values("case"))


def own_emergencies(actor: Actor) -> Q:
    """What one opened oneself in an emergency."""
    return Q(account=actor.who, area=actor.area)


RULES: dict[BaseAction, Rule] = {
    Action.SEE_RESTRICTIONS: Rule(roles=DECIDERS, scope=known),
    Action.SEE_RESTRICTION: Rule(roles=DECIDERS, scope=known),
    Action.RESTRICT_CASE: Rule(roles=DECIDERS, scope=known),
    Action.NAME_PERSON: Rule(roles=DECIDERS, scope=known),
    Action.END_RESTRICTION: Rule(roles=DECIDERS, scope=known),
    Action.KEEP_FROM_CASE: Rule(roles=DECIDERS, scope=everything),
    Action.SEE_REVIEWER: Rule(roles=PEOPLE, scope=everything),
    Action.NAME_REVIEWER: Rule(roles=frozenset({Role.ADMINISTRATOR}), scope=everything),
    Action.SEE_EMERGENCY: Rule(roles=ASSIGNED, scope=own_emergencies),
    Action.OPEN_IN_EMERGENCY: Rule(roles=ASSIGNED, scope=own_emergencies),
    Action.END_EMERGENCY: Rule(roles=ASSIGNED, scope=own_emergencies),
}
ROUTES: dict[str, BaseAction] = {
    "restrictions:restrictions": Action.SEE_RESTRICTIONS,
    "restrictions:restrict": Action.RESTRICT_CASE,
    "restrictions:restriction": Action.NAME_PERSON,
    "restrictions:end": Action.END_RESTRICTION,
    "restrictions:keep-from": Action.KEEP_FROM_CASE,
    "restrictions:ask": Action.SEE_REVIEWER,
    "restrictions:reviewer": Action.NAME_REVIEWER,
    "restrictions:emergency": Action.OPEN_IN_EMERGENCY,
    "restrictions:end-emergency": Action.END_EMERGENCY,
}
