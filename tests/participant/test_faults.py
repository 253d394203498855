"""Bad input and faults: whatever is sent or happens, nothing is lost, nothing of another person is seen, and it stays quick."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.participant.conftest import CODE, PIN, as_staff
from tests.participant.test_between import ahead, loaded
from tests.participant.test_offline import add

from desist.participant.entrance import WRONG
from desist.programme.episodes.models import Episode
from desist.programme.measures.models import Measure, Wording
from desist.programme.phones.models import Phone, PhoneRequest
from desist.programme.sessions.diary.models import DiaryDay
from desist.ui.dates import day_of

Begun = Callable[..., Client]
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
MANY = 10_000
#: what differs in any two answers
TOKEN = re.compile(r'value="\w{32,}"')


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_link_that_was_forwarded_opens_one_phone_and_says_nothing_to_the_next(
    robin: Episode, begun: Begun
) -> None:
    first = begun(robin)
    forwarded = Client()
    shown = forwarded.get(f"/begin/{CODE}/")
    answer = forwarded.post("/begin/", {"invitation": CODE, "pin": PIN, "again": PIN})
    never = Client().post("/begin/", {"invitation": "aaaaccccdddd", "pin": PIN, "again": PIN})

    assert (shown.status_code, WRONG in text(answer)) == (200, True)
    assert TOKEN.sub("", text(answer)) == TOKEN.sub("", text(never))
    assert not answer.cookies["phone"].value if "phone" in answer.cookies else True
    assert "Strongest urge" in text(first.get("/"))


def test_a_copy_of_a_stolen_phone_is_out_once_the_service_ended_it(robin: Episode, begun: Begun) -> None:
    phone, thief = begun(robin), Client()
    for name in ("phone", "sitting"):
        thief.cookies[name] = phone.cookies[name].value
    assert "Strongest urge" in text(thief.get("/"))
    Phone.objects.update(ended_at=timezone.now(), ended_by="x")

    for one in (thief, phone):
        assert add(one, "s" * 32, urge="5") == 410
        assert "Strongest urge" not in text(one.get("/"))
    assert not DiaryDay.objects.exists()


def test_a_script_in_a_note_is_words_on_the_phone_and_to_staff(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    phone.post("/", {"urge": "2", "note": SCRIPT})
    add(phone, "t" * 32, note=f"Later {SCRIPT}")
    phone.post("/rights/", {"kind": "complaint", "words": SCRIPT})
    phone.post("/skills/ride/", {"ago": "0", "helped": "yes", "note": SCRIPT})

    pages = [text(phone.get(address)) for address in ("/", "/rights/", "/skills/")]
    with as_staff(robin) as browser:
        for address in ("diary", "phones", "practice"):
            shown = browser.get(f"/{address}/{robin.ref}/")
            assert shown.status_code == 200, address
            pages.append(text(shown))
    assert DiaryDay.objects.get().note == f"{SCRIPT}\nLater {SCRIPT}"
    assert sum("&lt;script&gt;alert(1)" in one for one in pages) >= 3
    for one in pages:
        assert "<script>alert" not in one
        assert "<img src=x" not in one


def test_ten_thousand_days_of_diary_are_as_quick_as_none(robin: Episode, begun: Begun) -> None:
    phone, today = begun(robin), day_of(timezone.now())
    before = quickest(lambda: phone.get("/"))
    rows = [
        DiaryDay(
            episode=robin,
            day=today - timedelta(days=back),
            urge=back % 6,
            note=f"Day {back}",
            typed_by="phone",
            typed_at=timezone.now(),
            entered_on=today,
        )
        for back in range(MANY)
    ]
    DiaryDay.objects.bulk_create(rows, batch_size=1_000)
    after = quickest(lambda: phone.get("/"))

    shown = text(phone.get("/"))
    assert "Day 0" in shown
    assert "Day 7<" not in shown
    assert len(shown) < 20_000
    assert after < 10 * before + 0.5
    with as_staff(robin) as browser:
        answer = browser.get(f"/diary/{robin.ref}/")
        assert answer.status_code == 200
        assert len(answer.content) < 3_000_000


def quickest(do: Callable[[], Any]) -> float:
    def timed() -> float:
        began = time.perf_counter()
        do()
        return time.perf_counter() - began

    return min(timed() for _ in range(3))


def test_a_wording_that_changed_while_a_form_is_open_loses_no_answer(robin: Episode, begun: Begun) -> None:
    loaded("gad-7")
    ahead(robin)
    phone = begun(robin)
    assert "Invented question 1" in text(phone.get("/questions/gad-7/"))
    Wording.objects.update(ended_at=timezone.now())
    loaded("gad-7")
    said = {f"item_{number}": "1" for number in range(1, 8)}

    assert phone.post("/questions/gad-7/", said)["Location"] == "/questions/?saved=1"
    assert Measure.objects.get().total == 7


def test_a_form_that_is_asked_no_more_takes_no_answer_and_keeps_the_page(
    robin: Episode, begun: Begun
) -> None:
    loaded("gad-7")
    ahead(robin)
    phone = begun(robin)
    Wording.objects.update(ended_at=timezone.now())
    answer = phone.post("/questions/gad-7/", {"item_1": "1"}, follow=True)

    assert answer.status_code == 200
    assert not Measure.objects.exists()


def test_a_week_without_a_server_is_added_day_by_day(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    sent = [
        add(phone, f"{hours:032d}", hours=hours, urge=str(hours // 24 % 6)) for hours in range(0, 168, 24)
    ]
    again = [add(phone, f"{hours:032d}", hours=hours, urge="0") for hours in range(0, 168, 24)]

    assert sent == again == [204] * 7
    assert robin.diary.count() == 7
    assert sorted(row.urge or 0 for row in robin.diary.all()) == [0, 0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "address", ["/homework/", "/rights/", "/appointments/", "/skills/ride/", "/questions/"]
)
def test_who_is_deselected_while_typing_gets_the_words_back_and_nothing_else(
    robin: Episode, begun: Begun, address: str
) -> None:
    phone = begun(robin)
    Episode.objects.update(state="left", ended_at=timezone.now())
    answer = phone.post(
        address,
        {
            "words": "Half a thought",
            "note": "Half a thought",
            "kind": "complaint",
            "helped": "yes",
            "ago": "0",
        },
    )

    assert "Half a thought" in text(answer)
    assert "Code from your practitioner" in text(answer)
    assert answer["Clear-Site-Data"]
    assert not PhoneRequest.objects.exists()
