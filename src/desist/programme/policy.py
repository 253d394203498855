"""Who may do what in the programme zone, to which rows; the table goes on in planning_, changing_, closing_ and managing_policy."""

from desist.programme.scopes import (
    concerns_to_ring_about,
    in_area,
    own_area,
    own_concerns,
    own_people,
    own_referrals,
)
from desist.wall.actors import Role
from desist.wall.policy import Action as BaseAction
from desist.wall.policy import Rule, everything


class Action(BaseAction):
    """What can be done up to the end of a programme; further actions are in the four modules beside."""

    SEE_MY_DAY = "programme.see_my_day"
    SEE_REFERRALS = "programme.see_referrals"
    SEE_REFERRAL = "programme.see_referral"
    RECEIVE_REFERRAL = "programme.receive_referral"
    AMEND_REFERRAL = "programme.amend_referral"
    WITHDRAW_REFERRAL = "programme.withdraw_referral"
    READ_CHANGES = "programme.read_changes"
    DECIDE_REFERRAL = "programme.decide_referral"
    LOOK_UP_REFERRALS = "programme.look_up_referrals"
    SEE_INTAKE = "programme.see_intake"
    SEE_DRAFT = "programme.see_draft"
    START_INTAKE = "programme.start_intake"
    WRITE_INTAKE = "programme.write_intake"
    TAKE_IN = "programme.take_in"
    IMPORT_REFERRALS = "programme.import_referrals"
    ANSWER_FOR_WORDS = "programme.answer_for_words"
    SAY_WHO_IS_TOLD = "programme.say_who_is_told"
    SEE_ATTACHMENTS = "programme.see_attachments"
    SEE_ATTACHMENT = "programme.see_attachment"
    ATTACH_FILE = "programme.attach_file"
    RECEIVE_FILE = "programme.receive_file"
    RECEIVE_FILE_RECALL = "programme.receive_file_recall"
    SEE_EPISODES = "programme.see_episodes"
    SEARCH = "programme.search"
    SEE_EPISODE = "programme.see_episode"
    OPEN_EPISODE = "programme.open_episode"
    SEE_TEAM = "programme.see_team"
    ALLOCATE = "programme.allocate"
    PLAN_SESSIONS = "programme.plan_sessions"
    SEE_SESSION = "programme.see_session"
    RECORD_SESSION = "programme.record_session"
    SEE_CHAINS = "programme.see_chains"
    SEE_CHAIN = "programme.see_chain"
    WORK_ON_CHAIN = "programme.work_on_chain"
    SEE_SKILLS = "programme.see_skills"
    SEE_DIARY = "programme.see_diary"
    TYPE_DIARY = "programme.type_diary"
    RAISE_CONCERN = "programme.raise_concern"
    RAISE_CONCERN_ABOUT = "programme.raise_concern_about"
    SEE_CONCERNS = "programme.see_concerns"
    CLOSE_CONCERN = "programme.close_concern"
    RING_ABOUT_CONCERN = "programme.ring_about_concern"
    RECEIVE_ORDER = "programme.receive_order"
    NOTE_ACKNOWLEDGEMENT = "programme.note_acknowledgement"
    SEE_MEASURES = "programme.see_measures"
    SEE_MEASURE = "programme.see_measure"
    TAKE_MEASURE = "programme.take_measure"
    CHECK_SAFETY = "programme.check_safety"
    STRIKE_MEASURE = "programme.strike_measure"
    LOAD_WORDING = "programme.load_wording"
    SEE_TRIAGE = "programme.see_triage"
    ADVISE = "programme.advise"
    EXPLAIN_DELAY = "programme.explain_delay"
    SEE_CRITERIA = "programme.see_criteria"
    CHANGE_CRITERIA = "programme.change_criteria"
    SEE_ASSESSMENTS = "programme.see_assessments"
    SEE_ASSESSMENT = "programme.see_assessment"
    ASSESS = "programme.assess"
    WRITE_ASSESSMENT = "programme.write_assessment"
    SEE_RISK = "programme.see_risk"
    SEE_REVIEWS = "programme.see_reviews"
    RECORD_RISK = "programme.record_risk"
    STRIKE_RISK = "programme.strike_risk"
    SEE_PLAN = "programme.see_plan"
    PLAN_GOALS = "programme.plan_goals"
    WORK_ON_GOAL = "programme.work_on_goal"
    SEE_AGENCIES = "programme.see_agencies"
    LIST_AGENCY = "programme.list_agency"
    END_AGENCY = "programme.end_agency"
    SEE_SUPPORT = "programme.see_support"
    REFER_TO_SUPPORT = "programme.refer_to_support"
    SETTLE_SUPPORT = "programme.settle_support"
    SEE_NOTICE = "programme.see_notice"
    SEE_AGREEMENT = "programme.see_agreement"
    ASK_AGREEMENT = "programme.ask_agreement"
    WITHDRAW_AGREEMENT = "programme.withdraw_agreement"
    DO_FOLLOW_UP = "programme.do_follow_up"
    SEE_LEAVING = "programme.see_leaving"
    END_EPISODE = "programme.end_episode"
    DESELECT = "programme.deselect"
    TAKE_BACK_LEAVING = "programme.take_back_leaving"
    TELL_PERSON = "programme.tell_person"
    SEE_DISCLOSURES = "programme.see_disclosures"
    ASK_DISCLOSURE = "programme.ask_disclosure"
    TYPE_DISCLOSURE = "programme.type_disclosure"
    RECEIVE_DISCLOSURE = "programme.receive_disclosure"
    RELEASE_HOLD = "programme.release_hold"


PRACTITIONER, MANAGER, SUPERVISOR, POST = Role.PRACTITIONER, Role.MANAGER, Role.SUPERVISOR, Role.POST
INTAKE = frozenset({PRACTITIONER, MANAGER})
CLINICAL = frozenset({PRACTITIONER, MANAGER, SUPERVISOR})
WORKING = frozenset(
    {PRACTITIONER, MANAGER}
)  # before allocation a manager does what a practitioner does after it


RULES: dict[BaseAction, Rule] = {
    Action.SEE_MY_DAY: Rule(roles=CLINICAL, scope=own_people("")),
    Action.SEE_REFERRALS: Rule(roles=frozenset({MANAGER}), scope=own_area("ref")),
    Action.SEE_REFERRAL: Rule(roles=CLINICAL, scope=own_referrals("")),
    Action.RECEIVE_REFERRAL: Rule(roles=frozenset({POST}), scope=everything),
    Action.AMEND_REFERRAL: Rule(roles=frozenset({POST}), scope=everything),
    Action.WITHDRAW_REFERRAL: Rule(roles=frozenset({POST}), scope=everything),
    Action.READ_CHANGES: Rule(roles=WORKING, scope=own_referrals("")),
    Action.DECIDE_REFERRAL: Rule(roles=frozenset({MANAGER}), scope=own_area("ref")),
    Action.LOOK_UP_REFERRALS: Rule(roles=INTAKE, scope=own_area("ref")),
    Action.SEE_INTAKE: Rule(roles=INTAKE, scope=own_area("referral__ref")),
    Action.SEE_DRAFT: Rule(roles=INTAKE, scope=own_area("referral__ref")),
    Action.START_INTAKE: Rule(roles=INTAKE, scope=own_area("referral__ref")),
    Action.WRITE_INTAKE: Rule(roles=INTAKE, scope=own_area("referral__ref")),
    Action.TAKE_IN: Rule(roles=INTAKE, scope=own_area("referral__ref")),
    Action.IMPORT_REFERRALS: Rule(roles=frozenset({MANAGER}), scope=own_area("ref")),
    Action.ANSWER_FOR_WORDS: Rule(roles=INTAKE, scope=own_area("referral__ref")),
    Action.SAY_WHO_IS_TOLD: Rule(roles=frozenset({MANAGER}), scope=own_area("ref")),
    Action.SEE_ATTACHMENTS: Rule(roles=CLINICAL, scope=own_referrals("")),
    Action.SEE_ATTACHMENT: Rule(roles=CLINICAL, scope=own_referrals("referral__")),
    Action.ATTACH_FILE: Rule(roles=frozenset({MANAGER}), scope=own_area("ref")),
    Action.RECEIVE_FILE: Rule(roles=frozenset({POST}), scope=everything),
    Action.RECEIVE_FILE_RECALL: Rule(roles=frozenset({POST}), scope=everything),
    Action.SEE_EPISODES: Rule(roles=CLINICAL, scope=own_people("")),
    Action.SEARCH: Rule(roles=CLINICAL, scope=own_people("")),
    Action.SEE_EPISODE: Rule(roles=CLINICAL, scope=own_people("")),
    Action.OPEN_EPISODE: Rule(roles=frozenset({MANAGER}), scope=own_people("")),
    Action.SEE_TEAM: Rule(roles=frozenset({MANAGER}), scope=in_area),
    Action.ALLOCATE: Rule(roles=frozenset({MANAGER}), scope=own_people("")),
    Action.PLAN_SESSIONS: Rule(roles=frozenset({PRACTITIONER, MANAGER}), scope=own_people("")),
    Action.SEE_SESSION: Rule(roles=CLINICAL, scope=own_people("episode__")),
    Action.RECORD_SESSION: Rule(roles=frozenset({PRACTITIONER}), scope=own_people("episode__")),
    Action.SEE_CHAINS: Rule(CLINICAL, own_people("")),
    Action.SEE_CHAIN: Rule(roles=CLINICAL, scope=own_people("session__episode__")),
    Action.WORK_ON_CHAIN: Rule(roles=frozenset({PRACTITIONER}), scope=own_people("session__episode__")),
    Action.SEE_SKILLS: Rule(roles=CLINICAL, scope=everything),
    Action.SEE_DIARY: Rule(roles=CLINICAL, scope=own_people("")),
    Action.TYPE_DIARY: Rule(roles=frozenset({PRACTITIONER}), scope=own_people("")),
    Action.RAISE_CONCERN: Rule(roles=frozenset({PRACTITIONER}), scope=own_people("episode__")),
    Action.RAISE_CONCERN_ABOUT: Rule(roles=CLINICAL, scope=own_people("")),
    Action.SEE_CONCERNS: Rule(roles=CLINICAL, scope=own_concerns),
    Action.CLOSE_CONCERN: Rule(roles=frozenset({MANAGER, SUPERVISOR}), scope=own_concerns),
    Action.RING_ABOUT_CONCERN: Rule(roles=CLINICAL, scope=concerns_to_ring_about),
    Action.RECEIVE_ORDER: Rule(roles=frozenset({POST}), scope=everything),
    Action.NOTE_ACKNOWLEDGEMENT: Rule(roles=frozenset({POST}), scope=everything),
    Action.SEE_MEASURES: Rule(roles=CLINICAL, scope=own_people("")),
    Action.SEE_MEASURE: Rule(roles=CLINICAL, scope=own_people("episode__")),
    Action.TAKE_MEASURE: Rule(roles=WORKING, scope=own_people("")),
    Action.CHECK_SAFETY: Rule(roles=WORKING, scope=own_people("episode__")),
    Action.STRIKE_MEASURE: Rule(roles=WORKING, scope=own_people("episode__")),
    Action.LOAD_WORDING: Rule(roles=frozenset({Role.CLOCK}), scope=everything),
    Action.SEE_TRIAGE: Rule(roles=frozenset({MANAGER}), scope=own_area("ref")),
    Action.ADVISE: Rule(roles=frozenset({MANAGER}), scope=own_area("ref")),
    Action.EXPLAIN_DELAY: Rule(roles=frozenset({MANAGER}), scope=own_area("ref")),
    Action.SEE_CRITERIA: Rule(roles=frozenset({MANAGER}), scope=in_area),
    Action.CHANGE_CRITERIA: Rule(roles=frozenset({MANAGER}), scope=in_area),
    Action.SEE_ASSESSMENTS: Rule(roles=CLINICAL, scope=own_people("")),
    Action.SEE_ASSESSMENT: Rule(roles=CLINICAL, scope=own_people("episode__")),
    Action.ASSESS: Rule(roles=WORKING, scope=own_people("")),
    Action.WRITE_ASSESSMENT: Rule(roles=WORKING, scope=own_people("episode__")),
    Action.SEE_RISK: Rule(roles=CLINICAL, scope=own_people("")),
    Action.SEE_REVIEWS: Rule(roles=CLINICAL, scope=own_people("episode__")),
    Action.RECORD_RISK: Rule(roles=WORKING, scope=own_people("")),
    Action.STRIKE_RISK: Rule(roles=WORKING, scope=own_people("episode__")),
    Action.SEE_PLAN: Rule(roles=CLINICAL, scope=own_people("")),
    Action.PLAN_GOALS: Rule(roles=WORKING, scope=own_people("")),
    Action.WORK_ON_GOAL: Rule(roles=WORKING, scope=own_people("episode__")),
    Action.SEE_AGENCIES: Rule(roles=CLINICAL, scope=in_area),
    Action.LIST_AGENCY: Rule(roles=frozenset({MANAGER}), scope=in_area),
    Action.END_AGENCY: Rule(roles=frozenset({MANAGER}), scope=in_area),
    Action.SEE_SUPPORT: Rule(roles=CLINICAL, scope=own_people("")),
    Action.REFER_TO_SUPPORT: Rule(roles=WORKING, scope=own_people("")),
    Action.SETTLE_SUPPORT: Rule(roles=WORKING, scope=own_people("episode__")),
    Action.SEE_NOTICE: Rule(roles=CLINICAL, scope=in_area),
    Action.SEE_AGREEMENT: Rule(roles=CLINICAL, scope=own_people("")),
    Action.ASK_AGREEMENT: Rule(roles=WORKING, scope=own_people("")),
    Action.WITHDRAW_AGREEMENT: Rule(roles=WORKING, scope=own_people("")),
    Action.DO_FOLLOW_UP: Rule(roles=WORKING, scope=own_people("episode__")),
    Action.SEE_LEAVING: Rule(roles=CLINICAL, scope=own_people("")),
    Action.END_EPISODE: Rule(roles=WORKING, scope=own_people("")),
    Action.DESELECT: Rule(roles=frozenset({MANAGER}), scope=own_people("")),
    Action.TAKE_BACK_LEAVING: Rule(roles=frozenset({MANAGER}), scope=own_people("episode__")),
    Action.TELL_PERSON: Rule(roles=WORKING, scope=own_people("episode__")),
    Action.SEE_DISCLOSURES: Rule(roles=CLINICAL, scope=own_people("")),
    Action.ASK_DISCLOSURE: Rule(roles=WORKING, scope=own_people("")),
    Action.TYPE_DISCLOSURE: Rule(roles=WORKING, scope=own_people("")),
    Action.RECEIVE_DISCLOSURE: Rule(roles=frozenset({POST}), scope=everything),
    Action.RELEASE_HOLD: Rule(roles=frozenset({Role.CLOCK}), scope=everything),
}
ROUTES: dict[str, BaseAction] = {
    "home:home": Action.SEE_MY_DAY,
    "referrals:referrals": Action.SEE_REFERRALS,
    "referrals:referral": Action.SEE_REFERRAL,
    "referrals:person": Action.SEE_REFERRAL,
    "referrals:read": Action.READ_CHANGES,
    "intake:drafts": Action.SEE_INTAKE,
    "intake:start": Action.START_INTAKE,
    "intake:draft": Action.SEE_DRAFT,
    "intake:section": Action.WRITE_INTAKE,
    "intake:check": Action.TAKE_IN,
    "intake:told": Action.SAY_WHO_IS_TOLD,
    "imports:table": Action.IMPORT_REFERRALS,
    "imports:template": Action.IMPORT_REFERRALS,
    "imports:columns": Action.IMPORT_REFERRALS,
    "attachments:attachments": Action.SEE_ATTACHMENTS,
    "attachments:look": Action.SEE_ATTACHMENT,
    "attachments:download": Action.SEE_ATTACHMENT,
    "episodes:episodes": Action.SEE_EPISODES,
    "search:search": Action.SEARCH,
    "episodes:episode": Action.SEE_EPISODE,
    "planner:plan": Action.PLAN_SESSIONS,
    "sessions:session": Action.SEE_SESSION,
    "sessions:prepare": Action.SEE_SESSION,
    "sessions:record": Action.RECORD_SESSION,
    "sessions:shared": Action.RECORD_SESSION,
    "sessions:feedback": Action.RECORD_SESSION,
    "sessions:follow-up": Action.RECORD_SESSION,
    "sessions:save": Action.RECORD_SESSION,
    "sessions:finish": Action.RECORD_SESSION,
    "chains:start": Action.WORK_ON_CHAIN,
    "chains:person": Action.SEE_CHAINS,
    "chains:chain": Action.SEE_CHAIN,
    "chains:shared": Action.SEE_CHAIN,
    "chains:edit": Action.WORK_ON_CHAIN,
    "chains:add": Action.WORK_ON_CHAIN,
    "chains:change": Action.WORK_ON_CHAIN,
    "chains:move": Action.WORK_ON_CHAIN,
    "chains:remove": Action.WORK_ON_CHAIN,
    "chains:undo": Action.WORK_ON_CHAIN,
    "chains:analysis": Action.WORK_ON_CHAIN,
    "chains:save": Action.WORK_ON_CHAIN,
    "skills:skills": Action.SEE_SKILLS,
    "skills:shared": Action.SEE_SKILLS,
    "diary:diary": Action.SEE_DIARY,
    "diary:day": Action.TYPE_DIARY,
    "concerns:concerns": Action.SEE_CONCERNS,
    "concerns:raise": Action.RAISE_CONCERN,
    "concerns:about": Action.RAISE_CONCERN_ABOUT,
    "disclosures:disclosures": Action.SEE_DISCLOSURES,
    "disclosures:ask": Action.ASK_DISCLOSURE,
    "disclosures:type-in": Action.TYPE_DISCLOSURE,
    "disclosures:type-in-refusal": Action.TYPE_DISCLOSURE,
    "disclosures:type-in-recall": Action.TYPE_DISCLOSURE,
    "measures:measures": Action.SEE_MEASURES,
    "measures:change": Action.SEE_MEASURES,
    "measures:take": Action.TAKE_MEASURE,
    "measures:total": Action.TAKE_MEASURE,
    "measures:measure": Action.SEE_MEASURE,
    "measures:safety": Action.CHECK_SAFETY,
    "measures:strike": Action.STRIKE_MEASURE,
    "triage:inbox": Action.SEE_TRIAGE,
    "triage:referral": Action.SEE_TRIAGE,
    "triage:decide": Action.DECIDE_REFERRAL,
    "triage:advise": Action.ADVISE,
    "triage:delay": Action.EXPLAIN_DELAY,
    "triage:criteria": Action.SEE_CRITERIA,
    "triage:change-criteria": Action.CHANGE_CRITERIA,
    "assessments:assessments": Action.SEE_ASSESSMENTS,
    "assessments:appoint": Action.ASSESS,
    "assessments:assessment": Action.SEE_ASSESSMENT,
    "assessments:move": Action.WRITE_ASSESSMENT,
    "assessments:write": Action.WRITE_ASSESSMENT,
    "assessments:save": Action.WRITE_ASSESSMENT,
    "assessments:finish": Action.WRITE_ASSESSMENT,
    "assessments:cancel": Action.WRITE_ASSESSMENT,
    "risk:reviews": Action.SEE_REVIEWS,
    "risk:risk": Action.SEE_RISK,
    "risk:record": Action.RECORD_RISK,
    "risk:strike": Action.STRIKE_RISK,
    "plans:plan": Action.SEE_PLAN,
    "plans:set-goal": Action.PLAN_GOALS,
    "plans:change": Action.WORK_ON_GOAL,
    "plans:rate": Action.WORK_ON_GOAL,
    "support:directory": Action.SEE_AGENCIES,
    "support:add": Action.LIST_AGENCY,
    "support:end": Action.END_AGENCY,
    "support:support": Action.SEE_SUPPORT,
    "support:refer": Action.REFER_TO_SUPPORT,
    "support:outcome": Action.SETTLE_SUPPORT,
    "agreement:agreement": Action.SEE_AGREEMENT,
    "agreement:notice": Action.SEE_NOTICE,
    "agreement:notice-pdf": Action.SEE_NOTICE,
    "agreement:tell": Action.ASK_AGREEMENT,
    "agreement:ask": Action.ASK_AGREEMENT,
    "agreement:withdraw": Action.WITHDRAW_AGREEMENT,
    "agreement:task": Action.DO_FOLLOW_UP,
    "leaving:leaving": Action.SEE_LEAVING,
    "leaving:end": Action.END_EPISODE,
    "leaving:take-back": Action.TAKE_BACK_LEAVING,
    "leaving:tell": Action.TELL_PERSON,
    "concerns:close": Action.CLOSE_CONCERN,
}
OPEN: frozenset[str] = frozenset()
