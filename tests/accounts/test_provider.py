"""A site whose people sign in with their organisation's own identity provider: a real one, on loopback."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.test.utils import override_settings
from tests.accounts import oidc
from tests.accounts.conftest import Joined, link_to, sign_in_of

from desist import deployment
from desist.accounts.callers import Caller
from desist.accounts.entrance.commands import by_passkey
from desist.accounts.factors.passkeys import Host
from desist.accounts.models import Account, SignIn
from desist.accounts.refusals import NotLetIn
from desist.privatefile import SecretError
from desist.wall.models import AuditEvent

Joining = Callable[..., Joined]
SignedIn = Callable[..., Client]


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]  # the test client's answer


@pytest.fixture
def provider(db: None, tmp_path: Path) -> Iterator[oidc.Provider]:
    """The site's provider."""
    secret = tmp_path / "secret"
    secret.touch(0o600)
    secret.write_text(f"{oidc.SECRET}\n")
    with oidc.serving() as provider:
        known = deployment.Provider(provider.issuer, oidc.CLIENT, secret)
        with override_settings(DESIST_PROVIDER=known):
            yield provider


@pytest.fixture
def kit(kit: Account) -> Account:
    """Kit was invited under the address that the provider knows."""
    Account.objects.filter(pk=kit.pk).update(email="kit@service.example")
    return kit


def there_and_back(browser: Client, *, onward: str = "/account/") -> Any:
    """What a browser does: to the provider, and back to us."""
    away = browser.get(f"/account/provider/?next={onward}")
    assert away.status_code == 302, text(away)
    back = requests.get(away["Location"], allow_redirects=False, timeout=5).headers["Location"]
    return browser.get(back.removeprefix("https://testserver"))


def last_refusal() -> AuditEvent:
    return AuditEvent.objects.filter(action="accounts.sign_in", allowed=False).latest("pk")


def test_somebody_invited_whom_the_provider_vouches_for_is_let_in(
    provider: oidc.Provider, kit: Account, now: datetime
) -> None:
    link_to(kit, now)
    browser = Client()

    page = browser.get("/account/sign-in/")
    answer = there_and_back(browser, onward="/account/role/")

    kit.refresh_from_db()
    assert "Sign in with your organisation" in text(page)
    assert "second factor of its own" in text(page)
    assert answer["Location"] == "/account/role/"
    assert sign_in_of(browser).grant.account == kit
    assert kit.subject == f"{provider.issuer}|7"
    assert kit.invitations.get().used_at
    assert "your organisation’s own account" in text(browser.get("/account/")).lower()


def test_an_address_in_capitals_is_the_same(provider: oidc.Provider, kit: Account) -> None:
    provider.claims["email"] = "Kit@Service.example"

    assert there_and_back(Client())["Location"] == "/account/"


def test_the_question_is_bound_to_the_browser_and_to_us(provider: oidc.Provider, kit: Account) -> None:
    there_and_back(Client())
    browser = Client()
    away = browser.get("/account/provider/")

    asked = away["Location"]

    for part in (
        "code_challenge_method=S256",
        "nonce=",
        "state=",
        "prompt=login",
        "max_age=0",
        "response_type=code",
    ):
        assert part in asked
    assert "redirect_uri=https%3A%2F%2Ftestserver%2Faccount%2Fprovider%2Fback%2F" in asked


def in_seconds(number: int) -> Callable[[], int]:
    """Make a moment so many seconds from when it is asked for."""
    return lambda: int(time.time()) + number


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("nonce", {"nonce": "another"}, "another question's answer"),
    ("audience", {"aud": "another"}, "InvalidAudienceError"),
    (
        "several audiences",
        {"aud": [oidc.CLIENT, "another"], "azp": "another"},
        "meant for another site as well",
    ),
    ("expired", {"exp": in_seconds(-600)}, "ExpiredSignatureError"),
    ("from the future", {"iat": in_seconds(6000)}, "ImmatureSignatureError"),
    ("issuer", {"iss": "https://elsewhere.example"}, "InvalidIssuerError"),
    ("no subject", {"sub": None}, "MissingRequiredClaimError"),
    ("no nonce", {"nonce": None}, "MissingRequiredClaimError"),
    ("unverified", {"email_verified": False}, "no verified e-mail address"),
    ("verified in words", {"email_verified": "true"}, "no verified e-mail address"),
    ("silent about it", {"email_verified": None}, "no verified e-mail address"),
    ("no address", {"email": None}, "no verified e-mail address"),
    ("at the screen for long", {"auth_time": in_seconds(-3600)}, "signed in before they were asked"),
    ("moment in words", {"auth_time": "now"}, "signed in before they were asked"),
    ("no number", {"auth_time": True}, "signed in before they were asked"),
]


@pytest.mark.parametrize(("name", "claims", "why"), WRONG, ids=[name for name, _, _ in WRONG])
def test_an_answer_that_does_not_hold_lets_nobody_in(
    provider: oidc.Provider, kit: Account, name: str, claims: dict[str, Any], why: str
) -> None:
    provider.claims |= {key: said() if callable(said) else said for key, said in claims.items()}
    browser = Client()

    answer = there_and_back(browser)

    assert answer.status_code == 422
    assert "an invalid answer" in text(answer)
    assert not SignIn.objects.exists()
    assert last_refusal().reason == f"provider: {why}"
    assert "kit@" not in str(list(AuditEvent.objects.values()))


def test_a_moment_since_the_question_is_right_though_two_clocks_differ(
    provider: oidc.Provider, kit: Account
) -> None:
    provider.claims["auth_time"] = int(time.time()) - 20

    assert there_and_back(Client())["Location"] == "/account/"


def test_several_audiences_are_right_where_we_are_the_one_it_is_for(
    provider: oidc.Provider, kit: Account
) -> None:
    provider.claims |= {"aud": [oidc.CLIENT, "another"], "azp": oidc.CLIENT}

    assert there_and_back(Client()).status_code == 302


@pytest.mark.parametrize("how", ["another key", "shared secret", "no signature", "unknown key", "older key"])
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    provider: oidc.Provider, kit: Account, how: str
) -> None:
    if how in {"another key", "older key"}:
        provider.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    if how == "shared secret":
        provider.signs_with, provider.algorithm = "k" * 64, "HS256"
    if how == "no signature":
        provider.signs_with, provider.algorithm = None, "none"
    if how in {"unknown key", "older key"}:
        provider.header = {"kid": "zero" if how == "older key" else "two"}

    answer = there_and_back(Client())

    assert answer.status_code == 422
    assert not SignIn.objects.exists()


def test_a_token_that_names_no_key_while_there_are_two_lets_nobody_in(
    provider: oidc.Provider, kit: Account
) -> None:
    provider.header = {}

    assert there_and_back(Client()).status_code == 422


def test_nobody_is_made_an_account(provider: oidc.Provider, kit: Account) -> None:
    provider.claims["email"] = "stranger@service.example"
    accounts = Account.objects.count()

    answer = there_and_back(Client())

    assert "nobody has invited you here" in text(answer)
    assert Account.objects.count() == accounts
    assert last_refusal().reason == "provider: unknown"


@pytest.mark.parametrize("why", ["left", "no role"])
def test_whoever_left_or_holds_no_role_stays_out(
    provider: oidc.Provider, kit: Account, now: datetime, why: str
) -> None:
    if why == "left":
        Account.objects.filter(pk=kit.pk).update(left_at=now)
    else:
        kit.grants.update(ended_at=now)

    assert "nobody has invited you here" in text(there_and_back(Client()))
    assert not SignIn.objects.exists()


def test_an_address_that_was_given_to_somebody_else_lets_nobody_in(
    provider: oidc.Provider, kit: Account
) -> None:
    there_and_back(Client())
    provider.claims["sub"] = "8"

    answer = there_and_back(Client())

    assert answer.status_code == 422
    assert last_refusal().reason == "provider: another person of this address"


@pytest.mark.parametrize("state", ["", "another"])
def test_an_answer_that_was_not_asked_from_this_browser_lets_nobody_in(
    provider: oidc.Provider, kit: Account, state: str
) -> None:
    browser = Client()
    browser.get("/account/provider/")

    answer = browser.get("/account/provider/back/", {"code": "code-0", "state": state})
    unasked = Client().get("/account/provider/back/", {"code": "code-0", "state": state})

    assert (answer.status_code, unasked.status_code) == (422, 422)
    assert last_refusal().reason == "provider: not asked from here"


def test_an_answer_counts_once(provider: oidc.Provider, kit: Account) -> None:
    browser = Client()
    away = browser.get("/account/provider/")
    back = requests.get(away["Location"], allow_redirects=False, timeout=5).headers["Location"]
    path = back.removeprefix("https://testserver")

    first, second = browser.get(path), browser.get(path)

    assert (first.status_code, second.status_code) == (302, 422)


@pytest.mark.parametrize(
    "document",
    [{"issuer": "https://other.example"}, {"token_endpoint": "http://far.example/"}, {"jwks_uri": ""}],
)
def test_a_provider_that_describes_another_one_is_not_asked(
    provider: oidc.Provider, document: dict[str, str]
) -> None:
    provider.document = document

    answer = Client().get("/account/provider/")

    assert answer.status_code == 422
    assert "does not answer" in text(answer)


def test_a_provider_that_fails_on_the_way_back_says_so(provider: oidc.Provider, kit: Account) -> None:
    browser = Client()
    away = browser.get("/account/provider/")
    back = requests.get(away["Location"], allow_redirects=False, timeout=5).headers["Location"]
    provider.status = 503

    answer = browser.get(back.removeprefix("https://testserver"))

    assert "does not answer" in text(answer)
    assert last_refusal().reason == "provider: silent"


def test_a_provider_that_is_not_there_says_so(provider: oidc.Provider) -> None:
    known = deployment.Provider("http://127.0.0.1:1", oidc.CLIENT, Path("nowhere"))

    with override_settings(DESIST_PROVIDER=known):
        answer = Client().get("/account/provider/")

    assert "does not answer" in text(answer)


def test_our_own_ways_in_are_closed(
    provider: oidc.Provider, kit: Account, signed_in: SignedIn, now: datetime
) -> None:
    link = link_to(kit, now)
    SignIn.objects.update(confirmed_at=now)
    browser = signed_in(kit)

    for path in ("/account/sign-in/password/", "/account/recover/"):
        assert Client().get(path).status_code == 404
    for path in ("passkeys/add/", "codes/new/", "authenticator/password/"):
        assert browser.get(f"/account/{path}").status_code == 404
    assert Client().get(link)["Location"] == "/account/sign-in/"


def test_a_passkey_from_before_does_not_open_a_site_with_a_provider(
    kit: Account, joined: Joining, tmp_path: Path, now: datetime
) -> None:
    from tests.accounts.conftest import question

    one, browser = joined(kit), Client()
    answer = one.key.use(question(browser.get("/account/sign-in/")))

    with override_settings(DESIST_PROVIDER=deployment.Provider("https://x.example", "x", tmp_path)):
        page = browser.post("/account/sign-in/", {"credential": answer})

        with pytest.raises(NotLetIn):
            by_passkey(answer=answer, caller=Caller(Host("testserver", "x"), "192.0.2.7"), at=now)

    assert "Sign in with your organisation" in text(page)
    assert "sign_in" not in browser.session
    assert last_refusal().reason == "this site signs in by its provider"


def test_a_site_without_a_provider_has_no_such_address(db: None) -> None:
    assert Client().get("/account/provider/").status_code == 404
    assert Client().get("/account/provider/back/").status_code == 404


def test_a_locked_page_opens_after_signing_in_again_in_another_tab(
    provider: oidc.Provider, kit: Account, signed_in: SignedIn, now: datetime
) -> None:
    browser = signed_in(kit, seen=now - timedelta(minutes=16))
    locked = browser.get("/account/")

    before = browser.post("/account/lock/")
    there_and_back(browser)
    after = browser.post("/account/lock/", headers={"Sec-Fetch-Dest": "empty"})

    assert "opens in a new tab" in text(locked)
    assert before.status_code == 422
    assert after.status_code == 204
    assert SignIn.objects.filter(ended_at=None).count() == 1  # the locked one is over


@pytest.mark.parametrize(
    ("mode", "said"), [(0o644, "chmod 600"), (None, "cannot be read")], ids=["others may read it", "missing"]
)
def test_a_secret_that_is_not_private_is_refused(tmp_path: Path, mode: int | None, said: str) -> None:
    path = tmp_path / "secret"
    if mode:
        path.write_text("x")
        path.chmod(mode)

    with pytest.raises(SecretError, match=said):
        deployment.Provider("https://x.example", "x", path).secret()


def test_the_provider_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    assert deployment.provider() is None

    monkeypatch.setenv("DESIST_OIDC_ISSUER", "https://sign-in.example")
    monkeypatch.setenv("DESIST_OIDC_CLIENT", "desist")

    found = deployment.provider()
    assert found == deployment.Provider(
        "https://sign-in.example", "desist", tmp_path / "keys" / "oidc-secret"
    )
