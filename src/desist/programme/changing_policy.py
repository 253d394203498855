"""Who may change what a referral says, put a draft aside, or raise a concern about anybody referred: beside `policy`, the same shape."""

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
    RAISE_CONCERN_OF_REFERRED = "programme.raise_concern_of_referred"


RULES: dict[BaseAction, Rule] = {
    Action.CHANGE_CONTACT: Rule(WORKING, own_referrals("")),
    Action.TYPE_CHANGE: Rule(INTAKE, own_referrals("")),
    Action.TYPE_WITHDRAWAL: Rule(INTAKE, own_referrals("")),
    Action.DISCARD_INTAKE: Rule(INTAKE, own_area("referral__ref")),
    Action.ENCLOSE_FILE: Rule(INTAKE, own_area("referral__ref")),
    #: somebody who rings the office is not always one's own: whoever hears them raises it
    Action.RAISE_CONCERN_OF_REFERRED: Rule(CLINICAL, own_area("ref")),
}
ROUTES: dict[str, BaseAction] = {
    "reach:change": Action.CHANGE_CONTACT,
    "heard:change": Action.TYPE_CHANGE,
    "heard:taken-back": Action.TYPE_WITHDRAWAL,
    "intake:discard": Action.DISCARD_INTAKE,
    "enclosures:enclosures": Action.ENCLOSE_FILE,
    "enclosures:download": ProgrammeAction.SEE_DRAFT,
    "enclosures:remove": Action.ENCLOSE_FILE,
    "concerns:find": Action.RAISE_CONCERN_OF_REFERRED,
    "concerns:referred": Action.RAISE_CONCERN_OF_REFERRED,
}
OPEN: frozenset[str] = frozenset()
