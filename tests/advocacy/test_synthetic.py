"""The invented clients of the demo: readable for who may see them, and in no clear word in the database."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from tests.advocacy import factories

from desist.advocacy.contacts.models import SafeTime
from desist.advocacy.disclosures import commands as disclosures
from desist.advocacy.disclosures import leaks
from desist.advocacy.disclosures.models import Disclosure
from desist.advocacy.incidents.models import Incident
from desist.advocacy.measures.models import Measure
from desist.advocacy.pages.search import queries as search
from desist.advocacy.support.models import Agency, SupportNews, SupportReferral
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.referral.finding import read
from desist.wall.actors import Actor, Role
from tools.synthetic import (
    advocacy_disclosures,
    advocacy_rows,
    cases,
    client_agency_rows,
    disclosure_agreements,
)
from tools.synthetic.cases import Block
from tools.synthetic.facts import Side

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 4, 11, 40, tzinfo=UTC)


@pytest.fixture
def demo(db: None) -> Block:
    block = cases.demo(at=NOW)
    advocacy_rows.team()
    advocacy_rows.write(block)
    return block


def secrets(block: Block) -> set[str]:
    """What is planted with everybody whom the police have sent on."""
    sent = [case for case in block.cases if case.story.state != "draft"]
    return {fact.secret for case in sent for fact in case.facts if fact.side is Side.ADVOCACY}


def test_every_planted_locator_is_in_the_vault_and_leads_to_its_client(demo: Block, manager: Actor) -> None:
    whole = Actor(who=manager.who, role=Role.ADVOCACY_MANAGER, area="North", correlation=manager.correlation)
    case = next(case for case in demo.cases if case.story.area == "North" and case.story.state != "draft")

    (found,) = search.search(actor=whole, wanted=read(case.secret("victim_email")), at=NOW).hits

    assert found.name == case.secret("victim_name")


def test_what_is_to_be_told_leads_to_nobody_and_waits_for_a_second_person(demo: Block) -> None:
    disclosure_agreements.write(at=NOW)
    advocacy_disclosures.write(demo.cases, at=NOW)

    row = Disclosure.objects.get()
    assert [one.holds(NOW) for one in disclosures.given(row)] == [True]
    assert disclosures.chosen(row, NOW)
    leaks.check(
        victim=row.victim,
        box=vault.box(person=row.victim.ref),
        told=[disclosures.content(row).words],
        others=Victim.objects.exclude(pk=row.victim_id)[:5],
    )
    assert Measure.objects.filter(instrument="pcl-5").count() == 2 * 3
    assert Measure.objects.filter(instrument="own-safety").count() == 2 * 4


def test_no_planted_secret_stands_in_any_table(demo: Block) -> None:
    kept = ""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            kept += str(cursor.fetchall())

    assert len(secrets(demo)) > 100
    assert [secret for secret in secrets(demo) if secret in kept] == []


def test_the_demo_shows_who_waits_who_is_supported_and_what_happened(demo: Block) -> None:
    assert set(Victim.objects.values_list("state", flat=True)) == {"waiting", "open"}
    assert SafeTime.objects.exists()
    assert Incident.objects.exists()
    assert factories.NOW > NOW


def test_one_client_was_referred_to_an_agency_which_asks_a_question(demo: Block) -> None:
    for _ in range(2):
        client_agency_rows.write(demo)

    row, news = SupportReferral.objects.get(), SupportNews.objects.get()
    assert (row.agency.name, news.said) == ("Eastgate Talking Rooms", "asked")
    assert Agency.objects.count() == 6
    assert row.need.victim.consents.filter(purpose="partners").exists()
