"""Who may do what with documents, and to which rows."""

from desist.programme.policy import CLINICAL, WORKING
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with documents."""

    SEE_DOCUMENTS = "programme.see_documents"
    SEE_DOCUMENT = "programme.see_document"
    FILE_DOCUMENT = "programme.file_document"
    REMOVE_DOCUMENT = "programme.remove_document"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_DOCUMENTS: Rule(CLINICAL, own_people("")),
    Action.SEE_DOCUMENT: Rule(CLINICAL, own_people("episode__")),
    Action.FILE_DOCUMENT: Rule(WORKING, own_people("")),
    Action.REMOVE_DOCUMENT: Rule(WORKING, own_people("episode__")),
}
ROUTES: dict[str, BaseAction] = {
    "documents:documents": Action.SEE_DOCUMENTS,
    "documents:look": Action.SEE_DOCUMENT,
    "documents:download": Action.SEE_DOCUMENT,
    "documents:remove": Action.REMOVE_DOCUMENT,
}
