"""Who may make a link for an agency without an account, and to which rows. What is said by it is the agency's."""

from desist.programme.policy import WORKING
from desist.programme.scopes import own_people
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with links for agencies."""

    MAKE_AGENCY_LINK = "programme.make_agency_link"
    REVOKE_AGENCY_LINK = "programme.revoke_agency_link"
    BRING_AGENCY_FILE = "programme.bring_agency_file"
    ANSWER_BY_AGENCY_LINK = "programme.answer_by_agency_link"


RULES: dict[BaseAction, Rule] = {
    Action.MAKE_AGENCY_LINK: Rule(WORKING, own_people("episode__")),
    Action.REVOKE_AGENCY_LINK: Rule(WORKING, own_people("referral__episode__")),
    Action.BRING_AGENCY_FILE: Rule(WORKING, own_people("episode__")),
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
