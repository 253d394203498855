"""Who may do what with diary days, and to which rows."""

from desist.programme.policy import CLINICAL, PRACTITIONERS
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with diary days."""

    SEE_DIARY = "programme.see_diary"
    TYPE_DIARY = "programme.type_diary"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_DIARY: Rule(CLINICAL, own_people("")),
    Action.TYPE_DIARY: Rule(PRACTITIONERS, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "diary:diary": Action.SEE_DIARY,
    "diary:week": Action.TYPE_DIARY,
    "diary:save": Action.TYPE_DIARY,
    "diary:targets": Action.TYPE_DIARY,
    "diary:end-target": Action.TYPE_DIARY,
    "diary:day": Action.TYPE_DIARY,
}
