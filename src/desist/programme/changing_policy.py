"""Who may change what a referral says, put a draft aside, or keep something about somebody referred: beside `policy`, the same shape."""

from desist.programme.policy import CLINICAL, INTAKE, WORKING
from desist.programme.scopes import own_area, own_drafts, own_people, own_referrals
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule


class Action(BaseAction):
    """What can be done to a referral, or to a draft of one, by somebody here."""

    CHANGE_CONTACT = "programme.change_contact"
    TYPE_CHANGE = "programme.type_change"
    TYPE_WITHDRAWAL = "programme.type_withdrawal"
    CONFIRM_WITHDRAWAL = "programme.confirm_withdrawal"
    DISCARD_INTAKE = "programme.discard_intake"
    SEE_DISCARDED = "programme.see_discarded"
    ENCLOSE_FILE = "programme.enclose_file"
    SEE_ENCLOSURE = "programme.see_enclosure"
    REMOVE_ENCLOSURE = "programme.remove_enclosure"
    SEE_CONTACTS = "programme.see_contacts"
    NOTE_CONTACT = "programme.note_contact"
    STRIKE_CONTACT = "programme.strike_contact"
    SEE_DOCUMENTS = "programme.see_documents"
    SEE_DOCUMENT = "programme.see_document"
    FILE_DOCUMENT = "programme.file_document"
    REMOVE_DOCUMENT = "programme.remove_document"
    RAISE_CONCERN_OF_REFERRED = "programme.raise_concern_of_referred"


RULES: dict[BaseAction, Rule] = {
    Action.CHANGE_CONTACT: Rule(WORKING, own_referrals("")),
    Action.TYPE_CHANGE: Rule(INTAKE, own_referrals("")),
    Action.TYPE_WITHDRAWAL: Rule(INTAKE, own_referrals("")),
    # a second person is found also where one manager typed it in and nobody works with the person yet
    Action.CONFIRM_WITHDRAWAL: Rule(INTAKE, own_area("ref")),
    Action.DISCARD_INTAKE: Rule(INTAKE, own_drafts),
    Action.SEE_DISCARDED: Rule(INTAKE, own_drafts),
    Action.ENCLOSE_FILE: Rule(INTAKE, own_area("referral__ref")),
    Action.SEE_ENCLOSURE: Rule(INTAKE, own_area("draft__referral__ref", "draft__area")),
    Action.REMOVE_ENCLOSURE: Rule(INTAKE, own_area("referral__ref")),
    Action.SEE_CONTACTS: Rule(CLINICAL, own_referrals("")),
    Action.NOTE_CONTACT: Rule(WORKING, own_referrals("")),
    Action.STRIKE_CONTACT: Rule(WORKING, own_referrals("referral__")),
    Action.SEE_DOCUMENTS: Rule(CLINICAL, own_people("")),
    Action.SEE_DOCUMENT: Rule(CLINICAL, own_people("episode__")),
    Action.FILE_DOCUMENT: Rule(WORKING, own_people("")),
    Action.REMOVE_DOCUMENT: Rule(WORKING, own_people("episode__")),
    #: somebody who rings the office is not always one's own: whoever hears them raises it
    Action.RAISE_CONCERN_OF_REFERRED: Rule(CLINICAL, own_area("ref")),
}
ROUTES: dict[str, BaseAction] = {
    "reach:change": Action.CHANGE_CONTACT,
    "heard:change": Action.TYPE_CHANGE,
    "heard:taken-back": Action.TYPE_WITHDRAWAL,
    "heard:settle": Action.CONFIRM_WITHDRAWAL,
    "intake:discard": Action.DISCARD_INTAKE,
    "intake:discarded": Action.SEE_DISCARDED,
    "enclosures:enclosures": Action.ENCLOSE_FILE,
    "enclosures:download": Action.SEE_ENCLOSURE,
    "enclosures:remove": Action.REMOVE_ENCLOSURE,
    "contacts:contacts": Action.SEE_CONTACTS,
    "contacts:person": Action.SEE_CONTACTS,
    "contacts:note": Action.NOTE_CONTACT,
    "contacts:strike": Action.STRIKE_CONTACT,
    "documents:documents": Action.SEE_DOCUMENTS,
    "documents:look": Action.SEE_DOCUMENT,
    "documents:download": Action.SEE_DOCUMENT,
    "documents:remove": Action.REMOVE_DOCUMENT,
    "concerns:find": Action.RAISE_CONCERN_OF_REFERRED,
    "concerns:referred": Action.RAISE_CONCERN_OF_REFERRED,
}
OPEN: frozenset[str] = frozenset()
