"""Every scope of a case leaves out excluded staff and, under a restriction, all whom it does not name."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Q, QuerySet
from django.test import override_settings
from tests.rules.test_policy import STAFF_ZONES, tables

from desist.programme.scopes import in_area, own_area
from desist.sites import Zone
from desist.wall.actors import SYSTEM_ROLES, Actor, Role
from desist.wall.models import Exclusion
from desist.wall.policy import Rule
from desist.zones import base

#: policies without a rule about a case -> why
ABOUT_NO_CASE = {
    "accounts": "accounts, roles and sign-ins",
    "feeds": "one's own calendar address; what is in it is asked with the zone's own scopes",
    "tasks": "the case of a task is asked with the case's own rule (desist/tasks/cases.py)",
    "declarations": "one's own declarations; those of colleagues are asked with who is kept from their cases",
    "merges": "the two records are asked with each case's own rule (desist/merges/records.py)",
    "audit": "events by reference: whoever looks into a leak must see those of a restricted case too",
}
#: why an exclusion does not cover some rows -> the actions on them
UNHINDERED = {
    "how sites and people are reached, and sealed envelopes": {
        "desk.see_duty_numbers",
        "desk.add_duty_number",
        "desk.end_duty_number",
        "post.see_post",
        "post.retry_envelope",
        "post.retry_envelopes",
        "post.set_aside_envelope",
        "post.see_partners",
        "post.add_partner",
        "post.change_partner",
    },
    "the directory of agencies, and their own people's way to what was referred to them": {
        "advocacy.see_agencies",
        "partnership.see_agencies",
        "partnership.see_stale_agencies",
        "partnership.see_terms_owed",
        "partnership.list_agency",
        "partnership.change_agency",
        "partnership.send_directory",
        "partnership.end_agency",
        "partnership.see_agency_terms",
        "partnership.set_agency_terms",
        "partnership.record_agency_terms",
        "partnership.accept_agency_terms",
        "partnership.see_support",
        "partnership.answer_support",
    },
    "meetings of panels as such; each case on an agenda is asked for by itself": {
        "partnership.see_panels",
        "partnership.keep_panels",
        "partnership.name_panel_reader",
        "partnership.print_panel_pack",
        "partnership.see_our_panels",
    },
    "agreements between organisations": {
        "post.see_agreements",
        "post.keep_agreement",
        "post.change_agreement",
    },
    "who is kept from which case, by reference alone, and whom everybody may ask": {
        "restrictions.see_restrictions",
        "restrictions.see_restriction",
        "restrictions.restrict_case",
        "restrictions.name_person",
        "restrictions.end_restriction",
        "restrictions.keep_from_case",
        "restrictions.see_reviewer",
        "restrictions.name_reviewer",
        "restrictions.see_emergency",
        "restrictions.open_in_emergency",
        "restrictions.end_emergency",
    },
    "staff, their leave, their links and the reading of what they revealed": {
        "advocacy.see_team",
        "advocacy.declare_link",
        "advocacy.register_advocate",
        "advocacy.edit_advocate",
        "advocacy.allow_more",
        "programme.see_team",
        "programme.see_calendar",
        "programme.keep_filter",
        "programme.remove_filter",
        "programme.declare_link",
        "programme.end_declaration",
        "programme.see_practitioner",
        "programme.enter_practitioner",
        "programme.edit_practitioner",
        "programme.hand_over",
        "programme.see_leave",
        "programme.note_leave",
        "programme.remove_leave",
    },
    "supervision and samples as such; each case in them is asked for by itself": {
        "programme.see_supervision",
        "programme.see_arrangements",
        "programme.arrange_supervision",
        "programme.plan_supervision",
        "programme.see_supervision_record",
        "programme.record_supervision",
        "programme.see_team_training",
        "programme.export_training",
        "programme.see_own_training",
        "programme.see_training",
        "programme.record_course",
        "programme.record_induction",
        "programme.judge_competence",
        "programme.strike_training",
        "programme.see_refreshers",
        "programme.see_reflections",
        "programme.see_reflection",
        "programme.write_reflection",
        "programme.change_reflection",
        "programme.share_reflection",
        "programme.see_quality",
        "programme.draw_sample",
    },
    "how the service is set up": {
        "advocacy.name_submission_page",
        "programme.see_settings",
        "programme.see_letter_templates",
        "programme.change_letter_template",
        "programme.see_criteria",
        "programme.change_criteria",
        "programme.see_agencies",
        "programme.list_agency",
        "programme.edit_agency",
        "programme.end_agency",
        "programme.set_outside_door",
        "programme.see_premises",
        "programme.list_premises",
        "programme.change_premises",
        "programme.close_room",
        "programme.see_skills",
        "programme.see_notice",
        "programme.see_notice_words",
        "programme.change_notice_words",
        "programme.load_wording",
        "programme.see_curriculum",
        "programme.see_curriculum_version",
        "programme.write_curriculum",
        "programme.write_curriculum_module",
        "programme.write_curriculum_session",
    },
    "tables of a caseload that is not here yet, and whether they are": {
        "moving.see_move_in",
        "moving.send_move_in",
        "moving.bring_move_in",
        "moving.take_move_in_back",
    },
    "a decision about a crime, where nobody of the register is named": {
        "partnership.see_identities",
        "partnership.decide_identity",
    },
    "counts, which do not depend on who counts": {
        "partnership.count_orders",
        "partnership.count_for_return",
        "partnership.read_for_extract",
        "advocacy.count_clients",
        "commission.see_force_tables",
        "commission.enter_force_table",
        "commission.remove_force_table",
        "commission.see_grants",
        "commission.enter_grant",
        "commission.remove_grant",
        "commission.see_needs",
        "commission.see_returns",
        "commission.ask_about_return",
        "commission.enter_return",
        "commission.recall_return",
        "commission.answer_for_words",
        "quarterly.see_quarterly_returns",
        "quarterly.count_quarter",
        "quarterly.sign_return",
        "quarterly.send_return",
        "quarterly.set_return_aside",
        "quarterly.recall_return",
        "quarterly.answer_about_return",
        "programme.see_extracts",
        "programme.count_extract",
        "programme.sign_extract",
        "programme.send_extract",
        "programme.set_extract_aside",
        "programme.recall_extract",
        "partnership.see_extracts",
        "partnership.count_extract",
        "partnership.sign_extract",
        "partnership.send_extract",
        "partnership.set_extract_aside",
        "partnership.recall_extract",
    },
    "people under pseudonyms, whom nobody here can tell": {
        "commission.see_extracts",
        "commission.read_extract",
        "commission.make_study",
        "commission.read_study",
    },
}


def hinders(scope: object) -> bool:
    """Return whether a scope checks, at any depth, which staff are kept from a case."""
    if isinstance(scope, Q):
        return any(hinders(child) for child in scope.children)
    if isinstance(scope, tuple):
        return hinders(scope[1])
    return isinstance(scope, QuerySet) and Exclusion._meta.db_table in str(scope.query)


def open_to_all(rules: dict[Any, Rule]) -> set[str]:
    """Return the actions whose scope, for some role of a person, does not check which staff are kept from a case."""
    return {
        str(action.value)
        for action, rule in rules.items()
        for role in rule.roles - SYSTEM_ROLES
        for reach in ("", "acase")  # without and with a case open in an emergency
        if not hinders(rule.scope(somebody(role, reach)))
    }


def somebody(role: Role, reach: str) -> Actor:
    return Actor(who="somebody", role=role, area="north", correlation=UUID(int=0), reach=reach)


@pytest.fixture(params=STAFF_ZONES)
def of_zone(request: pytest.FixtureRequest) -> Iterator[Zone]:
    found: Zone = request.param
    with override_settings(DESIST_ZONE=found.value, DESIST_OWN_CASES=base.OWN_CASES.get(found, "")):
        yield found


def test_every_scope_about_a_case_asks_who_is_kept_from_it(of_zone: Zone) -> None:
    known = set().union(*UNHINDERED.values())
    found = set().union(*(open_to_all(table.RULES) for table in tables(of_zone)))

    assert {action for action in found if action.partition(".")[0] not in ABOUT_NO_CASE} - known == set()


def test_no_exception_is_left_over() -> None:
    rules = [table.RULES for zone in STAFF_ZONES for table in tables(zone)]

    assert set().union(*UNHINDERED.values()) - set().union(*map(open_to_all, rules)) == set()


def test_a_scope_that_forgot_is_found() -> None:
    roles = frozenset({Role.MANAGER})
    planted = {
        Zone.PROGRAMME: Rule(roles=roles, scope=in_area),
        Zone.ADVOCACY: Rule(roles=roles, scope=own_area("ref")),
    }

    assert open_to_all(planted) == {"programme"}
