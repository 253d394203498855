"""Who may tag what a client's file holds, and which rows."""

from desist.advocacy.policy import SUPPORT
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with tags."""

    TAG_ROWS = "advocacy.tag_rows"


RULES: dict[BaseAction, Rule] = {Action.TAG_ROWS: Rule(SUPPORT, own_people())}
ROUTES: dict[str, BaseAction] = {"chronology:tag": Action.TAG_ROWS}
