"""Who may do what with the duty sheet, and to which rows."""

from desist.advocacy.policy import THE_CLOCK
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with the duty sheet."""

    WRITE_DUTY_SHEET = "advocacy.write_duty_sheet"


RULES: dict[BaseAction, Rule] = {
    Action.WRITE_DUTY_SHEET: Rule(THE_CLOCK, everything),
}
