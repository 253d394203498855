"""Who may merge two records of one person, and split them: the same table in the zones where staff work with cases."""

from django.db.models import Q

from desist.merges import records
from desist.merges.records import MERGING
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with two records of one person."""

    SEE_MERGES = "merges.see_merges"
    ASK_MERGE = "merges.ask_merge"
    ANSWER_MERGE = "merges.answer_merge"
    SPLIT_MERGE = "merges.split_merge"


def own_merges(actor: Actor) -> Q:
    """Merges of the area whose two records the actor may both see."""
    return Q(area=actor.area) & records.seen(actor)


RULES: dict[BaseAction, Rule] = {action: Rule(MERGING, own_merges) for action in Action}
ROUTES: dict[str, BaseAction] = {
    "merges:merges": Action.SEE_MERGES,
    "merges:compare": Action.ASK_MERGE,
    "merges:merge": Action.ANSWER_MERGE,
    "merges:withdraw": Action.ASK_MERGE,
    "merges:split": Action.SPLIT_MERGE,
}
