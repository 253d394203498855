"""Notes without a line: the frame and its worker, the key, and what is added once, whatever the clock says."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.programme import factories

from desist.programme.episodes.models import Episode
from desist.programme.phones.models import Phone, PhoneRequest
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
from desist.programme.sessions.diary.states import Act
from desist.programme.sessions.models import Session
from desist.programme.sessions.practice.models import SkillPractice
from desist.ui.dates import day_of

Begun = Callable[..., Client]
HOUR = 60 * 60 * 1000
#: a phone's clock, which is wrong by years
CLOCK = 1_000_000_000_000


def text(answer: Any) -> str:
    return str(answer.content.decode())


def add(
    phone: Client, entry: str = "e" * 32, *, hours: int = 0, own: dict[str, str] | None = None, **said: str
) -> int:
    """Send what was noted some hours ago by the phone's own clock."""
    times = {"noted": str(CLOCK - hours * HOUR), "sent": str(CLOCK)}
    return phone.post("/add/", {"entry": entry, "ago": "0", **times, **(own or {}), **said}).status_code


def test_the_frame_is_the_same_for_everybody(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    phone.post("/", {"note": "Words of Robin"})

    assert text(phone.get("/frame/")) == text(Client().get("/frame/"))
    for word in ("Robin", "csrf", "form_submission"):
        assert word not in text(phone.get("/frame/"))


def test_the_worker_changes_with_the_frame_alone(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from desist.participant import forms

    first, again = text(Client().get("/worker.js")), text(Client().get("/worker.js"))
    monkeypatch.setitem(forms.Today.base_fields, "urge", forms.Today.base_fields["anger"])

    assert first == again != text(Client().get("/worker.js"))


def test_only_an_open_sign_in_gets_the_key_and_each_phone_its_own(
    robin: Episode, sam: Episode, begun: Begun
) -> None:
    first, second = begun(robin), begun(sam, "aaaaccccdddd")
    keys = [phone.get("/key/").json()["key"] for phone in (first, second, first)]

    assert keys[0] == keys[2] != keys[1]
    assert Client().get("/key/").status_code == 403
    first.post("/sign-out/")
    assert first.get("/key/").status_code == 403
    first.post("/sign-in/", {"pin": "258147"})
    assert first.get("/key/").json()["key"] == keys[0]


def test_a_note_that_comes_twice_is_added_once(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)

    assert [add(phone, urge="4", act="resisted", note="On the bus") for _ in range(3)] == [204] * 3
    row = DiaryDay.objects.get()
    assert (row.urge, row.act, row.note, row.version) == (4, Act.RESISTED, "On the bus", 1)


def test_what_two_phones_noted_of_one_day_is_all_kept(robin: Episode, begun: Begun) -> None:
    target = DiaryTarget.objects.create(
        episode=robin, name="Brooding", submission="t", added_by="x", added_at=timezone.now()
    )
    own = f"own_{target.ref}"
    first, second = begun(robin), begun(robin, "aaaaccccdddd")
    first.post("/", {"urge": "2", "shame": "5", "note": "Morning", own: "4"})
    add(second, "f" * 32, urge="5", act="looked", note="Noon", own={own: "1"})
    add(first, "g" * 32, urge="3", act="resisted", anger="1", note="Night", own={own: "5"})
    add(second, "f" * 32, urge="5", act="looked", note="Noon", own={own: "1"})

    row = DiaryDay.objects.get()
    assert (row.urge, row.act, row.anger, row.shame, row.own) == (5, Act.LOOKED, 1, 5, {target.ref: 5})
    assert row.note == "Morning\nNoon\nNight"


def test_a_skill_noted_without_a_line_is_kept_where_none_stands(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    first = add(phone, entry="a" * 32, skill="ride")
    second = add(phone, entry="b" * 32, skill="facts")

    assert (first, second) == (204, 204)
    assert DiaryDay.objects.get().skill == "ride"


def test_a_figure_of_a_target_that_ended_meanwhile_is_kept(robin: Episode, begun: Begun) -> None:
    target = DiaryTarget.objects.create(
        episode=robin, name="Brooding", submission="t", added_by="x", added_at=timezone.now()
    )
    phone = begun(robin)
    DiaryTarget.objects.update(ended_at=timezone.now(), ended_by="x")

    assert add(phone, own={f"own_{target.ref}": "2"}) == 204
    assert DiaryDay.objects.get().own == {target.ref: 2}


def test_a_wrong_clock_and_a_week_without_a_server_move_no_day(robin: Episode, begun: Begun) -> None:
    phone, now = begun(robin), timezone.now()
    assert add(phone, hours=9 * 24, note="Nine days ago") == 204

    row = DiaryDay.objects.get()
    assert row.day == row.entered_on == day_of(now - timedelta(days=9))
    assert row.noted_at
    assert abs(row.noted_at - (now - timedelta(days=9))) < timedelta(minutes=1)
    assert abs(row.typed_at - now) < timedelta(minutes=1)


@pytest.mark.parametrize(("noted", "sent"), [("x", "1"), ("", ""), ("2", "1"), ("1", "9" * 40)])
def test_a_clock_that_says_nonsense_is_not_believed(
    robin: Episode, begun: Begun, noted: str, sent: str
) -> None:
    answer = begun(robin).post("/add/", {"entry": "e" * 32, "ago": "0", "noted": noted, "sent": sent})

    assert answer.status_code == 204
    assert DiaryDay.objects.get().day == day_of(timezone.now())


@pytest.mark.parametrize(
    "said",
    [
        {"urge": "6"},
        {"act": "x"},
        {"note": "x" * 2001},
        {"ago": "7"},
        {"ago": ""},
        {"entry": "short"},
        {"own_x": "1"},
    ],
)
def test_what_is_no_note_is_refused_and_stays_on_the_phone(
    robin: Episode, begun: Begun, said: dict[str, str]
) -> None:
    assert begun(robin).post("/add/", {"entry": "e" * 32, "ago": "0", **said}).status_code == 422
    assert not DiaryDay.objects.exists()


def test_a_note_of_more_than_a_month_ago_stays_on_the_phone(robin: Episode, begun: Begun) -> None:
    assert add(begun(robin), hours=32 * 24) == 422


def test_a_note_for_which_the_day_has_no_room_stays_on_the_phone(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    phone.post("/", {"note": "x" * 1500})

    assert add(phone, note="y" * 600) == 422
    assert DiaryDay.objects.get().note == "x" * 1500


PRACTICE: dict[str, Any] = {"kind": "practice", "skill": "ride", "helped": "little", "note": "It fell"}


def test_practice_that_comes_twice_is_added_once_on_its_own_day(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)

    assert [add(phone, hours=9 * 24, **PRACTICE) for _ in range(3)] == [204] * 3
    assert add(phone, "f" * 32, **PRACTICE) == 204

    early, today = SkillPractice.objects.order_by("day")
    assert (early.skill, early.helped, early.note) == ("ride", "little", "It fell")
    assert early.day == day_of(timezone.now() - timedelta(days=9))
    assert today.day == day_of(timezone.now())
    assert not DiaryDay.objects.exists()


@pytest.mark.parametrize(
    "said",
    [{"skill": "x"}, {"helped": "x"}, {"helped": ""}, {"note": "x" * 401}, {"ago": "7"}, {"kind": "x"}],
)
def test_what_is_no_practice_is_refused_and_stays_on_the_phone(
    robin: Episode, begun: Begun, said: dict[str, str]
) -> None:
    assert begun(robin).post("/add/", {"entry": "e" * 32, "ago": "0", **PRACTICE, **said}).status_code == 422
    assert not SkillPractice.objects.exists()


def homework(robin: Episode, number: int, *, days: int) -> Session:
    """A session with homework, some days ago."""
    began = timezone.now() - timedelta(days=days)
    period = (began, began + timedelta(hours=1))
    return factories.attended(episode=robin, number=number, period=period, homework_set="Get up and say stop")


def test_a_tick_without_a_line_is_of_the_homework_of_its_own_time(robin: Episode, begun: Begun) -> None:
    phone, before = begun(robin), homework(robin, 2, days=9)
    homework(robin, 3, days=1)

    sent = [add(phone, hours=48, kind="homework", note="Twice a day") for _ in range(3)]
    assert sent == [204] * 3

    row = PhoneRequest.objects.get()
    assert (row.session, row.kind, row.words) == (before, "homework", "Twice a day")
    assert abs(row.asked_at - (timezone.now() - timedelta(hours=48))) < timedelta(minutes=1)


def test_ticks_of_two_phones_keep_both_lines_whatever_comes_again(robin: Episode, begun: Begun) -> None:
    first, second = begun(robin), begun(robin, "aaaaccccdddd")
    homework(robin, 2, days=3)

    for phone, words in ((first, "On Monday"), (second, "On Tuesday"), (first, "On Monday"), (second, "")):
        assert add(phone, words[-7:].rjust(32, "e"), kind="homework", note=words) == 204

    assert PhoneRequest.objects.get().words == "On Monday\n\nOn Tuesday"


def test_a_tick_without_homework_stays_on_the_phone(robin: Episode, begun: Begun) -> None:
    assert add(begun(robin), kind="homework", note="Done") == 422
    assert not PhoneRequest.objects.exists()


def test_a_phone_reaches_no_homework_of_another_person(robin: Episode, sam: Episode, begun: Begun) -> None:
    homework(sam, 2, days=3)

    assert add(begun(robin), kind="homework", note="Done") == 422
    assert not PhoneRequest.objects.exists()


def test_without_a_sign_in_a_note_waits(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    phone.post("/sign-out/")

    assert add(phone) == 403
    assert not DiaryDay.objects.exists()


@pytest.mark.parametrize("why", ["left", "ended"])
def test_a_phone_that_was_ended_forgets_everything_at_its_next_contact(
    robin: Episode, begun: Begun, why: str
) -> None:
    phone = begun(robin)
    if why == "left":
        factories.ended(episode=robin, state="left")
    else:
        Phone.objects.update(ended_at=timezone.now(), ended_by="x")

    answer = phone.post("/add/", {"entry": "e" * 32, "ago": "0"})
    assert answer.status_code == 410
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["phone"].value == ""
    assert not DiaryDay.objects.exists()
