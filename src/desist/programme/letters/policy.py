"""Who may do what with letters, and to which rows."""

from desist.programme.policy import CLINICAL, MANAGERS, WORKING
from desist.programme.scopes import in_area, own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with letters."""

    SEE_LETTERS = "programme.see_letters"
    SEE_LETTER_REGISTER = "programme.see_letter_register"
    WRITE_LETTER = "programme.write_letter"
    SEND_LETTER = "programme.send_letter"
    SEE_LETTER_TEMPLATES = "programme.see_letter_templates"
    CHANGE_LETTER_TEMPLATE = "programme.change_letter_template"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_LETTERS: Rule(CLINICAL, own_people("")),
    Action.SEE_LETTER_REGISTER: Rule(CLINICAL, own_people("episode__")),
    Action.WRITE_LETTER: Rule(WORKING, own_people("")),
    Action.SEND_LETTER: Rule(WORKING, own_people("episode__")),
    Action.SEE_LETTER_TEMPLATES: Rule(CLINICAL, in_area),
    Action.CHANGE_LETTER_TEMPLATE: Rule(MANAGERS, in_area),
}
ROUTES: dict[str, BaseAction] = {
    "letters:register": Action.SEE_LETTER_REGISTER,
    "letters:letters": Action.SEE_LETTERS,
    "letters:write": Action.WRITE_LETTER,
    "letters:send": Action.SEND_LETTER,
    "letters:drop": Action.SEND_LETTER,
    "letters:templates": Action.SEE_LETTER_TEMPLATES,
    "letters:change": Action.CHANGE_LETTER_TEMPLATE,
}
