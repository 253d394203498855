"""Who may do what with assessments, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with assessments."""

    SEE_ASSESSMENTS = "programme.see_assessments"
    SEE_ASSESSMENT = "programme.see_assessment"
    ASSESS = "programme.assess"
    WRITE_ASSESSMENT = "programme.write_assessment"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_ASSESSMENTS: Rule(CLINICAL, own_people("")),
    Action.SEE_ASSESSMENT: Rule(CLINICAL, own_people("episode__")),
    Action.ASSESS: Rule(WORKING, own_people("")),
    Action.WRITE_ASSESSMENT: Rule(WORKING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "assessments:assessments": Action.SEE_ASSESSMENTS,
    "assessments:appoint": Action.ASSESS,
    "assessments:assessment": Action.SEE_ASSESSMENT,
    "assessments:move": Action.WRITE_ASSESSMENT,
    "assessments:write": Action.WRITE_ASSESSMENT,
    "assessments:save": Action.WRITE_ASSESSMENT,
    "assessments:finish": Action.WRITE_ASSESSMENT,
    "assessments:cancel": Action.WRITE_ASSESSMENT,
}
