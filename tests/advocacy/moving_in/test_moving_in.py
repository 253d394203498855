"""Clients move in from tables: what leads to them goes into the vault alone, and the import can be taken back whole."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any, TypeAlias

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.advocacy import factories
from tests.staff import NOW

from desist.accounts.models import Account
from desist.advocacy.contacts.models import Arrangement, SafeTime
from desist.advocacy.contacts.words import FIELD as AGREED
from desist.advocacy.contacts.words import Words
from desist.advocacy.incidents.models import Incident
from desist.advocacy.incidents.texts import FIELD as INCIDENT_FIELD
from desist.advocacy.incidents.texts import Account as Told
from desist.advocacy.moving_in import commands as moving
from desist.advocacy.moving_in.commands import CASELOAD
from desist.advocacy.moving_in.models import MovedClient, MoveIn
from desist.advocacy.safety import texts
from desist.advocacy.safety.models import Choice, PlanVersion
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import Locator, PersonKey
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Allocation, Consent, Victim
from desist.moving_in import chores, commands
from desist.refusals import Refused
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion

Rows: TypeAlias = Sequence[Mapping[str, str]]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

ROBIN = {
    "key": "17",
    "given_names": "Robin",
    "family_name": "Hollow",
    "born": "1990-02-28",
    "way_in": "police",
    "received_on": "2026-01-05",
    "reached_on": "2026-01-06",
    "purposes": "support; contact",
    "how": "phone",
    "consented_on": "2026-01-06",
    "advocate": "Fable Trelissick",
    "account": "He writes every day.",
    "say": "Sam from the library",
    "code_word": "the blue book",
}
ASH = {
    **dict.fromkeys(("born", "reached_on", "advocate", "account", "say", "code_word"), ""),
    "key": "18",
    "given_names": "Ash",
    "family_name": "Hollow",
    "way_in": "self",
    "received_on": "2026-03-01",
    "purposes": "support",
    "how": "phone",
    "consented_on": "2026-03-01",
}
WAY = {"key": "17", "kind": "phone", "value": "01632 960 077"}
HOME = {"key": "17", "kind": "home", "value": "12 Quayside Steps, Northmere, NM1 2AB"}
SAFE = {"key": "17", "channel": "text", "days": "Monday; Tuesday", "start": "9am", "end": "5pm"}
INCIDENT = {
    "key": "17",
    "happened_on": "2026-01-03",
    "happened_time": "",
    "behaviours": "following",
    "channel": "in_person",
    "what": "He followed them from the station.",
    "place": "street",
    "place_detail": "By the station clock",
}
PLAN = {"key": "17", "now": "Rings 999.", "review_on": "2026-06-01"}
ALL: dict[str, Rows] = {
    "clients": [ROBIN, ASH],
    "ways": [WAY, HOME],
    "safe_times": [SAFE],
    "incidents": [INCIDENT],
    "plans": [PLAN],
}


def written(rows: Rows) -> bytes:
    out = io.StringIO()
    names = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(out, list(names), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def contents(tables: Mapping[str, Rows]) -> dict[str, bytes]:
    return {key: written(rows) for key, rows in tables.items() if rows}


def send(manager: Actor, tables: Mapping[str, Rows] = ALL, *, submission: str = "one") -> MoveIn:
    ref = commands.send(CASELOAD, actor=manager, contents=contents(tables), submission=submission, at=NOW)
    commands.go_on(CASELOAD, at=NOW)
    return MoveIn.objects.get(ref=ref)


def told(row: MoveIn) -> list[tuple[str, int, str]]:
    return [(one.sheet, one.row, one.column) for one in commands.problems(row)]


def brought(manager: Actor, tables: Mapping[str, Rows] = ALL) -> MoveIn:
    row = send(manager, tables)
    assert commands.problems(row) == ()
    commands.bring(CASELOAD, actor=manager, ref=row.ref, at=NOW)
    commands.go_on(CASELOAD, at=NOW)
    row.refresh_from_db()
    return row


def test_a_manager_moves_clients_in(
    manager: Actor, advocate: Advocate, signed_in: Callable[..., Client]
) -> None:
    browser = signed_in(role=Role.ADVOCACY_MANAGER)
    files = {key: SimpleUploadedFile(f"{key}.csv", one) for key, one in contents(ALL).items()}

    browser.post(reverse("moving_in:all"), {**files, "form_submission": "one"})
    chores.go_on(at=NOW)
    row = MoveIn.objects.get()
    page = browser.get(reverse("moving_in:one", args=[row.ref])).content.decode()
    assert "No problem was found" in page
    assert not Victim.objects.exists()
    browser.post(reverse("moving_in:bring", args=[row.ref]))
    chores.go_on(at=NOW)

    robin = Victim.objects.get(way_in="police")
    box = vault.box(person=robin.ref)
    who = boxes.unlock(box, FIELD, robin.ref, robin.identity, Identity)
    assert (who.name, who.born, who.account) == ("Robin Hollow", "1990-02-28", "He writes every day.")
    assert (robin.state, robin.received_at.date()) == ("open", date(2026, 1, 5))
    assert Victim.objects.get(way_in="self").state == "waiting"
    assert {boxes.value(box, one) for one in Locator.objects.all()} == {WAY["value"], HOME["value"]}
    assert Allocation.objects.get().advocate == advocate
    assert set(Consent.objects.filter(victim=robin).values_list("purpose", flat=True)) == {
        "support",
        "contact",
    }
    agreed = boxes.unlock(box, AGREED, robin.ref, Arrangement.objects.get().words, Words)
    assert (agreed.say, agreed.code_word) == ("Sam from the library", "the blue book")
    safe = SafeTime.objects.get()
    assert (safe.days, safe.start, safe.end) == ([0, 1], time(9), time(17))
    incident = Incident.objects.get()
    said = boxes.unlock(box, INCIDENT_FIELD, incident.ref, incident.words, Told)
    assert (said.place, incident.through) == ("By the station clock", "not_known")
    plan = PlanVersion.objects.get()
    assert boxes.unlock(box, texts.PLAN, f"{robin.ref}:1", plan.words, texts.Plan).now == "Rings 999."
    shown = browser.get(reverse("victims:victim", args=[robin.ref])).content.decode()
    assert "Robin Hollow" in shown
    for model in (MoveIn, Victim, Incident, PlanVersion):
        for kept in model._default_manager.values():
            assert not any(
                word in bytes(value)
                for value in kept.values()
                if isinstance(value, bytes | memoryview)
                for word in (b"Robin", b"960 077", b"999")
            )


def test_every_problem_is_listed_by_table_row_and_column(manager: Actor, advocate: Advocate) -> None:
    row = send(
        manager,
        {
            "clients": [
                {**ROBIN, "consented_on": "2027-01-01", "reached_on": "2026-01-01"},
                {**ASH, "account": "Ring 01632 960 099."},
            ],
            "ways": [{**WAY, "value": "never"}],
            "safe_times": [{**SAFE, "end": "8am"}],
            "incidents": [
                {**INCIDENT, "happened_on": "2027-01-01"},
                {**INCIDENT, "what": "He was at 12 Quarry Lane."},
            ],
            "plans": [{**PLAN, "home": "Goes to 12 Quarry Lane."}],
        },
    )

    assert told(row) == [
        ("clients", 2, "consented_on"),
        ("clients", 2, "reached_on"),
        ("clients", 3, "account"),
        ("ways", 2, "value"),
        ("safe_times", 2, "end"),
        ("incidents", 2, "happened_on"),
        ("incidents", 3, "what"),
        ("plans", 2, "home"),
    ]


def test_what_stands_in_the_way_in_the_area_is_a_problem_too(manager: Actor, advocate: Advocate) -> None:
    Advocate.objects.filter(pk=advocate.pk).update(trained_on=None)
    rows = [{**ROBIN, "advocate": "Nobody Here"}, {**ASH, "advocate": advocate.name}]

    found = commands.problems(send(manager, {"clients": rows, "plans": [PLAN, PLAN]}))

    assert [one.sentence for one in found] == [
        "Nobody of this name is on the register of the area",
        f"The training of {advocate.name} is not signed off",
        "Only the first safety plan of a client moves in",
    ]


def test_no_words_hold_what_the_vault_keeps_of_the_client_or_of_another(
    manager: Actor, advocate: Advocate
) -> None:
    factories.victim(identity=Identity("Quill", "Other"), locators=((Kind.ONLINE, "moonharbour77"),))
    rows = {
        **ALL,
        "ways": [{**WAY, "kind": "online", "value": "tidewater99"}],
        "incidents": [{**INCIDENT, "what": "He wrote to moonharbour77."}],
        "plans": [{**PLAN, "travel": "Posts as tidewater99."}],
    }

    row = send(manager, rows)

    assert told(row) == [("incidents", 2, "what"), ("plans", 2, "travel")]


def test_a_client_who_is_kept_from_the_sender_is_not_told_of(manager: Actor, advocate: Advocate) -> None:
    here = factories.victim(identity=Identity("Robin", "Hollow", born="1990-02-28"), locators=())
    assert told(send(manager)) == [("clients", 2, "")]
    Exclusion.objects.create(
        case=here.ref, account=manager.who, allowed=False, reason="household", made_by="x", made_at=NOW
    )

    assert told(send(manager, submission="again")) == []


def test_clients_are_taken_back_with_their_keys(
    manager: Actor, advocate: Advocate, signed_in: Callable[..., Client]
) -> None:
    kept = factories.victim()
    row = brought(manager)
    browser = signed_in(role=Role.ADVOCACY_MANAGER)

    browser.post(reverse("moving_in:take-back", args=[row.ref]))

    row.refresh_from_db()
    assert row.state == "taken_back"
    assert list(Victim.objects.all()) == [kept]
    assert list(PersonKey.objects.values_list("person", flat=True)) == [kept.ref]
    assert set(Locator.objects.values_list("victim", flat=True)) == {kept.pk}
    for model in (Allocation, Consent, Arrangement, SafeTime, Incident, PlanVersion, MovedClient):
        assert not model._default_manager.exists(), model
    events: Any = Locator.pgh_event_model  # type: ignore[attr-defined]  # pghistory sets it
    assert set(events.objects.values_list("victim", flat=True)) == {kept.pk}
    assert brought_again(manager).state == "brought"


def brought_again(manager: Actor) -> MoveIn:
    row = send(manager, submission="two")
    commands.bring(CASELOAD, actor=manager, ref=row.ref, at=NOW)
    commands.go_on(CASELOAD, at=NOW)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("how", ["a change", "a row more", "another table"])
def test_once_someone_worked_with_a_client_the_import_stays(
    manager: Actor, advocate: Advocate, how: str
) -> None:
    row = brought(manager)
    robin = Victim.objects.get(way_in="police")
    if how == "a change":
        Victim.objects.filter(pk=robin.pk).update(enhanced=False)
    elif how == "a row more":
        factories.safe_time(victim=robin.ref)
    else:
        Choice.objects.create(
            victim=robin,
            what="order",
            whom="police",
            allowed=True,
            words=b"x",
            recorded_by="x",
            recorded_at=NOW,
        )

    with pytest.raises(Refused, match="someone has worked"):
        commands.take_back(CASELOAD, actor=manager, ref=row.ref, at=NOW)

    assert Victim.objects.count() == 2


def test_only_managers_of_the_area_move_clients_in(
    manager: Actor, browser_of_fable: Client, signed_in: Callable[..., Client]
) -> None:
    row = send(manager, {"clients": [ASH]})

    assert browser_of_fable.get(reverse("moving_in:all")).status_code == 403
    there = signed_in(role=Role.ADVOCACY_MANAGER, area="Elsewhere")
    assert there.get(reverse("moving_in:one", args=[row.ref])).status_code == 404


WREN = {"name": "Wren Holt", "email": "wren.holt@example.org", "role": "advocate", "trained_on": "2025-03-01"}


def holder(email: str, name: str = "Wren Holt", role: Role = Role.ADVOCATE) -> Account:
    account = staff.account(name=name, email=email)
    staff.grant(account=account, role=role)
    return account


def test_an_advocate_with_an_account_is_put_on_the_register_with_their_clients(
    manager: Actor, advocate: Advocate
) -> None:
    account = holder("wren.holt@example.org")
    named = {**WREN, "email": "Wren.Holt@example.org"}
    tables = {"clients": [{**ASH, "advocate": "wren holt"}], "advocates": [named]}

    brought(manager, tables)

    found = Advocate.objects.get(ref=account.ref)
    assert (found.name, found.trained_on, found.area) == ("Wren Holt", date(2025, 3, 1), manager.area)
    assert Allocation.objects.get().advocate == found


def test_no_account_is_made_and_whom_to_invite_is_listed(manager: Actor, advocate: Advocate) -> None:
    holder("reed@example.org", "Ola Reed", Role.ADVOCACY_MANAGER)
    elsewhere = staff.account(name="Wren Holt", email=WREN["email"])
    staff.grant(account=elsewhere, role=Role.ADVOCATE, area="southmere")
    gone = holder("gone@example.org", "Ash Gone")
    factories.advocate(account=gone, left_on=date(2026, 1, 1))
    told_of = [
        WREN,
        {"name": "Ola Reed", "email": "reed@example.org", "role": "advocate"},
        {"name": "Ola Reed", "email": "REED@example.org", "role": "advocacy_manager"},
        {"name": "Ash Gone", "email": "gone@example.org", "role": "advocate"},
        {"name": "Nobody", "email": "no address", "role": "advocate"},
        {"name": "Wren Invented", "email": "wren@invented.example", "role": "advocate"},
    ]
    accounts = Account.objects.count()

    alone = send(manager, {"clients": [ASH], "advocates": told_of[:2] + told_of[3:4]})
    said = {one.row: (one.stops, one.sentence) for one in commands.problems(alone)}
    commands.take_back(CASELOAD, actor=manager, ref=alone.ref, at=NOW)
    twice = send(manager, {"clients": [ASH], "advocates": told_of[1:3]}, submission="two")
    other = commands.problems(twice)
    commands.take_back(CASELOAD, actor=manager, ref=twice.ref, at=NOW)
    wrong = send(manager, {"clients": [ASH], "advocates": told_of[4:]}, submission="three")

    assert said[2] == (False, moving.INVITE)
    assert said[3] == (False, moving.NO_ROLE)
    assert said[4] == (False, moving.LEFT)
    assert [one.sentence for one in other if one.stops] == ["Row 2 has the same e-mail address"]
    assert told(wrong) == [("advocates", 2, "email"), ("advocates", 3, "")]
    assert Account.objects.count() == accounts
    assert Advocate.objects.count() == 2


def test_clients_of_an_advocate_without_an_account_wait_for_the_invitation(
    manager: Actor, advocate: Advocate
) -> None:
    row = send(manager, {"clients": [{**ASH, "advocate": "Wren Holt"}], "advocates": [WREN]})

    assert [(one.sheet, one.stops) for one in commands.problems(row)] == [
        ("clients", True),
        ("advocates", False),
    ]


def test_nobody_signs_off_their_own_training_by_a_table(manager: Actor, advocate: Advocate) -> None:
    own = Account.objects.get(ref=manager.who)
    staff.grant(account=own, role=Role.ADVOCATE)
    holder("sol@example.org", "Sol Arden")
    told_of = [
        {"name": own.name, "email": own.email, "role": "advocate", "trained_on": "2025-03-01"},
        {"name": "Sol Arden", "email": "sol@example.org", "role": "advocate", "trained_on": ""},
    ]

    row = send(manager, {"clients": [{**ASH, "advocate": "Sol Arden"}], "advocates": told_of})

    assert [(one.sentence, one.stops) for one in commands.problems(row)] == [
        ("The training of Sol Arden is not signed off", True),
        (moving.OWN, False),
    ]
