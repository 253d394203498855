"""Who may do what about the team and the curriculum of the programme: beside `policy`, the same shape."""

from desist.programme.policy import CLINICAL, MANAGER, PRACTITIONER, WORKING
from desist.programme.policy import Action as ProgrammeAction
from desist.programme.scopes import as_second, in_area, in_area_of, oneself, own_people, own_referrals
from desist.wall.actors import Role
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule, everything


class Action(BaseAction):
    """What can be done with plans, with what they follow, and with who carries them out."""

    SEE_CURRICULUM = "programme.see_curriculum"
    SEE_CURRICULUM_VERSION = "programme.see_curriculum_version"
    WRITE_CURRICULUM = "programme.write_curriculum"
    WRITE_CURRICULUM_MODULE = "programme.write_curriculum_module"
    WRITE_CURRICULUM_SESSION = "programme.write_curriculum_session"
    SEE_PREMISES = "programme.see_premises"
    LIST_PREMISES = "programme.list_premises"
    CHANGE_PREMISES = "programme.change_premises"
    CLOSE_ROOM = "programme.close_room"
    SEE_PLANNER = "programme.see_planner"
    MOVE_SESSION = "programme.move_session"
    ADD_SESSION = "programme.add_session"
    NOTE_BUSY_TIME = "programme.note_busy_time"
    REMOVE_BUSY_TIME = "programme.remove_busy_time"
    SEE_LEAVE = "programme.see_leave"
    NOTE_LEAVE = "programme.note_leave"
    REMOVE_LEAVE = "programme.remove_leave"
    SEE_PRACTITIONER = "programme.see_practitioner"
    HAND_OVER = "programme.hand_over"
    DECLARE_LINK = "programme.declare_link"
    END_DECLARATION = "programme.end_declaration"
    SEE_ORDERS = "programme.see_orders"
    TYPE_ORDER = "programme.type_order"
    CHANGE_ORDER = "programme.change_order"
    SEE_DAYS_AHEAD = "programme.see_days_ahead"
    NOTE_DAY_AHEAD = "programme.note_day_ahead"
    CHANGE_DAY_AHEAD = "programme.change_day_ahead"
    STAND_IN = "programme.stand_in"
    SEE_AS_SECOND = "programme.see_as_second"


MANAGERS, PRACTITIONERS = frozenset({MANAGER}), frozenset({PRACTITIONER})
#: Who keeps the list of premises: it says of no building why it is never booked.
KEEPERS = frozenset({MANAGER, Role.ADMINISTRATOR})

RULES: dict[BaseAction, Rule] = {
    Action.SEE_CURRICULUM: Rule(CLINICAL, in_area),
    Action.SEE_CURRICULUM_VERSION: Rule(CLINICAL, in_area),
    Action.WRITE_CURRICULUM: Rule(MANAGERS, in_area),
    Action.WRITE_CURRICULUM_MODULE: Rule(MANAGERS, in_area_of("curriculum")),
    Action.WRITE_CURRICULUM_SESSION: Rule(MANAGERS, in_area_of("curriculum")),
    Action.SEE_PREMISES: Rule(KEEPERS, in_area),
    Action.LIST_PREMISES: Rule(KEEPERS, in_area),
    Action.CHANGE_PREMISES: Rule(KEEPERS, in_area),
    Action.CLOSE_ROOM: Rule(KEEPERS, in_area),
    Action.SEE_PLANNER: Rule(CLINICAL, own_people("")),
    Action.MOVE_SESSION: Rule(WORKING, own_people("episode__")),
    Action.ADD_SESSION: Rule(WORKING, own_people("")),
    Action.NOTE_BUSY_TIME: Rule(WORKING, own_people("")),
    Action.REMOVE_BUSY_TIME: Rule(WORKING, own_people("episode__")),
    Action.SEE_LEAVE: Rule(MANAGERS, in_area_of("practitioner")),
    Action.NOTE_LEAVE: Rule(MANAGERS, in_area),
    Action.REMOVE_LEAVE: Rule(MANAGERS, in_area_of("practitioner")),
    Action.SEE_PRACTITIONER: Rule(MANAGERS, in_area),
    Action.HAND_OVER: Rule(MANAGERS, in_area),
    Action.DECLARE_LINK: Rule(PRACTITIONERS, oneself()),
    Action.END_DECLARATION: Rule(PRACTITIONERS, oneself("practitioner__")),
    Action.SEE_ORDERS: Rule(CLINICAL, own_people("")),
    Action.TYPE_ORDER: Rule(WORKING, own_people("")),
    Action.CHANGE_ORDER: Rule(WORKING, own_referrals("referral__")),
    Action.SEE_DAYS_AHEAD: Rule(CLINICAL, own_people("")),
    Action.NOTE_DAY_AHEAD: Rule(WORKING, own_people("")),
    Action.CHANGE_DAY_AHEAD: Rule(WORKING, own_people("episode__")),
    Action.STAND_IN: Rule(frozenset({Role.CLOCK}), everything),
    Action.SEE_AS_SECOND: Rule(PRACTITIONERS, as_second),
}
ROUTES: dict[str, BaseAction] = {
    "curriculum:curriculum": Action.SEE_CURRICULUM,
    "curriculum:version": Action.SEE_CURRICULUM_VERSION,
    "curriculum:start": Action.WRITE_CURRICULUM,
    "curriculum:add-module": Action.WRITE_CURRICULUM,
    "curriculum:module": Action.WRITE_CURRICULUM_MODULE,
    "curriculum:session": Action.WRITE_CURRICULUM_SESSION,
    "curriculum:use": Action.WRITE_CURRICULUM,
    "curriculum:drop": Action.WRITE_CURRICULUM,
    "premises:premises": Action.SEE_PREMISES,
    "premises:add": Action.LIST_PREMISES,
    "premises:add-room": Action.CHANGE_PREMISES,
    "premises:never": Action.CHANGE_PREMISES,
    "premises:again": Action.CHANGE_PREMISES,
    "premises:close": Action.CHANGE_PREMISES,
    "premises:close-room": Action.CLOSE_ROOM,
    "orders:orders": Action.SEE_ORDERS,
    "orders:type-in": Action.TYPE_ORDER,
    "orders:change": Action.CHANGE_ORDER,
    "orders:end": Action.CHANGE_ORDER,
    "ahead:days": Action.SEE_DAYS_AHEAD,
    "ahead:add": Action.NOTE_DAY_AHEAD,
    "ahead:change": Action.CHANGE_DAY_AHEAD,
    "ahead:remove": Action.CHANGE_DAY_AHEAD,
    "planner:planner": Action.SEE_PLANNER,
    "moves:move": Action.MOVE_SESSION,
    "moves:cancel": Action.MOVE_SESSION,
    "moves:add": Action.ADD_SESSION,
    "held:held": Action.MOVE_SESSION,
    "held:enter": Action.ADD_SESSION,
    "busy:add": Action.NOTE_BUSY_TIME,
    "busy:remove": Action.REMOVE_BUSY_TIME,
    "absences:leave": Action.SEE_LEAVE,
    "absences:add": Action.NOTE_LEAVE,
    "absences:remove": Action.REMOVE_LEAVE,
    "team:team": ProgrammeAction.SEE_TEAM,
    "team:practitioner": Action.SEE_PRACTITIONER,
    "team:links": Action.DECLARE_LINK,
    "team:declare": Action.DECLARE_LINK,
    "team:end-link": Action.END_DECLARATION,
    "allocation:allocate": ProgrammeAction.ALLOCATE,
    "allocation:finish": ProgrammeAction.ALLOCATE,
    "allocation:hand-over": Action.HAND_OVER,
}
OPEN: frozenset[str] = frozenset()
