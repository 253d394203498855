"""Who may note that an alert was taken up, and on which rows."""

from desist.programme.policy import THE_POST
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with alerts."""

    NOTE_ACKNOWLEDGEMENT = "programme.note_acknowledgement"


RULES: dict[BaseAction, Rule] = {
    Action.NOTE_ACKNOWLEDGEMENT: Rule(THE_POST, everything),
}
