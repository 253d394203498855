"""The demo's extract is by the data dictionary, whatever day it is made on, and its study can be made."""

from collections import Counter
from datetime import date
from hashlib import sha256

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commission import factories
from tests.partnership.extracts import conftest as police_rows
from tests.synthetic.conftest import NOW
from tests.synthetic.test_returns_of_a_year import area, somebody  # noqa: F401 -- area is a fixture

from desist.commission.extracts.models import OutcomeExtract, PoliceOutcomes, Study
from desist.extracts import dictionary, police, rows
from desist.keys import sitekeys
from desist.partnership.extracts import commands as of_police
from desist.partnership.extracts import making, reading
from desist.partnership.extracts.models import OutcomeExtract as Told
from desist.partnership.referrals.models import Referral
from desist.post.models import Partner
from desist.programme.service.extracts import anonymity, asking, people
from desist.programme.service.extracts.models import OutcomeExtract as Sent
from desist.sites import Zone
from tools.synthetic import extract_rows, extracted, outcome_rows, partnership_rows, study_rows


@given(st.dates(date(2026, 1, 1), date(2031, 12, 31)))
@settings(max_examples=100, deadline=None)
def test_it_is_by_the_dictionary_on_every_day(cut: date) -> None:
    made = extracted.rows("North", cut)

    rows.check(made, area="North")
    rows.check(extracted.rows("North", cut, 2), area="North")
    told, _ = extracted.outcomes("North", cut)
    police.check(told)
    police.check_beside(told, made.episodes)
    assert {line.split(",")[2] for line in told.recorded} >= {police.BREACH, police.STALKING}
    assert told.orders
    assert len(made.episodes) >= 50
    assert made.events


@pytest.mark.django_db
def test_the_evaluator_of_the_demo_finds_an_extract_and_a_study() -> None:
    partner = factories.service()
    Partner.objects.filter(pk=partner.pk).update(area="")

    factories.force()

    study_rows.write(at=NOW)

    assert [one.number for one in OutcomeExtract.objects.order_by("number")] == [1, 2]
    first = OutcomeExtract.objects.get(number=1)
    assert first.outcomes.get().people == first.people
    assert [one.sources for one in first.studies.order_by("number")] == ["police", "recorded"]
    assert all("annex.html" in one.files for one in Study.objects.all())


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

    compared = ("number", "episode_lines", "thread")
    ours, theirs = (
        list(of.objects.order_by("number").values_list(*compared)) for of in (Sent, OutcomeExtract)
    )
    assert ours == theirs
    assert len(ours) == 2


@pytest.mark.usefixtures("area")
@pytest.mark.django_db
def test_the_police_of_the_demo_told_what_came_and_can_count_what_waits() -> None:
    partner = factories.service()
    Partner.objects.filter(pk=partner.pk).update(area="")
    factories.force()
    Partner.objects.create(
        name="northmere-commission",
        zone="commission",
        title="Northmere Commissioner",
        transport="file",
        keys=sitekeys.generate(site="northmere-commission", on=date(2026, 1, 1)).public.to_json(),
        phone="01632 960 002",
        added_at=partner.added_at,
    )

    outcome_rows.write(at=NOW)
    study_rows.write(at=NOW)

    told, waits = Told.objects.order_by("number")
    came = PoliceOutcomes.objects.get()
    assert (told.people_lines, told.recorded_lines) == (came.people_lines, came.recorded_lines)
    assert (told.token, told.onward) == (came.of.token, came.thread)
    lead = somebody(Zone.PARTNERSHIP)
    of_police.count(actor=lead, ref=waits.ref, agreement=told.agreement, version=1, at=NOW)
    waits.refresh_from_db()
    police.check_beside(
        of_police.lines(waits), OutcomeExtract.objects.get(number=2).episode_lines.split("\n")
    )


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


OF_POLICE_BY_SQL = """
    WITH known AS (
        SELECT DISTINCT r.thread, o.id, o.served_on, (r.sent_at AT TIME ZONE 'Europe/London')::date AS referred
        FROM partnership_referral r
        JOIN partnership_order o ON o.area = r.area AND o.state NOT IN ('draft', 'applied', 'refused', 'withdrawn')
        JOIN partnership_person p ON p.id = o.person_id
        WHERE r.thread = ANY(%s) AND (o.referral_id = r.id
            OR (lower(p.given_names || ' ' || p.family_name) = lower(r.given_names || ' ' || r.family_name) AND p.born = r.born)))
    SELECT 'orders', count(*) FROM known WHERE served_on IS NOT NULL
    UNION ALL SELECT 'breach', count(*) FROM known JOIN partnership_breach b ON b.order_id = known.id
        WHERE b.decision IN ('arrest', 'charge', 'warning', 'investigate', 'no_action')
    UNION ALL SELECT 'stalking', count(*) FROM known JOIN partnership_breach b ON b.order_id = known.id
        WHERE b.also_stalking AND b.decision IN ('arrest', 'charge', 'warning', 'investigate', 'no_action')
    UNION ALL SELECT 'charged', count(*) FROM known JOIN partnership_breach b ON b.order_id = known.id
        JOIN partnership_breachstep s ON s.breach_id = b.id WHERE s.kind = 'charged'
    UNION ALL SELECT 'convicted', count(*) FROM known JOIN partnership_breach b ON b.order_id = known.id
        JOIN partnership_breachstep s ON s.breach_id = b.id WHERE s.kind = 'outcome' AND s.detail IN ('pleaded', 'found')
"""


@pytest.mark.usefixtures("area")
@pytest.mark.django_db
def test_what_the_police_recorded_of_the_year_agrees_with_an_independent_count() -> None:
    manager, lead = somebody(Zone.PROGRAMME), somebody(Zone.PARTNERSHIP)
    found = people.found(actor=manager, at=NOW).people
    made = anonymity.make(found, cut=anonymity.data_cut(NOW.date()), pseudonym=_pseudonym)
    force = Counter(of for one in found for of, _ in one.referred).most_common(1)[0][0]
    asked = asking.asked(force, [force], found, made.people, _pseudonym)
    threads = [thread for one in asked for thread in one.threads]
    decisions = ("arrest", "", "charge", "no_breach", "investigate", "no_action", "excuse", "warning")
    for number, row in enumerate(Referral.objects.filter(thread__in=threads).order_by("pk")[:24]):
        planted = police_rows.order(row, area=row.area)
        for place in range(number % 3 + 1):
            decision = decisions[(number + place) % 8]
            police_rows.breach(planted, 7 * place, decision, also_stalking=place == 1)
        if number % 4 == 0:
            police_rows.step(planted, "charged", 30, "breach")
            police_rows.step(planted, "outcome", 60, ("pleaded", "not_guilty")[number % 8 // 4])

    known = reading.known(asked, actor=lead, programme=partnership_rows.PROGRAMME, at=NOW)

    counted = Counter(kind for one in known.values() for _, kind, _ in one.recorded)
    counted["orders"] = sum(first is not None for one in known.values() for first, _, _ in one.orders)
    with connection.cursor() as cursor:
        cursor.execute(OF_POLICE_BY_SQL, [threads])
        by_sql = dict(cursor.fetchall())
    assert len(known) == len(asked) > 50
    assert {name: counted[name] for name in by_sql} == by_sql
    assert by_sql["orders"] > 24
    assert by_sql["charged"] == 6
    assert by_sql["convicted"] == 3
    assert by_sql["breach"] > by_sql["stalking"] > 5
    told, left_out = making.make(asked, known, today=NOW.date())
    police.check(told)
    police.check_beside(told, made.rows.episodes)
    assert len(told.people) + left_out.get("not_found", 0) == len(asked)


def _pseudonym(ref: str) -> str:
    return sha256(ref.encode()).hexdigest()[:16]
