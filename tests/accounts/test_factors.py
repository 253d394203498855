"""One's own passkeys, authenticator app and recovery codes."""

import json
import re
import tracemalloc
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.test.utils import override_settings
from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as some
from tests.accounts.conftest import Joined, link_to, question
from tests.accounts.softkey import SoftKey

from desist.accounts.factors import answers, codes, passkeys, sealing
from desist.accounts.factors import commands as factors
from desist.accounts.models import Account, Authenticator, RecoveryCode, SignIn
from desist.wall.models import AuditEvent

Joining = Callable[..., Joined]
PASSWORD = "seven purple otters hum"


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]  # the test client's answer


def add_passkey(browser: Client, key: SoftKey | None = None, *, name: str = "My telephone") -> Any:
    page = browser.get("/account/passkeys/add/")
    answer = (key or SoftKey()).make(question(page))
    return browser.post("/account/passkeys/add/", {"name": name, "credential": answer}, follow=True)


def code_in(page: object, at: datetime) -> str:
    """What an app shows that was given the letters on the page."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", text(page))
    assert found
    from base64 import b32decode

    return codes._totp(b32decode(found[1].replace(" ", ""))).generate(at.timestamp()).decode()


def set_up_app(browser: Client, at: datetime, start: str = "/account/authenticator/") -> Any:
    first = browser.post(f"{start}password/", {"password": PASSWORD})
    assert first.status_code == 302, text(first)
    page = browser.get(f"{start}code/")
    return browser.post(f"{start}code/", {"code": code_in(page, at)}, follow=True)


# Passkeys


def test_a_second_passkey_is_added_and_listed_and_told_by_mail(kit: Account, joined: Joining) -> None:
    one = joined(kit)
    mail.outbox.clear()

    page = text(add_passkey(one.browser))

    assert "The passkey was added." in page
    assert "My telephone" in page
    assert "not used yet" in page
    assert [message.to for message in mail.outbox] == [[kit.email]]
    assert mail.outbox[0].subject == "A change to your account"
    assert AuditEvent.objects.filter(action="accounts.add_passkey", who=kit.ref, allowed=True).exists()


def test_a_device_that_holds_one_is_asked_not_to_make_another(kit: Account, joined: Joining) -> None:
    one = joined(kit)

    asked = question(one.browser.get("/account/passkeys/add/"))

    assert "excludeCredentials" in asked
    assert '"userVerification": "required"' in asked


@pytest.mark.parametrize("sent", [{"name": "", "credential": "{}"}, {"name": "x", "credential": "{}"}])
def test_a_passkey_that_cannot_be_added_is_a_sentence(
    kit: Account, joined: Joining, sent: dict[str, str]
) -> None:
    answer = joined(kit).browser.post("/account/passkeys/add/", sent)

    assert answer.status_code == 422
    assert "There is a problem" in text(answer)
    assert kit.passkeys.count() == 1


def test_a_passkey_is_removed_after_asking_once(kit: Account, joined: Joining) -> None:
    one = joined(kit)
    add_passkey(one.browser)
    older = kit.passkeys.earliest("pk")

    asked = one.browser.get(f"/account/passkeys/{older.ref}/remove/")
    done = one.browser.post(f"/account/passkeys/{older.ref}/remove/", follow=True)

    assert "no longer open your account" in text(asked)
    assert "The passkey was removed." in text(done)
    assert [row.name for row in kit.passkeys.all()] == ["My telephone"]


def test_the_last_way_in_stays(kit: Account, joined: Joining) -> None:
    one = joined(kit)
    last = kit.passkeys.get()

    asked = one.browser.get(f"/account/passkeys/{last.ref}/remove/")
    sent = one.browser.post(f"/account/passkeys/{last.ref}/remove/", follow=True)

    assert "only way you can sign in" in text(asked)
    assert "only way you can sign in" in text(sent)
    assert "Your only way to sign in" in text(one.browser.get("/account/"))
    assert kit.passkeys.count() == 1


def test_nobody_sees_or_removes_anybody_elses(kit: Account, ada: Account, joined: Joining) -> None:
    joined(kit)
    other = joined(ada)
    theirs = kit.passkeys.get()

    answer = other.browser.post(f"/account/passkeys/{theirs.ref}/remove/")

    assert answer.status_code == 404
    assert kit.passkeys.exists()


# Fresh confirmation


@pytest.mark.parametrize(
    "path", ["passkeys/add/", "codes/new/", "authenticator/password/", "authenticator/remove/"]
)
def test_who_is_there_is_asked_before_anything_is_changed(
    kit: Account, joined: Joining, now: datetime, path: str
) -> None:
    one = joined(kit)
    SignIn.objects.update(confirmed_at=now - timedelta(minutes=11))

    asked = one.browser.get(f"/account/{path}")
    sent = one.browser.post(f"/account/{path}", {"name": "x"})

    assert asked["Location"].startswith("/account/confirm/?next=%2Faccount%2F")
    assert sent["Location"] == "/account/confirm/?next=%2Faccount%2F"


def test_below_the_page_it_is_asked_again(kit: Account, joined: Joining, now: datetime) -> None:
    from tests.accounts.conftest import actor_for, sign_in_of

    from desist.wall.actors import Role

    one = joined(kit)
    SignIn.objects.update(confirmed_at=now - timedelta(minutes=11))
    known: dict[str, Any] = {
        "actor": actor_for(kit, Role.PRACTITIONER),
        "sign_in": sign_in_of(one.browser).ref,
        "at": now,
    }
    host = passkeys.Host("testserver", "x")

    with pytest.raises(factors.NotFresh):
        factors.renew_codes(host=host, **known)
    with pytest.raises(factors.NotFresh):
        factors.remove_passkey(ref=kit.passkeys.get().ref, host=host, **known)
    with pytest.raises(factors.NotFresh):
        factors.add_passkey(factor=factors.NewPasskey("{}", "x", host), **known)
    with pytest.raises(factors.NotFresh):
        factors.add_authenticator(factor=factors.NewPassword("", b"", ""), host=host, **known)
    with pytest.raises(factors.NotFresh):
        factors.remove_authenticator(host=host, **known)

    assert AuditEvent.objects.filter(reason="NotFresh").count() == 5


# Recovery codes


def test_new_codes_end_the_old_ones(kit: Account, joined: Joining) -> None:
    one = joined(kit)
    RecoveryCode.objects.update(made_at=kit.invited_at - timedelta(days=1))

    asked = one.browser.get("/account/codes/new/")
    shown = one.browser.post("/account/codes/new/", follow=True)

    fresh = re.findall(r"<code>([a-z0-9-]+)</code>", text(shown))
    assert "stop working at once" in text(asked)
    assert len(fresh) == 10
    assert not set(fresh) & set(one.codes)
    assert not factors.use_recovery_code(kit, typed=one.codes[0], at=kit.invited_at)
    assert factors.use_recovery_code(kit, typed=fresh[0], at=kit.invited_at)
    assert "9 of 10 left" in text(one.browser.get("/account/"))


def test_a_code_is_nobody_elses(kit: Account, ada: Account, joined: Joining) -> None:
    one = joined(kit)

    assert not factors.use_recovery_code(ada, typed=one.codes[0], at=kit.invited_at)


# Password and authenticator app


def test_an_account_is_set_up_with_password_and_app(kit: Account, now: datetime) -> None:
    browser, path = Client(), link_to(kit, now)

    page = set_up_app(browser, now, path)

    kit.refresh_from_db()
    kept = bytes(Authenticator.objects.get().secret)
    assert "Your recovery codes" in text(page)
    assert kit.check_password(PASSWORD)
    assert len(kept) == sealing.NONCE + codes.SECRET_BYTES + 16
    assert sealing.unseal(sealed=kept, about=f"authenticator:{kit.ref}") not in kept
    assert "1 of" not in text(browser.get("/account/"))


def test_the_picture_and_the_letters_hold_the_same_secret(kit: Account, now: datetime) -> None:
    browser, path = Client(), link_to(kit, now)
    browser.post(f"{path}password/", {"password": PASSWORD})

    page = text(browser.get(f"{path}code/"))

    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert "style=" not in drawing
    assert 'role="img"' in drawing
    assert PASSWORD not in page
    assert PASSWORD not in str(dict(browser.session.items()))


def test_a_wrong_code_sets_nothing_up_and_asks_again(kit: Account, now: datetime) -> None:
    browser, path = Client(), link_to(kit, now)
    browser.post(f"{path}password/", {"password": PASSWORD})

    refused = browser.post(f"{path}code/", {"code": "000000"})
    kept = browser.post(f"{path}code/", {"code": code_in(refused, now)})

    assert refused.status_code == 422
    assert "not the digits that the app shows now" in text(refused)
    assert kept.status_code == 302


def test_the_second_step_needs_the_first(kit: Account, joined: Joining, now: datetime) -> None:
    one, path = joined(kit), link_to(kit, now)

    assert Client().get(f"{path}code/")["Location"] == path
    assert one.browser.get("/account/authenticator/code/")["Location"].endswith("/password/")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Enter"),
        ("short words", "at least 12 characters"),
        ("qwerty123456", "among the first that others try"),
        ("123456789012345", "must not be only digits"),
        ("kit marlow 1", "must not be like your name"),
    ],
)
def test_a_weak_password_is_refused_in_words(kit: Account, now: datetime, password: str, said: str) -> None:
    answer = Client().post(f"{link_to(kit, now)}password/", {"password": password})

    assert answer.status_code == 422
    assert said in text(answer)


def test_the_app_is_turned_on_and_off_again(kit: Account, joined: Joining, now: datetime) -> None:
    one = joined(kit)

    on = set_up_app(one.browser, now)
    asked = one.browser.get("/account/authenticator/remove/")
    off = one.browser.post("/account/authenticator/remove/", follow=True)

    kit.refresh_from_db()
    assert "You can sign in with your password" in text(on)
    assert "only be able to sign in with a passkey" in text(asked)
    assert "are turned off" in text(off)
    assert not kit.has_usable_password()
    assert not Authenticator.objects.exists()


def test_a_wrong_code_does_not_turn_it_on(kit: Account, joined: Joining, now: datetime) -> None:
    one = joined(kit)
    one.browser.post("/account/authenticator/password/", {"password": PASSWORD})

    refused = one.browser.post("/account/authenticator/code/", {"code": "000000"})

    assert refused.status_code == 422
    assert not Authenticator.objects.exists()


def test_the_app_stays_where_it_is_the_last_way_in(kit: Account, now: datetime) -> None:
    browser = Client()
    set_up_app(browser, now, link_to(kit, now))

    asked = browser.get("/account/authenticator/remove/")
    sent = browser.post("/account/authenticator/remove/", follow=True)

    assert "only way you can sign in" in text(asked)
    assert "only way you can sign in" in text(sent)
    assert Authenticator.objects.exists()


def test_a_site_without_passwords_offers_none(kit: Account, joined: Joining, now: datetime) -> None:
    one, path = joined(kit), link_to(kit, now)
    with override_settings(DESIST_PASSWORDS=False):
        page = text(Client().get(path))
        answers = [Client().get(f"{path}{step}/") for step in ("password", "code")]
        own = one.browser.get("/account/authenticator/password/")

    assert "ask your administrator" in page
    assert [answer.status_code for answer in (*answers, own)] == [404, 302, 404]


# What is kept


def test_the_app_code_is_that_of_the_standard() -> None:
    """RFC 6238, appendix B: the secret of twenty digits at 59 seconds shows 94287082, in six digits 287082."""
    from datetime import UTC

    at = datetime.fromtimestamp(59, tz=UTC)

    assert codes.step_of(b"12345678901234567890", typed="287 082", at=at) == 1


@pytest.mark.parametrize(("seconds", "right"), [(-31, False), (-29, True), (30, True), (61, False)])
def test_clocks_may_differ_by_one_step(seconds: int, right: bool) -> None:
    from datetime import UTC

    shown_at = datetime.fromtimestamp(600, tz=UTC)
    code = codes._totp(b"12345678901234567890").generate(600).decode()

    found = codes.step_of(b"12345678901234567890", typed=code, at=shown_at + timedelta(seconds=seconds))

    assert (found is not None) == right


def test_what_was_sealed_opens_for_its_own_purpose_and_with_older_keys() -> None:
    sealed = sealing.seal(content=b"secret", about="authenticator:kit")

    with override_settings(DESIST_MFA_KEYS=[bytes(32), *settings.DESIST_MFA_KEYS]):
        assert sealing.unseal(sealed=sealed, about="authenticator:kit") == b"secret"
    for about, keys in (("authenticator:ada", settings.DESIST_MFA_KEYS), ("authenticator:kit", [bytes(32)])):
        with override_settings(DESIST_MFA_KEYS=keys), pytest.raises(sealing.CannotOpen):
            sealing.unseal(sealed=sealed, about=about)
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(sealed=b"", about="x")


# What a browser sends


MUCH = 40_000_000  # bytes, which a number asks for where bytes belong
HOST = passkeys.Host("testserver", "x")
NAMES = [*answers.OF_THE_ANSWER, *answers.OF_THE_RESPONSE, "response", "clientExtensionResults", "transports"]


def question_for(ceremony: str) -> str:
    asked: dict[str, Any] = {"challenge": websafe_encode(bytes(32)), "rp": {"id": "x"}, "rpId": "x"}
    return json.dumps({"publicKey": asked | ({"user": {"id": "dXNlcg"}} if ceremony == "make" else {})})


def answer_to(ceremony: str) -> dict[str, Any]:
    key = SoftKey()
    key.user = b"user"
    return json.loads(getattr(key, ceremony)(question_for(ceremony)))  # type: ignore[no-any-return]  # JSON


def refused_everywhere(sent: object) -> None:
    answer = json.dumps(sent)
    known = passkeys.Credential(b"", b"", 0)
    with pytest.raises(passkeys.BadAnswer):
        passkeys.challenge_of(answer=answer)
    with pytest.raises(passkeys.BadAnswer):
        passkeys.made(host=HOST, challenge=bytes(32), answer=answer)
    with pytest.raises(passkeys.BadAnswer):
        passkeys.credential_id(answer=answer)
    with pytest.raises(passkeys.BadAnswer):
        passkeys.used(host=HOST, challenge=bytes(32), answer=answer, user="x", known=known)


def refused_without_room(sent: object) -> None:
    """Refused, and as much memory was taken as a short text needs."""
    tracemalloc.start()
    try:
        refused_everywhere(sent)
        assert tracemalloc.get_traced_memory()[1] < MUCH / 20
    finally:
        tracemalloc.stop()


@hypothesis(max_examples=200)
@given(
    some.recursive(
        some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=30),
        lambda inner: (
            some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(NAMES), inner, max_size=5)
        ),
        max_leaves=12,
    )
)
@example({"rawId": 25276504235})  # asks for 25 GB
@example({"id": 25276504235, "rawId": 25276504235})
@example([[["rawId", 2]]])
def test_whatever_a_browser_sends_is_an_answer_or_none(sent: object) -> None:
    refused_everywhere(sent)


@pytest.mark.parametrize("ceremony", ["make", "use"])
@hypothesis(max_examples=100)
@given(data=some.data())
def test_an_answer_with_one_part_that_is_no_short_string_is_none(
    ceremony: str, data: some.DataObject
) -> None:
    good = answer_to(ceremony)
    place = data.draw(some.sampled_from([good, good["response"]]))
    name = data.draw(some.sampled_from(sorted(place)))
    place[name] = data.draw(
        some.sampled_from([MUCH, -1, 1.5, True, None, [], [MUCH], {"a": {}}, "A" * 12_001, "é", "", "a b"])
        | some.integers()
    )

    refused_without_room(good)


@pytest.mark.parametrize("sent", [MUCH, [MUCH], {"a": MUCH}, None, "A" * 301])
def test_neither_does_a_number_inside_what_the_browser_wrote_take_memory(sent: object) -> None:
    for ceremony in ("make", "use"):
        good = answer_to(ceremony)
        client = json.loads(websafe_decode(good["response"]["clientDataJSON"]))
        for name in ("challenge", "origin", "type"):
            wrong = json.dumps({**client, name: sent}).encode()
            refused_without_room(
                {**good, "response": good["response"] | {"clientDataJSON": websafe_encode(wrong)}}
            )


@pytest.mark.parametrize("name", ["authData", "fmt", "attStmt"])
@pytest.mark.parametrize("sent", [MUCH, [MUCH], False])
def test_nor_does_one_inside_what_the_device_wrote(name: str, sent: object) -> None:
    good = answer_to("make")
    made = dict(cbor.decode(websafe_decode(good["response"]["attestationObject"])))  # type: ignore[arg-type]  # a map
    wrong = cbor.encode({**made, name: sent})

    refused_without_room(
        {**good, "response": good["response"] | {"attestationObject": websafe_encode(wrong)}}
    )


@pytest.mark.parametrize("ceremony", ["make", "use"])
def test_what_is_nested_deeply_or_has_another_name_is_no_answer(ceremony: str) -> None:
    good = answer_to(ceremony)

    refused_everywhere({**good, "authenticatorAttachment": "platform"})
    refused_everywhere({**good, "response": good["response"] | {"transports": "usb"}})
    refused_everywhere({**good, "clientExtensionResults": {"credProps": {}}})
    for deep in (b"[" * 2_900, b"\x81" * 2_900):
        refused_everywhere({**good, "response": good["response"] | {"clientDataJSON": websafe_encode(deep)}})
        refused_everywhere(
            {**good, "response": good["response"] | {"attestationObject": websafe_encode(deep)}}
        )
    for sent in ("[" * 19_000, "{" * 30_000, " " * 30_000, "1" * 5_000):
        with pytest.raises(passkeys.BadAnswer):
            passkeys.challenge_of(answer=sent)


def test_a_key_of_a_kind_that_was_not_asked_for_is_not_kept(kit: Account, joined: Joining) -> None:
    key = SoftKey()
    key.algorithm = -65_535

    answer = add_passkey(joined(kit).browser, key)

    assert answer.status_code == 422
    assert kit.passkeys.count() == 1


def test_a_number_where_bytes_belong_is_refused_in_every_ceremony(
    kit: Account, ada: Account, joined: Joining, now: datetime
) -> None:
    one, nobody = joined(kit), Client()
    sent = {"credential": json.dumps({"rawId": 25276504235}), "name": "x"}

    answers = [
        nobody.post("/account/sign-in/", sent),
        nobody.post(link_to(ada, now), sent),
        one.browser.post("/account/passkeys/add/", sent),
        one.browser.post("/account/confirm/", sent),
        one.browser.post("/account/lock/", sent),
    ]

    assert [answer.status_code for answer in answers] == [422] * 5
