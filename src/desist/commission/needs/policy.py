"""Who may read need sheets, and which returns stand on the sheet of their own area."""

from desist.commission.policy import READERS
from desist.commission.scopes import in_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with need sheets."""

    SEE_NEEDS = "commission.see_needs"


RULES: dict[BaseAction, Rule] = {Action.SEE_NEEDS: Rule(READERS, in_area)}
ROUTES: dict[str, BaseAction] = {
    "needs:needs": Action.SEE_NEEDS,
    "needs:area": Action.SEE_NEEDS,
}
