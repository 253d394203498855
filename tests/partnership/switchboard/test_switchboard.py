"""The switchboard: what is passed on to whom, and what happens where it cannot be."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.partnership import factories

from desist.desk.alerts.models import Alert
from desist.partnership.switchboard import chores, commands
from desist.partnership.switchboard.models import Onward
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import ByHandTask, Outbox, Partner
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
PRACTITIONER = "01632 960 009"


def arrives(
    payload: payloads.Payload, thread: str, *, sender: str = factories.PROGRAMME, at: Any = NOW
) -> None:
    factories.partner(name=sender)
    handler = {
        payloads.Alert: commands.receive_alert,
        payloads.ProgressNotice: commands.note_progress,
        payloads.PlaceEnding: commands.note_ending,
    }[type(payload)]
    with transaction.atomic():
        handler(Received(payload, thread, sender, at, actors.post()))


def told() -> list[list[str]]:
    """What the advocacy service is told, line by line."""
    tasks = ByHandTask.objects.filter(partner__name=factories.ADVOCACY).order_by("pk")
    return [task.text.splitlines() for task in tasks]


def test_an_alert_reaches_the_advocate_with_the_desks_number_and_never_the_practitioners() -> None:
    person = factories.referral()
    factories.side(pair=person.pair)
    factories.duty_number()

    arrives(payloads.Alert("withdrew", PRACTITIONER, NOW), person.thread or "")
    chores.pass_on(at=NOW)
    chores.pass_on(at=NOW)

    assert told() == [
        ["Alert.", "Reason: withdrew", "Contact: 01632 960 050", "Raised at: Tuesday 3 March 2026, 2:30pm"]
    ]


def test_without_a_number_of_its_own_the_desk_gives_none() -> None:
    person = factories.referral()
    factories.side(pair=person.pair)

    arrives(payloads.Alert("concern", PRACTITIONER, NOW), person.thread or "")
    chores.pass_on(at=NOW)

    assert "Contact: not given" in told()[0]


@pytest.mark.parametrize(
    ("stage", "event"), [("in_sessions", "started"), ("completed", "completed"), ("left", "left")]
)
def test_that_a_programme_began_or_ended_is_told_once(stage: str, event: str) -> None:
    person = factories.referral()
    factories.side(pair=person.pair)

    for number in (1, 2):
        notice = payloads.ProgressNotice(stage, number, 12, NOW.date())
        arrives(notice, person.thread or "", at=NOW + timedelta(minutes=number))
    chores.pass_on(at=NOW)

    assert told() == [["Programme update.", f"Event: {event}", "On: 3 March 2026", "Quiet until: not given"]]


def test_that_somebody_waits_is_nobodys_news() -> None:
    person = factories.referral()

    arrives(payloads.ProgressNotice("waiting", 0, 0, NOW.date()), person.thread or "")

    assert not Onward.objects.exists()


def test_the_victims_side_knows_of_a_deselection_before_the_person_and_the_referrer(officer: Client) -> None:
    person = factories.referral(state="accepted")
    factories.side(pair=person.pair)
    until = NOW + timedelta(hours=21)

    arrives(payloads.PlaceEnding(NOW, until, stands=True), person.thread or "")
    arrives(payloads.PlaceEnding(NOW, until, stands=False), person.thread or "")
    chores.pass_on(at=NOW)

    page = officer.get(reverse("referrals:referral", args=[person.ref])).content.decode()
    assert [lines[1] for lines in told()] == ["Event: ending", "Event: stays"]
    assert f"Quiet until: {until.isoformat()}" in told()[0]
    assert "ending" not in page.casefold()


def test_after_a_day_without_courier_everything_is_told_in_its_order() -> None:
    person = factories.referral()
    factories.side(pair=person.pair)
    later = NOW + timedelta(days=1)

    arrives(payloads.ProgressNotice("in_sessions", 1, 12, NOW.date()), person.thread or "", at=NOW)
    arrives(payloads.ProgressNotice("left", 2, 12, NOW.date()), person.thread or "", at=later)
    arrives(payloads.ProgressNotice("in_sessions", 1, 12, NOW.date()), person.thread or "", at=NOW)
    chores.pass_on(at=later)

    assert [lines[1] for lines in told()] == ["Event: started", "Event: left"]


def test_a_service_that_is_no_longer_written_to_keeps_nobody_else_waiting() -> None:
    person = factories.referral()
    gone = factories.side(pair=person.pair, advocacy="lantern-advocacy")
    factories.side(pair=person.pair)
    Partner.objects.filter(name="lantern-advocacy").update(ended_at=NOW)

    arrives(payloads.Alert("concern", PRACTITIONER, NOW), person.thread or "")
    chores.pass_on(at=NOW)

    assert len(told()) == 1
    assert Onward.objects.get().undelivered == [gone.ref]


def test_an_advocates_alert_is_taken_up_here_and_goes_no_further(officer: Client) -> None:
    person = factories.referral()
    side = factories.side(pair=person.pair)
    factories.partner(name=factories.PROGRAMME)

    arrives(payloads.Alert("advocate", "01632 960 044", NOW), side.thread, sender=factories.ADVOCACY)
    chores.pass_on(at=NOW)
    alert = Alert.objects.get()
    officer.post(reverse("alerts:acknowledge", args=[alert.ref]), {"note": "Rang her advocate."})

    assert [lines[0] for lines in told()] == ["Alert acknowledged."]
    assert not ByHandTask.objects.filter(partner__name=factories.PROGRAMME).exists()


def test_an_alert_about_nobody_known_is_tried_again_later() -> None:
    factories.side()

    with pytest.raises(commands.UnknownThread):
        arrives(payloads.Alert("advocate", "", NOW), "another", sender=factories.ADVOCACY)


def test_a_reason_that_no_list_has_is_kept_for_an_administrator() -> None:
    side = factories.side()

    with pytest.raises(CannotHandle, match="in no list here"):
        arrives(payloads.Alert("because she said", "", NOW), side.thread, sender=factories.ADVOCACY)


def test_the_programme_is_asked_in_the_same_words_whatever_made_the_police_ask(
    officer: Client, actor: Actor
) -> None:
    factories.partner(name=factories.PROGRAMME)
    alone, paired = factories.referral(), factories.referral()
    side = factories.side(pair=paired.pair)
    arrives(payloads.Alert("advocate", "01632 960 044", NOW), side.thread, sender=factories.ADVOCACY)

    for person in (alone, paired):
        commands.ask_programme(actor=actor, ref=person.ref, contact="01632 960 050", at=NOW)

    asked = [task.text for task in ByHandTask.objects.filter(partner__name=factories.PROGRAMME)]
    assert asked[0] == asked[1]
    assert "Reason: police" in asked[0]
    assert "960 044" not in asked[0]


def test_the_page_asks_with_a_number_and_nothing_else(officer: Client) -> None:
    person = factories.referral()
    factories.partner(name=factories.PROGRAMME)
    factories.duty_number()
    page = reverse("switchboard:ask", args=[person.ref])

    offered = officer.get(page).content.decode()
    words = officer.post(page, {"contact": "01632 960 050, about her"})
    done = officer.post(page, {"contact": "01632 960 050"})

    assert "01632 960 050" in offered
    assert words.status_code == 422
    assert done.status_code == 302
    assert ByHandTask.objects.get().kind == "alert"
    assert (
        not Alert.objects.exists()
    )  # nothing comes back from a partner by hand: the task says whether it was told


def test_an_alert_that_went_out_waits_to_be_taken_up_at_the_other_side(
    programme: Partner, actor: Actor
) -> None:
    person = factories.referral()

    commands.ask_programme(actor=actor, ref=person.ref, contact="01632 960 050", at=NOW)

    alert = Alert.objects.get()
    assert (alert.way, alert.case, alert.due_at) == ("out", person.ref, NOW + timedelta(minutes=30))
    assert Outbox.objects.get().kind == "alert"


def test_nobody_is_asked_about_a_draft(officer: Client) -> None:
    draft = factories.draft()

    answer = officer.post(reverse("switchboard:ask", args=[draft.ref]), {"contact": "01632 960 050"})

    assert answer.status_code == 422
    assert "there is no programme to ask" in answer.content.decode()


def test_what_waits_is_passed_on_once_even_by_two_workers(actor: Actor) -> None:
    person = factories.referral()
    factories.side(pair=person.pair)
    arrives(payloads.Alert("concern", PRACTITIONER, NOW), person.thread or "")
    ref = Onward.objects.get().ref

    for _ in range(2):
        commands.forward(actor=actors.clock(), ref=ref, at=NOW)

    assert len(told()) == 1


def test_the_order_coordinator_sees_alerts_and_not_who_stands_behind_whom(
    signed_in: Callable[..., Client],
) -> None:
    factories.alert(referral=factories.referral(), raised_at=timezone.now())
    coordinator = signed_in(role=Role.ORDER_COORDINATOR)

    assert coordinator.get(reverse("alerts:alerts")).status_code == 200
    assert coordinator.get("/").status_code == 200
    assert coordinator.get(reverse("pairs:pairs")).status_code == 403


@pytest.mark.parametrize(
    ("stages", "events"),
    [
        (("left", "allocated"), ["left", "stays"]),
        (("in_sessions", "left", "allocated"), ["started", "left", "stays", "not_started"]),
        (("in_sessions", "left", "in_sessions"), ["started", "left", "stays"]),
        (("completed", "waiting", "allocated", "in_sessions"), ["completed", "stays", "started"]),
        (("in_sessions", "allocated"), ["started", "not_started"]),
        (("allocated", "in_sessions"), ["started"]),
    ],
)
def test_what_was_told_by_mistake_is_not_left_standing(stages: tuple[str, ...], events: list[str]) -> None:
    person = factories.referral()
    factories.side(pair=person.pair)

    for minute, stage in enumerate(stages):
        notice = payloads.ProgressNotice(stage, 0, 12, NOW.date())
        arrives(notice, person.thread or "", at=NOW + timedelta(minutes=minute))
    chores.pass_on(at=NOW)

    assert [lines[1] for lines in told()] == [f"Event: {event.replace('_', ' ')}" for event in events]


def test_that_a_place_stays_is_news_of_the_day_on_which_it_is_told() -> None:
    person = factories.referral()
    factories.side(pair=person.pair)
    later = NOW + timedelta(days=8)

    arrives(payloads.ProgressNotice("left", 2, 12, NOW.date()), person.thread or "")
    arrives(payloads.PlaceEnding(NOW, NOW, stands=False), person.thread or "", at=later)
    arrives(payloads.ProgressNotice("in_sessions", 2, 12, later.date()), person.thread or "", at=later)
    chores.pass_on(at=later)

    # The same news of the same day is not doubled at the other side.
    assert [lines[1:3] for lines in told()[1:]] == [["Event: stays", "On: 11 March 2026"]] * 2
