"""A year of the synthetic area: what each side returns, quarter by quarter, agrees with SQL written apart from the product's code."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from pytest_django.fixtures import Settings
from tests.programme.factories import concern, measure
from tests.synthetic.conftest import NOW

from desist.partnership.referrals.models import Referral as Sent
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.measures.models import Measure
from desist.programme.plans.models import Goal
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.quarterly import commands, printing
from desist.quarterly.kinds import kind
from desist.returns import definitions, quarters
from desist.returns.files import Form
from desist.returns.quarters import Quarter
from desist.sites import Zone
from desist.wall.actors import Actor, Role
from tools.synthetic import (
    advocacy_rows,
    assessment_rows,
    cases,
    closing_rows,
    load,
    partnership_rows,
    programme_rows,
)

pytestmark = pytest.mark.django_db

YEAR = tuple(quarters.of(NOW.date()).later(-back) for back in (4, 3, 2, 1))
ROLES = {
    Zone.PROGRAMME: Role.MANAGER,
    Zone.PARTNERSHIP: Role.FORCE_LEAD,
    Zone.ADVOCACY: Role.ADVOCACY_MANAGER,
}

#: figure -> number, for the quarter from day %(a)s to before day %(b)s, of what was known at %(now)s
BY_SQL = {
    Zone.PROGRAMME: """
        WITH people AS (
            SELECT DISTINCT ON (date_trunc('quarter', r.completed_at AT TIME ZONE 'Europe/London'), lower(r.given_names || ' ' || r.family_name), r.born)
                r.*, (r.completed_at AT TIME ZONE 'Europe/London')::date AS came, e.id AS episode, e.state AS stage,
                (e.opened_at AT TIME ZONE 'Europe/London')::date AS opened, (e.ended_at AT TIME ZONE 'Europe/London')::date AS ended,
                (SELECT min((made_at AT TIME ZONE 'Europe/London')::date) FROM programme_allocation WHERE episode_id = e.id) AS allocated,
                (SELECT min((lower(period) AT TIME ZONE 'Europe/London')::date) FROM programme_assessment
                    WHERE episode_id = e.id AND state = 'finished') AS assessed
            FROM programme_referral r LEFT JOIN programme_episode e ON e.referral_id = r.id
            WHERE r.area = 'North' AND r.withdraw_reason NOT IN ('duplicate', 'mistake') AND r.decline_reason <> 'duplicate'
            ORDER BY date_trunc('quarter', r.completed_at AT TIME ZONE 'Europe/London'), lower(r.given_names || ' ' || r.family_name), r.born,
                e.id IS NULL, r.completed_at, r.id),
        came AS (SELECT * FROM people WHERE came >= %(a)s AND came < %(b)s),
        held AS (SELECT s.* FROM programme_session s JOIN people p ON p.episode = s.episode_id
            WHERE s.kind IN ('core', 'catch_up') AND s.state <> 'cancelled' AND s.number BETWEEN 1 AND 12
              AND (lower(s.period) AT TIME ZONE 'Europe/London')::date >= %(a)s AND (lower(s.period) AT TIME ZONE 'Europe/London')::date < %(b)s
              AND lower(s.period) < %(now)s AND NOT (s.state = 'planned' AND upper(s.period) >= %(now)s)),
        gone AS (SELECT * FROM people WHERE ended >= %(a)s AND ended < %(b)s AND EXISTS (SELECT FROM programme_session s
            WHERE s.episode_id = people.episode AND s.number = 1 AND s.kind IN ('core', 'catch_up') AND s.state = 'attended')),
        judged AS (SELECT form, least, (SELECT m.total FROM programme_measure m WHERE m.episode_id = gone.episode AND m.instrument = form
                AND m.occasion = 'baseline' AND m.struck_at IS NULL AND m.total IS NOT NULL ORDER BY m.taken_on, m.id LIMIT 1)
              - (SELECT m.total FROM programme_measure m WHERE m.episode_id = gone.episode AND m.instrument = form
                AND m.occasion = 'closing' AND m.struck_at IS NULL AND m.total IS NOT NULL ORDER BY m.taken_on DESC, m.id DESC LIMIT 1) AS fell
            FROM gone CROSS JOIN (VALUES ('core-10', 5.6641), ('gad-7', 4), ('pcl-5', 18), ('phq-9', 6)) forms(form, least)),
        due AS (SELECT f.* FROM programme_followup f JOIN people p ON p.episode = f.episode_id
            WHERE voided_at IS NULL AND due_on >= %(a)s AND due_on < %(b)s),
        raised AS (SELECT c.* FROM programme_concern c JOIN people p ON p.id = c.referral_id
            WHERE (raised_at AT TIME ZONE 'Europe/London')::date >= %(a)s AND (raised_at AT TIME ZONE 'Europe/London')::date < %(b)s)
        SELECT 'received', count(*) FROM came
        UNION ALL SELECT 'source.police', count(*) FROM came WHERE referrer_kind = 'police'
        UNION ALL SELECT 'accepted', count(*) FROM came WHERE episode IS NOT NULL
        UNION ALL SELECT 'declined', count(*) FROM came WHERE episode IS NULL AND state = 'declined'
        UNION ALL SELECT 'undecided', count(*) FROM came WHERE episode IS NULL AND state = 'received'
        UNION ALL SELECT 'assessed.in_time', count(*) FROM came WHERE episode IS NOT NULL AND assessed - came BETWEEN 0 AND 14
        UNION ALL SELECT 'assessed.not_known', count(*) FROM came WHERE episode IS NOT NULL AND (assessed IS NULL OR assessed < came)
        UNION ALL SELECT 'allocated.in_time', count(*) FROM came WHERE episode IS NOT NULL AND allocated - came BETWEEN 0 AND 14
        UNION ALL SELECT 'allocated.not_known', count(*) FROM came WHERE episode IS NOT NULL AND (allocated IS NULL OR allocated < came)
        UNION ALL SELECT 'allocated.later', count(*) FROM came WHERE episode IS NOT NULL AND allocated - came > 14
        UNION ALL SELECT 'started', count(*) FROM came WHERE EXISTS (SELECT FROM programme_session s WHERE s.episode_id = came.episode
            AND s.number = 1 AND s.kind IN ('core', 'catch_up') AND s.state = 'attended')
        UNION ALL SELECT 'there', count(*) FROM people WHERE opened < %(b)s AND (ended IS NULL OR ended >= %(b)s)
        UNION ALL SELECT 'there.waiting', count(*) FROM people WHERE opened < %(b)s AND (ended IS NULL OR ended >= %(b)s)
            AND (allocated IS NULL OR allocated >= %(b)s)
        UNION ALL SELECT 'sessions', count(*) FROM held
        UNION ALL SELECT 'attended', count(*) FROM held WHERE state = 'attended'
        UNION ALL SELECT 'attended.3', count(*) FROM held WHERE state = 'attended' AND number = 3
        UNION ALL SELECT 'missed', count(*) FROM held WHERE state = 'missed'
        UNION ALL SELECT 'left', count(*) FROM people WHERE ended >= %(a)s AND ended < %(b)s
        UNION ALL SELECT 'completed', count(*) FROM people WHERE ended >= %(a)s AND ended < %(b)s AND stage = 'completed'
        UNION ALL SELECT 'left.started', count(*) FROM gone
        UNION ALL SELECT form || '.improved', count(*) FILTER (WHERE fell >= least) FROM judged GROUP BY form
        UNION ALL SELECT form || '.worse', count(*) FILTER (WHERE -fell >= least) FROM judged GROUP BY form
        UNION ALL SELECT form || '.same', count(*) FILTER (WHERE abs(fell) < least) FROM judged GROUP BY form
        UNION ALL SELECT form || '.apart', count(*) FILTER (WHERE fell IS NULL) FROM judged GROUP BY form
        UNION ALL SELECT 'age.under_25', count(*) FROM came WHERE extract(year FROM age(came, born)) < 25
        UNION ALL SELECT 'age.25_to_34', count(*) FROM came WHERE extract(year FROM age(came, born)) BETWEEN 25 AND 34
        UNION ALL SELECT 'age.45_to_54', count(*) FROM came WHERE extract(year FROM age(came, born)) BETWEEN 45 AND 54
        UNION ALL SELECT 'disability.known', count(*) FROM came
            WHERE need_kinds && ARRAY['autism', 'adhd', 'learning', 'mental_health', 'hearing', 'sight', 'mobility']::varchar[]
        UNION ALL SELECT 'disability.not_asked', count(*) FROM came WHERE cardinality(need_kinds) = 0
        UNION ALL SELECT 'language.interpreter', count(*) FROM came WHERE 'interpreter' = ANY (need_kinds)
        UNION ALL SELECT 'goals.' || reached, count(*) FROM (
            SELECT CASE WHEN bool_or(g.state = 'reached') THEN CASE WHEN bool_or(g.state = 'open') THEN 'some' ELSE 'all' END
                        WHEN count(g.id) > 0 THEN 'none' ELSE 'not_set' END AS reached
            FROM gone LEFT JOIN programme_goal g ON g.episode_id = gone.episode GROUP BY gone.episode) goals GROUP BY reached
        UNION ALL SELECT 'followed', count(*) FROM due
        UNION ALL SELECT 'followed.' || outcome, count(*) FROM due WHERE outcome <> '' GROUP BY outcome
        UNION ALL SELECT 'known.not_recorded', count(*) FROM due WHERE outcome = ''
        UNION ALL SELECT 'known.' || known, count(*) FROM due WHERE known <> '' GROUP BY known
        UNION ALL SELECT 'concerns', count(*) FROM raised
        UNION ALL SELECT 'concern.' || kind, count(*) FROM raised WHERE kind <> '' GROUP BY kind
    """,
    Zone.PARTNERSHIP: """
        WITH made AS (SELECT * FROM partnership_order WHERE area = 'North' AND moved_from = '' AND made_on >= %(a)s AND made_on < %(b)s),
        sent AS (SELECT DISTINCT ON (date_trunc('quarter', sent_at AT TIME ZONE 'Europe/London'), lower(given_names || ' ' || family_name), born)
                (sent_at AT TIME ZONE 'Europe/London')::date AS sent, (decided_at AT TIME ZONE 'Europe/London')::date AS decided
            FROM partnership_referral WHERE area = 'North' AND sent_at IS NOT NULL AND withdraw_reason NOT IN ('duplicate', 'mistake')
            ORDER BY date_trunc('quarter', sent_at AT TIME ZONE 'Europe/London'), lower(given_names || ' ' || family_name), born, sent_at, id)
        SELECT 'applied', count(*) FROM partnership_order WHERE area = 'North' AND moved_from = '' AND kind = 'full'
            AND applied_on >= %(a)s AND applied_on < %(b)s
        UNION ALL SELECT 'full', count(*) FROM made WHERE kind = 'full'
        UNION ALL SELECT 'full.served', count(*) FROM made WHERE kind = 'full' AND served_on IS NOT NULL
        UNION ALL SELECT 'interim', count(*) FROM made WHERE kind = 'interim'
        UNION ALL SELECT 'breaches', count(*) FROM partnership_breach JOIN partnership_order o ON o.id = order_id WHERE o.area = 'North'
            AND reported_on >= %(a)s AND reported_on < %(b)s
        UNION ALL SELECT 'duties', count(*) FROM partnership_notification JOIN partnership_order o ON o.id = order_id WHERE o.area = 'North'
            AND due_on >= %(a)s AND due_on < %(b)s
        UNION ALL SELECT 'referrals', count(*) FROM sent WHERE sent >= %(a)s AND sent < %(b)s
        UNION ALL SELECT 'answers.later', count(*) FROM sent WHERE decided >= %(a)s AND decided < %(b)s AND decided - sent > 14
        UNION ALL SELECT 'answers.in_time', count(*) FROM sent WHERE decided >= %(a)s AND decided < %(b)s AND decided - sent BETWEEN 0 AND 14
    """,
    Zone.ADVOCACY: """
        WITH clients AS (SELECT v.*, (received_at AT TIME ZONE 'Europe/London')::date AS came, (first_contact_at AT TIME ZONE 'Europe/London')::date AS met
            FROM advocacy_victim v WHERE area = 'North' AND (first_contact_at IS NULL OR EXISTS (SELECT FROM advocacy_consent c
                WHERE c.victim_id = v.id AND c.purpose = 'evaluation' AND c.withdrawn_at IS NULL))),
        news AS (SELECT DISTINCT u.victim_id FROM advocacy_update u JOIN clients v ON v.id = u.victim_id WHERE u.state <> 'overtaken'
            AND (u.received_at AT TIME ZONE 'Europe/London')::date >= %(a)s AND (u.received_at AT TIME ZONE 'Europe/London')::date < %(b)s)
        SELECT 'received', count(*) FROM clients WHERE came >= %(a)s AND came < %(b)s
        UNION ALL SELECT 'way.self', count(*) FROM clients WHERE came >= %(a)s AND came < %(b)s AND way_in = 'self'
        UNION ALL SELECT 'reached.in_time', count(*) FROM clients WHERE came >= %(a)s AND came < %(b)s
            AND first_contact_at - received_at <= interval '48 hours'
        UNION ALL SELECT 'reached.not', count(*) FROM clients WHERE came >= %(a)s AND came < %(b)s AND first_contact_at IS NULL
        UNION ALL SELECT 'open', count(*) FROM clients WHERE met < %(b)s AND (closed_at IS NULL OR (closed_at AT TIME ZONE 'Europe/London')::date >= %(b)s)
        UNION ALL SELECT 'plans', count(DISTINCT p.victim_id) FROM advocacy_planversion p JOIN clients v ON v.id = p.victim_id
            WHERE (saved_at AT TIME ZONE 'Europe/London')::date >= %(a)s AND (saved_at AT TIME ZONE 'Europe/London')::date < %(b)s
        UNION ALL SELECT 'screened', count(DISTINCT s.victim_id) FROM advocacy_screening s JOIN clients v ON v.id = s.victim_id
            WHERE source = 'here' AND struck_at IS NULL AND rated_on >= %(a)s AND rated_on < %(b)s
        UNION ALL SELECT 'news', count(*) FROM news
    """,
}


@pytest.fixture
def area(db: None) -> None:
    """Three hundred invented people on all sides, with what is recorded late, twice or wrongly."""
    block = cases.drawn(seed=22, number=0, people=300, at=NOW)
    load._team()
    advocacy_rows.team()
    programme_rows.write(block)
    partnership_rows.write(block.cases)
    advocacy_rows.write(block)
    assessment_rows.write(block.cases)
    closing_rows.write(block.cases)
    _planted()


def _planted() -> None:
    """What must not be counted twice, or in time: a person referred twice, an allocation before the referral, a late answer."""
    within = {"area": "North", "completed_at__date__range": (YEAR[2].first, YEAR[3].last)}
    one, other = Referral.objects.filter(**within, episode__allocations__isnull=False).order_by("pk")[:2]
    known = {
        name: getattr(one, name)
        for name in ("area", "family_name", "given_names", "born", "route", "referrer_kind")
    }
    moments = dict.fromkeys(("received_at", "completed_at"), one.completed_at)
    Referral.objects.create(**known, **moments, thread="again", state="received")
    Allocation.objects.filter(episode__referral=other).update(made_at=other.completed_at - timedelta(days=3))
    Referral.objects.filter(pk=other.pk).update(need_kinds=[])
    _planted_measures()
    _planted_afterwards()
    sent = {"area": "North", "sent_at__date__range": (YEAR[2].first, YEAR[3].first)}
    late = Sent.objects.filter(**sent, decided_at__isnull=False).earliest("pk")
    Sent.objects.filter(pk=late.pk).update(decided_at=F("sent_at") + timedelta(days=15))


def _planted_measures() -> None:
    """Closings of people who left: better, the same and worse by one point less, none, one struck out, one without a total."""
    last = Episode.objects.filter(
        ended_at__date__range=(YEAR[0].first, YEAR[3].last), sessions__state="attended"
    )
    for place, episode in enumerate(last.distinct().order_by("pk")):
        struck = {"struck_at": NOW, "struck_by": "carol", "struck_reason": "Wrong person"}
        Measure.objects.filter(episode=episode, instrument="phq-9").update(**struck)
        planted = ((14, 8), (14, 9), (8, 14), (14, None), (None, 8), (14, 14))[place % 6]
        for occasion, total in zip(("baseline", "closing"), planted, strict=True):
            measure(episode=episode, instrument="phq-9", occasion=occasion, total=total)
        if place % 6 == 5:
            measure(episode=episode, instrument="phq-9", occasion="closing", total=2, **struck)


def _planted_afterwards() -> None:
    """Goals reached or dropped, follow-ups recorded or called off, and concerns of several kinds in each quarter."""
    for place, goal in enumerate(Goal.objects.order_by("pk")):
        Goal.objects.filter(pk=goal.pk).update(
            state=("reached", "open", "reached", "dropped", "reached")[place % 5]
        )
    for place, due in enumerate(FollowUp.objects.order_by("pk")):
        recorded = {"recorded_by": "carol", "recorded_at": NOW, "tried_on": due.due_on}
        planted = (
            {"outcome": "reached", "known": "nothing", "sources": ["person"], **recorded},
            {"outcome": "not_reached", "known": "nobody_asked", **recorded},
            {"voided_at": NOW},
            {},
        )[place % 4]
        FollowUp.objects.filter(pk=due.pk).update(**planted)
    for place, one in enumerate(Referral.objects.filter(area="North").order_by("pk")):
        moment = one.completed_at + timedelta(days=place % 100)
        if moment < NOW:
            concern(referral=one, kind=("life", "child", "breach", "")[place % 4], raised_at=moment)


def somebody(zone: Zone) -> Actor:
    return Actor(who="staff", role=ROLES[zone], area="North", correlation=uuid.uuid4())


def by_sql(zone: Zone, quarter: Quarter) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(BY_SQL[zone], {"a": quarter.first, "b": quarter.later(1).first, "now": NOW})
        return dict(cursor.fetchall())


def counted(zone: Zone, quarter: Quarter) -> Mapping[str, int]:
    return kind().counted(somebody(zone), quarter, definitions.newest(zone), NOW).counts


@pytest.mark.parametrize("zone", [Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY])
def test_a_year_of_the_area_agrees_with_an_independent_count(
    area: None, settings: Settings, zone: Zone
) -> None:
    settings.DESIST_ZONE = zone.value
    recounted = {quarter.key: by_sql(zone, quarter) for quarter in YEAR}

    returned = {
        quarter.key: {
            name: number for name, number in counted(zone, quarter).items() if name in recounted[quarter.key]
        }
        for quarter in YEAR
    }

    assert returned == recounted
    found = {name for one in recounted.values() for name, number in one.items() if number}
    assert len(found) > len(recounted[YEAR[0].key]) / 2, found


def test_a_year_is_the_same_to_the_byte_after_late_edits(area: None, settings: Settings) -> None:
    zone = Zone.PROGRAMME
    settings.DESIST_ZONE = zone.value
    refs = [
        commands.count(
            actor=somebody(zone), quarter=quarter, complete=True, why="", submission=quarter.key, at=NOW
        )
        for quarter in YEAR
    ]
    before = [
        printing.as_file(actor=somebody(zone), ref=ref, form=form, at=NOW) for ref in refs for form in Form
    ]

    Session.objects.filter(state="attended").update(kind="pivot")
    Referral.objects.filter(area="North").update(completed_at=NOW, referrer_kind="health")

    assert [
        printing.as_file(actor=somebody(zone), ref=ref, form=form, at=NOW) for ref in refs for form in Form
    ] == before
    assert counted(zone, YEAR[0])["received"] == 0
