"""Who may do what with supervision and debriefs, and to which rows."""

from desist.programme.policy import CLINICAL, LEADING, PRACTITIONER, SUPERVISOR
from desist.programme.scopes import in_area, own_people, own_practice
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with supervision and debriefs."""

    SEE_SUPERVISION = "programme.see_supervision"
    ARRANGE_SUPERVISION = "programme.arrange_supervision"
    PLAN_SUPERVISION = "programme.plan_supervision"
    SEE_ARRANGEMENTS = "programme.see_arrangements"
    SEE_SUPERVISION_RECORD = "programme.see_supervision_record"
    RECORD_SUPERVISION = "programme.record_supervision"
    HOLD_DEBRIEF = "programme.hold_debrief"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_SUPERVISION: Rule(CLINICAL, own_practice("")),
    Action.ARRANGE_SUPERVISION: Rule(LEADING, in_area),
    Action.PLAN_SUPERVISION: Rule(frozenset({SUPERVISOR}), in_area),
    Action.SEE_ARRANGEMENTS: Rule(CLINICAL, own_practice("practitioner__")),
    Action.SEE_SUPERVISION_RECORD: Rule(
        frozenset({PRACTITIONER, SUPERVISOR}), own_practice("practitioner__")
    ),
    Action.RECORD_SUPERVISION: Rule(frozenset({SUPERVISOR}), own_practice("practitioner__")),
    Action.HOLD_DEBRIEF: Rule(frozenset({SUPERVISOR}), own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "supervision:board": Action.SEE_SUPERVISION,
    "supervision:practitioner": Action.SEE_SUPERVISION,
    "supervision:arrange": Action.ARRANGE_SUPERVISION,
    "supervision:end": Action.ARRANGE_SUPERVISION,
    "supervision:plan": Action.PLAN_SUPERVISION,
    "supervision:record": Action.RECORD_SUPERVISION,
    "supervision:cancel": Action.RECORD_SUPERVISION,
    "supervision:debrief": Action.HOLD_DEBRIEF,
}
