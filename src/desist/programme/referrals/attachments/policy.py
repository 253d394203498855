"""Who may do what with files that came with a referral, and to which rows."""

from desist.programme.policy import CLINICAL, MANAGERS, THE_POST
from desist.programme.scopes import own_area, own_referrals
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with files that came with a referral."""

    SEE_ATTACHMENTS = "programme.see_attachments"
    SEE_ATTACHMENT = "programme.see_attachment"
    ATTACH_FILE = "programme.attach_file"
    RECEIVE_FILE = "programme.receive_file"
    RECEIVE_FILE_RECALL = "programme.receive_file_recall"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_ATTACHMENTS: Rule(CLINICAL, own_referrals("")),
    Action.SEE_ATTACHMENT: Rule(CLINICAL, own_referrals("referral__")),
    Action.ATTACH_FILE: Rule(MANAGERS, own_area("ref")),
    Action.RECEIVE_FILE: Rule(THE_POST, everything),
    Action.RECEIVE_FILE_RECALL: Rule(THE_POST, everything),
}
ROUTES: dict[str, BaseAction] = {
    "attachments:attachments": Action.SEE_ATTACHMENTS,
    "attachments:look": Action.SEE_ATTACHMENT,
    "attachments:download": Action.SEE_ATTACHMENT,
}
