"""Who may do what with published tables, and to which rows."""

from desist.commission.policy import COMMISSIONERS, READERS
from desist.commission.scopes import in_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with published tables."""

    SEE_FORCE_TABLES = "commission.see_force_tables"
    ENTER_FORCE_TABLE = "commission.enter_force_table"
    REMOVE_FORCE_TABLE = "commission.remove_force_table"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_FORCE_TABLES: Rule(READERS, in_area),
    Action.ENTER_FORCE_TABLE: Rule(COMMISSIONERS, in_area),
    Action.REMOVE_FORCE_TABLE: Rule(COMMISSIONERS, in_area),
}
ROUTES: dict[str, BaseAction] = {
    "force_tables:tables": Action.SEE_FORCE_TABLES,
    "force_tables:enter": Action.ENTER_FORCE_TABLE,
    "force_tables:remove": Action.REMOVE_FORCE_TABLE,
}
