"""Who may do what with skills, and to which rows."""

from desist.programme.policy import CLINICAL
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with skills."""

    SEE_SKILLS = "programme.see_skills"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_SKILLS: Rule(CLINICAL, everything),
}
ROUTES: dict[str, BaseAction] = {
    "skills:skills": Action.SEE_SKILLS,
    "skills:shared": Action.SEE_SKILLS,
    "skills:skill": Action.SEE_SKILLS,
}
