"""Who may make a link for an agency without an account, and to which rows. What is said by it is the agency's."""

from desist.advocacy.policy import SUPPORT
from desist.advocacy.scopes import own_people
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with links for agencies."""

    MAKE_AGENCY_LINK = "advocacy.make_agency_link"
    REVOKE_AGENCY_LINK = "advocacy.revoke_agency_link"
    BRING_AGENCY_FILE = "advocacy.bring_agency_file"
    ANSWER_BY_AGENCY_LINK = "advocacy.answer_by_agency_link"


RULES: dict[BaseAction, Rule] = {
    Action.MAKE_AGENCY_LINK: Rule(SUPPORT, own_people("need__victim__")),
    Action.REVOKE_AGENCY_LINK: Rule(SUPPORT, own_people("referral__need__victim__")),
    Action.BRING_AGENCY_FILE: Rule(SUPPORT, own_people("need__victim__")),
    Action.ANSWER_BY_AGENCY_LINK: Rule(frozenset({Role.ENTRANCE}), everything),
}
ROUTES: dict[str, BaseAction] = {
    "agency_links:make": Action.MAKE_AGENCY_LINK,
    "agency_links:made": Action.MAKE_AGENCY_LINK,
    "agency_links:revoke": Action.REVOKE_AGENCY_LINK,
    "answer_files:read": Action.BRING_AGENCY_FILE,
    "answer_files:form": Action.BRING_AGENCY_FILE,
    "answer_files:keep": Action.BRING_AGENCY_FILE,
}
