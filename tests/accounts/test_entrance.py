"""Getting in: by passkey, by password and code, with a recovery code; and being refused, always alike."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from fido2.utils import websafe_encode
from hypothesis import HealthCheck, example, given
from hypothesis import settings as settings_for
from hypothesis import strategies as st
from tests import staff
from tests.accounts.conftest import Joined, link_to, question, sign_in_of
from tests.accounts.softkey import SoftKey

from desist.accounts import callers, devices
from desist.accounts.callers import Caller
from desist.accounts.entrance import commands
from desist.accounts.factors import codes, sealing
from desist.accounts.factors import commands as factors
from desist.accounts.factors.commands import hashed
from desist.accounts.factors.passkeys import Host
from desist.accounts.models import Account, Attempt, Authenticator, Challenge, Passkey, SignIn
from desist.accounts.refusals import NotLetIn
from desist.accounts.throttle import commands as throttle
from desist.postgresql.silence import watch
from desist.wall.actors import Role
from desist.wall.models import AuditEvent

Joining = Callable[..., Joined]
PASSWORD = "seven purple otters hum"
SECRET = b"12345678901234567890"  # as in RFC 6238
MINUTE = timedelta(minutes=1)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]  # the test client's answer


@pytest.fixture
def app() -> Callable[..., str]:
    """An authenticator app that holds SECRET: the code it shows at a moment."""

    def app(at: datetime) -> str:
        step = int(at.timestamp()) // codes.STEP
        return next(
            f"{n:06}" for n in range(1_000_000) if codes.step_of(SECRET, typed=f"{n:06}", at=at) == step
        )

    return app


@pytest.fixture
def shows(now: datetime) -> str:
    """What the app shows now."""
    return codes._totp(SECRET).generate(now.timestamp()).decode()


@pytest.fixture
def sam(person: Callable[..., Account], now: datetime) -> Account:
    """Sam signs in with a password and an authenticator app."""
    account = person("Sam Lowe", Role.PRACTITIONER)
    account.password = hashed(PASSWORD)
    account.save()
    sealed = sealing.seal(content=SECRET, about=f"authenticator:{account.ref}")
    Authenticator.objects.create(account=account, secret=sealed, last_step=0, added_at=now)
    return account


def by_password(account: Account, code: str, *, password: str = PASSWORD, **given: Any) -> Any:
    sent = {"email": account.email, "password": password, "code": code, **given}
    return Client().post("/account/sign-in/password/", sent)


def alike(answer: object) -> str:
    """A page without what is random in every page, and without what was typed."""
    return re.sub(r'(value|nonce)="[^"]*"', "", text(answer))


def last_refusal() -> AuditEvent:
    return AuditEvent.objects.filter(action="accounts.sign_in", allowed=False).latest("pk")


# By passkey


def test_a_passkey_alone_says_who_it_is(kit: Account, joined: Joining) -> None:
    one = joined(kit)
    browser = Client()

    page = browser.get("/account/sign-in/?next=/account/role/")
    answer = browser.post(
        "/account/sign-in/?next=/account/role/", {"credential": one.key.use(question(page))}
    )

    event = AuditEvent.objects.filter(action="accounts.sign_in").latest("pk")
    assert "Kit" not in text(page)
    assert answer["Location"] == "/account/role/"
    assert sign_in_of(browser).grant.account == kit
    assert sign_in_of(browser).confirmed_at
    assert (event.who, event.role, event.allowed) == (kit.ref, "practitioner", True)
    assert Passkey.objects.get().used_at


def test_a_session_gets_a_new_key_at_sign_in(kit: Account, joined: Joining) -> None:
    one, browser = joined(kit), Client()
    session = browser.session
    session["planted"] = "x"
    session.save()
    browser.cookies["sessionid"] = str(session.session_key)

    page = browser.get("/account/sign-in/")
    browser.post("/account/sign-in/", {"credential": one.key.use(question(page))})

    assert "planted" not in browser.session


def test_an_answer_counts_once(kit: Account, joined: Joining) -> None:
    one, browser = joined(kit), Client()
    answer = one.key.use(question(browser.get("/account/sign-in/")))

    first = browser.post("/account/sign-in/", {"credential": answer})
    second = Client().post("/account/sign-in/", {"credential": answer})

    assert (first.status_code, second.status_code) == (302, 422)
    assert "answered already" in last_refusal().reason


@pytest.mark.parametrize(
    ("minutes", "why"), [(-11, "too late"), (-9, ""), (9, ""), (11, "too late")], ids=str
)
def test_a_question_can_be_answered_for_ten_minutes(
    kit: Account, joined: Joining, now: datetime, minutes: int, why: str
) -> None:
    one, host = joined(kit), Host("testserver", "Desist")
    asked = factors.ask_whoever(host=host, at=now + minutes * MINUTE)
    answer = one.key.use(asked)

    if why:
        with pytest.raises(NotLetIn):
            commands.by_passkey(answer=answer, caller=Caller(host, "192.0.2.1"), at=now)
        assert why in last_refusal().reason
    else:
        assert commands.by_passkey(answer=answer, caller=Caller(host, "192.0.2.1"), at=now) == kit.ref


@pytest.mark.parametrize("planted", ["1772440000.abcdefghijklmnopqrstuv", "1772440000.x:forged", "\xe9", "x"])
def test_a_question_that_this_site_did_not_ask_is_refused(
    kit: Account, joined: Joining, planted: str
) -> None:
    one, browser = joined(kit), Client()
    asked = json.loads(question(browser.get("/account/sign-in/")))
    asked["publicKey"]["challenge"] = websafe_encode(planted.encode("latin-1"))

    refused = browser.post("/account/sign-in/", {"credential": one.key.use(json.dumps(asked))})

    assert refused.status_code == 422
    assert "open for too long" in text(refused)
    assert "not asked" in last_refusal().reason


def test_the_page_for_signing_in_asks_the_database_nothing(
    db: None, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    with django_assert_num_queries(0):
        pages = [Client().get(f"/account/sign-in/{more}") for more in ("", "password/")]
        led = Client().get("/")

    assert [page.status_code for page in pages] == [200, 200]
    assert led["Location"] == "/account/sign-in/?next=%2F"


def test_the_page_for_signing_in_says_that_the_records_are_away(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    calm = Client().get("/account/sign-in/")
    with pytest.raises(psycopg.OperationalError), watch.connecting():
        raise psycopg.OperationalError
    monkeypatch.setattr(watch, "_failed_at", watch._failed_at)  # as it was, afterwards

    page = Client().get("/account/sign-in/")

    sentence = "could not reach its records a moment ago. While that lasts, nobody can sign in."
    assert page.status_code == 200
    assert sentence in text(page)
    assert question(page)
    assert sentence not in text(calm)


def test_questions_that_were_answered_are_forgotten_once_they_are_too_old(
    kit: Account, joined: Joining, now: datetime
) -> None:
    one = joined(kit)
    Challenge.objects.create(challenge=b"old", purpose=factors.ANSWERED, made_at=now - 11 * MINUTE)
    browser = Client()

    browser.post("/account/sign-in/", {"credential": one.key.use(question(browser.get("/account/sign-in/")))})

    assert [bytes(row.challenge) == b"old" for row in Challenge.objects.all()] == [False]


@pytest.mark.parametrize("spoilt", ["unknown", "pin", "origin", "copied", "another's", "text"])
def test_what_is_no_passkey_of_ours_is_refused_and_recorded(
    kit: Account, ada: Account, joined: Joining, spoilt: str
) -> None:
    one, browser = joined(kit, SoftKey(counter=5)), Client()
    key = one.key
    if spoilt == "unknown":
        key.id = b"x" * 16
    if spoilt == "pin":
        key.verifies = False
    if spoilt == "origin":
        key.origin = "https://elsewhere.example"
    if spoilt == "copied":
        key.counter = 1
    if spoilt == "another's":
        key.user = ada.ref.encode()
    answer = key.use(question(browser.get("/account/sign-in/")))

    refused = browser.post("/account/sign-in/", {"credential": "[]" if spoilt == "text" else answer})

    assert refused.status_code == 422
    assert "does not belong to an account here" in text(refused)
    assert "sign_in" not in browser.session
    assert last_refusal().reason.startswith("passkey: ")
    assert last_refusal().who == "unknown"


def test_a_signature_by_another_key_is_refused(kit: Account, joined: Joining) -> None:
    one, browser, other = joined(kit), Client(), SoftKey()
    other.id, other.user = one.key.id, one.key.user

    refused = browser.post(
        "/account/sign-in/", {"credential": other.use(question(browser.get("/account/sign-in/")))}
    )

    assert refused.status_code == 422


@pytest.mark.parametrize("why", ["left", "no role"])
def test_a_passkey_of_somebody_who_may_not_is_refused(
    kit: Account, joined: Joining, now: datetime, why: str
) -> None:
    one, browser = joined(kit), Client()
    if why == "left":
        Account.objects.filter(pk=kit.pk).update(left_at=now)
    else:
        kit.grants.update(ended_at=now)

    refused = browser.post(
        "/account/sign-in/", {"credential": one.key.use(question(browser.get("/account/sign-in/")))}
    )

    assert refused.status_code == 422
    assert (last_refusal().reason, last_refusal().who) == (why, kit.ref)


# By password and code


def test_a_password_and_a_code_let_in(sam: Account, shows: str) -> None:
    answer = by_password(sam, shows, email=sam.email.upper(), next="/account/")

    assert answer["Location"] == "/account/"
    assert SignIn.objects.get().grant.account == sam


def test_a_code_counts_once(sam: Account, shows: str) -> None:
    first, second = by_password(sam, shows), by_password(sam, shows)

    assert (first.status_code, second.status_code) == (302, 422)
    assert last_refusal().reason == "wrong code"


def test_a_recovery_code_stands_for_the_app_once(sam: Account, now: datetime) -> None:
    printed = factors.renew(sam, at=now)[0]

    first = by_password(sam, printed.upper().replace("-", " "))
    second = by_password(sam, printed)

    assert (first.status_code, second.status_code) == (302, 422)
    assert sam.recovery_codes.filter(used_at=None).count() == 9


def refusals(
    sam: Account, kit: Account, shows: str, now: datetime
) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every way of being wrong, by the reason that the audit knows."""
    yield "unknown", lambda: by_password(sam, shows, email="nobody@service.example")
    yield "wrong password", lambda: by_password(sam, shows, password="seven purple otters hum!")
    yield "wrong code", lambda: by_password(sam, "000000")
    yield "wrong password", lambda: by_password(kit, shows)  # kit has a passkey alone
    Account.objects.filter(pk=sam.pk).update(left_at=now)
    yield "left", lambda: by_password(sam, shows)


class Counting(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    done = 0

    def encode(self, password: str, salt: str) -> str:
        """Count, and hash."""
        Counting.done += 1
        return super().encode(password, salt)


def test_every_refusal_looks_alike_and_costs_alike(
    sam: Account, kit: Account, joined: Joining, shows: str, now: datetime
) -> None:
    joined(kit)
    with override_settings(PASSWORD_HASHERS=["tests.accounts.test_entrance.Counting"]):
        Account.objects.filter(pk=sam.pk).update(password=hashed(PASSWORD))
        by_password(sam, "1", email="warm@up.example")  # the hash of nobody's password is made once
        pages, costs, reasons = set(), set(), []
        for reason, attempt in refusals(sam, kit, shows, now):
            Attempt.objects.all().delete()
            Counting.done = 0
            with CaptureQueriesContext(connection) as queries:
                answer = attempt()
            pages.add((answer.status_code, alike(answer)))
            costs.add((Counting.done, len(queries)))
            reasons.append((last_refusal().reason, reason))

    assert len(pages) == 1
    assert "These do not match an account here" in pages.pop()[1]
    assert len(costs) == 1
    assert costs.pop()[0] == 1
    assert all(found == expected for found, expected in reasons)


def test_nothing_typed_is_in_the_audit_or_in_the_attempts(sam: Account, caplog: Any) -> None:
    by_password(sam, "123123", password="not the one but secret", email="who@service.example")

    kept = str(list(AuditEvent.objects.values())) + str(list(Attempt.objects.values())) + caplog.text
    assert not re.search("123123|secret|who@|127.0.0.1", kept)


def test_the_password_does_not_come_back_in_the_page(sam: Account) -> None:
    assert PASSWORD not in text(by_password(sam, "000000"))


def test_what_is_missing_is_asked_for(db: None) -> None:
    answer = Client().post("/account/sign-in/password/", {"x": ""})

    assert answer.status_code == 422
    assert "Enter your e-mail address" in text(answer)
    assert not AuditEvent.objects.exists()


def test_a_site_without_passwords_has_no_such_page(sam: Account, shows: str) -> None:
    with override_settings(DESIST_PASSWORDS=False):
        page = Client().get("/account/sign-in/")
        answer = by_password(sam, shows)

    assert answer.status_code == 404
    assert "/account/sign-in/password/" not in text(page)
    assert SignIn.objects.count() == 0


# Too often


def test_an_account_can_be_tried_five_times_known_or_not(sam: Account, shows: str) -> None:
    for account in (sam.email, "nobody@service.example"):
        answers = [by_password(sam, "000000", email=account) for _ in range(throttle.OF_AN_ACCOUNT + 1)]

        assert [answer.status_code for answer in answers] == [422] * 6
        assert "do not match an account here" in text(answers[0])
        assert "do not match an account here" not in text(answers[-1])
        assert "Wait 15 minutes" in text(answers[-1])
        assert last_refusal().reason == "too many attempts"
    assert by_password(sam, shows).status_code == 302  # whoever has the code is no stranger


def test_the_wait_ends_and_success_forgets(sam: Account, shows: str, now: datetime) -> None:
    for _ in range(throttle.OF_AN_ACCOUNT):
        by_password(sam, "000000")
    Attempt.objects.update(at=now - throttle.LONGEST - MINUTE)

    answer = by_password(sam, shows)

    assert answer.status_code == 302
    assert Attempt.objects.count() == 0


def test_a_refused_wait_is_not_prolonged_by_trying(sam: Account) -> None:
    for _ in range(throttle.OF_AN_ACCOUNT + 3):
        by_password(sam, "000000")

    for account in (throttle.OF_AN_ACCOUNT, throttle.OF_AN_ACCOUNT + 3):  # of the account, and of the address
        digests = Attempt.objects.values("digest").annotate(tries=Count("pk"))
        assert account in {one["tries"] for one in digests}


def test_an_address_can_be_tried_thirty_times_and_a_passkey_always_lets_in(
    kit: Account, sam: Account, shows: str, joined: Joining
) -> None:
    one = joined(kit)
    for _ in range(throttle.OF_AN_ADDRESS):
        Client().post("/account/sign-in/", {"credential": "{}"})
    browser = Client()
    answer = {"credential": one.key.use(question(browser.get("/account/sign-in/")))}

    assert "Wait 15 minutes" in text(Client().post("/account/sign-in/", {"credential": "{}"}))
    assert "Wait 15 minutes" in text(by_password(sam, shows))
    assert browser.post("/account/sign-in/", answer).status_code == 302
    assert (
        Client().post("/account/sign-in/password/", sent(sam, shows), REMOTE_ADDR="192.0.2.7").status_code
        == 302
    )


def sent(account: Account, code: str, *, password: str = PASSWORD) -> dict[str, str]:
    return {"email": account.email, "password": password, "code": code}


def test_an_owner_at_her_own_device_gets_in_while_a_stranger_hammers_from_the_same_address(
    sam: Account, shows: str, now: datetime
) -> None:
    hers = Client()
    first = hers.post("/account/sign-in/password/", sent(sam, shows))
    Authenticator.objects.update(last_step=0)
    for _ in range(throttle.OF_AN_ADDRESS + 5):
        by_password(sam, "000000")
    hers.get("/account/sign-out/", headers={"Sec-Fetch-Site": "same-origin"})

    again = hers.post("/account/sign-in/password/", sent(sam, shows))

    assert (first.status_code, again.status_code) == (302, 302)
    cookie = first.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert sam.ref not in cookie.value
    assert sam.email not in cookie.value


def test_a_device_is_slowed_too_and_one_that_nobody_signed_in_at_counts_for_nothing(
    sam: Account, kit: Account, shows: str
) -> None:
    hers = Client()
    hers.post("/account/sign-in/password/", sent(sam, shows))
    for _ in range(throttle.OF_A_DEVICE):
        assert "do not match" in text(hers.post("/account/sign-in/password/", sent(sam, "000000")))
    mine = {one.digest for one in Attempt.objects.all()}
    for _ in range(throttle.OF_AN_ACCOUNT):
        assert "do not match" in text(hers.post("/account/sign-in/password/", sent(sam, "000000")))

    assert len(mine) == 1
    assert "Wait 15 minutes" in text(hers.post("/account/sign-in/password/", sent(sam, "000000")))


@pytest.mark.parametrize("cookie", ["", "x", "WyJ4Il0:1:1", "a" * 9000])
def test_a_cookie_that_is_no_work_of_ours_makes_no_known_device(sam: Account, rf: Any, cookie: str) -> None:
    request = rf.get("/")
    request.COOKIES["device"] = cookie

    assert devices.of(request) == devices.Device()


def test_a_device_remembers_the_last_accounts_and_their_marks_tell_nobody_who_they_are() -> None:
    device = devices.Device()
    for number in range(devices.MOST + 1):
        device = device.with_(f"account{number}")

    assert device.at("account0") == ""
    assert device.at("account1") == device.at("account8") == device.name
    assert devices.Device("other", device.marks).at("account1") == ""
    assert not any("account" in mark for mark in device.marks)


@settings_for(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(tries=[(0, False, True)] * 11)
@given(tries=st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.booleans()), max_size=30))
def test_whatever_strangers_try_the_owner_gets_in_and_guessing_is_bounded(
    db: None, tries: list[tuple[int, bool, bool]]
) -> None:
    """Each try: from which address, whether with the right password, and whether with the right code, never both."""
    at = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
    Attempt.objects.all().delete()  # an example before this one tried from the same addresses
    account, code = somebody_with_an_app(at), codes._totp(SECRET).generate(at.timestamp()).decode()
    answered = beside_a_right_code = 0
    for place, knows_password, knows_code in tries:
        answer = outcome(
            account,
            PASSWORD if knows_password and not knows_code else "not the password",
            code if knows_code else "000000",
            address=f"192.0.2.{place}",
            at=at,
        )
        assert answer != "in"
        answered += answer == "no"
        beside_a_right_code += knows_code

    by_a_passkey_or_her_device = outcome(account, PASSWORD, code, address="192.0.2.1", at=at, own=True)
    assert answered <= throttle.OF_AN_ACCOUNT
    assert by_a_passkey_or_her_device == "in"
    Authenticator.objects.update(last_step=0)
    elsewhere = outcome(account, PASSWORD, code, address="198.51.100.1", at=at)
    if beside_a_right_code == 0:  # strangers without the code keep nobody out who has it
        assert elsewhere == "in"
    if beside_a_right_code >= 2 * throttle.OF_AN_ACCOUNT:  # and with it they have guessed for long enough
        assert elsewhere == "too many"


def somebody_with_an_app(at: datetime) -> Account:
    """A new colleague with a password and an authenticator app."""
    account = staff.account(password=hashed(PASSWORD))
    staff.grant(account=account, role=Role.PRACTITIONER)
    sealed = sealing.seal(content=SECRET, about=f"authenticator:{account.ref}")
    Authenticator.objects.create(account=account, secret=sealed, last_step=0, added_at=at)
    return account


def outcome(
    account: Account, password: str, code: str, *, address: str, at: datetime, own: bool = False
) -> str:
    """What comes of a try: in, no, or too many."""
    device = devices.Device().with_(account.ref) if own else devices.Device()
    caller = Caller(Host("testserver", "x"), address, device)
    try:
        commands.by_password(email=account.email, password=password, code=code, caller=caller, at=at)
    except throttle.TooMany:
        return "too many"
    except NotLetIn:
        return "no"
    return "in"


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("<script>", "unknown"),
    ],
)
def test_addresses_are_counted_as_lines(address: str, counted: str) -> None:
    assert callers.counted(address) == counted


def test_behind_a_proxy_its_own_word_counts(sam: Account, monkeypatch: pytest.MonkeyPatch, rf: Any) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": "10.9.9.9, 192.0.2.7"}, REMOTE_ADDR="127.0.0.1")

    alone = callers.caller(request).address
    monkeypatch.setenv("DESIST_PROXY", "1")

    assert alone == "127.0.0.1"
    assert callers.caller(request).address == "192.0.2.7"


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("northmere.example", "https://northmere.example"),
        ("northmere.example:8443", "https://northmere.example:8443"),
        ("programme.localhost:8701", "http://programme.localhost:8701"),
        ("localhost", "http://localhost"),
        ("notlocalhost", "https://notlocalhost"),
    ],
)
def test_a_passkey_is_asked_for_by_encrypted_pages_alone(name: str, origin: str) -> None:
    assert Host(name, "x").origin == origin


# The passkey is lost


def test_a_recovery_code_sends_a_link_that_makes_a_new_passkey(kit: Account, joined: Joining) -> None:
    one = joined(kit)
    mail.outbox.clear()
    sent = {"email": kit.email, "code": one.codes[0]}

    answer, again = (Client().post("/account/recover/", sent) for _ in range(2))

    [message] = mail.outbox
    [path] = re.findall(r"/account/accept/\S+", str(message.body))
    browser, key = Client(), SoftKey()
    page = browser.get(path)
    browser.post(path, {"credential": key.make(question(page))})
    assert alike(answer) == alike(again)
    assert "is on its way" in text(answer)
    assert "remove the one that you lost" in text(page)
    assert kit.passkeys.count() == 2
    assert sign_in_of(browser).grant.account == kit
    assert "sign_in" not in Client().session


@pytest.mark.parametrize("wrong", ["code", "email", "left"])
def test_a_wrong_recovery_code_is_answered_alike_and_sends_nothing(
    kit: Account, joined: Joining, now: datetime, wrong: str
) -> None:
    one = joined(kit)
    mail.outbox.clear()
    sent = {"email": kit.email, "code": one.codes[0]}
    if wrong == "left":
        Account.objects.filter(pk=kit.pk).update(left_at=now)
    else:
        sent[wrong] = "nobody@service.example" if wrong == "email" else "aaaa"

    answer = Client().post("/account/recover/", sent)

    assert answer.status_code == 200
    assert "is on its way" in text(answer)
    assert mail.outbox == []
    assert kit.recovery_codes.filter(used_at=None).count() == 10


def test_a_recovery_link_lasts_half_an_hour(kit: Account, joined: Joining, now: datetime) -> None:
    one = joined(kit)
    Client().post("/account/recover/", {"email": kit.email, "code": one.codes[0]})

    link = kit.invitations.get(purpose="recover")

    assert link.expires_at - link.made_at == 30 * MINUTE


def test_wrong_recovery_codes_slow_the_address_and_a_right_one_always_counts(
    kit: Account, joined: Joining
) -> None:
    one = joined(kit)
    wrong = {"email": kit.email, "code": "aaaa"}

    answers = [Client().post("/account/recover/", wrong) for _ in range(throttle.OF_AN_ADDRESS + 1)]
    right = Client().post("/account/recover/", {"email": kit.email, "code": one.codes[0]})

    assert [answer.status_code for answer in answers] == [200] * throttle.OF_AN_ADDRESS + [422]
    assert right.status_code == 200
    assert kit.invitations.filter(purpose="recover").exists()


# After a pause, and before something that matters


@pytest.mark.parametrize("path", ["/account/lock/", "/account/confirm/"])
def test_a_passkey_confirms_who_is_there(kit: Account, joined: Joining, now: datetime, path: str) -> None:
    one = joined(kit)
    SignIn.objects.update(last_seen_at=now - 16 * MINUTE, confirmed_at=now - 16 * MINUTE)
    if path == "/account/confirm/":
        SignIn.objects.update(last_seen_at=now)

    answer = one.key.use(question(one.browser.get(path)))
    done = one.browser.post(path, {"credential": answer, "next": "/account/role/"})

    row = SignIn.objects.get()
    assert done["Location"] == "/account/role/"
    assert row.last_seen_at >= now
    assert row.confirmed_at
    assert row.confirmed_at >= now


@pytest.mark.parametrize("path", ["/account/lock/", "/account/confirm/"])
def test_a_passkey_of_somebody_else_or_for_signing_in_does_not(
    kit: Account, ada: Account, joined: Joining, now: datetime, path: str
) -> None:
    one, other = joined(kit), joined(ada)
    for answer in (
        other.key.use(question(other.browser.get("/account/confirm/"))),
        one.key.use(question(Client().get("/account/sign-in/"))),
        "{}",
    ):
        refused = one.browser.post(path, {"credential": answer})

        assert refused.status_code == 422
        assert "That was not right" in text(refused)


@pytest.mark.parametrize("what", ["password", "code"])
def test_without_a_passkey_the_password_or_a_code_unlocks(
    sam: Account, signed_in: Callable[..., Client], shows: str, now: datetime, what: str
) -> None:
    browser = signed_in(sam, seen=now - 16 * MINUTE)
    page = browser.get("/account/")

    wrong = browser.post("/account/lock/", {"secret": "nonsense"})
    right = browser.post("/account/lock/", {"secret": PASSWORD if what == "password" else shows})

    assert "Your password, or a code" in text(page)
    assert wrong.status_code == 422
    assert right.status_code == 302
    assert browser.get("/account/").status_code == 200


def test_unlocking_can_be_tried_five_times(
    sam: Account, signed_in: Callable[..., Client], now: datetime
) -> None:
    browser = signed_in(sam, seen=now - 16 * MINUTE)

    answers = [browser.post("/account/lock/", {"secret": "nonsense"}) for _ in range(6)]
    confirming = browser.post("/account/confirm/", {"secret": PASSWORD})

    assert "too many attempts" in text(answers[-1])
    assert "too many attempts" not in text(answers[-2])
    assert confirming.status_code == 401
    assert browser.get("/account/").status_code == 401


@pytest.mark.parametrize("what", ["password", "code"])
def test_unlocking_by_password_or_code_confirms_nothing(
    sam: Account, signed_in: Callable[..., Client], shows: str, now: datetime, what: str
) -> None:
    browser = signed_in(sam, seen=now - 16 * MINUTE)
    browser.post("/account/lock/", {"secret": PASSWORD if what == "password" else shows})

    asked = browser.get("/account/passkeys/add/")

    assert asked["Location"].startswith("/account/confirm/")
    assert SignIn.objects.get().confirmed_at is None


def test_the_password_and_a_code_confirm_who_is_there(
    sam: Account, signed_in: Callable[..., Client], shows: str
) -> None:
    browser = signed_in(sam)

    page = browser.get("/account/confirm/?next=/account/passkeys/add/")
    done = browser.post(
        "/account/confirm/", {"secret": PASSWORD, "code": shows, "next": "/account/passkeys/add/"}
    )

    assert "You need both" in text(page)
    assert browser.get(done["Location"]).status_code == 200


@pytest.mark.parametrize(
    "given",
    [{"secret": "PASSWORD"}, {"secret": "CODE"}, {"code": "CODE"}, {"secret": "nonsense", "code": "CODE"}],
)
def test_less_than_both_confirms_nothing_and_uses_no_code_up(
    sam: Account, signed_in: Callable[..., Client], shows: str, given: dict[str, str]
) -> None:
    browser = signed_in(sam)
    said = {"PASSWORD": PASSWORD, "CODE": shows}

    refused = browser.post("/account/confirm/", {name: said.get(one, one) for name, one in given.items()})

    assert refused.status_code == 422
    assert "That was not right" in text(refused)
    assert browser.get("/account/passkeys/add/")["Location"].startswith("/account/confirm/")
    assert browser.post("/account/confirm/", {"secret": PASSWORD, "code": shows}).status_code == 302


def test_a_code_confirms_once(sam: Account, signed_in: Callable[..., Client], shows: str) -> None:
    both = {"secret": PASSWORD, "code": shows}

    answers = [signed_in(sam).post("/account/confirm/", both).status_code for _ in range(2)]

    assert answers == [302, 422]


def test_confirming_too_often_says_so(sam: Account, signed_in: Callable[..., Client]) -> None:
    browser = signed_in(sam)

    answers = [browser.post("/account/confirm/", {"secret": PASSWORD, "code": "000000"}) for _ in range(6)]

    assert "too many attempts" in text(answers[-1])
    assert "too many attempts" not in text(answers[-2])


def test_in_the_demo_one_button_confirms(
    kit: Account, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESIST_DEMO", "1")
    browser = signed_in(kit)

    page = browser.get("/account/confirm/?next=/account/passkeys/add/")
    done = browser.post("/account/confirm/", {"next": "/account/passkeys/add/"})

    assert "Continue as Kit Marlow" in text(page)
    assert browser.get(done["Location"]).status_code == 200


def test_in_the_demo_a_passkey_is_tried_as_outside(
    kit: Account, joined: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = joined(kit)
    monkeypatch.setenv("DESIST_DEMO", "1")
    browser = Client()

    page = browser.get("/account/sign-in/?by=passkey")
    done = browser.post("/account/sign-in/?by=passkey", {"credential": one.key.use(question(page))})

    assert "?by=passkey" in text(browser.get("/account/sign-in/"))
    assert done.status_code == 302


def test_an_open_link_needs_no_javascript_where_passwords_are_allowed(kit: Account, now: datetime) -> None:
    page = text(Client().get(link_to(kit, now)))

    assert "A passkey needs JavaScript" in page
    assert "Use a password and an authenticator app instead" in page
