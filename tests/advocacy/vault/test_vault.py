"""Masked until revealed, found by exactly what leads to someone, and gone for ever once the key is destroyed."""

import importlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.advocacy import factories

from desist.accounts.models import Account, AccountAlert
from desist.advocacy.pages.client import queries as client_page
from desist.advocacy.pages.search import queries as search
from desist.advocacy.pages.vault import queries as vault_page
from desist.advocacy.vault import boxes, chores, commands, erasure, limits, queries, starting
from desist.advocacy.vault.models import Locator, PersonKey, Reveal, RevealAlert
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.vault.states import Kind, Limit, Reason
from desist.advocacy.victims.models import Victim
from desist.keys import keyfile, sitekeys
from desist.post import own
from desist.referral.finding import read
from desist.refusals import Refused
from desist.wall import actors, turns
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

SECRETS = (factories.PHONE, factories.EMAIL, "Quayside", "NM1")
NOW = factories.NOW


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def locator(victim: Victim, kind: Kind = Kind.PHONE) -> Locator:
    return Locator.objects.get(victim=victim, kind=kind)


def shown(actor: Actor, victim: Victim, later: timedelta = timedelta()) -> dict[str, str]:
    """What each kind of locator says to someone, "" where it is masked."""
    _, lines = vault_page.locators(actor=actor, ref=victim.ref, at=NOW + later)
    return {line.kind: line.value for line in lines}


def test_nothing_is_in_sight_before_somebody_reveals_it(browser_of_fable: Client, robin: Victim) -> None:
    page = browser_of_fable.get(reverse("vault:locators", args=[robin.ref])).content.decode()

    assert "Masked" in page
    for secret in SECRETS:
        assert secret not in page


def test_one_locator_is_revealed_for_a_minute_to_whoever_asked(
    actor: Actor, manager: Actor, robin: Victim
) -> None:
    commands.reveal(actor=actor, locator=locator(robin).ref, reason=Reason.CONTACT, at=NOW)

    assert shown(actor, robin) == {"phone": factories.PHONE, "email": "", "home": ""}
    assert set(shown(manager, robin).values()) == {""}
    assert set(shown(actor, robin, limits.GLANCE).values()) == {""}


def test_a_reveal_is_an_action_with_a_reason_and_is_audited(
    browser_of_fable: Client, robin: Victim, fable: Account
) -> None:
    address = reverse("vault:reveal", args=[locator(robin).ref])

    assert browser_of_fable.get(address).status_code == 405
    assert browser_of_fable.post(address).status_code == 422
    assert not Reveal.objects.exists()
    answer = browser_of_fable.post(address, {"reason": "danger"}, follow=True)

    assert factories.PHONE in answer.content.decode()
    assert Reveal.objects.get().reason == "danger"
    event = AuditEvent.objects.get(action="advocacy.reveal_locator", allowed=True)
    assert (event.who, event.row) == (fable.ref, f"advocacy.locator:{locator(robin).ref}")
    assert answer.headers["Cache-Control"] == "no-store"


def reveal(actor: Actor, victim: Victim, *, times: int = 1, reason: Reason = Reason.CHECK) -> None:
    for number in range(times):
        at = NOW + timedelta(minutes=number)
        commands.reveal(actor=actor, locator=locator(victim).ref, reason=reason, at=at)


def test_past_the_days_budget_it_stops_whatever_the_reason_and_says_whom_to_ask(
    actor: Actor, robin: Victim, signed_in: Callable[..., Client]
) -> None:
    signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Noor Quenington"))
    reveal(actor, robin, times=limits.BUDGET)

    with pytest.raises(commands.TooManyReveals) as stopped:
        reveal(actor, robin, reason=Reason.DANGER)

    assert str(stopped.value) == (
        "Not revealed: you have revealed as much today as one person may. Ask Noor Quenington to allow more for today. "
        "If the client is in danger now, call 999."
    )
    assert stopped.value.victim == robin.ref
    assert Reveal.objects.count() == limits.BUDGET
    assert AuditEvent.objects.filter(allowed=False, reason="TooManyReveals").count() == 1
    tomorrow = NOW + timedelta(days=1)
    commands.reveal(actor=actor, locator=locator(robin).ref, reason=Reason.CHECK, at=tomorrow)


def test_the_page_says_that_it_stopped_and_shows_nothing(
    browser_of_fable: Client, actor: Actor, robin: Victim
) -> None:
    row, now = locator(robin), timezone.now()
    for _ in range(limits.BUDGET):
        factories.reveal(locator=row, by=actor.who, at=now)

    mail = reverse("vault:reveal", args=[locator(robin, Kind.EMAIL).ref])
    page = browser_of_fable.post(mail, {"reason": "danger"}, follow=True)

    assert "Only another manager can allow more, and there is none here" in page.content.decode()
    assert factories.EMAIL not in page.content.decode()


def test_a_manager_who_is_somebody_else_allows_more_for_the_day(
    actor: Actor, manager: Actor, robin: Victim
) -> None:
    reveal(actor, robin, times=limits.BUDGET)
    for _ in range(2):
        commands.allow_more(
            actor=manager, account=actor.who, limit=Limit.REVEALS, more=6, submission="twice", at=NOW
        )

    reveal(actor, robin, times=6)

    with pytest.raises(commands.TooManyReveals):
        reveal(actor, robin)


def test_a_manager_who_watches_has_a_budget_too_and_is_not_on_her_own_list(
    manager: Actor, robin: Victim, signed_in: Callable[..., Client]
) -> None:
    signed_in(role=Role.ADVOCACY_MANAGER, account=Account.objects.get(ref=manager.who))
    second = factories.account(name="Ola Reed")
    signed_in(role=Role.ADVOCACY_MANAGER, account=second)
    reveal(manager, robin, times=limits.BUDGET)

    assert queries.stopped(actor=manager, at=NOW) == ()
    (stopped,) = queries.stopped(actor=replace(manager, who=second.ref), at=NOW)
    assert stopped.words == "Noor Quenington: 12 reveals today"
    assert queries.stopped(actor=replace(manager, who=second.ref, area="Elsewhere"), at=NOW) == ()


def test_two_reveals_at_one_moment_come_one_after_the_other(
    browser_of_fable: Client, actor: Actor, robin: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(what: str, patience: float) -> None:
        raise turns.Taken

    monkeypatch.setattr(turns, "_take", taken)
    answer = browser_of_fable.post(reverse("vault:reveal", args=[locator(robin).ref]), {"reason": "danger"})

    assert answer.status_code == 422
    assert "Another call, letter or reveal of yours is just being opened" in answer.content.decode()


def test_who_is_stopped_is_told_of_to_the_officer_and_the_manager_at_once(
    actor: Actor, robin: Victim, signed_in: Callable[..., Client]
) -> None:
    noor = signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Noor Quenington"))
    officer = signed_in(role=Role.DATA_PROTECTION_OFFICER, account=factories.account(name="Dee Quillon"))
    fables = signed_in()
    reveal(actor, robin, times=limits.BUDGET)
    for _ in range(2):
        with pytest.raises(commands.TooManyReveals):
            reveal(actor, robin)

    alert = AccountAlert.objects.get()
    assert (alert.kind, alert.account, alert.count) == ("reveals", actor.who, limits.BUDGET + 1)
    assert "Look into this: Fable Trelissick revealed more" in text(noor.get("/"))
    assert "Look into this" not in text(fables.get("/"))
    address = reverse("accounts:close-alert", args=[alert.ref])
    assert [one.get(address).status_code for one in (noor, officer, fables)] == [200, 200, 403]


def test_a_manager_who_reveals_much_neither_reads_the_alert_about_her_nor_closes_it(
    manager: Actor, robin: Victim, signed_in: Callable[..., Client]
) -> None:
    noor = signed_in(role=Role.ADVOCACY_MANAGER, account=Account.objects.get(ref=manager.who))
    second = signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Ola Reed"))
    reveal(manager, robin, times=limits.BUDGET)
    with pytest.raises(commands.TooManyReveals):
        reveal(manager, robin)

    address = reverse("accounts:close-alert", args=[AccountAlert.objects.get().ref])
    said = {"outcome": "work", "note": "We handed all her clients over that day."}
    assert "Noor Quenington revealed" not in text(noor.get("/"))
    assert noor.post(address, said).status_code == 404
    assert AccountAlert.objects.get().closed_at is None
    assert "Look into this: Noor Quenington revealed more" in text(second.get("/"))
    second.post(address, said)
    assert AccountAlert.objects.get().note == said["note"]


def test_alerts_of_before_that_nobody_had_looked_into_are_carried_over(db: None, fable: Account) -> None:
    days = [NOW.date() - timedelta(days=number) for number in range(3)]
    old = [
        RevealAlert.objects.create(account=fable.ref, area=factories.AREA, day=day, count=13) for day in days
    ]
    RevealAlert.objects.filter(pk=old[2].pk).update(looked_at=NOW, looked_at_by="carol")
    carry = importlib.import_module("desist.advocacy.migrations.0005_reveal_alerts").CARRY

    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(carry)

    found = AccountAlert.objects.order_by("-day").values_list("ref", "kind", "account", "day", "count")
    assert list(found) == [(one.ref, "reveals", fable.ref, one.day, 13) for one in old[:2]]
    assert RevealAlert.objects.count() == 3


def test_within_the_budget_nobody_is_alerted(actor: Actor, robin: Victim) -> None:
    for number in range(limits.BUDGET):
        at = NOW + timedelta(minutes=number)
        commands.reveal(actor=actor, locator=locator(robin).ref, reason=Reason.CHECK, at=at)

    assert not AccountAlert.objects.exists()


def test_a_locator_is_kept_once_and_ends(actor: Actor, robin: Victim) -> None:
    def keep() -> None:
        commands.keep(
            actor=actor, victim=robin.ref, kind=Kind.WORK, value="Gull Works", submission="one", at=NOW
        )

    keep()
    keep()
    row = locator(robin, Kind.WORK)
    commands.end(actor=actor, locator=row.ref, at=NOW)

    row.refresh_from_db()
    assert row.ended_at == NOW


def test_the_hints_of_the_vault_ask_for_nothing_that_it_refuses(
    browser_of_fable: Client, robin: Victim
) -> None:
    keep = reverse("vault:keep", args=[robin.ref])
    hint = browser_of_fable.get(keep).content.decode()
    beside = {"kind": "phone", "value": "01632 960 001 after 6pm", "form_submission": "x"}

    assert browser_of_fable.post(keep, beside).status_code == 422
    assert "with nothing written beside it" in hint


def test_after_a_change_of_keys_everything_still_opens_and_is_found(
    actor: Actor, robin: Victim, own_keys: Path
) -> None:
    rotated = sitekeys.rotate(keys=own.keys(), on=date(2026, 2, 1))
    keyfile.replace(folder=own_keys, keys=rotated)
    own._read.cache_clear()

    found = search.search(actor=actor, wanted=read(factories.PHONE), at=NOW)

    assert [one.name for one in found.hits] == ["Robin Hollow"]
    assert starting.reasons() == []


def test_without_the_key_set_the_zone_says_what_to_do(robin: Victim, own_keys: Path) -> None:
    keyfile.replace(folder=own_keys, keys=sitekeys.generate(site="harbour-advocacy", on=date(2026, 2, 1)))
    own._read.cache_clear()

    (sentence,) = starting.reasons()

    assert "is not in its key file" in sentence
    assert "desist keys recover" in sentence


def test_a_text_that_gives_somebody_away_is_refused(actor: Actor, robin: Victim) -> None:
    for words in ("Waits at 12 quayside steps", "Waits near Quayside Steps"):
        with pytest.raises(HoldsLocator):
            commands.check(actor=actor, victim=robin, texts=[words], at=NOW)
    commands.check(actor=actor, victim=robin, texts=["Waits at their home"], at=NOW)


def close(victim: Victim) -> None:
    victim.state, victim.closed_at = "closed", NOW
    victim.save()


def test_a_destroyed_key_leaves_nothing_to_read(actor: Actor, manager: Actor, robin: Victim) -> None:
    close(robin)

    commands.destroy(actor=manager, victim=robin.ref, at=NOW)

    key = PersonKey.objects.get(person=robin.ref)
    with pytest.raises(boxes.Shredded):
        commands.box(person=robin.ref)
    assert bytes(key.wrapped) == b""
    assert search.search(actor=actor, wanted=read(factories.PHONE), at=NOW).hits == ()
    assert client_page.client(actor=actor, ref=robin.ref, at=NOW).victim.name == "Erased person"
    assert vault_page.locators(actor=actor, ref=robin.ref, at=NOW)[1] == ()


def test_no_table_keeps_a_wrapped_key_or_a_mark_beside_the_row_itself(manager: Actor, robin: Victim) -> None:
    wrapped = bytes(PersonKey.objects.get(person=robin.ref).wrapped).hex()
    mark = bytes(locator(robin).mark or b"").hex()
    close(robin)

    commands.destroy(actor=manager, victim=robin.ref, at=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            kept = str(cursor.fetchall())
            assert wrapped not in kept, name
            assert mark not in kept, name


def test_only_what_belongs_to_a_closed_case_is_destroyed(manager: Actor, robin: Victim) -> None:
    with pytest.raises(Refused):
        commands.destroy(actor=manager, victim=robin.ref, at=NOW)


def test_a_list_that_was_lost_is_whole_again_before_it_takes_the_place_of_its_copy(
    manager: Actor, robin: Victim
) -> None:
    close(robin)
    commands.destroy(actor=manager, victim=robin.ref, at=NOW)
    kept = erasure._path().read_text("ascii")
    erasure._path().unlink()

    chores.run(at=NOW)
    chores.run(at=NOW)

    assert erasure._path().read_text("ascii") == kept


def test_a_restored_backup_is_brought_to_the_same_state(manager: Actor, robin: Victim) -> None:
    before = PersonKey.objects.filter(person=robin.ref).values("wrapped").get()
    close(robin)
    commands.destroy(actor=manager, victim=robin.ref, at=NOW)
    PersonKey.objects.update(wrapped=before["wrapped"], destroyed_at=None, destroyed_by="")

    again = commands.destroy_again(actor=actors.clock(), at=NOW)

    assert erasure.persons() == {robin.ref}
    assert again == 1
    assert bytes(PersonKey.objects.get(person=robin.ref).wrapped) == b""
    assert commands.destroy_again(actor=actors.clock(), at=NOW) == 0


def test_the_page_asks_for_the_reference_before_it_destroys(
    robin: Victim, signed_in: Callable[..., Client]
) -> None:
    browser = signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Noor"))
    address = reverse("vault:destroy", args=[robin.ref])

    wrong = browser.post(address, {"typed": "k7f2"})
    open_still = browser.post(address, {"typed": robin.ref})
    close(robin)
    right = browser.post(address, {"typed": robin.ref.upper()})

    assert "This is not the reference of this client" in wrong.content.decode()
    assert "Close the case first" in open_still.content.decode()
    assert right.status_code == 302
    assert "Erased person" in browser.get(reverse("victims:victim", args=[robin.ref])).content.decode()
