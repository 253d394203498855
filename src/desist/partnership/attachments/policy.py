"""Who may do what with files of a referral, and to which rows."""

from desist.partnership.policy import POLICE, THE_POST
from desist.partnership.scopes import own_area, own_files
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with files of a referral."""

    SEE_ATTACHMENTS = "partnership.see_attachments"
    SEE_ATTACHMENT = "partnership.see_attachment"
    ATTACH_FILE = "partnership.attach_file"
    REMOVE_FILE = "partnership.remove_file"
    ANSWER_FOR_FILE = "partnership.answer_for_file"
    RELEASE_FILE = "partnership.release_file"
    RECALL_FILE = "partnership.recall_file"
    NOTE_RECALL = "partnership.note_recall"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_ATTACHMENTS: Rule(POLICE, own_area),
    Action.SEE_ATTACHMENT: Rule(POLICE, own_files),
    Action.ATTACH_FILE: Rule(POLICE, own_area),
    Action.REMOVE_FILE: Rule(POLICE, own_area),
    Action.ANSWER_FOR_FILE: Rule(POLICE, own_area),
    Action.RELEASE_FILE: Rule(POLICE, own_area),
    Action.RECALL_FILE: Rule(POLICE, own_area),
    Action.NOTE_RECALL: Rule(THE_POST, own_area),
}
ROUTES: dict[str, BaseAction] = {
    "attachments:attachments": Action.ATTACH_FILE,
    "attachments:look": Action.SEE_ATTACHMENT,
    "attachments:download": Action.SEE_ATTACHMENT,
    "attachments:remove": Action.REMOVE_FILE,
    "attachments:reason": Action.ANSWER_FOR_FILE,
    "attachments:release": Action.RELEASE_FILE,
    "attachments:recall": Action.RECALL_FILE,
}
