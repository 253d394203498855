"""Taking over a register: every problem by row, nothing written before everything is right."""

import csv
import io
import uuid
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import staff
from tests.partnership.orders import factories
from tests.waiting import somebody_has

from desist.audit.models import Download
from desist.partnership.orders.models import Order
from desist.partnership.people.models import Person
from desist.partnership.register import commands, queries, reading
from desist.partnership.register.columns import COLUMNS, EXAMPLE
from desist.refusals import Refused
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent
from desist.wall.turns import turn

TODAY = date(2026, 3, 3)


def written(*rows: dict[str, str]) -> bytes:
    """A file with these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def row(**changes: str) -> dict[str, str]:
    """The example's first row with some cells changed."""
    return EXAMPLE[0] | changes


def problems(content: bytes) -> list[tuple[int, str]]:
    return [(one.row, one.sentence) for one in reading.read(content, today=TODAY).problems]


def test_the_template_reads_as_one_order_with_two_conditions() -> None:
    found = reading.read(queries.template(), today=TODAY)

    assert found.problems == ()
    (order,) = found.orders
    assert (order.number, len(order.conditions), order.protected) == ("SPO/2026/001", 2, ("45/01234/26",))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"made_on": "31/02/2026"}, "is not a date"),
        ({"ends_on": "2026-12-01"}, "at least 2 years"),
        ({"condition_ends_on": "2028-03-01"}, "longer than the order"),
        ({"protected": "Sam Heron"}, "In “protected”"),
        ({"kind": "half"}, "is none of: full, interim"),
        ({"family_name": ""}, "“family_name” is missing"),
        ({"served_on": "2026-02-01"}, "served before it was made"),
        ({"notified_on": "2026-03-01"}, "notification would be before service"),
        ({"made_on": "2026-03-04", "ends_on": "", "served_on": "", "notified_on": ""}, "is in the future"),
        ({"necessity": ""}, "does not say why it is necessary"),
        ({"condition": ""}, "at least one prohibition or requirement"),
        ({"born": "2027-01-01"}, "birthday is after"),
        ({"number": ""}, "register number is missing"),
        ({"about": "x"}, "is none of: contact"),
    ],
)
def test_each_problem_is_told_with_its_row(changes: dict[str, str], sentence: str) -> None:
    found = problems(
        written(row(), row(number="SPO/2026/002", **changes) if "number" not in changes else row(**changes))
    )

    assert [number for number, told in found if sentence in told] == [3]


def test_every_problem_is_told_at_once() -> None:
    found = problems(written(row(kind="half"), row(number="2", protected=""), row(number="3", made_on="x")))

    assert [number for number, _ in found] == [2, 3, 4]


def test_rows_of_one_order_that_differ_are_told() -> None:
    found = problems(written(row(), row(court="Another court")))

    assert found == [(3, "“court” differs from row 2 of the same order SPO/2026/001.")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04\x00\x00", "not text"),
        (b"name,born\n", "These columns are missing"),
    ],
)
def test_a_file_that_is_no_register_is_told_so(content: bytes, sentence: str) -> None:
    ((number, told),) = problems(content)

    assert number == 1
    assert sentence in told


def test_a_file_as_older_spreadsheets_write_it_is_read() -> None:
    content = written(row(family_name="Brontë")).decode().encode("cp1252")

    assert reading.read(content, today=TODAY).orders[0].family_name == "Brontë"


@settings(deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_no_file_whatever_breaks_the_reading(content: bytes) -> None:
    heading = ",".join(COLUMNS).encode() + b"\n"

    reading.read(heading + content, today=TODAY)
    reading.read(content, today=TODAY)


def upload(desk: Client, content: bytes) -> Any:
    return desk.post(reverse("register:import"), {"file": SimpleUploadedFile("r.csv", content)})


@pytest.mark.django_db
def test_the_dry_run_writes_nothing_and_the_confirmed_text_everything(desk: Client) -> None:
    content = written(*EXAMPLE, row(number="SPO/2026/002", kind="full"))

    checked = upload(desk, content)
    assert "2 orders with 3 conditions, no problems found" in checked.content.decode()
    assert not Order.objects.exists()
    written_now = desk.post(reverse("register:import"), {"content": content.decode()})

    assert written_now.status_code == 302
    assert set(Order.objects.values_list("number", "state")) == {
        ("SPO/2026/001", "in_force"),
        ("SPO/2026/002", "in_force"),
    }
    assert Person.objects.count() == 1  # the same person twice is one person


@pytest.mark.django_db
def test_a_second_import_of_the_same_file_changes_nothing(desk: Client) -> None:
    content = written(*EXAMPLE)
    desk.post(reverse("register:import"), {"content": content.decode()})

    again = desk.post(reverse("register:import"), {"content": content.decode()})

    assert again.status_code == 422
    assert "is already in the register" in again.content.decode()
    assert Order.objects.count() == 1


@pytest.mark.django_db
def test_a_file_with_one_problem_writes_nothing_at_all(desk: Client) -> None:
    content = written(*EXAMPLE, row(number="SPO/2026/002", made_on="never"))

    answer = desk.post(reverse("register:import"), {"content": content.decode()})

    assert answer.status_code == 422
    assert not Order.objects.exists()


def bring_in(actor: Actor, *rows: dict[str, str]) -> int:
    """Write the orders of these rows, which were found to have no problem."""
    found = reading.read(written(*rows), today=TODAY)
    assert found.problems == ()
    return commands.bring_in(actor=actor, orders=found.orders, at=staff.NOW)


@pytest.mark.django_db
def test_orders_about_somebody_known_stand_with_their_earlier_ones_and_the_others_are_new(
    coordinator: Actor,
) -> None:
    robin = factories.in_force().person
    factories.person(area=staff.ELSEWHERE, family_name="Other", given_names="Ada")

    brought = bring_in(
        coordinator,
        row(family_name="EXAMPLE"),
        row(number="SPO/2026/002", family_name="Other", given_names="Ada"),
        row(number="SPO/2026/003"),
    )

    assert brought == 3
    assert set(robin.orders.values_list("number", flat=True)) == {"", "SPO/2026/001", "SPO/2026/003"}
    ada = Person.objects.get(family_name="Other", area=staff.AREA)
    assert (ada.added_by, ada.orders.get().number) == (coordinator.who, "SPO/2026/002")
    assert Person.objects.count() == 3  # whoever another area knows is nobody of this one


@pytest.mark.django_db
def test_an_order_that_was_not_served_is_taken_over_as_made_and_without_a_duty(coordinator: Actor) -> None:
    bring_in(coordinator, row(served_on="", notified_on=""))

    order = Order.objects.get()
    assert (order.state, order.served_on) == ("made", None)
    assert not order.notifications.exists()
    assert order.happenings.get().title == "Taken over from the register before"


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["Example", "Other"])  # somebody whom the register knows, and somebody new
def test_of_two_who_import_at_the_same_moment_the_second_is_told_and_nothing_of_theirs_is_written(
    coordinator: Actor, first: str
) -> None:
    bring_in(coordinator, row())
    theirs = (row(number="SPO/2026/002", family_name=first), row())

    with pytest.raises(Refused, match="just imported some of these orders: check the file again"):
        bring_in(coordinator, *theirs)

    assert Order.objects.get().number == "SPO/2026/001"
    assert Person.objects.get().family_name == "Example"
    refused = AuditEvent.objects.get(allowed=False)
    assert (refused.who, refused.reason) == (coordinator.who, "IntegrityError")


@pytest.mark.django_db
def test_whoever_waits_too_long_for_another_table_is_told_to_send_theirs_again(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "turn", partial(turn, patience=0.05))

    with somebody_has(f"orders of {staff.AREA}"):
        answer = desk.post(reverse("register:import"), {"content": written(row()).decode()})

    assert answer.status_code == 422
    assert (
        "A colleague is doing the same at this moment. Wait a minute, then try again"
        in answer.content.decode()
    )
    assert not Order.objects.exists()


@pytest.mark.django_db
def test_a_file_of_headings_alone_is_told_so_and_nothing_is_written(desk: Client) -> None:
    answer = desk.post(reverse("register:import"), {"content": written().decode()})

    assert answer.status_code == 422
    assert "The file holds no order" in answer.content.decode()
    assert not Order.objects.exists()
    assert not Person.objects.exists()


def released(desk: Client) -> bytes:
    """The register's file, as it is made for anyone who asked once another person released it."""
    answer = desk.post(reverse("register:export"), {"why": "The yearly check", "form_submission": "once"})
    assert b"SPO" not in answer.content
    asked = Download.objects.get()
    actor = Actor(asked.asked_by, Role.ORDER_COORDINATOR, asked.area, uuid.uuid4())
    return queries.make(actor=actor, criteria=asked.criteria, at=staff.NOW)[1]


@pytest.mark.django_db
def test_the_export_runs_in_no_spreadsheet_and_reads_back(desk: Client) -> None:
    order = factories.in_force(number="SPO/1", conditions=0, court="Northmere")
    factories.condition(order=order, text="=HYPERLINK(1) not to write", necessity="-1 calls")

    content = released(desk)
    found = reading.read(content, today=TODAY)

    assert b"'=HYPERLINK" in content
    assert found.problems == ()
    assert found.orders[0].conditions[0].text == "=HYPERLINK(1) not to write"


@pytest.mark.django_db
def test_another_area_exports_nothing_of_this_one(desk: Client) -> None:
    factories.in_force(area="Elsewhere", number="SPO/9")

    assert b"SPO/9" not in released(desk)
