"""Who may do what in managing the service: nudges, returns, supervision, quality, what was before. Beside `policy`, the same shape."""

from desist.programme.policy import CLINICAL, MANAGER, PRACTITIONER, SUPERVISOR
from desist.programme.policy import Action as ProgrammeAction
from desist.programme.scopes import (
    in_area,
    own_account,
    own_area,
    own_people,
    own_practice,
    own_sessions,
    sampled_sessions,
)
from desist.wall.actors import Role
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule, everything

OBSERVER = Role.OBSERVER


class Action(BaseAction):
    """What can be done in managing a service."""

    MAKE_NUDGE = "programme.make_nudge"
    SEND_NUDGE = "programme.send_nudge"
    SEE_NUDGES = "programme.see_nudges"
    CHOOSE_NUDGES = "programme.choose_nudges"
    SEE_FAILING_NUDGES = "programme.see_failing_nudges"
    SEE_RETURNS = "programme.see_returns"
    SEE_SUPERVISION = "programme.see_supervision"
    ARRANGE_SUPERVISION = "programme.arrange_supervision"
    PLAN_SUPERVISION = "programme.plan_supervision"
    SEE_ARRANGEMENTS = "programme.see_arrangements"
    SEE_SUPERVISION_RECORD = "programme.see_supervision_record"
    RECORD_SUPERVISION = "programme.record_supervision"
    HOLD_DEBRIEF = "programme.hold_debrief"
    SEE_QUALITY = "programme.see_quality"
    DRAW_SAMPLE = "programme.draw_sample"
    SEE_SESSIONS_TO_DRAW = "programme.see_sessions_to_draw"
    SEE_SAMPLED = "programme.see_sampled"
    RATE_SAMPLED = "programme.rate_sampled"
    RATE_ONESELF = "programme.rate_oneself"
    SEE_SERVICE = "programme.see_service"
    SEE_HISTORY = "programme.see_history"
    SEE_RECORD_VERSIONS = "programme.see_record_versions"
    CORRECT_RECORD = "programme.correct_record"
    SEE_CHAIN_VERSIONS = "programme.see_chain_versions"
    SEE_SETTINGS = "programme.see_settings"
    SEE_NOTICE_WORDS = "programme.see_notice_words"
    CHANGE_NOTICE_WORDS = "programme.change_notice_words"
    SEE_NOTICE_GIVEN = "programme.see_notice_given"
    EDIT_PRACTITIONER = "programme.edit_practitioner"
    ENTER_PRACTITIONER = "programme.enter_practitioner"
    EDIT_AGENCY = "programme.edit_agency"


RULES: dict[BaseAction, Rule] = {
    Action.MAKE_NUDGE: Rule(roles=frozenset({Role.CLOCK}), scope=everything),
    Action.SEND_NUDGE: Rule(roles=frozenset({Role.CLOCK}), scope=everything),
    Action.SEE_NUDGES: Rule(roles=CLINICAL, scope=own_account),
    Action.CHOOSE_NUDGES: Rule(roles=CLINICAL, scope=own_account),
    Action.SEE_FAILING_NUDGES: Rule(roles=frozenset({Role.ADMINISTRATOR}), scope=everything),
    Action.SEE_RETURNS: Rule(roles=frozenset({MANAGER, Role.EXECUTIVE}), scope=own_area("ref")),
    Action.SEE_SUPERVISION: Rule(roles=CLINICAL, scope=own_practice("")),
    Action.ARRANGE_SUPERVISION: Rule(roles=frozenset({MANAGER, SUPERVISOR}), scope=in_area),
    Action.PLAN_SUPERVISION: Rule(roles=frozenset({SUPERVISOR}), scope=in_area),
    Action.SEE_ARRANGEMENTS: Rule(roles=CLINICAL, scope=own_practice("practitioner__")),
    Action.SEE_SUPERVISION_RECORD: Rule(
        roles=frozenset({PRACTITIONER, SUPERVISOR}), scope=own_practice("practitioner__")
    ),
    Action.RECORD_SUPERVISION: Rule(roles=frozenset({SUPERVISOR}), scope=own_practice("practitioner__")),
    Action.HOLD_DEBRIEF: Rule(roles=frozenset({SUPERVISOR}), scope=own_people("episode__")),
    Action.SEE_QUALITY: Rule(roles=frozenset({OBSERVER, MANAGER, SUPERVISOR}), scope=in_area),
    Action.DRAW_SAMPLE: Rule(roles=frozenset({OBSERVER}), scope=in_area),
    Action.SEE_SESSIONS_TO_DRAW: Rule(roles=frozenset({OBSERVER}), scope=own_people("episode__")),
    Action.SEE_SAMPLED: Rule(roles=frozenset({OBSERVER, MANAGER, SUPERVISOR}), scope=sampled_sessions),
    Action.RATE_SAMPLED: Rule(roles=frozenset({OBSERVER}), scope=own_people("session__episode__")),
    Action.RATE_ONESELF: Rule(roles=frozenset({PRACTITIONER}), scope=own_sessions),
    Action.SEE_SERVICE: Rule(roles=frozenset({MANAGER}), scope=own_people("")),
    Action.SEE_RECORD_VERSIONS: Rule(CLINICAL, own_people("episode__")),
    Action.CORRECT_RECORD: Rule(roles=frozenset({PRACTITIONER}), scope=own_people("episode__")),
    Action.SEE_CHAIN_VERSIONS: Rule(CLINICAL, own_people("session__episode__")),
    Action.SEE_HISTORY: Rule(roles=CLINICAL, scope=own_people("")),
    Action.SEE_SETTINGS: Rule(roles=frozenset({MANAGER}), scope=in_area),
    Action.SEE_NOTICE_WORDS: Rule(roles=frozenset({MANAGER}), scope=in_area),
    Action.CHANGE_NOTICE_WORDS: Rule(roles=frozenset({MANAGER}), scope=in_area),
    Action.SEE_NOTICE_GIVEN: Rule(roles=CLINICAL, scope=own_people("episode__")),
    Action.EDIT_PRACTITIONER: Rule(roles=frozenset({MANAGER}), scope=in_area),
    Action.ENTER_PRACTITIONER: Rule(roles=frozenset({MANAGER}), scope=in_area),
    Action.EDIT_AGENCY: Rule(roles=frozenset({MANAGER}), scope=in_area),
}
ROUTES: dict[str, BaseAction] = {
    "sessions:versions": Action.SEE_RECORD_VERSIONS,
    "sessions:version": Action.SEE_RECORD_VERSIONS,
    "corrections:correct": Action.CORRECT_RECORD,
    "chains:versions": Action.SEE_CHAIN_VERSIONS,
    "chains:version": Action.SEE_CHAIN_VERSIONS,
    "nudges:own": Action.CHOOSE_NUDGES,
    "nudges:failing": Action.SEE_FAILING_NUDGES,
    "returns:returns": Action.SEE_RETURNS,
    "returns:file": Action.SEE_RETURNS,
    "chains:shared-edit": ProgrammeAction.WORK_ON_CHAIN,
    "chains:shared-add": ProgrammeAction.WORK_ON_CHAIN,
    "chains:shared-change": ProgrammeAction.WORK_ON_CHAIN,
    "chains:shared-move": ProgrammeAction.WORK_ON_CHAIN,
    "chains:shared-remove": ProgrammeAction.WORK_ON_CHAIN,
    "chains:shared-undo": ProgrammeAction.WORK_ON_CHAIN,
    "chains:shared-analysis": ProgrammeAction.WORK_ON_CHAIN,
    "chains:shared-save": ProgrammeAction.WORK_ON_CHAIN,
    "supervision:board": Action.SEE_SUPERVISION,
    "supervision:practitioner": Action.SEE_SUPERVISION,
    "supervision:arrange": Action.ARRANGE_SUPERVISION,
    "supervision:end": Action.ARRANGE_SUPERVISION,
    "supervision:plan": Action.PLAN_SUPERVISION,
    "supervision:record": Action.RECORD_SUPERVISION,
    "supervision:cancel": Action.RECORD_SUPERVISION,
    "supervision:debrief": Action.HOLD_DEBRIEF,
    "quality:board": Action.SEE_QUALITY,
    "quality:draw": Action.DRAW_SAMPLE,
    "quality:sample": Action.SEE_QUALITY,
    "quality:rate": Action.RATE_SAMPLED,
    "quality:oneself": Action.RATE_ONESELF,
    "service:service": Action.SEE_SERVICE,
    "history:history": Action.SEE_HISTORY,
    "settings:settings": Action.SEE_SETTINGS,
    "agreement:words": Action.SEE_NOTICE_WORDS,
    "agreement:change-words": Action.CHANGE_NOTICE_WORDS,
    "agreement:given": Action.SEE_NOTICE_GIVEN,
    "agreement:given-pdf": Action.SEE_NOTICE_GIVEN,
    "settings:practitioner": Action.EDIT_PRACTITIONER,
    "settings:enter": Action.ENTER_PRACTITIONER,
    "settings:agency": Action.EDIT_AGENCY,
}
OPEN: frozenset[str] = frozenset()
