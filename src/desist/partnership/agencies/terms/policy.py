"""Who may set the terms of agencies and accept them, and to which rows."""

from desist.partnership.agencies.policy import KEEPERS
from desist.partnership.scopes import of_area, own_agency
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with the terms of agencies."""

    SEE_AGENCY_TERMS = "partnership.see_agency_terms"
    SEE_TERMS_OWED = "partnership.see_terms_owed"
    SET_AGENCY_TERMS = "partnership.set_agency_terms"
    RECORD_AGENCY_TERMS = "partnership.record_agency_terms"
    ACCEPT_AGENCY_TERMS = "partnership.accept_agency_terms"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_AGENCY_TERMS: Rule(KEEPERS, of_area),
    Action.SEE_TERMS_OWED: Rule(KEEPERS, of_area),
    Action.SET_AGENCY_TERMS: Rule(KEEPERS, of_area),
    Action.RECORD_AGENCY_TERMS: Rule(KEEPERS, of_area),
    Action.ACCEPT_AGENCY_TERMS: Rule(frozenset({Role.PARTNER}), own_agency),
}
ROUTES: dict[str, BaseAction] = {
    "terms:terms": Action.SEE_AGENCY_TERMS,
    "terms:set": Action.SET_AGENCY_TERMS,
    "terms:record": Action.RECORD_AGENCY_TERMS,
    "terms:accept": Action.ACCEPT_AGENCY_TERMS,
}
