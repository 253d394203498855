"""Who may do what with grants, and to which rows."""

from desist.commission.policy import COMMISSIONERS, READERS
from desist.commission.scopes import in_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with grants."""

    SEE_GRANTS = "commission.see_grants"
    ENTER_GRANT = "commission.enter_grant"
    REMOVE_GRANT = "commission.remove_grant"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_GRANTS: Rule(READERS, in_area),
    Action.ENTER_GRANT: Rule(COMMISSIONERS, in_area),
    Action.REMOVE_GRANT: Rule(COMMISSIONERS, in_area),
}
ROUTES: dict[str, BaseAction] = {
    "grants:grants": Action.SEE_GRANTS,
    "grants:enter": Action.ENTER_GRANT,
    "grants:remove": Action.REMOVE_GRANT,
}
