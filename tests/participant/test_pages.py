"""The person's own pages: in by an invitation and six digits, the diary, the sessions ahead, the homework, the rights, and out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.participant.conftest import CODE, PIN, invitation
from tests.programme import factories

from desist.participant import drawing, entrance, forms
from desist.programme.episodes.models import Episode
from desist.programme.phones.models import Phone, PhoneRequest
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
from desist.programme.sessions.diary.states import Act
from desist.ui.dates import day_of
from desist.wall.models import AuditEvent

Begun = Callable[..., Client]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def ahead(episode: Episode) -> Any:
    start = timezone.now() + timedelta(days=2)
    return factories.session(episode=episode, period=TimestamptzRange(start, start + timedelta(hours=1)))


def test_an_invitation_is_used_once(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    second = Client().post("/begin/", {"invitation": CODE, "pin": PIN, "again": PIN})

    assert "Strongest urge" in text(phone.get("/"))
    assert second.status_code == 422
    assert entrance.WRONG in text(second)
    assert not second.cookies.get("phone")


@pytest.mark.parametrize("typed", ["K7F2 M9PX ACDE", "k7f2-m9px-acde", " k7f2m9pxacde "])
def test_an_invitation_is_typed_in_any_way(robin: Episode, typed: str) -> None:
    invitation(robin, CODE, timezone.now())

    assert Client().post("/begin/", {"invitation": typed, "pin": PIN, "again": PIN}).status_code == 302


@pytest.mark.parametrize("code", ["", "nonsense", CODE, "é" * 12, "x" * 40])
def test_every_invitation_that_opens_nothing_is_answered_alike(robin: Episode, code: str) -> None:
    invitation(robin, CODE, timezone.now() - timedelta(minutes=11))
    asked = {"pin": PIN, "again": PIN}

    answer = Client().post("/begin/", {"invitation": code, **asked})
    never = Client().post("/begin/", {"invitation": "aaaaaaaaaaaa", **asked})

    assert answer.status_code == 422
    assert _plain(answer) == _plain(never)


def _plain(answer: Any) -> str:
    """A page without the token of its form, which differs every time."""
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text(answer))


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "abcdef", "111111", "121212"])
def test_digits_that_are_too_easy_are_refused(robin: Episode, pin: str) -> None:
    invitation(robin, CODE, timezone.now())

    answer = Client().post("/begin/", {"invitation": CODE, "pin": pin, "again": pin})

    assert forms.SIX in text(answer)
    assert not Phone.objects.exclude(began_at=None).exists()


def test_two_codes_that_differ_are_refused(robin: Episode) -> None:
    invitation(robin, CODE, timezone.now())

    assert forms.OTHER in text(Client().post("/begin/", {"invitation": CODE, "pin": PIN, "again": "147258"}))


def test_opening_a_link_uses_nothing_up(robin: Episode) -> None:
    phone = invitation(robin, CODE, timezone.now())

    assert f'value="{CODE}"' in text(Client().get(f"/begin/{CODE}"))
    phone.refresh_from_db()
    assert phone.began_at is None


def test_signing_out_wipes_the_phone_and_the_digits_open_it_again(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)

    out = phone.post("/sign-out/")
    assert out["Clear-Site-Data"] == '"cache", "storage"'
    assert "Your six digits" in text(phone.get("/"))
    assert phone.post("/sign-in/", {"pin": PIN}).status_code == 302
    assert "Strongest urge" in text(phone.get("/"))


def test_the_fifth_wrong_code_ends_the_phone(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    phone.post("/sign-out/")

    wrong = [phone.post("/sign-in/", {"pin": "999888"}) for _ in range(5)]

    assert {one.status_code for one in wrong} == {422}
    assert wrong[-1]["Clear-Site-Data"]
    assert phone.post("/sign-in/", {"pin": PIN}).status_code == 422
    row = Phone.objects.get()
    assert (row.wrong, row.ended_by, row.ended_at is None) == (5, "", False)


def test_digits_alone_open_nothing_on_another_phone(robin: Episode, begun: Begun) -> None:
    begun(robin)

    assert Client().post("/sign-in/", {"pin": PIN}).status_code == 422


@pytest.mark.parametrize("why", ["left", "paper", "ended"])
def test_who_may_not_is_out_at_the_next_tap_and_keeps_what_they_typed(
    robin: Episode, begun: Begun, why: str
) -> None:
    phone = begun(robin)
    if why == "left":
        factories.ended(episode=robin, state="left")
    elif why == "paper":
        BetweenSessions.objects.update(on_paper=True, because="order")
    else:
        Phone.objects.update(ended_at=timezone.now(), ended_by="x")

    answer = phone.post("/", {"urge": "3", "note": "Half a thought"})

    assert "Half a thought" in text(answer)
    assert drawing.OVER in text(answer)
    assert answer["Clear-Site-Data"]
    assert (answer.cookies["phone"].value, answer.cookies["sitting"].value) == ("", "")
    assert not DiaryDay.objects.exists()
    assert phone.post("/sign-in/", {"pin": PIN}).status_code == 422


def test_two_people_on_one_phone_see_each_their_own(robin: Episode, sam: Episode, begun: Begun) -> None:
    phone = begun(robin)
    phone.post("/", {"note": "Words of Robin"})
    begun(sam, "aaaaccccdddd", browser=phone, pin="147258")

    assert "Words of Robin" not in text(phone.get("/"))
    phone.post("/sign-out/")
    assert phone.post("/sign-in/", {"pin": PIN}).status_code == 422


def test_the_diary_is_noted_with_when_it_was_entered(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    said = {"urge": "4", "act": "resisted", "anger": "0", "note": "<script>alert(1)</script>"}

    answer = phone.post("/", said, follow=True)

    assert "Saved." in text(answer)
    assert "&lt;script&gt;" in text(answer)
    assert "<script>alert" not in text(answer)
    row = DiaryDay.objects.get()
    assert (row.urge, row.act, row.anger, row.sadness, row.version) == (4, Act.RESISTED, 0, None, 1)
    assert (row.typed_by, row.entered_on, row.day) == (
        "phone",
        day_of(timezone.now()),
        day_of(timezone.now()),
    )


def test_the_skill_of_a_day_is_noted_changed_and_taken_out(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    seen = []
    for skill in ("ride", "ride", "", "facts", "none"):
        answer = phone.post("/", {"urge": "2", "skill": skill, "form_version": _version()}, follow=True)
        seen.append((DiaryDay.objects.get().skill, 'value="ride" selected' in text(answer)))

    assert seen == [("ride", True), ("ride", True), ("ride", True), ("facts", False), ("", False)]
    assert phone.post("/", {"urge": "2", "skill": "no-skill", "form_version": _version()}).status_code == 422


def _version() -> str:
    row = DiaryDay.objects.first()
    return str(row.version if row else 0)


def test_a_day_before_is_back_filled_and_older_ones_are_not_offered(robin: Episode, begun: Begun) -> None:
    phone, today = begun(robin), day_of(timezone.now())
    before, old = today - timedelta(days=3), today - timedelta(days=7)

    phone.post(f"/?day={before}", {"urge": "1"})
    phone.post(f"/?day={old}", {"urge": "2"})

    kept = {row.day: (row.urge, row.entered_on) for row in DiaryDay.objects.all()}
    assert kept == {before: (1, today), today: (2, today)}


def test_a_day_that_was_changed_meanwhile_is_not_overwritten(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    phone.post("/", {"urge": "1", "form_version": "0"})

    answer = phone.post("/", {"urge": "5", "note": "Mine", "form_version": "0"})

    assert answer.status_code == 422
    assert "Mine" in text(answer)
    assert DiaryDay.objects.get().urge == 1


def test_the_same_day_sent_again_is_kept_once(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    for _ in range(2):
        assert phone.post("/", {"urge": "1", "form_version": "0"}).status_code == 302

    assert DiaryDay.objects.get().version == 1


@pytest.mark.parametrize(
    "said", [{"urge": "6"}, {"urge": "x"}, {"act": "nonsense"}, {"note": "x" * 2001}, {"shame": "-1"}]
)
def test_what_is_no_entry_is_refused(robin: Episode, begun: Begun, said: dict[str, str]) -> None:
    assert begun(robin).post("/", said).status_code == 422
    assert not DiaryDay.objects.exists()


def test_a_target_of_their_own_is_rated_and_one_that_ended_keeps_its_figures(
    robin: Episode, begun: Begun
) -> None:
    known = {"episode": robin, "added_by": "x", "added_at": timezone.now()}
    target = DiaryTarget.objects.create(name="Minutes of brooding", submission="t", **known)
    phone = begun(robin)
    assert "Minutes of brooding" in text(phone.get("/"))

    phone.post("/", {f"own_{target.ref}": "3", "form_version": "0"})
    assert f'name="own_{target.ref}" value="3" checked' in text(phone.get("/"))
    DiaryTarget.objects.update(ended_at=timezone.now(), ended_by="x")
    phone.post("/", {"urge": "1", "form_version": "1"})
    row = DiaryDay.objects.get()
    assert (row.own, row.urge, row.version) == ({target.ref: 3}, 1, 2)
    assert "brooding" not in text(phone.get("/"))

    # A page that was open when the target ended loses nothing.
    phone.post("/", {"urge": "1", f"own_{target.ref}": "5", "form_version": "2"})
    row.refresh_from_db()
    assert row.own == {target.ref: 5}


@pytest.mark.parametrize("name", ["12 Quarry Lane", "Ring 07700 900123"])
def test_a_target_that_may_lead_to_someone_stays_on_paper(robin: Episode, begun: Begun, name: str) -> None:
    DiaryTarget.objects.create(
        episode=robin, name=name, submission="t", added_by="x", added_at=timezone.now()
    )

    assert name not in text(begun(robin).get("/"))


def test_a_session_ahead_tells_its_time_the_agreed_words_and_a_first_name(
    robin: Episode, begun: Begun
) -> None:
    ahead(robin)
    shown = text(begun(robin).get("/appointments/"))

    assert "with Robinella." in shown
    assert "Robin’s usual place" in shown or "By telephone or video" in shown
    for word in ("Wintergreen", "Session", "session 1", "Northmere"):
        assert word not in shown


def test_i_cannot_come_is_a_task_and_moves_nothing(robin: Episode, begun: Begun) -> None:
    session, phone = ahead(robin), begun(robin)
    for _ in range(2):
        answer = phone.post("/appointments/", {"session": session.ref, "words": "Work"})
        assert answer.status_code == 302

    assert "You said that you cannot come" in text(phone.get("/appointments/"))
    row = PhoneRequest.objects.get()
    assert (row.kind, row.session, row.words, row.answered_at) == ("cannot_come", session, "Work", None)
    session.refresh_from_db()
    assert session.state == "planned"


def test_homework_is_ticked_with_a_line(robin: Episode, begun: Begun) -> None:
    held, phone = factories.attended(episode=robin, homework_set="Count to ten"), begun(robin)
    assert "Count to ten" in text(phone.get("/homework/"))

    phone.post("/homework/", {"session": held.ref, "words": "Twice"})
    phone.post("/homework/", {"session": held.ref, "words": "Three times"})

    assert PhoneRequest.objects.get().words == "Three times"
    assert "You ticked it" in text(phone.get("/homework/"))


@pytest.mark.parametrize("kind", forms.RIGHTS)
def test_a_right_is_a_task(robin: Episode, begun: Begun, kind: str) -> None:
    phone = begun(robin)

    assert phone.post("/rights/", {"kind": kind, "words": "Please"}).status_code == 302
    assert "not answered yet" in text(phone.get("/rights/"))
    assert PhoneRequest.objects.get().kind == kind


@pytest.mark.parametrize(
    "sent", [{"kind": "nonsense"}, {"kind": "homework"}, {}, {"kind": "record", "words": "x" * 2001}]
)
def test_a_request_that_is_none_is_refused(robin: Episode, begun: Begun, sent: dict[str, str]) -> None:
    answer = begun(robin).post("/rights/", sent)

    assert answer.status_code == 422
    assert not PhoneRequest.objects.exists()


def test_no_more_than_thirty_requests_a_day_are_taken(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    answers = [
        phone.post("/rights/", {"kind": "complaint", "form_submission": f"{n:030}"}).status_code
        for n in range(31)
    ]

    assert answers == [302] * 30 + [422]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/appointments/",
        "/homework/",
        "/rights/",
        "/skills/",
        "/plan/",
        "/questions/",
        "/rights/notice/",
        "/begin/",
        "/sign-in/",
        "/nothing/",
    ],
)
def test_no_page_without_a_sign_in_names_anything(robin: Episode, address: str) -> None:
    ahead(robin)
    shown = text(Client().get(address)).casefold()

    for word in ("robin", "desist", "stalk", "victim", "practitioner’s", "programme", "session 1"):
        assert word not in shown


@pytest.mark.parametrize(
    "address", ["/", "/appointments/", "/homework/", "/rights/", "/skills/", "/skills/ride/", "/plan/"]
)
def test_a_first_view_is_small(robin: Episode, begun: Begun, address: str) -> None:
    answer = begun(robin).get(address)
    files = sum(files_of_a_view().values())

    assert "<script>alert" not in text(answer)
    assert len(answer.content) + files < 40_000


def files_of_a_view() -> dict[str, int]:
    from desist.zones.base import SOURCE

    return {
        name: (SOURCE / "ui/static/ui" / name).stat().st_size
        for name in (
            "plain.css",
            "week.css",
            "plain.svg",
            "week.js",
            "week-worker.js",
            "reach.js",
            "ask.js",
            "passkeys.js",
        )
    }


def test_the_name_on_the_first_screen_tells_nothing(db: None) -> None:
    from desist import neutral

    shown = text(Client().get("/manifest.webmanifest"))

    assert "My week" in shown
    assert not neutral.tells(shown)


def test_every_look_and_change_leaves_an_event_of_the_phone(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    for address in ("/", "/appointments/", "/homework/", "/rights/", "/skills/", "/plan/", "/questions/"):
        phone.get(address)
    phone.post("/sign-out/")

    ref = Phone.objects.get().ref
    seen = set(AuditEvent.objects.filter(who=ref, role="participant").values_list("action", flat=True))
    assert {
        f"participant.{name}"
        for name in ("begin", "see_diary", "see_appointments", "see_homework", "see_requests", "sign_out")
    } <= seen


def test_a_forged_form_is_refused(robin: Episode) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/rights/", {"kind": "withdraw", "words": "Kept"})

    assert answer.status_code == 403
    assert "Kept" in text(answer)


def test_a_fault_of_the_database_is_told_plainly(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    phone.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = pg_catalog")

    answer = phone.post("/", {"note": "Kept words"})

    assert answer.status_code == 503
    assert entrance.FAULT in text(answer)
    assert "Kept words" in text(answer)


def test_acts_are_the_programmes_own_codes() -> None:
    assert [value for value, _ in forms.ACTS] == list(Act.values)
