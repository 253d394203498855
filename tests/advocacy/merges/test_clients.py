"""Two records of one client: names alone are compared, each record stays locked with its own key, and nothing is lost."""

import uuid

import pytest
from django.test import Client
from tests import staff
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.clients import commands as clients
from desist.advocacy.clients.queries import identity_of
from desist.advocacy.team import commands as team
from desist.advocacy.team.models import Declaration
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.identity import Identity
from desist.advocacy.victims.models import Victim
from desist.merges import commands
from desist.merges.models import Merge
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = factories.NOW


def leader(name: str) -> Actor:
    account = staff.account(name=name)
    staff.grant(account=account, role=Role.ADVOCACY_MANAGER)
    return Actor(who=account.ref, role=Role.ADVOCACY_MANAGER, area=staff.AREA, correlation=uuid.uuid4())


@pytest.fixture
def first(db: None) -> Victim:
    return factories.victim()


@pytest.fixture
def second(db: None) -> Victim:
    return closed(factories.victim(identity=Identity("Robyn", "Hollow", born="1990-02-28")))


def closed(row: Victim) -> Victim:
    row.state, row.closed_at, row.close_reason = "closed", AT, "other"
    row.save()
    row.locators.update(ended_at=AT)
    return row


def asked(first: Victim, second: Victim, *taken: str) -> str:
    return commands.ask(
        actor=leader("Ola Reed"),
        first=first.ref,
        second=second.ref,
        taken=taken,
        reason="She said so",
        submission=uuid.uuid4().hex,
        at=AT,
    )


def merged(first: Victim, second: Victim, *taken: str) -> Merge:
    ref = asked(first, second, *taken)
    commands.confirm(actor=leader("Noor Hale"), ref=ref, version=1, at=AT)
    return Merge.objects.get(ref=ref)


def test_a_name_is_taken_over_locked_anew_and_put_back_at_the_split(first: Victim, second: Victim) -> None:
    row = merged(first, second, "given_names", "born")
    first.refresh_from_db()
    during = identity_of(first)
    commands.split(actor=leader("Ola Reed"), ref=row.ref, seconds=[], reason="Two", version=2, at=AT)
    first.refresh_from_db()

    assert (during.given_names, during.born, during.safety) == ("Robyn", "1990-02-28", "Text first")
    assert (identity_of(first).given_names, identity_of(first).born) == ("Robin", "")


def test_both_pages_lead_to_each_other_and_only_the_first_is_reopened(first: Victim, second: Victim) -> None:
    merged(first, second)
    browser = staff.browser(account=staff.account(name="Wyn Holt"), role=Role.ADVOCACY_MANAGER)

    assert "Also recorded as" in text(browser.get(f"/victims/{first.ref}/"))
    assert "This record was merged into" in text(browser.get(f"/victims/{second.ref}/"))
    with pytest.raises(Refused, match="This record was merged into"):
        clients.reopen(actor=leader("Ola Reed"), ref=second.ref, at=AT)


def test_a_link_to_either_record_keeps_an_advocate_from_both(first: Victim, second: Victim) -> None:
    fable = factories.advocate(account=staff.account(name="Fable"))
    Declaration.objects.create(
        advocate=fable, kind="client", person=second.ref, declared_by="x", declared_at=AT, submission="x"
    )
    assert team.refusals(advocate=fable, person=first.ref) == ()

    merged(first, second)

    assert "knows this client in private life" in team.refusals(advocate=fable, person=first.ref)[0]


def test_an_open_case_a_record_of_the_police_or_a_destroyed_key_is_no_second(
    first: Victim, second: Victim
) -> None:
    with pytest.raises(Refused, match="is open"):
        asked(first, factories.victim())
    with pytest.raises(Refused, match="The police referred"):
        asked(first, closed(factories.victim(thread="thread", partner="police")))
    PersonKey.objects.filter(person=second.ref).update(wrapped=b"", destroyed_at=AT, destroyed_by="carol")
    with pytest.raises(Refused, match="was destroyed"):
        asked(first, second)


def test_a_manager_compares_and_names_stay_out_of_the_table(first: Victim, second: Victim) -> None:
    browser = staff.browser(account=staff.account(name="Wyn Holt"), role=Role.ADVOCACY_MANAGER)

    page: Client = browser
    shown = text(page.get(f"/merges/{first.ref}/with/{second.ref}/"))
    ref = asked(first, second)

    assert "Robyn Differs" in shown
    kept = Merge.objects.get(ref=ref)
    assert b"Hollow" not in bytes(kept.sealed_facts) + bytes(kept.sealed_reason)
    assert "Robin Hollow" in text(page.get("/"))
