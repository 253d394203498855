"""Who may do what with corrections of a record, and to which rows."""

from desist.programme.policy import PRACTITIONERS
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with corrections of a record."""

    CORRECT_RECORD = "programme.correct_record"


RULES: dict[BaseAction, Rule] = {
    Action.CORRECT_RECORD: Rule(PRACTITIONERS, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "corrections:correct": Action.CORRECT_RECORD,
}
