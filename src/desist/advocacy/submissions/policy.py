"""Who may do what with links for clients and what came through them, and to which rows."""

from desist.advocacy.policy import MANAGERS, SUPPORT, THE_CLOCK
from desist.advocacy.scopes import own_people
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with links for clients and what came through them."""

    SEE_SUBMISSIONS = "advocacy.see_submissions"
    AGREE_TO_LINKS = "advocacy.agree_to_links"
    END_LINKS = "advocacy.end_links"
    MAKE_LINK = "advocacy.make_link"
    REVOKE_LINK = "advocacy.revoke_link"
    SEE_SUBMITTED = "advocacy.see_submitted"
    ACCEPT_SUBMITTED = "advocacy.accept_submitted"
    SET_SUBMITTED_ASIDE = "advocacy.set_submitted_aside"
    NAME_SUBMISSION_PAGE = "advocacy.name_submission_page"
    SEND_BY_LINK = "advocacy.send_by_link"
    WORK_ON_SUBMITTED = "advocacy.work_on_submitted"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_SUBMISSIONS: Rule(SUPPORT, own_people()),
    Action.AGREE_TO_LINKS: Rule(SUPPORT, own_people()),
    Action.END_LINKS: Rule(SUPPORT, own_people()),
    Action.MAKE_LINK: Rule(SUPPORT, own_people()),
    Action.REVOKE_LINK: Rule(SUPPORT, own_people("victim__")),
    Action.SEE_SUBMITTED: Rule(SUPPORT, own_people("link__victim__")),
    Action.ACCEPT_SUBMITTED: Rule(SUPPORT, own_people("link__victim__")),
    Action.SET_SUBMITTED_ASIDE: Rule(SUPPORT, own_people("link__victim__")),
    Action.NAME_SUBMISSION_PAGE: Rule(MANAGERS, everything),
    Action.SEND_BY_LINK: Rule(frozenset({Role.ENTRANCE}), everything),
    Action.WORK_ON_SUBMITTED: Rule(THE_CLOCK, everything),
}
ROUTES: dict[str, BaseAction] = {
    "submissions:client": Action.SEE_SUBMISSIONS,
    "submissions:agree": Action.AGREE_TO_LINKS,
    "submissions:end": Action.END_LINKS,
    "submissions:make": Action.MAKE_LINK,
    "submissions:made": Action.MAKE_LINK,
    "submissions:revoke": Action.REVOKE_LINK,
    "submissions:one": Action.SEE_SUBMITTED,
    "submissions:picture": Action.SEE_SUBMITTED,
    "submissions:save": Action.SEE_SUBMITTED,
    "submissions:accept": Action.ACCEPT_SUBMITTED,
    "submissions:aside": Action.SET_SUBMITTED_ASIDE,
    "submissions:page": Action.NAME_SUBMISSION_PAGE,
}
