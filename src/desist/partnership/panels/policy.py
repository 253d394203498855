"""Who may do what with panels, and to which rows: meetings, agendas, papers, actions, and an agency's own part of each."""

from desist.partnership.agencies.policy import KEEPERS
from desist.partnership.panels import scopes
from desist.partnership.policy import ORDERS, POLICE, THE_CLOCK
from desist.partnership.scopes import of_area, own_area
from desist.wall.actors import Role
from desist.wall.policy import BaseAction, Rule, everything

READERS = POLICE | KEEPERS
AGENCIES = frozenset({Role.PARTNER})


class Action(BaseAction):
    """What can be done with panels."""

    SEE_PANELS = "partnership.see_panels"
    KEEP_PANELS = "partnership.keep_panels"
    SEE_AGENDA = "partnership.see_agenda"
    ADD_TO_AGENDA = "partnership.add_to_agenda"
    FIND_CASE_FOR_AGENDA = "partnership.find_case_for_agenda"
    PUT_ON_AGENDA = "partnership.put_on_agenda"
    CHANGE_AGENDA = "partnership.change_agenda"
    WRITE_PANEL_PAPER = "partnership.write_panel_paper"
    RELEASE_PANEL_PAPER = "partnership.release_panel_paper"
    NAME_PANEL_READER = "partnership.name_panel_reader"
    PRINT_PANEL_PACK = "partnership.print_panel_pack"
    DRAW_PANEL_PACK = "partnership.draw_panel_pack"
    MAKE_GUEST_LINK = "partnership.make_guest_link"
    READ_AS_GUEST = "partnership.read_as_guest"
    GIVE_PANEL_ACTION = "partnership.give_panel_action"
    SEE_PANEL_ACTIONS = "partnership.see_panel_actions"
    SEE_ESCALATED_ACTIONS = "partnership.see_escalated_actions"
    ANSWER_PANEL_ACTION = "partnership.answer_panel_action"
    SEE_OUR_PANELS = "partnership.see_our_panels"
    SEE_OUR_PAPERS = "partnership.see_our_papers"
    SEE_OUR_ACTIONS = "partnership.see_our_actions"
    ANSWER_OUR_ACTION = "partnership.answer_our_action"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_PANELS: Rule(READERS, of_area),
    Action.KEEP_PANELS: Rule(KEEPERS, of_area),
    Action.SEE_AGENDA: Rule(READERS, scopes.own_items),
    Action.PUT_ON_AGENDA: Rule(POLICE, scopes.own_items),
    Action.ADD_TO_AGENDA: Rule(KEEPERS, scopes.own_items),
    Action.FIND_CASE_FOR_AGENDA: Rule(KEEPERS, own_area),
    Action.CHANGE_AGENDA: Rule(KEEPERS, scopes.own_items),
    Action.WRITE_PANEL_PAPER: Rule(READERS, scopes.own_items),
    Action.RELEASE_PANEL_PAPER: Rule(READERS, scopes.own_items),
    Action.NAME_PANEL_READER: Rule(KEEPERS, of_area),
    Action.PRINT_PANEL_PACK: Rule(KEEPERS, scopes.of_own_meeting),
    Action.DRAW_PANEL_PACK: Rule(THE_CLOCK, everything),
    Action.MAKE_GUEST_LINK: Rule(KEEPERS, scopes.of_own_items),
    Action.READ_AS_GUEST: Rule(frozenset({Role.ENTRANCE}), everything),
    Action.GIVE_PANEL_ACTION: Rule(KEEPERS, scopes.own_items),
    Action.SEE_PANEL_ACTIONS: Rule(READERS | ORDERS, scopes.to_do_or_chase),
    Action.SEE_ESCALATED_ACTIONS: Rule(frozenset({Role.FORCE_LEAD}), scopes.of_own_items),
    Action.ANSWER_PANEL_ACTION: Rule(READERS | ORDERS, scopes.to_do_or_chase),
    Action.SEE_OUR_PANELS: Rule(AGENCIES, scopes.of_own_seat),
    Action.SEE_OUR_PAPERS: Rule(AGENCIES, scopes.papers_of_own_side),
    Action.SEE_OUR_ACTIONS: Rule(AGENCIES, scopes.of_own_side),
    Action.ANSWER_OUR_ACTION: Rule(AGENCIES, scopes.of_own_side),
}
ROUTES: dict[str, BaseAction] = {
    "panels:panels": Action.SEE_PANELS,
    "panels:add": Action.KEEP_PANELS,
    "panels:meeting": Action.SEE_PANELS,
    "panels:change": Action.KEEP_PANELS,
    "panels:attendance": Action.KEEP_PANELS,
    "panels:call-off": Action.KEEP_PANELS,
    "panels:reader": Action.NAME_PANEL_READER,
    "panels:agree": Action.NAME_PANEL_READER,
    "panels:end-reader": Action.NAME_PANEL_READER,
    "agenda:put": Action.PUT_ON_AGENDA,
    "agenda:add": Action.KEEP_PANELS,
    "agenda:item": Action.SEE_AGENDA,
    "agenda:change": Action.CHANGE_AGENDA,
    "agenda:take-off": Action.CHANGE_AGENDA,
    "panel_papers:write": Action.WRITE_PANEL_PAPER,
    "panel_papers:release": Action.RELEASE_PANEL_PAPER,
    "panel_papers:sign": Action.RELEASE_PANEL_PAPER,
    "panel_papers:end": Action.RELEASE_PANEL_PAPER,
    "panel_papers:pack": Action.KEEP_PANELS,
    "panel_papers:copy": Action.PRINT_PANEL_PACK,
    "panel_packs:packs": Action.KEEP_PANELS,
    "panel_packs:file": Action.KEEP_PANELS,
    "panel_papers:link": Action.MAKE_GUEST_LINK,
    "panel_papers:made": Action.MAKE_GUEST_LINK,
    "panel_papers:end-link": Action.MAKE_GUEST_LINK,
    "panel_actions:give": Action.GIVE_PANEL_ACTION,
    "panel_actions:action": Action.SEE_PANEL_ACTIONS,
    "panel_actions:answer": Action.ANSWER_PANEL_ACTION,
    "panel_actions:chased": Action.ANSWER_PANEL_ACTION,
    "our_panels:panels": Action.SEE_OUR_PANELS,
    "our_panels:meeting": Action.SEE_OUR_PANELS,
    "our_panels:paper": Action.SEE_OUR_PAPERS,
    "our_panels:action": Action.SEE_OUR_ACTIONS,
    "our_panels:answer": Action.ANSWER_OUR_ACTION,
}
#: the page on which a guest enters the link's code
OPEN: frozenset[str] = frozenset({"guest:read"})
