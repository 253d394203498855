"""Who may do what with files of a referral that is typed in, and to which rows."""

from desist.programme.policy import WORKING
from desist.programme.scopes import own_area
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with files of a referral that is typed in."""

    ENCLOSE_FILE = "programme.enclose_file"
    SEE_ENCLOSURE = "programme.see_enclosure"
    REMOVE_ENCLOSURE = "programme.remove_enclosure"


RULES: dict[BaseAction, Rule] = {
    Action.ENCLOSE_FILE: Rule(WORKING, own_area("referral__ref")),
    Action.SEE_ENCLOSURE: Rule(WORKING, own_area("draft__referral__ref", "draft__area")),
    Action.REMOVE_ENCLOSURE: Rule(WORKING, own_area("referral__ref")),
}
ROUTES: dict[str, BaseAction] = {
    "enclosures:enclosures": Action.ENCLOSE_FILE,
    "enclosures:download": Action.SEE_ENCLOSURE,
    "enclosures:remove": Action.REMOVE_ENCLOSURE,
}
