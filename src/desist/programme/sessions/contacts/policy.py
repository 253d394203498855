"""Who may do what with contacts between sessions, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_referrals
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with contacts between sessions."""

    SEE_CONTACTS = "programme.see_contacts"
    NOTE_CONTACT = "programme.note_contact"
    STRIKE_CONTACT = "programme.strike_contact"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CONTACTS: Rule(CLINICAL, own_referrals("")),
    Action.NOTE_CONTACT: Rule(WORKING, own_referrals("")),
    Action.STRIKE_CONTACT: Rule(WORKING, own_referrals("referral__")),
}
ROUTES: dict[str, BaseAction] = {
    "contacts:contacts": Action.SEE_CONTACTS,
    "contacts:person": Action.SEE_CONTACTS,
    "contacts:note": Action.NOTE_CONTACT,
    "contacts:strike": Action.STRIKE_CONTACT,
}
