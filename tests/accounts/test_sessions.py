"""Signing in, being locked out by a pause, seeing one's sessions and ending them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.accounts.conftest import sign_in_of

from desist.accounts import devices
from desist.accounts.models import Account, BrowserSession, SignIn
from desist.accounts.session_store import SessionStore
from desist.wall.actors import Role
from desist.wall.models import AuditEvent

SignedIn = Callable[..., Client]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the demo."""
    monkeypatch.setenv("DESIST_DEMO", "1")


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]  # the test client's answer


def test_outside_the_demo_nobody_is_offered_and_nobody_gets_in(kit: Account) -> None:
    client = Client()

    page = client.get("/account/sign-in/")
    client.post("/account/sign-in/", {"grant": str(kit.grants.earliest("pk").pk)})

    assert "Kit Marlow" not in text(page)
    assert client.get("/account/").status_code == 302
    assert SignIn.objects.count() == 0


def test_whoever_signs_in_after_signing_out_twice_stays_signed_in(kit: Account, demo: None) -> None:
    client = Client()

    to_sign_in = client.post("/account/sign-out/")["Location"]
    answer = client.post(to_sign_in, {"grant": str(kit.grants.earliest("pk").pk)})

    assert "sign-out" in to_sign_in
    assert answer["Location"] == "/"


def test_in_the_demo_a_name_is_enough_and_the_device_is_told_from_a_list(kit: Account, demo: None) -> None:
    client = Client(headers={"user-agent": FIREFOX})

    answer = client.post(
        "/account/sign-in/?next=//elsewhere.example/", {"grant": str(kit.grants.earliest("pk").pk)}
    )

    assert answer["Location"] == "/"
    assert sign_in_of(client).device == "Firefox on Linux"


def test_a_leaver_is_not_offered_in_the_demo(kit: Account, demo: None, now: datetime) -> None:
    Account.objects.filter(pk=kit.pk).update(left_at=now)

    assert "Kit Marlow" not in text(Client().get("/account/sign-in/"))


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("curl 10.0.0.1 <script>", "Unknown device"),
        ("Firefox/1", "Firefox"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_named_from_fixed_words(agent: str, said: str) -> None:
    assert devices.label(user_agent=agent) == said


def test_people_see_their_sessions_and_end_others(kit: Account, signed_in: SignedIn) -> None:
    here, there = signed_in(kit, device="Firefox on Linux"), signed_in(kit, device="Safari on iPhone")
    page = text(here.get("/account/"))
    [address] = re.findall(r"/account/sign-ins/\w+/end/", page)

    here.post(address)

    assert "This one" in page
    assert there.get("/account/")["Location"].startswith("/account/sign-in/")
    assert here.get("/account/").status_code == 200
    assert "Safari on iPhone" not in text(here.get("/account/"))


def test_signing_out_ends_the_session_for_good(kit: Account, signed_in: SignedIn) -> None:
    client = signed_in(kit)
    row, name = sign_in_of(client), settings.SESSION_COOKIE_NAME
    key = client.cookies[name].value

    client.post("/account/sign-out/")

    client.cookies[name] = key
    assert client.get("/account/").status_code == 302
    row.refresh_from_db()
    assert row.ended_by == kit.ref


def test_a_leavers_next_request_finds_nobody(kit: Account, ada: Account, signed_in: SignedIn) -> None:
    theirs, administrators = signed_in(kit), signed_in(ada)

    administrators.post(f"/account/people/{kit.ref}/leave/")

    assert theirs.get("/account/").status_code == 302


def test_eight_hours_end_it_whatever_was_done(kit: Account, signed_in: SignedIn, now: datetime) -> None:
    client = signed_in(kit, began=now - timedelta(hours=8, seconds=1))

    assert client.get("/account/")["Location"].startswith("/account/sign-in/")


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (16, 401)])
def test_fifteen_minutes_lock_every_page(
    kit: Account, signed_in: SignedIn, now: datetime, minutes: int, status: int
) -> None:
    client = signed_in(kit, seen=now - minutes * MINUTE)

    assert client.get("/account/").status_code == status
    assert client.get("/account/role/").status_code == status
    assert (sign_in_of(client).last_seen_at > now - MINUTE) == (status == 200)


def test_a_locked_page_asks_for_whose_it_is_and_leads_back(
    kit: Account, signed_in: SignedIn, now: datetime, demo: None
) -> None:
    client = signed_in(kit, seen=now - 16 * MINUTE)
    page = text(client.get("/account/role/?a=b"))

    answer = client.post("/account/lock/", {"next": "/account/role/?a=b"})

    assert "Continue as Kit Marlow" in page
    assert 'value="/account/role/?a=b"' in page
    assert answer["Location"] == "/account/role/?a=b"
    assert client.get("/account/role/").status_code == 200
    assert AuditEvent.objects.filter(action="accounts.unlock", allowed=True).count() == 1


def test_outside_the_demo_nothing_unlocks(kit: Account, signed_in: SignedIn, now: datetime) -> None:
    client = signed_in(kit, seen=now - 16 * MINUTE)
    page = text(client.get("/account/"))

    assert "Continue as" not in page
    assert client.post("/account/lock/").status_code == 422
    assert client.get("/account/").status_code == 401


def test_words_sent_to_a_locked_page_come_back_to_be_sent_again(
    kit: Account, ada: Account, signed_in: SignedIn, now: datetime, demo: None
) -> None:
    client = signed_in(ada, seen=now - 16 * MINUTE)
    address = f"/account/people/{kit.ref}/give-role/"
    sent = {"role": "supervisor", "area": "<b>northmere"}
    page = client.post(address, sent)
    kept = '[["role", "supervisor"], ["area", "<b>northmere"]]'

    back = client.post("/account/lock/", {"next": "/", "again": address, "kept": kept})

    assert page.status_code == 401
    assert "&lt;b&gt;northmere" in text(page)
    assert not kit.grants.filter(role=Role.SUPERVISOR).exists()
    assert f'action="{address}"' in text(back)
    assert '<textarea name="role" hidden>supervisor</textarea>' in text(back)
    assert '<textarea name="area" hidden>&lt;b&gt;northmere</textarea>' in text(back)


def test_a_form_of_another_site_is_not_offered_for_sending_again(
    kit: Account, signed_in: SignedIn, now: datetime, demo: None
) -> None:
    theirs = signed_in(kit, seen=now - 16 * MINUTE)
    client = Client(enforce_csrf_checks=True)
    client.cookies = theirs.cookies

    page = client.post("/account/sign-ins/abc/end/", {"words": "planted"})

    assert page.status_code == 401
    assert 'name="again" value=""' in text(page)
    assert client.post("/account/lock/").status_code == 403


@pytest.mark.parametrize("kept", ["", "{", "{}", '["a"]', '[["a", 1]]', '[["a"]]'])
def test_kept_words_that_cannot_be_read_count_as_nothing(
    kit: Account, signed_in: SignedIn, demo: None, kept: str
) -> None:
    answer = signed_in(kit).post("/account/lock/", {"next": "https://elsewhere.example/", "kept": kept})

    assert answer["Location"] == "/"


def test_words_without_an_address_come_back_as_text_to_copy(
    kit: Account, signed_in: SignedIn, demo: None
) -> None:
    answer = signed_in(kit).post("/account/lock/", {"kept": '[["words", "typed long"]]'})

    assert "typed long" in text(answer)
    assert "Send the form again" not in text(answer)


def test_a_script_is_told_without_a_page(
    kit: Account, signed_in: SignedIn, now: datetime, demo: None
) -> None:
    client = signed_in(kit, seen=now - 16 * MINUTE)

    assert client.get("/account/here/").status_code == 401
    assert client.get("/account/lock/").status_code == 401
    assert client.post("/account/lock/", headers={"sec-fetch-dest": "empty"}).status_code == 204
    assert client.get("/account/here/").status_code == 204


@pytest.mark.parametrize("said", ["cross-site", "same-site", "none", ""])
def test_a_link_of_another_site_signs_nobody_out(kit: Account, signed_in: SignedIn, said: str) -> None:
    client = signed_in(kit)

    page = client.get("/account/sign-out/", headers={"Sec-Fetch-Site": said} if said else {})

    assert page.status_code == 200
    assert "You are still signed in" in text(page)
    assert SignIn.objects.filter(ended_at=None).exists()
    assert client.get("/account/").status_code == 200


def test_a_link_of_our_own_pages_signs_out_at_once(kit: Account, signed_in: SignedIn) -> None:
    client = signed_in(kit)

    answer = client.get("/account/sign-out/", headers={"Sec-Fetch-Site": "same-origin"})

    assert answer["Location"] == "/account/sign-in/"
    assert client.get("/account/").status_code == 302


def test_a_locked_session_can_be_signed_out(kit: Account, signed_in: SignedIn, now: datetime) -> None:
    client = signed_in(kit, seen=now - 16 * MINUTE)

    page = client.get("/account/sign-out/")
    answer = client.post("/account/sign-out/")

    assert page.status_code == 200
    assert "Kit Marlow" not in text(page)
    assert "desist-navigation" not in text(page)
    assert answer.status_code == 302
    assert not SignIn.objects.filter(ended_at=None).exists()


def test_a_role_is_switched_and_the_session_key_changes(kit: Account, signed_in: SignedIn) -> None:
    client = signed_in(kit)
    before = client.session.session_key

    answer = client.post("/account/role/", {"role": kit.grants.get(role=Role.MANAGER).ref})

    assert answer["Location"] == "/"
    assert client.session.session_key != before
    assert "Programme manager" in text(client.get("/account/"))


def test_a_role_that_is_not_held_is_refused_and_one_role_needs_no_choice(
    kit: Account, ada: Account, signed_in: SignedIn
) -> None:
    assert signed_in(kit).post("/account/role/", {"role": ada.grants.get().ref}).status_code == 422
    assert "You hold one role" in text(signed_in(ada).get("/account/role/"))
    assert "You hold one role" in text(signed_in(ada).post("/account/role/", {"role": "x"}))


def test_who_is_there_is_read_with_the_session_in_one_query(
    kit: Account, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(kit)

    with django_assert_num_queries(1):
        client.get("/account/here/")


def test_the_account_page_costs_a_constant_number_of_queries(
    kit: Account, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(kit)
    for _ in range(3):
        signed_in(kit)

    with django_assert_num_queries(17):
        assert client.get("/account/").status_code == 200


# What a session holds


def test_what_a_session_holds_is_each_requests_own_however_often_it_is_read(db: None) -> None:
    session = SessionStore()
    session["asked"] = {"onward": "/"}
    session.save()

    SessionStore(session.session_key)["asked"]["onward"] = "/elsewhere/"

    assert SessionStore(session.session_key)["asked"] == {"onward": "/"}


def test_a_session_whose_text_was_not_signed_by_us_holds_nothing(db: None) -> None:
    session = SessionStore()
    session["asked"] = {"onward": "/"}
    session.save()
    text = BrowserSession.objects.get().session_data

    BrowserSession.objects.update(session_data=f"{text[:-1]}{'A' if text[-1] != 'A' else 'B'}")

    assert dict(SessionStore(session.session_key).items()) == {}
