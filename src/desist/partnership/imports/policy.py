"""Who may do what with the import of referrals, and to which rows."""

from desist.partnership.policy import POLICE
from desist.partnership.scopes import own_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the import of referrals."""

    IMPORT_REFERRALS = "partnership.import_referrals"


RULES: dict[BaseAction, Rule] = {
    Action.IMPORT_REFERRALS: Rule(POLICE, own_area),
}
ROUTES: dict[str, BaseAction] = {
    "imports:table": Action.IMPORT_REFERRALS,
    "imports:template": Action.IMPORT_REFERRALS,
    "imports:columns": Action.IMPORT_REFERRALS,
}
