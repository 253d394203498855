"""Who may do what with tasks of one's own: the same table in the zones where staff work with cases."""

from django.db.models import Q

from desist.tasks import cases
from desist.tasks.cases import HOLDERS
from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction, Rule

LEADERS = frozenset({Role.MANAGER, Role.SUPERVISOR, Role.FORCE_LEAD, Role.ADVOCACY_MANAGER})


class Action(BaseAction):
    """What can be done with tasks."""

    SEE_TASKS = "tasks.see_tasks"
    GIVE_TASK = "tasks.give_task"
    HAND_OVER_TASK = "tasks.hand_over_task"
    DO_TASK = "tasks.do_task"


def own_tasks(actor: Actor) -> Q:
    """Tasks of the area that the actor gave or holds, for a leader all; none about a case that is kept from the actor."""
    whose = Q() if actor.role in LEADERS else Q(held_by=actor.who) | Q(given_by=actor.who)
    return Q(area=actor.area) & whose & cases.seen(actor)


RULES: dict[BaseAction, Rule] = {
    action: Rule(HOLDERS, own_tasks)
    for action in (Action.SEE_TASKS, Action.GIVE_TASK, Action.HAND_OVER_TASK, Action.DO_TASK)
}
ROUTES: dict[str, BaseAction] = {
    "tasks:give": Action.GIVE_TASK,
    "tasks:give-about": Action.GIVE_TASK,
    "tasks:task": Action.HAND_OVER_TASK,
    "tasks:done": Action.DO_TASK,
    "tasks:undo": Action.DO_TASK,
}
