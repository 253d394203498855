"""Who may do what with the information notice and the agreement to take part, and to which rows."""

from desist.programme.policy import CLINICAL, MANAGERS, WORKING
from desist.programme.scopes import in_area, own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the information notice and the agreement to take part."""

    SEE_NOTICE = "programme.see_notice"
    SEE_AGREEMENT = "programme.see_agreement"
    ASK_AGREEMENT = "programme.ask_agreement"
    WITHDRAW_AGREEMENT = "programme.withdraw_agreement"
    DO_FOLLOW_UP = "programme.do_follow_up"
    SEE_NOTICE_WORDS = "programme.see_notice_words"
    CHANGE_NOTICE_WORDS = "programme.change_notice_words"
    SEE_NOTICE_GIVEN = "programme.see_notice_given"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_NOTICE: Rule(CLINICAL, in_area),
    Action.SEE_AGREEMENT: Rule(CLINICAL, own_people("")),
    Action.ASK_AGREEMENT: Rule(WORKING, own_people("")),
    Action.WITHDRAW_AGREEMENT: Rule(WORKING, own_people("")),
    Action.DO_FOLLOW_UP: Rule(WORKING, own_people("episode__")),
    Action.SEE_NOTICE_WORDS: Rule(MANAGERS, in_area),
    Action.CHANGE_NOTICE_WORDS: Rule(MANAGERS, in_area),
    Action.SEE_NOTICE_GIVEN: Rule(CLINICAL, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "agreement:agreement": Action.SEE_AGREEMENT,
    "agreement:notice": Action.SEE_NOTICE,
    "agreement:notice-pdf": Action.SEE_NOTICE,
    "agreement:tell": Action.ASK_AGREEMENT,
    "agreement:ask": Action.ASK_AGREEMENT,
    "agreement:withdraw": Action.WITHDRAW_AGREEMENT,
    "agreement:task": Action.DO_FOLLOW_UP,
    "agreement:words": Action.SEE_NOTICE_WORDS,
    "agreement:change-words": Action.CHANGE_NOTICE_WORDS,
    "agreement:given": Action.SEE_NOTICE_GIVEN,
    "agreement:given-pdf": Action.SEE_NOTICE_GIVEN,
}
