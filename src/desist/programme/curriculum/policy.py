"""Who may do what with the curriculum, and to which rows."""

from desist.programme.policy import CLINICAL, MANAGERS
from desist.programme.scopes import in_area, in_area_of
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the curriculum."""

    SEE_CURRICULUM = "programme.see_curriculum"
    SEE_CURRICULUM_VERSION = "programme.see_curriculum_version"
    WRITE_CURRICULUM = "programme.write_curriculum"
    WRITE_CURRICULUM_MODULE = "programme.write_curriculum_module"
    WRITE_CURRICULUM_SESSION = "programme.write_curriculum_session"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CURRICULUM: Rule(CLINICAL, in_area),
    Action.SEE_CURRICULUM_VERSION: Rule(CLINICAL, in_area),
    Action.WRITE_CURRICULUM: Rule(MANAGERS, in_area),
    Action.WRITE_CURRICULUM_MODULE: Rule(MANAGERS, in_area_of("curriculum")),
    Action.WRITE_CURRICULUM_SESSION: Rule(MANAGERS, in_area_of("curriculum")),
}
ROUTES: dict[str, BaseAction] = {
    "curriculum:curriculum": Action.SEE_CURRICULUM,
    "curriculum:version": Action.SEE_CURRICULUM_VERSION,
    "curriculum:start": Action.WRITE_CURRICULUM,
    "curriculum:add-module": Action.WRITE_CURRICULUM,
    "curriculum:module": Action.WRITE_CURRICULUM_MODULE,
    "curriculum:session": Action.WRITE_CURRICULUM_SESSION,
    "curriculum:use": Action.WRITE_CURRICULUM,
    "curriculum:drop": Action.WRITE_CURRICULUM,
}
