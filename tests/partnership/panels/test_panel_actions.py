"""Actions of a panel: each agency does its own, sees what it waits for, and late ones reach the chair by name."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.partnership.panels import factories
from tests.partnership.panels.conftest import Panel
from tests.programme.reading import text

from desist.partnership.panels.models import PanelAction
from desist.partnership.panels.states import FOLLOWS, Progress, What
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db


def give(panel: Panel, **changes: object) -> Any:
    day = timezone.localdate() + timedelta(days=14)
    form = {
        "owner": f"agency-{panel.debt.ref}",
        "words": "Ring the landlord.",
        "side": "programme",
        "due_on-day": day.day,
        "due_on-month": day.month,
        "due_on-year": day.year,
        **changes,
    }
    return panel.merle.post(f"/panel-actions/about/{panel.item.ref}/give/", form, follow=True)


def late(row: PanelAction) -> PanelAction:
    row.due_on = timezone.localdate() - timedelta(days=3)
    row.save()
    return row


def say(client: Client, address: str, said: str, words: str = "", version: int = 1) -> Any:
    form = {"said": said, "words": words, "form_version": version, "form_submission": f"{said} {version}"}
    return client.post(address, form, follow=True)


def test_an_agency_sees_its_own_action_and_no_other_agency_does(panel: Panel) -> None:
    give(panel)
    row = PanelAction.objects.get()

    assert "Ring the landlord." in text(panel.wren.get("/our-panels/"))
    assert "Ring the landlord." not in text(panel.sorrel.get("/our-panels/"))
    assert panel.sorrel.get(f"/our-panels/actions/{row.ref}/").status_code == 404
    assert panel.wren.get(f"/panel-actions/{row.ref}/").status_code == 403


def test_an_action_about_the_victims_side_is_not_read_by_who_reads_the_persons_side(panel: Panel) -> None:
    give(panel, side="advocacy", words="Change the locks.")

    assert "Change the locks." not in text(panel.wren.get("/our-panels/"))
    panel.debt.members.update(side="advocacy")
    assert "Change the locks." in text(panel.wren.get("/our-panels/"))


def test_the_agency_says_that_it_is_done_and_the_chair_reads_it(panel: Panel) -> None:
    give(panel)
    row = PanelAction.objects.get()

    page = say(panel.wren, f"/our-panels/actions/{row.ref}/answer/", "done", "He was told.")

    assert "Done" in text(page)
    assert "He was told." in text(panel.merle.get(f"/panel-actions/{row.ref}/"))
    assert "No panel waits for anything from you" in text(panel.wren.get("/our-panels/"))
    again = say(panel.wren, f"/our-panels/actions/{row.ref}/answer/", "done", version=2)
    assert again.status_code == 422


def test_an_answer_that_needs_words_asks_for_them(panel: Panel) -> None:
    give(panel)
    row = PanelAction.objects.get()

    page = say(panel.wren, f"/our-panels/actions/{row.ref}/answer/", "not_possible")

    assert "Say in a sentence what the chair must know" in text(page)
    assert PanelAction.objects.get().state == "open"


def test_what_an_action_waits_for_is_seen_without_its_words(panel: Panel) -> None:
    first = factories.action(item=panel.item, agency=panel.housing, words="Offer him a room.")
    give(panel, waits_for=first.ref)

    theirs = text(panel.wren.get("/our-panels/"))

    assert "Waits for Northmere Housing, by" in theirs
    assert "Offer him a room." not in theirs


def test_an_action_waits_for_none_of_the_other_side(panel: Panel) -> None:
    first = factories.action(item=panel.item, agency=panel.housing, side="advocacy")

    page = give(panel, waits_for=first.ref)

    assert "cannot wait for one of the other side" in text(page)
    assert PanelAction.objects.count() == 1


def test_a_late_action_is_in_the_to_do_of_the_chair_by_name_until_it_is_done(panel: Panel) -> None:
    row = late(factories.action(item=panel.item, agency=panel.debt))

    before = text(panel.merle.get("/"))
    other = text(panel.hollis.get("/"))
    chased = panel.merle.post(f"/panel-actions/{row.ref}/chased/", follow=True)
    say(panel.wren, f"/our-panels/actions/{row.ref}/answer/", "done")

    assert "ring Harbour Debt Advice about a late action of the panel" in before
    assert "Robin Outerwood" in before
    assert "3 days late" in before
    assert "late action of the panel" not in other
    assert "Chased" in text(chased)
    assert "late action of the panel" not in text(panel.merle.get("/"))


def test_what_cannot_be_done_comes_back_to_the_chair_who_asks_again_or_drops_it(panel: Panel) -> None:
    row = factories.action(item=panel.item, agency=panel.debt)
    say(panel.wren, f"/our-panels/actions/{row.ref}/answer/", "not_possible", "No landlord is known.")

    assert "Harbour Debt Advice cannot do what the panel asked" in text(panel.merle.get("/"))
    say(panel.merle, f"/panel-actions/{row.ref}/answer/", "dropped", version=2)
    assert PanelAction.objects.get().state == "dropped"
    assert "cannot do what the panel asked" not in text(panel.merle.get("/"))


def test_a_police_account_finds_its_action_in_to_do(panel: Panel) -> None:
    kit = staff.account(name="Kit Marlow")
    officer = staff.browser(account=kit, role=Role.OFFICER)
    give(panel, owner=f"account-{kit.ref}", words="Check the order.")
    row = PanelAction.objects.get()

    assert "do what the panel asked of you" in text(officer.get("/"))
    say(officer, f"/panel-actions/{row.ref}/answer/", "done")
    assert "do what the panel asked of you" not in text(officer.get("/"))


def test_an_agency_outside_the_meeting_is_given_no_action(panel: Panel) -> None:
    outside = factories.agency(name="Elsewhere Advice")

    page = give(panel, owner=f"agency-{outside.ref}")

    assert page.status_code == 422
    assert not PanelAction.objects.exists()


def test_the_words_of_an_action_lie_locked(panel: Panel) -> None:
    give(panel)

    assert b"landlord" not in bytes(PanelAction.objects.get().sealed_words)


def test_every_answer_has_its_state() -> None:
    assert {one.value for one in Progress} <= {one.value for one in What}
    assert set(FOLLOWS) == set(Progress)


def test_an_action_that_is_more_than_a_week_late_escalates_to_the_force_lead_by_name(panel: Panel) -> None:
    row = late(factories.action(item=panel.item, agency=panel.debt))
    before = text(panel.hollis.get("/"))
    row.due_on = timezone.localdate() - timedelta(days=8)
    row.save()

    page = text(panel.hollis.get("/"))
    assert "late with an action" not in before
    assert (
        "Harbour Debt Advice is late with an action of the panel: ask Merle Ashdonbury, who chairs it" in page
    )
    assert "8 days late" in page
    assert "Ring the landlord." in text(panel.hollis.get(f"/panel-actions/{row.ref}/"))
    say(panel.wren, f"/our-panels/actions/{row.ref}/answer/", "done")
    assert "late with an action" not in text(panel.hollis.get("/"))


def test_an_action_about_a_restricted_case_escalates_to_nobody(panel: Panel) -> None:
    row = factories.action(
        item=panel.item, agency=panel.debt, due_on=timezone.localdate() - timedelta(days=9)
    )
    about = {
        "case": panel.item.referral.ref,
        "reason": "staff",
        "made_by": "carol",
        "made_at": timezone.now(),
    }
    Restriction.objects.create(**about)

    assert "late with an action" not in text(panel.hollis.get("/"))
    assert panel.hollis.get(f"/panel-actions/{row.ref}/").status_code == 404
