"""Who may read the audit: the same table in every staff zone."""

from desist.wall.actors import Role
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule, everything


class Action(BaseAction):
    """What can be done with the audit: it is read, and never changed. What it lost by accident can be accepted."""

    SEE_EVENTS = "audit.see_events"
    EXPORT_EVENTS = "audit.export_events"
    ACCEPT_END = "audit.accept_end"


OFFICERS = frozenset({Role.DATA_PROTECTION_OFFICER})

RULES: dict[BaseAction, Rule] = {
    Action.SEE_EVENTS: Rule(roles=OFFICERS, scope=everything),
    Action.EXPORT_EVENTS: Rule(roles=OFFICERS, scope=everything),
    Action.ACCEPT_END: Rule(roles=frozenset({Role.CONSOLE}), scope=everything),
}
ROUTES: dict[str, BaseAction] = {
    "audit:events": Action.SEE_EVENTS,
    "audit:export": Action.EXPORT_EVENTS,
}
OPEN: frozenset[str] = frozenset()
