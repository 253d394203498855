"""A panel's meetings: who is invited and came, what is heard, and what drops out."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import staff
from tests.partnership import factories as police
from tests.partnership.panels import factories
from tests.partnership.panels.conftest import Panel
from tests.programme.reading import text

from desist.partnership.panels.models import PanelItem, PanelMeeting
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db


def terms(panel: Panel, **changes: object) -> dict[str, object]:
    """A form of a meeting in ten days."""
    day = timezone.localdate() + timedelta(days=10)
    return {
        "kind": "masip",
        "on-day": str(day.day),
        "on-month": str(day.month),
        "on-year": str(day.year),
        "begins": "2pm",
        "place": "Room 4",
        "chair": panel.chair.ref,
        "agencies": [panel.debt.ref],
        **changes,
    }


def test_a_chair_adds_a_meeting_and_the_invited_agency_sees_it_and_no_other_does(panel: Panel) -> None:
    page = panel.merle.post("/panels/add/", terms(panel), follow=True)

    assert "Multi-agency stalking panel (MASIP)" in text(page)
    assert "Harbour Debt Advice" in text(page)
    row = PanelMeeting.objects.get(kind="masip")
    assert "MASIP" in text(panel.wren.get("/our-panels/"))
    assert panel.sorrel.get(f"/our-panels/{row.ref}/").status_code == 404


def test_only_an_agency_whose_agreement_is_in_force_can_be_invited(panel: Panel) -> None:
    none = factories.agency(name="No Agreement", agreement="")
    over = police.agreement(purposes=["safety"], ends_on=police.NOW.date() - timedelta(days=1))
    ended = factories.agency(name="Ended Agreement", agreement=over.ref)

    page = panel.merle.get("/panels/add/")
    sent = panel.merle.post("/panels/add/", terms(panel, agencies=[ended.ref]))

    assert "No Agreement" not in text(page)
    assert "Ended Agreement" not in text(page)
    assert "Harbour Debt Advice" in text(page)
    assert sent.status_code == 422
    assert not PanelMeeting.objects.filter(kind="masip").exists()
    assert none.ref not in page.content.decode()


def test_an_agency_whose_agreement_ended_reads_nothing_of_a_panel(panel: Panel) -> None:
    made = factories.paper(item=panel.item, agency=panel.debt)
    panel.debt.agreement = ""
    panel.debt.save()

    listed = panel.wren.get("/our-panels/")
    paper = panel.wren.get(f"/our-panels/papers/{made.ref}/")

    assert "The sharing agreement of your agency has ended" in text(listed)
    assert "Stalking clinic" not in text(listed)
    assert "The sharing agreement of your agency has ended" in text(paper)
    assert "Ask him about his flat" not in text(paper)


def test_an_agency_that_is_no_longer_invited_reads_nothing_more_of_the_meeting(panel: Panel) -> None:
    form = terms(panel, kind="clinic", agencies=[panel.housing.ref], form_version=panel.meeting.version)

    panel.merle.post(f"/panels/{panel.meeting.ref}/change/", form)

    assert panel.wren.get(f"/our-panels/{panel.meeting.ref}/").status_code == 404


def test_who_came_is_recorded(panel: Panel) -> None:
    form = {"came_0": "came", "people_0": "Wren Copplestick", "came_1": "apologies", "people_1": ""}

    page = panel.merle.post(
        f"/panels/{panel.meeting.ref}/attendance/", {**form, "form_version": "1"}, follow=True
    )

    assert "Came: Wren Copplestick" in text(page)
    assert "Sent apologies" in text(page)


def test_an_officer_puts_a_case_on_the_agenda_and_the_chair_orders_it(panel: Panel) -> None:
    about = police.referral(given_names="Ida", family_name="Quill", thread="thread-of-ida")
    officer = staff.browser(account=staff.account(name="Kit Marlow"), role=Role.OFFICER)
    form = {"meeting": panel.meeting.ref, "why": "New threats", "form_submission": "ida"}

    page = officer.post(f"/agenda/put/{about.ref}/", form, follow=True)
    row = PanelItem.objects.get(referral=about)
    change = {"position": "1", "why": "New threats", "form_version": row.version}
    panel.merle.post(f"/agenda/{row.ref}/change/", change)

    assert "New threats" in text(page)
    agenda = text(panel.merle.get(f"/panels/{panel.meeting.ref}/"))
    assert "1. Ida Quill" in agenda
    assert "2. Robin Outerwood" in agenda
    again = officer.post(f"/agenda/put/{about.ref}/", {**form, "form_submission": "again"})
    assert "on the agenda of this meeting already" in text(again)


def test_a_case_that_is_heard_for_advice_alone_has_no_papers_and_no_actions(panel: Panel) -> None:
    PanelItem.objects.update(consultation=True)
    day = timezone.localdate() + timedelta(days=20)
    written = panel.merle.post(
        f"/panel-papers/about/{panel.item.ref}/write/",
        {
            "sort": "paper",
            "side": "programme",
            "agencies": [panel.debt.ref],
            "purpose": "safety",
            "words": "A",
        },
    )
    given = panel.merle.post(
        f"/panel-actions/about/{panel.item.ref}/give/",
        {
            "owner": f"agency-{panel.debt.ref}",
            "words": "Ring",
            "side": "programme",
            "due_on-day": day.day,
            "due_on-month": day.month,
            "due_on-year": day.year,
        },
    )

    assert "heard for advice alone" in text(written)
    assert "heard for advice alone" in text(given)
    assert "Advice alone" in text(panel.merle.get(f"/panels/{panel.meeting.ref}/"))


def test_a_case_that_is_restricted_between_agenda_and_meeting_leaves_no_trace(panel: Panel) -> None:
    made = factories.paper(item=panel.item, agency=panel.debt)
    task = factories.action(item=panel.item, agency=panel.debt)
    other = factories.item(meeting=panel.meeting)
    Restriction.objects.create(
        case=panel.item.referral.ref, reason="staff", made_by="carol", made_at=police.NOW
    )

    agenda = text(panel.merle.get(f"/panels/{panel.meeting.ref}/"))
    papers = text(panel.wren.get(f"/our-panels/{panel.meeting.ref}/"))

    assert "Outerwood" not in agenda
    assert f"1. {other.referral.name}" in agenda
    assert "Can’t find a case you expected to see?" in agenda
    assert "Outerwood" not in papers
    assert "If you expected one, ring the chair" in papers
    assert panel.wren.get(f"/our-panels/papers/{made.ref}/").status_code == 404
    assert panel.wren.get(f"/our-panels/actions/{task.ref}/").status_code == 404
    assert panel.merle.get(f"/agenda/{panel.item.ref}/").status_code == 404


def test_a_case_that_was_taken_off_leaves_the_agencies_pages(panel: Panel) -> None:
    made = factories.paper(item=panel.item, agency=panel.debt)

    panel.merle.post(f"/agenda/{panel.item.ref}/take-off/", {"form_submission": "off"})

    assert panel.wren.get(f"/our-panels/papers/{made.ref}/").status_code == 404
    assert "No case is on the agenda" in text(panel.merle.get(f"/panels/{panel.meeting.ref}/"))


def test_a_meeting_that_is_called_off_says_so_to_the_agencies(panel: Panel) -> None:
    panel.merle.post(f"/panels/{panel.meeting.ref}/call-off/", {"form_submission": "off"})

    assert "Called off" in text(panel.wren.get("/our-panels/"))
    assert "called off" in text(panel.merle.get(f"/panels/{panel.meeting.ref}/"))
    late = panel.merle.post(f"/panels/{panel.meeting.ref}/attendance/", {"form_version": "2"})
    assert "This meeting was called off" in text(late)


def add_case(panel: Panel, case: str, *, submission: str = "add") -> str:
    """The page after the chair asked for a case on the agenda of a further meeting."""
    form = {"case": case, "why": "Two reports in one week.", "form_submission": submission}
    meeting = PanelMeeting.objects.get(kind="masip")
    return text(panel.merle.post(f"/agenda/add/{meeting.ref}/", form, follow=True))


@pytest.fixture
def further(panel: Panel) -> PanelMeeting:
    return factories.meeting(kind="masip", agencies=(panel.debt,), chair=panel.chair.ref)


@pytest.mark.usefixtures("further")
def test_the_chair_adds_a_case_from_the_page_of_the_agenda_by_reference_or_whole_name(panel: Panel) -> None:
    about = panel.item.referral
    by_name = add_case(panel, "robin  OUTERWOOD")
    twice = add_case(panel, about.ref, submission="second")

    assert "The case is on the agenda." in by_name
    assert "Robin Outerwood" in by_name
    assert "on the agenda of this meeting already" in twice
    assert PanelItem.objects.filter(meeting__kind="masip").count() == 1


@pytest.mark.usefixtures("further")
def test_a_case_that_is_not_there_drafted_or_restricted_answers_alike(panel: Panel) -> None:
    nobody = "No case that was referred has this reference or this whole name"
    police.draft(given_names="Ada", family_name="Fenn")
    Restriction.objects.create(
        case=panel.item.referral.ref, reason="staff", made_by="carol", made_at=police.NOW
    )

    assert nobody in add_case(panel, "Nobody Here")
    assert nobody in add_case(panel, "Ada Fenn", submission="draft")
    assert nobody in add_case(panel, "Robin Outerwood", submission="restricted")
    assert nobody in add_case(panel, panel.item.referral.ref, submission="by reference")
    assert not PanelItem.objects.filter(meeting__kind="masip").exists()


@pytest.mark.usefixtures("further")
def test_two_cases_with_one_name_ask_for_the_reference(panel: Panel) -> None:
    other = police.referral(given_names="Robin", family_name="Outerwood", thread="another-thread")

    assert "More than one case has this name" in add_case(panel, "Robin Outerwood")
    assert "The case is on the agenda." in add_case(panel, other.ref, submission="one")


def test_an_agency_whose_colleague_has_the_persons_name_is_asked_about_before_a_paper(panel: Panel) -> None:
    same = staff.account(name="Robin Outerwood")
    before = text(panel.merle.get(f"/panel-papers/about/{panel.item.ref}/write/"))
    police.member(account=same.ref, agency=panel.debt, side="programme")
    page = text(panel.merle.get(f"/panel-papers/about/{panel.item.ref}/write/"))

    assert "has the name of the person" not in before
    assert "Someone who works for Harbour Debt Advice has the name of the person" in page
