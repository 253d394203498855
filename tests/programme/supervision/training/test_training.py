"""Training records: who sees whose, what is due by when, and the table over the team."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.curriculum import outline
from desist.programme.practitioners.models import Practitioner
from desist.programme.supervision.training.models import TrainingEntry
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
MODULE = outline.shipped().modules[0].name


@pytest.fixture
def sol(practitioner: Practitioner) -> Account:
    """Sol, who supervises Kit."""
    account = factories.account(name="Sol Arden")
    factories.arrangement(practitioner=practitioner, supervisor=account)
    return account


@pytest.fixture
def sol_browser(sol: Account) -> Client:
    return staff.browser(account=sol, role=Role.SUPERVISOR)


@pytest.fixture
def manager(db: None) -> Client:
    return staff.browser(account=factories.account(name="Mo Lane"), role=Role.MANAGER)


def on(name: str, ago: int) -> dict[str, str]:
    day = TODAY() - timedelta(days=ago)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def course(browser: Client, practitioner: Practitioner, **changes: str) -> str:
    """Record a course of a year ago that runs out in 10 days, and return what the page after it says."""
    sent = {"about": "children", "note": "The council", **on("on", 355), **on("until", -10)}
    sent |= {"form_submission": f"{changes}"[:60], **changes}
    return text(browser.post(f"/training/of/{practitioner.ref}/course/", sent, follow=True))


def test_a_practitioner_records_a_course_and_reads_when_it_runs_out(
    kit_browser: Client, practitioner: Practitioner
) -> None:
    page = course(kit_browser, practitioner)

    assert "Your training" in page
    assert "Safeguarding children" in page
    assert "Refresher due" in page
    assert "Kit Marlow" in page


def test_a_course_that_comes_twice_is_recorded_once(kit_browser: Client, practitioner: Practitioner) -> None:
    course(kit_browser, practitioner)
    course(kit_browser, practitioner)

    assert TrainingEntry.objects.count() == 1


def test_a_course_of_another_name_is_kept_by_its_name(
    kit_browser: Client, practitioner: Practitioner
) -> None:
    assert "Trauma and shame" in course(kit_browser, practitioner, about="other", named="Trauma and shame")


def test_a_course_cannot_run_out_before_it_was_completed(
    kit_browser: Client, practitioner: Practitioner
) -> None:
    page = course(kit_browser, practitioner, **on("until", 400))

    assert "Enter a day after the course was completed" in page
    assert not TrainingEntry.objects.exists()


def test_a_refresher_is_to_do_for_the_practitioner_and_the_supervisor_alone(
    kit_browser: Client, sol_browser: Client, manager: Client, practitioner: Practitioner
) -> None:
    course(kit_browser, practitioner)
    another = factories.account(name="Una Bray")
    una = staff.browser(account=another, role=Role.SUPERVISOR)

    assert "Your refresher: Safeguarding children" in text(kit_browser.get("/"))
    assert "Refresher of Kit Marlow: Safeguarding children" in text(sol_browser.get("/"))
    assert "efresher" not in text(manager.get("/"))
    assert "efresher" not in text(una.get("/"))


def test_an_account_with_two_roles_has_the_line_where_its_page_opens(
    kit_browser: Client, kit: Account, practitioner: Practitioner
) -> None:
    course(kit_browser, practitioner)
    as_supervisor = staff.browser(account=kit, role=Role.SUPERVISOR)

    assert "refresher" in text(kit_browser.get("/"))
    assert "refresher" not in text(as_supervisor.get("/"))


def test_a_newer_course_of_the_same_name_ends_the_line(
    kit_browser: Client, practitioner: Practitioner
) -> None:
    course(kit_browser, practitioner)
    course(kit_browser, practitioner, **on("on", 0), **on("until", -700))

    assert "refresher" not in text(kit_browser.get("/"))


def test_a_course_struck_out_ends_the_line_and_stays_in_the_history(
    kit_browser: Client, practitioner: Practitioner
) -> None:
    course(kit_browser, practitioner)
    row = TrainingEntry.objects.get()

    for _ in range(2):
        page = kit_browser.post(f"/training/{row.ref}/strike/", follow=True)

    assert "None is recorded yet" in text(page)
    assert "refresher" not in text(kit_browser.get("/"))
    row.refresh_from_db()
    assert row.struck_at is not None


def test_another_supervisor_and_another_practitioner_see_nothing(
    sol_browser: Client, practitioner: Practitioner
) -> None:
    una = factories.account(name="Una Bray")
    colleague = factories.account(name="Ola Reed")
    factories.practitioner(account=colleague)
    address = f"/training/of/{practitioner.ref}/"

    assert sol_browser.get(address).status_code == 200
    assert staff.browser(account=una, role=Role.SUPERVISOR).get(address).status_code == 404
    assert staff.browser(account=colleague, role=Role.PRACTITIONER).get(address).status_code == 404


def test_a_supervisor_who_no_longer_supervises_sees_nothing(
    sol_browser: Client, practitioner: Practitioner
) -> None:
    factories.arrangement(practitioner=practitioner, supervisor=factories.account(name="Una Bray"))

    assert sol_browser.get(f"/training/of/{practitioner.ref}/").status_code == 404


def test_steps_of_the_induction_are_ticked_together(sol_browser: Client, practitioner: Practitioner) -> None:
    sent = {"steps": ["limits", "concern"], **on("on", 0), "form_submission": "steps"}
    page = text(sol_browser.post(f"/training/of/{practitioner.ref}/induction/", sent, follow=True))

    assert "Induction: 2 of 8 steps" in page
    assert "confirmed by Sol Arden" in page
    asked = text(sol_browser.get(f"/training/of/{practitioner.ref}/induction/"))
    assert "ringing the duty number" not in asked
    assert "Has sat in on sessions of a colleague" in asked


def test_only_the_supervisor_judges_and_the_newest_judgement_holds(
    kit_browser: Client, sol_browser: Client, manager: Client, practitioner: Practitioner
) -> None:
    address = f"/training/of/{practitioner.ref}/competence/"
    sent = {"module": MODULE, "note": "Two recordings"}

    for ago, level in ((9, "not_yet"), (1, "alone")):
        sol_browser.post(address, {**sent, "level": level, **on("on", ago), "form_submission": level})

    page = text(kit_browser.get("/training/mine/"))
    assert "Without support" in page
    assert "Not yet," not in page
    assert kit_browser.get(address).status_code == 403
    assert manager.get(address).status_code == 403


def test_nobody_strikes_out_the_judgement_about_themselves(
    kit_browser: Client, practitioner: Practitioner, sol: Account
) -> None:
    judged = {"kind": "competence", "about": "Beginning", "until": None, "level": "not_yet"}
    row = factories.learnt(practitioner=practitioner, recorded_by=sol.ref, **judged)

    assert kit_browser.post(f"/training/{row.ref}/strike/").status_code == 404
    assert "Entered in error" not in text(kit_browser.get("/training/mine/"))


def test_nobody_judges_themselves(practitioner: Practitioner, kit: Account) -> None:
    factories.arrangement(practitioner=practitioner, supervisor=kit)
    browser = staff.browser(account=kit, role=Role.SUPERVISOR)
    address = f"/training/of/{practitioner.ref}/competence/"

    sent = {"module": MODULE, "level": "alone", "note": "I know", **on("on", 0)}
    answer = browser.post(address, sent)

    assert "nobody judges their own competence" in text(answer)
    assert not TrainingEntry.objects.exists()


def test_the_table_is_narrowed_and_downloaded(
    kit_browser: Client, manager: Client, practitioner: Practitioner
) -> None:
    factories.practitioner(account=factories.account(name="Ola Reed"))
    course(kit_browser, practitioner)

    everybody, due = (text(manager.get(f"/training/{more}")) for more in ("", "?show=refresher"))
    assert "Ola Reed" in everybody
    assert "Ola Reed" not in due
    assert "Kit Marlow" in due
    file = manager.get("/training/file/?show=refresher")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row["Practitioner"] for row in rows] == ["Kit Marlow"]
    assert rows[0]["Refreshers due or overdue"] == "Safeguarding children"


def test_a_course_named_like_a_formula_is_no_formula_in_the_file(
    manager: Client, practitioner: Practitioner
) -> None:
    factories.learnt(practitioner=practitioner, about="=1+1", until=TODAY())

    assert ",'=1+1," in manager.get("/training/file/").content.decode()


def test_a_supervisor_has_the_table_of_their_own_and_no_file(
    sol_browser: Client, practitioner: Practitioner
) -> None:
    factories.practitioner(account=factories.account(name="Ola Reed"))

    page = text(sol_browser.get("/training/"))

    assert "Kit Marlow" in page
    assert "Ola Reed" not in page
    assert sol_browser.get("/training/file/").status_code == 403


def test_without_a_place_on_the_list_the_page_says_so(kit_browser: Client) -> None:
    assert "not on the list of practitioners" in text(kit_browser.get("/training/mine/"))
