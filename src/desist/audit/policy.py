"""Who may read the audit, and files with names: the same table in every staff zone."""

from django.db.models import Q

from desist.accounts.policy import LEADERS
from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with the audit, which is never changed, and with files that two people give out."""

    SEE_EVENTS = "audit.see_events"
    EXPORT_EVENTS = "audit.export_events"
    ACCEPT_END = "audit.accept_end"
    JOIN_JOURNAL = "audit.join_journal"
    SEE_FILES = "audit.see_files"
    ASK_FOR_FILE = "audit.ask_for_file"
    RELEASE_FILE = "audit.release_file"
    TAKE_FILE = "audit.take_file"


OFFICERS = frozenset({Role.DATA_PROTECTION_OFFICER})
#: the second person
RELEASERS = LEADERS | {Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR}
#: who may have a file with names; its own rule says once more which
ASKERS = OFFICERS | {Role.FORCE_LEAD, Role.ORDER_COORDINATOR, Role.MANAGER}


def own_files(actor: Actor) -> Q:
    """Files that one asked for."""
    return Q(asked_by=actor.who, area=actor.area)


def files_of_others(actor: Actor) -> Q:
    """Files that others asked for; for a leader those of their area."""
    others = ~Q(asked_by=actor.who)
    return others & Q(area=actor.area) if actor.role in LEADERS else others


def files(actor: Actor) -> Q:
    """Files that one asked for, and those that one may release."""
    return own_files(actor) | files_of_others(actor) if actor.role in RELEASERS else own_files(actor)


RULES: dict[BaseAction, Rule] = {
    Action.SEE_EVENTS: Rule(roles=OFFICERS, scope=everything),
    Action.EXPORT_EVENTS: Rule(roles=OFFICERS, scope=everything),
    Action.ACCEPT_END: Rule(roles=frozenset({Role.CONSOLE}), scope=everything),
    Action.JOIN_JOURNAL: Rule(roles=frozenset({Role.CLOCK}), scope=everything),
    Action.SEE_FILES: Rule(roles=RELEASERS | ASKERS, scope=files),
    Action.ASK_FOR_FILE: Rule(roles=ASKERS, scope=own_files),
    Action.RELEASE_FILE: Rule(roles=RELEASERS, scope=files_of_others),
    Action.TAKE_FILE: Rule(roles=ASKERS, scope=own_files),
}
ROUTES: dict[str, BaseAction] = {
    "audit:events": Action.SEE_EVENTS,
    "audit:export": Action.EXPORT_EVENTS,
    "downloads:downloads": Action.SEE_FILES,
    "downloads:decide": Action.RELEASE_FILE,
    "downloads:take": Action.TAKE_FILE,
}
