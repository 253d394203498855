"""Who may do what with the service's own risk form, and to which rows."""

from desist.programme.policy import CLINICAL, LEADING, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with risk forms."""

    SEE_RISK_FORMS = "programme.see_risk_forms"
    SEE_RISK_FORM = "programme.see_risk_form"
    SEE_SCENARIO = "programme.see_scenario"
    BEGIN_RISK_FORM = "programme.begin_risk_form"
    WRITE_RISK_FORM = "programme.write_risk_form"
    WRITE_SCENARIO = "programme.write_scenario"
    SIGN_RISK_FORM = "programme.sign_risk_form"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_RISK_FORMS: Rule(CLINICAL, own_people("")),
    Action.SEE_RISK_FORM: Rule(CLINICAL, own_people("episode__")),
    Action.SEE_SCENARIO: Rule(CLINICAL, own_people("form__episode__")),
    Action.BEGIN_RISK_FORM: Rule(WORKING, own_people("")),
    Action.WRITE_RISK_FORM: Rule(WORKING, own_people("episode__")),
    Action.WRITE_SCENARIO: Rule(WORKING, own_people("form__episode__")),
    Action.SIGN_RISK_FORM: Rule(LEADING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "scenarios:person": Action.SEE_RISK_FORMS,
    "scenarios:form": Action.SEE_RISK_FORM,
    "scenarios:scenario": Action.SEE_SCENARIO,
    "scenarios:begin": Action.BEGIN_RISK_FORM,
    "scenarios:add": Action.WRITE_RISK_FORM,
    "scenarios:change": Action.WRITE_SCENARIO,
    "scenarios:offer": Action.WRITE_RISK_FORM,
    "scenarios:sign": Action.SIGN_RISK_FORM,
}
