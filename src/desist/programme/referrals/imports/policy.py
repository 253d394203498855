"""Who may do what with the import of referrals, and to which rows."""

from desist.programme.policy import MANAGERS
from desist.programme.scopes import own_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the import of referrals."""

    IMPORT_REFERRALS = "programme.import_referrals"


RULES: dict[BaseAction, Rule] = {
    Action.IMPORT_REFERRALS: Rule(MANAGERS, own_area("ref")),
}
ROUTES: dict[str, BaseAction] = {
    "imports:table": Action.IMPORT_REFERRALS,
    "imports:template": Action.IMPORT_REFERRALS,
    "imports:columns": Action.IMPORT_REFERRALS,
}
