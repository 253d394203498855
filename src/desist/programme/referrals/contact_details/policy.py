"""Who may do what with contact details, and to which rows."""

from desist.programme.policy import WORKING
from desist.programme.scopes import own_referrals
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with contact details."""

    CHANGE_CONTACT = "programme.change_contact"


RULES: dict[BaseAction, Rule] = {
    Action.CHANGE_CONTACT: Rule(WORKING, own_referrals("")),
}
ROUTES: dict[str, BaseAction] = {
    "contact_details:change": Action.CHANGE_CONTACT,
}
