"""Who may do what with letters, and to which rows."""

from desist.advocacy.policy import SUPPORT
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with letters."""

    WRITE_LETTER = "advocacy.write_letter"
    PRINT_LETTER = "advocacy.print_letter"
    POST_LETTER = "advocacy.post_letter"


RULES: dict[BaseAction, Rule] = {
    Action.WRITE_LETTER: Rule(SUPPORT, own_people()),
    Action.PRINT_LETTER: Rule(SUPPORT, own_people("victim__")),
    Action.POST_LETTER: Rule(SUPPORT, own_people("victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "letters:letters": Action.WRITE_LETTER,
    "letters:print-out": Action.PRINT_LETTER,
    "letters:posted": Action.POST_LETTER,
}
FRESH = frozenset({"letters:print-out"})
