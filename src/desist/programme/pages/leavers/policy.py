"""Who may see the list of people who left, and which of them."""

from desist.programme.policy import CLINICAL, MANAGERS
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the list of people who left."""

    SEE_LEAVERS = "programme.see_leavers"
    EXPORT_LEAVERS = "programme.export_leavers"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_LEAVERS: Rule(CLINICAL, own_people("episode__")),
    Action.EXPORT_LEAVERS: Rule(MANAGERS, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "leavers:leavers": Action.SEE_LEAVERS,
    "leavers:file": Action.EXPORT_LEAVERS,
}
