"""Reference data that a site edits: each change with its history, two people at once, and what must not be."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.programme.plans.support.models import Agency
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.settings import commands
from desist.programme.service.settings.kinds import AGENCY, PRACTITIONER
from desist.programme.service.settings.models import SettingChange
from desist.refusals import Changed, Refused
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def manager(actor: Actor) -> Actor:
    return Actor(who=actor.who, role=Role.MANAGER, area=actor.area, correlation=actor.correlation)


@pytest.fixture
def desk(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)


def values(row: Practitioner, **changed: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PRACTITIONER.fields} | changed


def edit(actor: Actor, row: Practitioner, *, version: int | None = 1, **changed: Any) -> int:
    return commands.edit(
        actor=actor,
        kind=PRACTITIONER,
        ref=row.ref,
        values=values(row, **changed),
        reason="Agreed in May",
        version=version,
        at=NOW,
    )


def test_what_differs_is_changed_and_each_field_has_its_line(
    manager: Actor, practitioner: Practitioner
) -> None:
    number = edit(manager, practitioner, capacity=6, trained_on=None, profession="probation")

    practitioner.refresh_from_db()
    assert (number, practitioner.capacity, practitioner.trained_on) == (3, 6, None)
    lines = SettingChange.objects.order_by("field").values_list("field", "before", "after", "reason", "by")
    assert list(lines) == [
        ("capacity", "8", "6", "Agreed in May", manager.who),
        (
            "profession",
            "Cognitive behavioural practitioner",
            "Probation officer",
            "Agreed in May",
            manager.who,
        ),
        ("trained_on", "1 September 2025", "", "Agreed in May", manager.who),
    ]


def test_the_same_values_change_nothing(manager: Actor, practitioner: Practitioner) -> None:
    assert edit(manager, practitioner) == 0
    assert not SettingChange.objects.exists()


def test_two_people_at_once_do_not_overwrite_each_other(manager: Actor, practitioner: Practitioner) -> None:
    edit(manager, practitioner, capacity=6)

    for version in (0, None):
        with pytest.raises(Changed):
            edit(manager, practitioner, capacity=9, version=version)
    practitioner.refresh_from_db()
    assert practitioner.capacity == 6


def test_whoever_has_people_does_not_leave(
    manager: Actor, practitioner: Practitioner, episode: Episode
) -> None:
    with pytest.raises(Refused, match="1"):
        edit(manager, practitioner, left_on=NOW.date())

    episode.allocations.update(ended_at=NOW)
    assert edit(manager, practitioner, left_on=NOW.date()) == 1


def test_people_whom_a_manager_may_not_see_are_no_reason_that_is_told(
    manager: Actor, practitioner: Practitioner, episode: Episode
) -> None:
    case = {"case": episode.referral.ref, "reason": "x", "made_by": "carol", "made_at": NOW}
    Restriction.objects.create(**case)

    assert edit(manager, practitioner, left_on=NOW.date()) == 1


def test_an_agency_keeps_its_history_and_no_two_have_one_name(manager: Actor) -> None:
    first, second = factories.agency(name="Harbour"), factories.agency(name="Anchor")

    def change(row: Agency, **changed: Any) -> int:
        now = {name: getattr(row, name) for name in AGENCY.fields} | changed
        return commands.edit(
            actor=manager, kind=AGENCY, ref=row.ref, values=now, reason="Moved", version=1, at=NOW
        )

    assert change(first, needs=["money", "housing"]) == 1
    assert SettingChange.objects.get().after == "Money and debt; Housing"
    with pytest.raises(Refused):
        change(second, name="Harbour")
    assert SettingChange.objects.count() == 1


def test_a_practitioner_edits_nothing(actor: Actor, practitioner: Practitioner) -> None:
    with pytest.raises(gate.Forbidden):
        edit(actor, practitioner, capacity=30)


def test_the_editor_shows_the_history_beside_the_form(
    desk: Client, practitioner: Practitioner, kit: Account
) -> None:
    address = f"/settings/practitioners/{practitioner.ref}/"
    sent = {
        "profession": "cbt",
        "registered_with": "other",
        "registration": "CBT 0001 (invented)",
        "trained_on-day": "1",
        "trained_on-month": "9",
        "trained_on-year": "2025",
        "capacity": "5",
        "reason": "Three days a week from June",
        "form_version": "1",
    }
    saved = desk.post(address, sent)
    stale = desk.post(address, {**sent, "capacity": "7"})
    same = desk.post(address, {**sent, "form_version": "2"}, follow=True)
    page = text(desk.get(address))
    board = text(desk.get("/settings/"))

    assert (saved.status_code, stale.status_code) == (302, 422)
    assert "a colleague has since changed this" in text(stale)
    assert "Nothing was different" in text(same)
    assert "8 → 5. Three days a week from June" in page
    assert "Kit Marlow: most people at once" in board
    assert "Sharing agreements" in board


def test_a_refused_edit_says_at_the_field_why(
    desk: Client, practitioner: Practitioner, episode: Episode
) -> None:
    factories.agency(name="Harbour")
    other = factories.agency(name="Anchor")
    day = {"left_on-day": "1", "left_on-month": "3", "left_on-year": "2026"}
    leaving = desk.post(
        f"/settings/practitioners/{practitioner.ref}/",
        {
            "profession": "cbt",
            "registered_with": "other",
            "registration": "CBT",
            "capacity": "5",
            "reason": "x",
            "form_version": "1",
            **day,
        },
    )
    naming = desk.post(
        f"/settings/agencies/{other.ref}/",
        {"name": "Harbour", "needs": ["money"], "reason": "x", "form_version": "1"},
    )

    assert "Hand their 1 people to others first" in text(leaving)
    assert "Another one with this name is already listed in the area" in text(naming)


def test_somebody_with_the_role_is_put_on_the_register_once(desk: Client, kit: Account) -> None:
    new = factories.account(name="Juno Vale")
    factories.grant(account=new)
    address = f"/settings/practitioners/{new.ref}/enter/"
    sent = {
        "profession": "probation",
        "registered_with": "probation",
        "registration": "PO 1",
        "capacity": "4",
        "reason": "Began in March",
    }

    assert "Put Juno Vale on the register" in text(desk.get("/settings/"))
    entered = desk.post(address, sent)
    again = desk.post(address, sent)

    assert (entered.status_code, again.status_code) == (302, 404)
    row = Practitioner.objects.get(ref=new.ref)
    assert (row.name, row.area, row.trained_on) == ("Juno Vale", factories.AREA, None)
    assert "Juno Vale: put on the register" in text(desk.get("/settings/"))


@pytest.mark.parametrize(
    "grants", [[], [(Role.MANAGER, factories.AREA)], [(Role.PRACTITIONER, staff.ELSEWHERE)]]
)
def test_without_the_role_here_nobody_is_put_on_the_register(
    manager: Actor, grants: list[tuple[Role, str]]
) -> None:
    new = factories.account(name="Juno Vale")
    for role, area in grants:
        factories.grant(account=new, role=role, area=area)

    with pytest.raises(Refused):
        commands.enter_practitioner(
            actor=manager,
            account=new.ref,
            values={"profession": "cbt", "registration": "x", "trained_on": None, "capacity": 3},
            reason="x",
            at=NOW,
        )


def test_nobody_is_put_on_the_register_twice(
    manager: Actor, practitioner: Practitioner, kit: Account
) -> None:
    factories.grant(account=kit)

    with pytest.raises(Refused):
        commands.enter_practitioner(
            actor=manager,
            account=kit.ref,
            values={"profession": "cbt", "registration": "x", "trained_on": None, "capacity": 3},
            reason="x",
            at=NOW,
        )

    assert Practitioner.objects.count() == 1
    assert not SettingChange.objects.exists()


def test_nobody_was_trained_in_days_to_come(desk: Client, practitioner: Practitioner) -> None:
    ahead = date.today() + timedelta(days=30)  # noqa: DTZ011 -- any day that lies ahead
    day = {"trained_on-day": ahead.day, "trained_on-month": ahead.month, "trained_on-year": ahead.year}

    answer = desk.post(
        f"/settings/practitioners/{practitioner.ref}/",
        {
            "profession": "cbt",
            "registered_with": "other",
            "registration": "CBT",
            "capacity": "5",
            "reason": "x",
            "form_version": "1",
            **day,
        },
    )

    assert answer.status_code == 422
    assert "must be on or before" in text(answer)


def test_the_training_is_signed_by_whoever_sets_its_day(manager: Actor, practitioner: Practitioner) -> None:
    def signer() -> str:
        return Practitioner.objects.get(pk=practitioner.pk).training_signed_by

    edit(manager, practitioner, trained_on=date(2026, 2, 1))
    signed = signer()
    practitioner.refresh_from_db()
    edit(replace(manager, who="ben"), practitioner, version=2, capacity=3)
    kept = signer()
    practitioner.refresh_from_db()
    edit(manager, practitioner, version=3, trained_on=None)

    assert (signed, kept, signer()) == (manager.who, manager.who, "")
    assert SettingChange.objects.filter(field="trained_on", reason="Agreed in May").count() == 2


def test_whoever_is_put_on_the_register_trained_has_the_training_signed(desk: Client, kit: Account) -> None:
    new = factories.account(name="Juno Vale")
    factories.grant(account=new)
    sent = {
        "profession": "probation",
        "registered_with": "probation",
        "registration": "PO 1",
        "registered_until-day": "1",
        "registered_until-month": "2",
        "registered_until-year": "2099",
        "trained_on-day": "1",
        "trained_on-month": "2",
        "trained_on-year": "2026",
        "capacity": "4",
        "reason": "Began in March",
    }

    desk.post(f"/settings/practitioners/{new.ref}/enter/", sent)

    row = Practitioner.objects.get(ref=new.ref)
    assert (row.training_signed_by, row.registered_with) == (kit.ref, "probation")
    page = text(desk.get(f"/team/{new.ref}/"))
    assert "1 February 2026 (by Kit Marlow)" in page
    assert "Registration runs until 1 February 2099" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"registered_until-day": "31"}, "is not a date"),
        ({"capacity": "41"}, "between 0 and 40"),
        ({"registration": ""}, "Enter registration number"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(
    desk: Client, practitioner: Practitioner, fields: dict[str, str], sentence: str
) -> None:
    sent = {
        "profession": "cbt",
        "registered_with": "other",
        "registration": "CBT",
        "registered_until-day": "1",
        "registered_until-month": "2",
        "registered_until-year": "2099",
        "capacity": "5",
        "reason": "x",
        "form_version": "1",
    }

    answer = desk.post(f"/settings/practitioners/{practitioner.ref}/", {**sent, **fields})

    assert answer.status_code == 422
    assert sentence in text(answer)


def test_a_page_that_was_overtaken_is_saved_as_it_is_drawn_again(
    desk: Client, practitioner: Practitioner
) -> None:
    address = f"/settings/practitioners/{practitioner.ref}/"
    sent = {
        "profession": "cbt",
        "registered_with": "other",
        "registration": "CBT",
        "capacity": "7",
        "reason": "Three days a week",
        "form_version": "0",
    }

    stale = desk.post(address, sent)
    drawn = re.search(r'name="form_version" value="([0-9]+)"', stale.content.decode())
    assert drawn
    saved = desk.post(address, {**sent, "form_version": drawn[1]})

    practitioner.refresh_from_db()
    assert (stale.status_code, saved.status_code, practitioner.capacity) == (422, 302, 7)
