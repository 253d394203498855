"""Who may do what with the team, and to which rows."""

from desist.programme.policy import MANAGERS, PRACTITIONERS
from desist.programme.scopes import in_area, oneself
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the team."""

    SEE_TEAM = "programme.see_team"
    SEE_PRACTITIONER = "programme.see_practitioner"
    DECLARE_LINK = "programme.declare_link"
    END_DECLARATION = "programme.end_declaration"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_TEAM: Rule(MANAGERS, in_area),
    Action.SEE_PRACTITIONER: Rule(MANAGERS, in_area),
    Action.DECLARE_LINK: Rule(PRACTITIONERS, oneself()),
    Action.END_DECLARATION: Rule(PRACTITIONERS, oneself("practitioner__")),
}
ROUTES: dict[str, BaseAction] = {
    "team:team": Action.SEE_TEAM,
    "team:practitioner": Action.SEE_PRACTITIONER,
    "team:links": Action.DECLARE_LINK,
    "team:declare": Action.DECLARE_LINK,
    "team:end-link": Action.END_DECLARATION,
}
