"""Who may do what at the duty desk: one table for the zones with staff on duty."""

from django.db.models import Q

from desist.wall.actors import Actor, Role
from desist.wall.exclusions import unhindered
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with alerts and duty numbers."""

    SEE_ALERTS = "desk.see_alerts"
    RECEIVE_ALERT = "desk.receive_alert"
    ACKNOWLEDGE_ALERT = "desk.acknowledge_alert"
    NOTE_ACKNOWLEDGEMENT = "desk.note_acknowledgement"
    ESCALATE_ALERT = "desk.escalate_alert"
    RING = "desk.ring"
    SEE_DUTY_NUMBERS = "desk.see_duty_numbers"
    ADD_DUTY_NUMBER = "desk.add_duty_number"
    END_DUTY_NUMBER = "desk.end_duty_number"


#: every role that can take an alert up: it must not wait for one person who happens to be away
DUTY = frozenset(
    {
        *(Role.MANAGER, Role.PRACTITIONER),
        *(Role.OFFICER, Role.FORCE_LEAD, Role.ORDER_COORDINATOR),
        *(Role.ADVOCATE, Role.ADVOCACY_MANAGER),
    }
)
LEADERS = frozenset({Role.MANAGER, Role.FORCE_LEAD, Role.ADVOCACY_MANAGER})
POST, CLOCK = frozenset({Role.POST}), frozenset({Role.CLOCK})


def own_alerts(actor: Actor) -> Q:
    """Alerts of the actor's area about cases that nothing keeps the actor from."""
    return Q() if actor.is_system else Q(area=actor.area) & unhindered(actor, "case")


def in_area(actor: Actor) -> Q:
    """Rows of the actor's area that are about no case."""
    return Q(area=actor.area)


RULES: dict[BaseAction, Rule] = {
    Action.SEE_ALERTS: Rule(roles=DUTY, scope=own_alerts),
    Action.RECEIVE_ALERT: Rule(roles=POST, scope=everything),
    Action.ACKNOWLEDGE_ALERT: Rule(roles=DUTY, scope=own_alerts),
    Action.NOTE_ACKNOWLEDGEMENT: Rule(roles=POST, scope=everything),
    Action.ESCALATE_ALERT: Rule(roles=CLOCK, scope=everything),
    Action.RING: Rule(roles=DUTY, scope=own_alerts),
    Action.SEE_DUTY_NUMBERS: Rule(roles=DUTY | {Role.SUPERVISOR}, scope=in_area),
    Action.ADD_DUTY_NUMBER: Rule(roles=LEADERS, scope=in_area),
    Action.END_DUTY_NUMBER: Rule(roles=LEADERS, scope=in_area),
}
ROUTES: dict[str, BaseAction] = {
    "alerts:alerts": Action.SEE_ALERTS,
    "alerts:alert": Action.RING,
    "alerts:acknowledge": Action.ACKNOWLEDGE_ALERT,
    "duty:numbers": Action.SEE_DUTY_NUMBERS,
    "duty:add": Action.ADD_DUTY_NUMBER,
    "duty:end": Action.END_DUTY_NUMBER,
}
WITHOUT_WRITING = frozenset({"duty:numbers"})
