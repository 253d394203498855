"""Who may change what a referral says, put a draft aside, or note contact about it: beside `policy`, the same shape."""

from desist.programme.policy import CLINICAL, INTAKE, WORKING
from desist.programme.policy import Action as ProgrammeAction
from desist.programme.scopes import own_area, own_referrals
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule


class Action(BaseAction):
    """What can be done to a referral, or to a draft of one, by somebody here."""

    CHANGE_CONTACT = "programme.change_contact"
    TYPE_CHANGE = "programme.type_change"
    TYPE_WITHDRAWAL = "programme.type_withdrawal"
    DISCARD_INTAKE = "programme.discard_intake"
    ENCLOSE_FILE = "programme.enclose_file"
    SEE_CONTACTS = "programme.see_contacts"
    NOTE_CONTACT = "programme.note_contact"
    STRIKE_CONTACT = "programme.strike_contact"


RULES: dict[BaseAction, Rule] = {
    Action.CHANGE_CONTACT: Rule(WORKING, own_referrals("")),
    Action.TYPE_CHANGE: Rule(INTAKE, own_referrals("")),
    Action.TYPE_WITHDRAWAL: Rule(INTAKE, own_referrals("")),
    Action.DISCARD_INTAKE: Rule(INTAKE, own_area("referral__ref")),
    Action.ENCLOSE_FILE: Rule(INTAKE, own_area("referral__ref")),
    Action.SEE_CONTACTS: Rule(CLINICAL, own_referrals("")),
    Action.NOTE_CONTACT: Rule(WORKING, own_referrals("")),
    Action.STRIKE_CONTACT: Rule(WORKING, own_referrals("referral__")),
}
ROUTES: dict[str, BaseAction] = {
    "reach:change": Action.CHANGE_CONTACT,
    "heard:change": Action.TYPE_CHANGE,
    "heard:taken-back": Action.TYPE_WITHDRAWAL,
    "intake:discard": Action.DISCARD_INTAKE,
    "enclosures:enclosures": Action.ENCLOSE_FILE,
    "enclosures:download": ProgrammeAction.SEE_DRAFT,
    "enclosures:remove": Action.ENCLOSE_FILE,
    "contacts:contacts": Action.SEE_CONTACTS,
    "contacts:person": Action.SEE_CONTACTS,
    "contacts:note": Action.NOTE_CONTACT,
    "contacts:strike": Action.STRIKE_CONTACT,
}
OPEN: frozenset[str] = frozenset()
