"""An alert about an account goes to two people who are not that account, and only they close it."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from tests import staff
from tests.programme.reading import text

from desist.accounts.alerts import chores, commands, queries
from desist.accounts.alerts.commands import raise_
from desist.accounts.alerts.models import AccountAlert
from desist.accounts.alerts.states import Kind, Outcome
from desist.accounts.models import Account
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

NOW = staff.NOW
OFFICER, MANAGER, ADMINISTRATOR = Role.DATA_PROTECTION_OFFICER, Role.MANAGER, Role.ADMINISTRATOR


def person(name: str, role: Role, area: str = staff.AREA) -> Account:
    account = staff.account(name=name)
    staff.grant(account=account, role=role, area=area)
    return account


def browser(account: Account) -> Client:
    held = account.grants.get()
    return staff.browser(account=account, role=Role(held.role), area=held.area)


def about(account: Account, **said: int) -> AccountAlert:
    raise_(kind=Kind.REVEALS, about=account.ref, at=NOW, **said)
    return AccountAlert.objects.latest("pk")


def may_close(account: Account, alert: AccountAlert) -> bool:
    return browser(account).get(f"/account/alerts/{alert.ref}/").status_code == 200


@pytest.fixture
def kit() -> Account:
    return person("Kit Marlow", Role.PRACTITIONER)


@pytest.fixture
def dee() -> Account:
    return person("Dee Quillon", OFFICER)


@pytest.fixture
def mo() -> Account:
    return person("Mo Harrow", MANAGER)


@pytest.fixture
def ada() -> Account:
    return person("Ada Linnet", ADMINISTRATOR)


def test_the_officer_and_the_manager_are_told_and_nobody_else(
    kit: Account, dee: Account, mo: Account, ada: Account
) -> None:
    alert = about(kit)
    elsewhere = person("Ola Reed", MANAGER, staff.ELSEWHERE)

    assert [may_close(one, alert) for one in (dee, mo, kit, ada, elsewhere)] == [
        *(True, True, False, False, False)
    ]
    chores.tell(at=NOW)
    chores.tell(at=NOW)
    assert [message.to for message in mail.outbox] == [[dee.email], [mo.email]]
    assert "Kit" not in f"{mail.outbox[0].subject} {mail.outbox[0].body}"


def test_an_alert_about_a_manager_goes_to_another_manager(dee: Account, mo: Account, ada: Account) -> None:
    other = person("Ines Vale", MANAGER)
    alert = about(mo)

    assert [may_close(one, alert) for one in (dee, other, mo, ada)] == [True, True, False, False]


def test_where_there_is_no_other_manager_the_administrator_stands_in(
    dee: Account, mo: Account, ada: Account
) -> None:
    alert = about(mo)

    assert [may_close(one, alert) for one in (dee, ada, mo)] == [True, True, False]
    assert "Look into this: Mo Harrow revealed more" in text(browser(ada).get("/account/people/"))


def test_an_alert_about_the_only_officer_goes_to_the_manager_and_the_administrator(
    dee: Account, mo: Account, ada: Account
) -> None:
    alert = about(dee)

    assert [may_close(one, alert) for one in (dee, mo, ada)] == [False, True, True]


def test_an_alert_about_the_administrator_is_never_theirs(dee: Account, ada: Account) -> None:
    alert = about(ada)

    assert [may_close(one, alert) for one in (dee, ada)] == [True, False]


def test_an_alert_is_not_closed_by_another_account_of_the_person_whom_it_is_about(kit: Account) -> None:
    alert = about(kit)
    second = person("K Marlow", OFFICER)

    assert close(second, alert) == 404
    with pytest.raises(gate.NotFound):
        commands.close(actor=_actor(second), ref=alert.ref, outcome=Outcome.WORK, note="Mine.", at=NOW)
    assert AccountAlert.objects.get().closed_at is None


def test_another_account_of_the_person_neither_reads_of_it_nor_is_sent_a_message(
    kit: Account, mo: Account
) -> None:
    alert = about(kit)
    second = person("K Marlow", OFFICER)
    chores.tell(at=NOW)

    assert [may_close(one, alert) for one in (second, mo)] == [False, True]
    pages = [text(browser(one).get("/account/alerts/")) for one in (second, mo)]
    assert ["Kit Marlow" in page for page in pages] == [False, True]
    assert [len(queries.waiting(actor=_actor(one), at=NOW)) for one in (second, mo)] == [0, 1]
    assert [message.to for message in mail.outbox] == [[mo.email]]


def test_one_alert_a_day_grows_and_saying_the_same_again_changes_nothing(kit: Account, dee: Account) -> None:
    for count in (13, 15, 15, 14):
        about(kit, count=count)
    assert AccountAlert.objects.get().count == 15
    about(kit)
    assert AccountAlert.objects.get().count == 16
    raise_(kind=Kind.REVEALS, about=kit.ref, at=NOW + timedelta(days=1), count=13)

    assert [one.count for one in AccountAlert.objects.order_by("pk")] == [16, 13]
    assert AuditEvent.objects.filter(action="accounts.raise_alert").count() == 2


def close(account: Account, alert: AccountAlert, **said: str) -> int:
    answers = {"outcome": "work", "note": "A handover of two people."} | said
    return browser(account).post(f"/account/alerts/{alert.ref}/", answers).status_code


def test_closing_says_what_was_found_and_is_recorded(kit: Account, mo: Account, dee: Account) -> None:
    alert = about(kit, count=13)

    assert close(mo, alert) == 302

    page = text(browser(dee).get("/account/alerts/"))
    assert "It was part of their work Mo Harrow" in page
    assert AuditEvent.objects.filter(action="accounts.close_alert", who=mo.ref, allowed=True).count() == 1
    assert queries.waiting(actor=_actor(dee), at=NOW) == ()


def _actor(account: Account) -> Actor:
    held = account.grants.get()
    return Actor(who=account.ref, role=Role(held.role), area=held.area, correlation=uuid.uuid4())


def test_the_person_can_neither_read_nor_close_it(mo: Account, dee: Account) -> None:
    alert = about(mo)

    assert close(mo, alert) == 404
    alert.refresh_from_db()
    assert alert.closed_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountAlert.objects.filter(pk=alert.pk).update(closed_by=mo.ref, closed_at=NOW, outcome="work")


def test_who_comes_second_reads_that_another_person_closed_it(
    kit: Account, mo: Account, dee: Account
) -> None:
    alert = about(kit)
    close(mo, alert)

    answer = browser(dee).post(
        f"/account/alerts/{alert.ref}/", {"outcome": "misuse", "note": "She had no reason."}
    )

    assert answer.status_code == 422
    assert "Mo Harrow closed this alert first" in text(answer)
    assert "She had no reason." in answer.content.decode()
    alert.refresh_from_db()
    assert alert.outcome == "work"


def test_a_finding_needs_a_choice_and_words(kit: Account, mo: Account) -> None:
    alert = about(kit)

    assert close(mo, alert, outcome="") == 422
    assert close(mo, alert, note=" ") == 422


def test_what_happens_after_the_closing_raises_another_and_what_was_known_does_not(
    kit: Account, mo: Account
) -> None:
    close(mo, about(kit, count=13))

    about(kit, count=13)
    assert AccountAlert.objects.count() == 1
    about(kit, count=14)
    assert AccountAlert.objects.filter(closed_at=None).get().count == 14
