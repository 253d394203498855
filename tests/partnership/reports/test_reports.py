"""What an advocate sends of an incident: open until its crime reference, empty a day later, and never the programme's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.partnership import factories
from tests.partnership.orders import factories as orders

from desist.partnership.pairs import commands as pairs
from desist.partnership.pairs.models import Side
from desist.partnership.reports import chores, commands
from desist.partnership.reports.models import Report
from desist.partnership.reports.states import TRANSITIONS, State
from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import ByHandTask
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor, Role
from desist.wall.models import Restriction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
SENT = payloads.BreachReport(
    pack="pack-1",
    area=factories.AREA,
    crime_reference="45/01234/26",
    happened_on=NOW.date(),
    happened_time="18:20",
    place="home",
    behaviours=("loitering", "a later code"),
    channel="in_person",
    through="themselves",
    marks=("order",),
    account="PLANTED-ACCOUNT",
    effect="PLANTED-EFFECT",
    evidence=("pictures",),
    kept="PLANTED-KEPT",
    witnesses="PLANTED-WITNESS",
    contact="01632 960 020",
    reported_at=NOW,
)
CHECKED = {"checked": "yes", "copied": "on"}
DAY = timedelta(days=1)
PLANTED = ("PLANTED-ACCOUNT", "PLANTED-EFFECT", "PLANTED-KEPT", "PLANTED-WITNESS")


def arrive(payload: payloads.BreachReport = SENT, thread: str = "client-1") -> Report:
    factories.partner(name=factories.ADVOCACY, zone="advocacy", title="Harbour Advocacy")
    with transaction.atomic():
        commands.receive(Received(payload, thread, factories.ADVOCACY, NOW, actors.post()))
    return Report.objects.get(token=payload.pack)


def words(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


def test_a_report_waits_until_its_crime_reference_and_says_what_it_is_not(officer: Client) -> None:
    side = factories.side(thread="client-1")
    report = arrive()

    home = words(officer.get("/"))
    listed = words(officer.get(reverse("reports:reports")))
    page = words(officer.get(reverse("reports:report", args=[report.ref])))

    assert report.side == side
    assert "Give the crime reference for the report" in home
    assert "None of it is a crime report" in listed
    assert "Never raise it with the person" in page
    for word in (*PLANTED, "At or near their home", "a later code", "It may break an order", "6:20pm"):
        assert word in page


def kept() -> list[str]:
    """The planted words that some table of the police holds."""
    with connection.cursor() as cursor:
        held = ""
        for name in connection.introspection.table_names(cursor):
            if name.startswith(("partnership_", "wall_", "desk_")):
                cursor.execute(f'SELECT t::text FROM "{name}" t')
                held += str(cursor.fetchall())
    return [secret for secret in PLANTED if secret in held]


def give(browser: Client, report: Report, reference: str, *, known: str = "", **more: str) -> HttpResponse:
    """Give a crime reference on the page and on the page that asks once more."""
    page = reverse("reports:report", args=[report.ref])
    return browser.post(page, {"crime_reference": reference, "known": known, **CHECKED, **more})  # type: ignore[return-value]


def test_a_crime_reference_deletes_nothing_at_once_and_is_asked_for_once_more(officer: Client) -> None:
    report = arrive()
    page = reverse("reports:report", args=[report.ref])

    wrong = officer.post(page, {"crime_reference": "Robin Hollow, 12 Quayside Steps"})
    asked = officer.post(page, {"crime_reference": "45/00099/26", "known": ""})
    uncopied = officer.post(page, {"crime_reference": "45/00099/26", "known": "", "checked": "yes"})
    nothing_yet = Report.objects.get()

    assert wrong.status_code == uncopied.status_code == 422
    assert "Check the crime reference" in words(asked)
    assert "45/00099/26" in words(asked)
    assert (nothing_yet.state, nothing_yet.crime_reference) == ("open", "")
    assert not ByHandTask.objects.exists()

    give(officer, report, "45/00099/26")

    assert "Crime reference: 45/00099/26" in ByHandTask.objects.get().text
    assert set(kept()) == set(PLANTED)
    assert "The account is deleted here" in words(officer.get(page))


def test_the_account_goes_a_day_after_the_reference_by_the_clock(officer: Client, actor: Actor) -> None:
    report = arrive()
    commands.record(actor=actor, ref=report.ref, crime_reference="45/00099/26", known="", at=NOW)

    chores.empty(at=NOW + DAY - timedelta(seconds=1))
    assert set(kept()) == set(PLANTED)
    chores.empty(at=NOW + DAY)
    chores.empty(at=NOW + DAY)

    assert kept() == []
    page = words(officer.get(reverse("reports:report", args=[report.ref])))
    assert "45/00099/26" in page
    assert officer.get(reverse("reports:copy", args=[report.ref])).status_code == 200
    report.refresh_from_db()
    assert (report.state, report.empties_at) == ("recorded", None)


def test_a_mistyped_reference_is_changed_within_the_day_and_told_again(actor: Actor) -> None:
    report = arrive()
    commands.record(actor=actor, ref=report.ref, crime_reference="45/00099/26", known="", at=NOW)
    later = NOW + timedelta(hours=3)

    commands.record(actor=actor, ref=report.ref, crime_reference="45/00098/26", known="45/00099/26", at=later)

    report.refresh_from_db()
    assert (report.crime_reference, report.empties_at) == ("45/00098/26", NOW + DAY)
    texts = [task.text for task in ByHandTask.objects.order_by("pk")]
    assert ["45/00098/26" in text for text in texts] == [False, True]


def test_the_same_reference_again_tells_nobody_twice(actor: Actor) -> None:
    report = arrive()
    for known in ("", "45/00099/26"):
        commands.record(actor=actor, ref=report.ref, crime_reference="45/00099/26", known=known, at=NOW)

    assert ByHandTask.objects.count() == 1


@pytest.mark.parametrize(("known", "later"), [("", timedelta(hours=1)), ("45/00099/26", timedelta(days=2))])
def test_a_reference_that_somebody_gave_meanwhile_or_a_day_ago_stays(
    actor: Actor, known: str, later: timedelta
) -> None:
    report = arrive()
    commands.record(actor=actor, ref=report.ref, crime_reference="45/00099/26", known="", at=NOW)

    with pytest.raises(Refused):
        commands.record(actor=actor, ref=report.ref, crime_reference="45/1/26", known=known, at=NOW + later)

    report.refresh_from_db()
    assert report.crime_reference == "45/00099/26"


def test_of_two_people_who_give_a_reference_the_second_is_told(officer: Client) -> None:
    report = arrive()
    give(officer, report, "45/00099/26")

    again = give(officer, report, "45/00100/26")

    assert again.status_code == 422
    assert "first: it is shown above" in words(again)


def test_the_copy_for_the_crime_system_has_everything_that_was_told(officer: Client) -> None:
    report = arrive()

    page = words(officer.get(reverse("reports:copy", args=[report.ref])))

    for word in (*PLANTED, "45/01234/26", "6:20pm", "It may break an order", "Harbour Advocacy"):
        assert word in page


def test_the_database_keeps_no_words_of_what_is_recorded_without_the_moment_they_go() -> None:
    report = arrive()

    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(
            state="recorded", crime_reference="45/9/26", recorded_by="carol", recorded_at=NOW
        )


def test_the_programme_hears_nothing_of_it(officer: Client) -> None:
    person = factories.referral()
    factories.partner(name=factories.PROGRAMME)
    factories.side(thread="client-1", pair=person.pair)

    report = arrive()
    give(officer, report, "45/00099/26")

    assert {task.partner.name for task in ByHandTask.objects.all()} == {factories.ADVOCACY}


def test_somebody_unknown_may_report_and_stands_behind_nothing() -> None:
    report = arrive()
    arrive(replace(SENT, pack="pack-2"))

    side = Side.objects.get()
    assert report.side == side
    assert side.state == "alone"
    assert pairs.of_crimes(area=factories.AREA, crime_references=("45/01234/26",)) == ()


def test_one_who_reported_can_be_joined_unasked_and_nothing_is_answered(actor: Actor) -> None:
    arrive()
    side = Side.objects.get()
    person = factories.referral()

    pairs.join(actor=actor, ref=side.ref, referral=person.ref, version=1, at=NOW)

    assert pairs.behind(pair=person.pair) == (side,)
    assert not ByHandTask.objects.exists()


def test_who_keeps_the_register_goes_on_to_the_breach(
    signed_in: Callable[..., Client], officer: Client
) -> None:
    report = arrive()
    order = orders.in_force()
    address = reverse("breaches:record", args=[order.ref])
    page = reverse("reports:report", args=[report.ref])

    assert address in signed_in(role=Role.ORDER_COORDINATOR).get(page).content.decode()
    assert address not in officer.get(page).content.decode()


def test_a_restricted_side_hides_its_reports(officer: Client) -> None:
    report = arrive()
    Restriction.objects.create(case=report.side.ref, reason="a party is police", made_by="carol", made_at=NOW)

    assert officer.get(reverse("reports:report", args=[report.ref])).status_code == 404
    assert "45/01234/26" not in words(officer.get(reverse("reports:reports")))
    assert "Give the crime reference" not in words(officer.get("/"))


def test_every_state_is_in_the_table() -> None:
    assert set(TRANSITIONS) == set(State)
