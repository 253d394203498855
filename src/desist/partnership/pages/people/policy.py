"""Who may see the page of one person; each part of it is decided by the rule of what it shows."""

from desist.partnership.policy import POLICE
from desist.partnership.scopes import own_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the page of one person."""

    SEE_PERSON = "partnership.see_person"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_PERSON: Rule(POLICE, own_area),
}
ROUTES: dict[str, BaseAction] = {
    "people:person": Action.SEE_PERSON,
}
