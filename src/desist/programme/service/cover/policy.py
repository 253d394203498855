"""Who may do what with the meetings of a colleague who is away, and to which rows."""

from desist.programme.policy import MANAGERS
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the meetings of a colleague who is away."""

    COVER_SESSION = "programme.cover_session"
    COVER_ASSESSMENT = "programme.cover_assessment"


RULES: dict[BaseAction, Rule] = {
    Action.COVER_SESSION: Rule(MANAGERS, own_people("episode__")),
    Action.COVER_ASSESSMENT: Rule(MANAGERS, own_people("episode__")),
}
