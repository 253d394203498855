"""The rights of each database login, table by table and in full; the owner applies them after every migrate.

A table that is in no list gets no rights at all, and a test fails. The app login has no DDL and no TRUNCATE; on the
audit it may only read and add; row history it may only read, since the triggers that write it run with the owner's
rights. It may delete only where the code really deletes: an attacker in a web process can empty no other table.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

from desist.phones import SIGNATURES

FULL = "SELECT, INSERT, UPDATE, DELETE"  # the code deletes rows: tests/rules/test_grants.py names where
KEPT = "SELECT, INSERT, UPDATE"  # rows that may change but never vanish
ADD = "SELECT, INSERT"  # added, never changed
READ = "SELECT"

#: how the functions of the history write: what the login of a site may not, their owner may
AS_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"
#: tables of no model, or of other packages
OTHERS = {
    "django_migrations": READ,
    "django_content_type": READ,
    "auth_permission": READ,
    "auth_group": READ,
    "auth_group_permissions": READ,
    "accounts_account_groups": READ,
    "pghistory_context": READ,
    # the version before keeps its e-mails to staff there, while it still runs
    "programme_nudge": KEPT,
    "programme_nudgechoice": KEPT,
    "programme_nudgechoiceevent": READ,
}
#: our own models' tables, every one of them
OURS = {
    "accounts_account": KEPT,
    "accounts_accountalert": KEPT,
    "accounts_area": KEPT,
    "accounts_attempt": FULL,
    "accounts_authenticator": FULL,
    "accounts_browsersession": FULL,
    "accounts_challenge": FULL,
    "accounts_emailchoice": KEPT,
    "accounts_invitation": KEPT,
    "accounts_outgoingemail": FULL,
    "accounts_passkey": FULL,
    "accounts_recoverycode": FULL,
    "accounts_rolegrant": KEPT,
    "accounts_signin": KEPT,
    "accounts_toldapart": KEPT,
    "advocacy_agency": KEPT,
    "advocacy_addition": KEPT,
    "advocacy_advocate": KEPT,
    "advocacy_allocation": KEPT,
    "advocacy_allowance": ADD,
    "advocacy_arrangement": KEPT,
    "advocacy_attempt": KEPT,
    "advocacy_block": FULL,
    "advocacy_breachpack": KEPT,
    "advocacy_child": KEPT,
    "advocacy_circumstance": KEPT,
    "advocacy_selfharm": KEPT,
    "advocacy_screening": KEPT,
    "advocacy_candidate": FULL,
    "advocacy_choice": KEPT,
    "advocacy_clearanceasked": KEPT,
    "advocacy_clienthandover": KEPT,
    "advocacy_clientoffer": KEPT,
    "advocacy_clientorder": KEPT,
    "advocacy_clockpause": KEPT,
    "advocacy_consent": KEPT,
    "advocacy_custodyentry": ADD,
    "advocacy_declaration": KEPT,
    "advocacy_disclosure": KEPT,
    "advocacy_exhibit": KEPT,
    "advocacy_exhibitpiece": FULL,
    "advocacy_exhibitrow": FULL,
    "advocacy_hourcount": FULL,
    "advocacy_incident": KEPT,
    "advocacy_incidentfile": FULL,
    "advocacy_letter": KEPT,
    "advocacy_locator": KEPT,
    "advocacy_measure": KEPT,
    "advocacy_message": KEPT,
    "advocacy_movedclient": ADD,
    "advocacy_movein": KEPT,
    "advocacy_need": KEPT,
    "advocacy_note": KEPT,
    "advocacy_original": KEPT,
    "advocacy_packcall": ADD,
    "advocacy_pairasked": KEPT,
    "advocacy_paper": KEPT,
    "advocacy_personkey": KEPT,
    "advocacy_piece": FULL,
    "advocacy_planversion": KEPT,
    "advocacy_quarterlyreturn": KEPT,
    "advocacy_returnquestion": KEPT,
    "advocacy_record": FULL,
    "advocacy_redaction": FULL,
    "advocacy_reveal": KEPT,
    "advocacy_revealalert": KEPT,
    "advocacy_safetime": KEPT,
    "advocacy_sentexhibit": KEPT,
    "advocacy_submissionagreement": KEPT,
    "advocacy_submissionlink": KEPT,
    "advocacy_submissionpage": ADD,
    "advocacy_submitted": KEPT,
    "advocacy_submittedpiece": FULL,
    "advocacy_support": KEPT,
    "advocacy_supportlink": KEPT,
    "advocacy_supportnews": KEPT,
    "advocacy_supportreferral": KEPT,
    "advocacy_tag": KEPT,
    "advocacy_tagged": FULL,
    "advocacy_telling": ADD,
    "advocacy_transcript": FULL,
    "advocacy_unusedreason": FULL,
    "advocacy_update": KEPT,
    "advocacy_victim": KEPT,
    "advocacy_wording": KEPT,
    "audit_download": KEPT,
    "commission_forcetable": KEPT,
    "commission_grant": KEPT,
    "commission_outcomeextract": KEPT,
    "commission_policeoutcomes": KEPT,
    "commission_question": KEPT,
    "commission_servicereturn": KEPT,
    "commission_study": KEPT,
    "declarations_interestdeclaration": KEPT,
    "desk_alert": KEPT,
    "desk_dutynumber": KEPT,
    "desk_ring": ADD,
    "feeds_feed": KEPT,
    "merges_merge": KEPT,
    "partnership_agency": KEPT,
    "partnership_agencymember": KEPT,
    "partnership_agencyterms": ADD,
    "partnership_application": KEPT,
    "partnership_attachment": FULL,
    "partnership_breach": KEPT,
    "partnership_breachstep": ADD,
    "partnership_certificate": ADD,
    "partnership_clearance": KEPT,
    "partnership_clientnotice": KEPT,
    "partnership_condition": FULL,
    "partnership_copy": KEPT,
    "partnership_disclosure": KEPT,
    "partnership_disclosurerequest": KEPT,
    "partnership_exhibit": KEPT,
    "partnership_exhibitcustody": ADD,
    "partnership_exhibitpiece": FULL,
    "partnership_exitreport": KEPT,
    "partnership_happening": KEPT,
    "partnership_identitydecision": KEPT,
    "partnership_news": KEPT,
    "partnership_judgementrequest": KEPT,
    "partnership_notification": KEPT,
    "partnership_onward": KEPT,
    "partnership_order": KEPT,
    "partnership_orderhappening": ADD,
    "partnership_outcomeextract": KEPT,
    "partnership_pairhappening": ADD,
    "partnership_panelaction": KEPT,
    "partnership_panelcopy": ADD,
    "partnership_panelitem": KEPT,
    "partnership_panellink": KEPT,
    "partnership_panelmeeting": KEPT,
    "partnership_panelpaper": KEPT,
    "partnership_panelprint": KEPT,
    "partnership_panelreader": KEPT,
    "partnership_panelseat": KEPT,
    "partnership_panelstep": ADD,
    "partnership_person": KEPT,
    "partnership_protected": KEPT,
    "partnership_quarterlyreturn": KEPT,
    "partnership_referral": KEPT,
    "partnership_release": KEPT,
    "partnership_report": KEPT,
    "partnership_returnquestion": KEPT,
    "partnership_side": KEPT,
    "partnership_supportreferral": KEPT,
    "partnership_supportstep": KEPT,
    "partnership_termsaccepted": ADD,
    "partnership_transfer": KEPT,
    "partnership_victimreferral": KEPT,
    "post_agreement": KEPT,
    "post_approval": KEPT,
    "post_byhandtask": KEPT,
    "post_inbox": KEPT,
    "post_trouble": KEPT,
    "post_outbox": FULL,
    "post_partner": KEPT,
    "programme_advice": KEPT,
    "programme_agency": KEPT,
    "programme_agreement": KEPT,
    "programme_allocation": KEPT,
    "programme_assessment": KEPT,
    "programme_attachment": KEPT,
    "programme_betweensessions": KEPT,
    "programme_busytime": KEPT,
    "programme_certificate": ADD,
    "programme_chain": KEPT,
    "programme_chainlink": FULL,
    "programme_chainstep": FULL,
    "programme_change": KEPT,
    "programme_circumstance": KEPT,
    "programme_concern": KEPT,
    "programme_concernstep": ADD,
    "programme_contact": KEPT,
    "programme_copingline": ADD,
    "programme_copingplan": KEPT,
    "programme_correction": ADD,
    "programme_criteria": KEPT,
    "programme_curriculum": KEPT,
    "programme_curriculummodule": KEPT,
    "programme_curriculumsession": KEPT,
    "programme_dayahead": KEPT,
    "programme_debrief": KEPT,
    "programme_decision": KEPT,
    "programme_declaration": KEPT,
    "programme_delay": KEPT,
    "programme_diaryday": KEPT,
    "programme_diarytarget": KEPT,
    "programme_disclosure": KEPT,
    "programme_disclosurerequest": KEPT,
    "programme_draft": KEPT,
    "programme_document": KEPT,
    "programme_enclosure": FULL,
    "programme_episode": KEPT,
    "programme_fidelityrating": KEPT,
    "programme_followup": KEPT,
    "programme_followuptask": KEPT,
    "programme_goal": KEPT,
    "programme_goalrating": KEPT,
    "programme_readiness": KEPT,
    "programme_handoverrequest": KEPT,
    "programme_happening": KEPT,
    "programme_heard": ADD,
    "programme_keptfilter": FULL,
    "programme_leave": KEPT,
    "programme_leaving": KEPT,
    "programme_letter": KEPT,
    "programme_lettertemplate": KEPT,
    "programme_measure": KEPT,
    "programme_move": KEPT,
    "programme_movein": KEPT,
    "programme_movedperson": ADD,
    "programme_noticegiven": KEPT,
    "programme_noticewords": KEPT,
    "programme_order": KEPT,
    "programme_outcomeextract": KEPT,
    "programme_outsidedoor": KEPT,
    "programme_outsidereferral": KEPT,
    "programme_owncontact": KEPT,
    "programme_personoffer": KEPT,
    "programme_phone": KEPT,
    "programme_phonerequest": KEPT,
    "programme_placecheck": KEPT,
    "programme_policejudgement": KEPT,
    "programme_practitioner": KEPT,
    "programme_premises": KEPT,
    "programme_qualitysample": KEPT,
    "programme_quarterlyreturn": KEPT,
    "programme_reasonchange": ADD,
    "programme_referral": KEPT,
    "programme_reflection": KEPT,
    "programme_relative": KEPT,
    "programme_reminder": KEPT,
    "programme_reminderchoice": KEPT,
    "programme_returnquestion": KEPT,
    "programme_report": KEPT,
    "programme_reportdocument": ADD,
    "programme_riskform": KEPT,
    "programme_riskrating": KEPT,
    "programme_riskscenario": KEPT,
    "programme_acutefactor": KEPT,
    "programme_typology": KEPT,
    "programme_room": KEPT,
    "programme_safetycheck": KEPT,
    "programme_sampledsession": KEPT,
    "programme_selfharm": KEPT,
    "programme_sentalert": KEPT,
    "programme_session": KEPT,
    "programme_sessionfeedback": KEPT,
    "programme_settingchange": ADD,
    "programme_skillpractice": KEPT,
    "programme_supervision": KEPT,
    "programme_supervisionarrangement": KEPT,
    "programme_supervisioncase": KEPT,
    "programme_supportlink": KEPT,
    "programme_supportnews": ADD,
    "programme_supportoverride": KEPT,
    "programme_supportreferral": KEPT,
    "programme_trainingentry": KEPT,
    "programme_typedwithdrawal": KEPT,
    "programme_wording": KEPT,
    "tasks_task": KEPT,
    "tasks_taskstep": ADD,
    "wall_auditevent": ADD,
    "wall_auditseal": ADD,
    "wall_clearance": ADD,
    "wall_emergencyaccess": KEPT,
    "wall_exclusion": FULL,
    "wall_restriction": KEPT,
    "wall_reviewer": KEPT,
}


def rights() -> dict[str, str]:
    """Table -> the rights of the app login to it."""
    history = (model for model in apps.get_models() if hasattr(model, "pgh_tracked_model"))
    return {**OTHERS, **OURS, **{model._meta.db_table: READ for model in history}}


def unlisted() -> set[str]:
    """Tables in the database that are in no list: they get no rights, and a test fails."""
    return set(_tables()) - set(rights())


def apply(*, app: str, others: tuple[str, ...] = ()) -> None:
    """Grant what the table says to the login `app`, and nothing to any of `others` beforehand; all of it at once.

    A site that runs meanwhile never lacks a right, nor is one lost where this ends half-way.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _statements(app, others):
            cursor.execute(statement.as_string(cursor.connection))


def apply_to_phones(*, app: str) -> None:
    """Let the login `app` of a person's own pages call what desist.phones lists, and nothing else of this programme."""
    login = sql.Identifier(app)
    with transaction.atomic(), connection.cursor() as cursor:
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            cursor.execute(
                sql.SQL("REVOKE ALL ON ALL {} IN SCHEMA public FROM {}")
                .format(sql.SQL(kind), login)
                .as_string(cursor.connection)
            )
        for signature in SIGNATURES:
            granted = sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.SQL(signature), login)
            cursor.execute(granted.as_string(cursor.connection))


def _statements(app: str, others: tuple[str, ...]) -> Iterator[sql.Composed | sql.SQL]:
    login = sql.Identifier(app)
    existing = set(_tables())
    for name in (app, *others):
        yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(sql.Identifier(name))
    yield sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for name in (app, *others):
        yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(name))
    for name, granted in rights().items():
        if name in existing:
            yield sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(granted), sql.Identifier(name), login)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(login)
    for function in _history_functions():
        yield sql.SQL("ALTER FUNCTION {} {}").format(sql.SQL(function), sql.SQL(AS_OWNER))


def _tables() -> list[str]:
    return connection.introspection.table_names()


def _history_functions() -> list[str]:
    """The trigger functions of the row history, with their arguments, as ALTER FUNCTION takes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
            "AND (proname LIKE 'pgtrigger\\_%' OR proname = '_pgh_attach_context')"
        )
        return [row[0] for row in cursor.fetchall()]
