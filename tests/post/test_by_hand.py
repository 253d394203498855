"""A partner without software gets a telephone call: the task says what to read out and by when."""

import dataclasses
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from tests.post.conftest import AT, POLICE, REFERRAL, THREAD

from desist.post import by_hand, outbox, payloads
from desist.post.models import ByHandTask, Outbox, Partner
from desist.post.transports import Transport

pytestmark = pytest.mark.usefixtures("own_keys", "by_hand_police")


@pytest.fixture
def by_hand_police(police: Partner) -> None:
    Partner.objects.update(transport=Transport.BY_HAND, keys="")


def test_a_task_is_written_and_no_envelope() -> None:
    decision = payloads.ReferralDecision("accepted", "Ready to begin", AT)

    outbox.send(decision, to=POLICE, thread=THREAD, at=AT, case="acdefghjkl")

    task = ByHandTask.objects.get()
    assert not Outbox.objects.exists()
    assert task.text.splitlines() == [
        "Referral decision.",
        "Outcome: accepted",
        "Reason: Ready to begin",
        "Decided at: Monday 2 March 2026, 9:30am",
    ]
    assert (task.partner.name, task.case) == (POLICE, "acdefghjkl")
    assert task.due_at == AT + timedelta(days=1)


def test_an_alert_is_told_within_the_hour() -> None:
    outbox.send(payloads.Alert("concern", "01632 960 003", AT), to=POLICE, thread=THREAD, at=AT)

    assert ByHandTask.objects.get().due_at == AT + timedelta(hours=1)


def test_the_thread_is_never_read_out() -> None:
    outbox.send(payloads.Alert("concern", "01632 960 003", AT), to=POLICE, thread=THREAD, at=AT)

    assert THREAD not in ByHandTask.objects.get().text


def test_a_person_is_told_of_by_how_both_sides_know_them_and_an_envelope_does_not_say_it() -> None:
    decision = payloads.ReferralDecision("accepted", "", AT)

    outbox.send(decision, to=POLICE, thread=THREAD, at=AT, case="acdefghjkl", about="Robin Example")

    task = ByHandTask.objects.get()
    assert task.about == "Robin Example"
    assert "Robin" not in task.text


def progress(attended: int, *, at: datetime, case: str = "acdefghjkl") -> None:
    notice = payloads.ProgressNotice("in_sessions", attended, 12 - attended, at.date())
    outbox.send(notice, to=POLICE, thread=THREAD, at=at, case=case)


def test_later_progress_overtakes_what_nobody_told_yet_and_is_due_no_later() -> None:
    progress(1, at=AT)
    progress(2, at=AT + timedelta(hours=5))

    earlier, later = ByHandTask.objects.order_by("pk")
    assert earlier.overtaken_at == AT + timedelta(hours=5)
    assert later.overtaken_at is None
    assert later.due_at == earlier.due_at
    assert "Attended: 2" in later.text


def test_what_was_told_or_is_about_somebody_else_is_overtaken_by_nothing() -> None:
    progress(1, at=AT)
    ByHandTask.objects.update(told_at=AT, told_whom="The desk", by="somebody")
    progress(5, at=AT, case="somebodyelse")
    progress(2, at=AT + timedelta(hours=5))

    assert not ByHandTask.objects.exclude(overtaken_at=None).exists()


def test_two_alerts_are_both_told() -> None:
    for _ in range(2):
        alert = payloads.Alert("concern", "01632 960 003", AT)
        outbox.send(alert, to=POLICE, thread=THREAD, at=AT, case="acdefghjkl")

    assert ByHandTask.objects.filter(overtaken_at=None).count() == 2


def test_a_code_of_several_words_is_read_out_as_words_and_text_as_it_is() -> None:
    lines = by_hand.spoken(
        payloads.ReferralDecision("consultation_only", "See form_7 of it", AT)
    ).splitlines()

    assert lines[1:3] == ["Outcome: consultation only", "Reason: See form_7 of it"]


@dataclasses.dataclass(frozen=True)
class Agreement(payloads.Payload):
    """A payload with a yes and a no."""

    KIND: ClassVar[str] = "agreement"

    agreed: bool
    interpreter: bool


def test_yes_and_no_are_said_in_words() -> None:
    lines = by_hand.spoken(Agreement(agreed=True, interpreter=False)).splitlines()

    assert lines == ["Agreement.", "Agreed: yes", "Interpreter: no"]


def test_every_kind_of_field_has_words() -> None:
    lines = by_hand.spoken(REFERRAL).splitlines()

    assert "Born: 2 March 2026" in lines
    assert "Behaviours: calls, letters" in lines
    assert "Needs: not given" in lines


def test_what_leads_to_somebody_is_emptied_once_it_was_told() -> None:
    police = Partner.objects.get(name=POLICE)
    texts = {}
    for kind in ("victim-referral", "referral-decision"):
        task = ByHandTask.objects.create(
            partner=police, kind=kind, text="Phone: 01632 960 077", made_at=AT, due_at=AT
        )
        texts[kind] = by_hand.kept(task)

    assert texts == {
        "victim-referral": by_hand.TOLD_AND_EMPTIED,
        "referral-decision": "Phone: 01632 960 077",
    }
