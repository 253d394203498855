"""Who may do what with certificates of attendance, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with certificates of attendance."""

    SEE_CERTIFICATES = "programme.see_certificates"
    SEE_CERTIFICATE = "programme.see_certificate"
    ISSUE_CERTIFICATE = "programme.issue_certificate"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_CERTIFICATES: Rule(CLINICAL, own_people("")),
    Action.SEE_CERTIFICATE: Rule(CLINICAL, own_people("episode__")),
    Action.ISSUE_CERTIFICATE: Rule(WORKING, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "certificates:certificates": Action.SEE_CERTIFICATES,
    "certificates:issue": Action.ISSUE_CERTIFICATE,
    "certificates:document": Action.SEE_CERTIFICATE,
}
