"""The demo's extract is by the data dictionary, whatever day it is made on, and its study can be made."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commission import factories
from tests.synthetic.conftest import NOW
from tests.synthetic.test_returns_of_a_year import area, somebody  # noqa: F401 -- area is a fixture

from desist.commission.extracts.models import OutcomeExtract, Study
from desist.extracts import dictionary, rows
from desist.keys import sitekeys
from desist.post.models import Partner
from desist.programme.service.extracts import anonymity, people
from desist.programme.service.extracts.models import OutcomeExtract as Sent
from desist.sites import Zone
from tools.synthetic import extract_rows, extracted, study_rows


@given(st.dates(date(2026, 1, 1), date(2031, 12, 31)))
@settings(max_examples=100, deadline=None)
def test_it_is_by_the_dictionary_on_every_day(cut: date) -> None:
    made = extracted.rows("North", cut)

    rows.check(made, area="North")
    assert len(made.episodes) >= 50
    assert made.events


@pytest.mark.django_db
def test_the_evaluator_of_the_demo_finds_an_extract_and_a_study() -> None:
    partner = factories.service()
    Partner.objects.filter(pk=partner.pk).update(area="")

    study_rows.write(at=NOW)

    assert OutcomeExtract.objects.get().people == Study.objects.get().of.people
    assert "annex.html" in Study.objects.get().files


@pytest.mark.django_db
def test_the_programme_of_the_demo_has_the_same_extract() -> None:
    partner = factories.service()
    Partner.objects.create(
        name="northmere-commission",
        zone="commission",
        title="Northmere Commissioner",
        transport="file",
        keys=sitekeys.generate(site="northmere-commission", on=date(2026, 1, 1)).public.to_json(),
        phone="01632 960 002",
        added_at=partner.added_at,
    )
    Partner.objects.filter(pk=partner.pk).update(area="")

    extract_rows.write(at=NOW)
    study_rows.write(at=NOW)

    assert Sent.objects.get().episode_lines == OutcomeExtract.objects.get().episode_lines
    assert Sent.objects.get().thread == OutcomeExtract.objects.get().thread


BY_SQL = """
    WITH ours AS (
        SELECT DISTINCT ON (lower(r.given_names || ' ' || r.family_name), r.born) r.*, e.id AS episode, e.state AS stage,
            EXISTS (SELECT FROM programme_allocation WHERE episode_id = e.id) AS allocated,
            EXISTS (SELECT FROM programme_session s WHERE s.episode_id = e.id AND s.number = 1
                AND s.kind IN ('core', 'catch_up') AND s.state = 'attended') AS started
        FROM programme_referral r LEFT JOIN programme_episode e ON e.referral_id = r.id
        WHERE r.area = 'North' AND r.withdraw_reason NOT IN ('duplicate', 'mistake') AND r.decline_reason <> 'duplicate'
        ORDER BY lower(r.given_names || ' ' || r.family_name), r.born, e.id IS NULL, r.completed_at, r.id)
    SELECT 'programme', count(*) FROM ours WHERE allocated
    UNION ALL SELECT 'waiting list', count(*) FROM ours WHERE episode IS NOT NULL AND NOT allocated
    UNION ALL SELECT 'not taken on', count(*) FROM ours WHERE episode IS NULL AND state = 'declined' AND decline_reason = 'capacity'
    UNION ALL SELECT 'started', count(*) FROM ours WHERE started
    UNION ALL SELECT 'completed', count(*) FROM ours WHERE stage = 'completed'
"""


@pytest.mark.usefixtures("area")
@pytest.mark.django_db
def test_the_people_of_an_extract_agree_with_an_independent_count() -> None:
    found = people.found(actor=somebody(Zone.PROGRAMME), at=NOW).people

    counted = Counter(one.arm for one in found)
    counted["started"] = sum(one.start is not None for one in found)
    counted["completed"] = sum(one.end_reason == dictionary.COMPLETED for one in found)
    with connection.cursor() as cursor:
        cursor.execute(BY_SQL)
        by_sql = dict(cursor.fetchall())
    assert {name: counted[name] for name in by_sql} == by_sql
    assert by_sql["programme"] > 100
    assert by_sql["completed"] > 20


@pytest.mark.usefixtures("area")
@pytest.mark.django_db
def test_the_year_of_the_area_leaves_in_groups_of_five_and_is_the_same_twice() -> None:
    found = people.found(actor=somebody(Zone.PROGRAMME), at=NOW).people

    cut = anonymity.data_cut(NOW.date())
    made, again = (anonymity.make(found, cut=cut, pseudonym=lambda ref: ref) for _ in range(2))

    assert made == again
    assert rows.smallest(made.rows.episodes) >= dictionary.SMALLEST_GROUP
    assert len(made.rows.episodes) + sum(made.left_out.values()) == len(found)
    assert made.left_out["too_small"] < len(found) / 10
