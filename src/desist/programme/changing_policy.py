"""Who may change what stands in a referral, or put a draft aside: beside `policy`, the same shape."""

from desist.programme.policy import INTAKE, WORKING
from desist.programme.scopes import own_area, own_drafts, own_referrals
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule


class Action(BaseAction):
    """What can be done to a referral, or to a draft of one, by somebody here."""

    CHANGE_CONTACT = "programme.change_contact"
    TYPE_CHANGE = "programme.type_change"
    TYPE_WITHDRAWAL = "programme.type_withdrawal"
    CONFIRM_WITHDRAWAL = "programme.confirm_withdrawal"
    DISCARD_INTAKE = "programme.discard_intake"
    SEE_DISCARDED = "programme.see_discarded"
    ENCLOSE_FILE = "programme.enclose_file"
    SEE_ENCLOSURE = "programme.see_enclosure"
    REMOVE_ENCLOSURE = "programme.remove_enclosure"


RULES: dict[BaseAction, Rule] = {
    Action.CHANGE_CONTACT: Rule(WORKING, own_referrals("")),
    Action.TYPE_CHANGE: Rule(INTAKE, own_referrals("")),
    Action.TYPE_WITHDRAWAL: Rule(INTAKE, own_referrals("")),
    # a second person is found also where one manager typed it in and nobody works with the person yet
    Action.CONFIRM_WITHDRAWAL: Rule(INTAKE, own_area("ref")),
    Action.DISCARD_INTAKE: Rule(INTAKE, own_drafts),
    Action.SEE_DISCARDED: Rule(INTAKE, own_drafts),
    Action.ENCLOSE_FILE: Rule(INTAKE, own_area("referral__ref")),
    Action.SEE_ENCLOSURE: Rule(INTAKE, own_area("draft__referral__ref", "draft__area")),
    Action.REMOVE_ENCLOSURE: Rule(INTAKE, own_area("referral__ref")),
}
ROUTES: dict[str, BaseAction] = {
    "reach:change": Action.CHANGE_CONTACT,
    "heard:change": Action.TYPE_CHANGE,
    "heard:taken-back": Action.TYPE_WITHDRAWAL,
    "heard:settle": Action.CONFIRM_WITHDRAWAL,
    "intake:discard": Action.DISCARD_INTAKE,
    "intake:discarded": Action.SEE_DISCARDED,
    "enclosures:enclosures": Action.ENCLOSE_FILE,
    "enclosures:download": Action.SEE_ENCLOSURE,
    "enclosures:remove": Action.REMOVE_ENCLOSURE,
}
OPEN: frozenset[str] = frozenset()
