"""A reveal wants a passkey or a code of the last five minutes; the page in between keeps the words and the target."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.accounts.conftest import question
from tests.accounts.softkey import SoftKey
from tests.advocacy import factories

from desist.accounts.factors import codes, sealing
from desist.accounts.factors.commands import hashed
from desist.accounts.models import Account, Authenticator, Passkey, SignIn
from desist.accounts.throttle import commands as throttle
from desist.advocacy.contacts.models import Attempt
from desist.advocacy.vault.models import Locator, Reveal
from desist.advocacy.victims.models import Victim
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

PASSWORD, SECRET = "seven purple otters hum", b"12345678901234567890"
DANGER = {"reason": "danger"}
STEP_UP = timedelta(minutes=5)


@pytest.fixture
def stale(browser_of_fable: Client) -> Client:
    """Fable, who signed in with her passkey a little more than five minutes ago."""
    SignIn.objects.update(confirmed_at=timezone.now() - STEP_UP)
    return browser_of_fable


@pytest.fixture
def reveal(robin: Victim) -> str:
    """Where Robin's number is revealed."""
    return reverse("vault:reveal", args=[Locator.objects.get(victim=robin, kind="phone").ref])


@pytest.fixture
def key(fable: Account) -> SoftKey:
    """Fable's passkey."""
    from desist.accounts.factors import commands as factors
    from desist.accounts.factors.commands import NewPasskey
    from desist.accounts.factors.passkeys import Host

    made, host, now = SoftKey(), Host("testserver", "Desist"), timezone.now()
    asked = factors.ask_for_new(host=host, account=fable.ref, at=now)
    factors.keep(fable, NewPasskey(made.make(asked), "Telephone", host), at=now)
    return made


@pytest.fixture
def app(fable: Account) -> Callable[[], str]:
    """Fable's password and authenticator app: what it shows now."""
    fable.password = hashed(PASSWORD)
    fable.save()
    sealed = sealing.seal(content=SECRET, about=f"authenticator:{fable.ref}")
    Authenticator.objects.create(account=fable, secret=sealed, last_step=0, added_at=timezone.now())
    return lambda: codes._totp(SECRET).generate(timezone.now().timestamp()).decode()


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def carried(answer: Any) -> dict[str, str]:
    """What the page in between sends on."""
    kept = dict(re.findall(r'<textarea name="([^"]+)" hidden>([^<]*)</textarea>', text(answer)))
    return {"step_up": re.findall(r'name="step_up" value="([^"]*)"', text(answer))[0], **kept}


def test_a_session_that_was_left_open_reveals_nothing(stale: Client, reveal: str) -> None:
    answer = stale.post(reveal, DANGER)

    assert answer.status_code == 401
    assert "Confirm that it is you" in text(answer)
    assert not Reveal.objects.exists()


@pytest.mark.parametrize("route", ["contacts:begin", "updates:begin"])
def test_a_session_that_was_left_open_begins_no_call_and_what_was_chosen_is_kept(
    browser_of_fable: Client, client_of_fable: Victim, key: SoftKey, route: str
) -> None:
    """A call shows every number and e-mail address of a client for ten minutes."""
    SignIn.objects.update(confirmed_at=timezone.now() - STEP_UP)
    address = reverse(route, args=[client_of_fable.ref])
    asked = browser_of_fable.post(address, {"channel": "call", "form_submission": "once"})
    begun = Reveal.objects.exists()

    proof = {**carried(asked), "credential": key.use(question(asked))}
    answer = browser_of_fable.post(address, proof, headers={"host": "testserver"}, follow=True)

    assert (asked.status_code, begun) == (401, False)
    assert carried(asked) == {"step_up": "POST", "channel": "call", "form_submission": "once"}
    assert factories.PHONE in text(answer)


def test_a_session_that_was_left_open_prints_no_letter(stale: Client, robin: Victim) -> None:
    letter = factories.letter(victim=robin.ref)

    answer = stale.post(reverse("letters:print-out", args=[letter.ref]))

    assert answer.status_code == 401
    assert "Confirm that it is you" in text(answer)


def test_how_a_call_ended_is_recorded_without_a_step_in_between(
    browser_of_fable: Client, client_of_fable: Victim
) -> None:
    """Nothing that is typed while a call goes on waits for a passkey."""
    begin = {"channel": "call", "form_submission": "once"}
    browser_of_fable.post(reverse("contacts:begin", args=[client_of_fable.ref]), begin)
    SignIn.objects.update(confirmed_at=timezone.now() - STEP_UP)
    attempt = Attempt.objects.get()

    answer = browser_of_fable.post(
        reverse("contacts:finish", args=[attempt.ref]), {"outcome": "reached", "note": "Will ring on Friday"}
    )

    attempt.refresh_from_db()
    assert (answer.status_code, attempt.outcome) == (302, "reached")


def test_a_passkey_does_what_was_asked_in_one_step(stale: Client, reveal: str, key: SoftKey) -> None:
    asked = stale.post(reveal, DANGER)

    answer = stale.post(
        reveal, {**carried(asked), "credential": key.use(question(asked))}, headers={"host": "testserver"}
    )

    assert answer.status_code == 302
    assert factories.PHONE in text(stale.get(answer["Location"]))
    assert Reveal.objects.get().reason == "danger"
    assert AuditEvent.objects.filter(action="accounts.confirm", allowed=True).exists()


def test_a_password_and_a_code_do_as_well_and_serve_for_five_minutes(
    stale: Client, reveal: str, app: Callable[[], str], settings: Any
) -> None:
    settings.DESIST_PASSWORDS = True
    asked = stale.post(reveal, DANGER)

    answer = stale.post(reveal, {**carried(asked), "secret": PASSWORD, "code": app()})
    again = stale.post(reveal, DANGER)
    SignIn.objects.update(confirmed_at=timezone.now() - STEP_UP)
    later = stale.post(reveal, DANGER)

    assert (answer.status_code, again.status_code, later.status_code) == (302, 302, 401)


@pytest.mark.parametrize("proof", [{}, {"secret": PASSWORD}, {"secret": "wrong", "code": "000000"}])
def test_what_proves_nothing_does_nothing_and_keeps_what_was_sent(
    stale: Client, reveal: str, app: Callable[[], str], settings: Any, proof: dict[str, str]
) -> None:
    settings.DESIST_PASSWORDS = True
    asked = stale.post(reveal, DANGER)

    answer = stale.post(reveal, {**carried(asked), **proof})

    assert answer.status_code == 422
    assert "That was not right. Nothing was done" in text(answer)
    assert carried(answer) == carried(asked) == {"step_up": "POST", **DANGER}
    assert PASSWORD not in text(answer)
    assert not Reveal.objects.exists()


def test_guessing_is_slowed_down_as_at_the_entrance(
    stale: Client, reveal: str, app: Callable[[], str], settings: Any
) -> None:
    settings.DESIST_PASSWORDS = True
    for _ in range(throttle.OF_AN_ACCOUNT):
        stale.post(reveal, {"step_up": "POST", "secret": "guess"})

    answer = stale.post(reveal, {"step_up": "POST", "secret": PASSWORD, "code": app()})

    assert "There were too many attempts" in text(answer)
    assert not Reveal.objects.exists()


def test_a_page_that_wants_it_opens_once_it_is_given(
    signed_in: Callable[..., Client], robin: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESIST_DEMO", "1")
    from desist.wall.actors import Role

    browser = signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Noor Quenington"))
    SignIn.objects.update(confirmed_at=None)
    address = reverse("vault:destroy", args=[robin.ref])

    asked = browser.get(address)
    answer = browser.post(address, carried(asked))

    assert "Continue as Noor Quenington" in text(asked)
    assert (asked.status_code, answer.status_code, answer["Location"]) == (401, 302, address)
    assert browser.get(address).status_code == 200


def test_nobody_learns_at_the_step_whether_there_is_such_a_row(stale: Client, reveal: str) -> None:
    def alike(address: str) -> str:
        page = text(stale.post(address, DANGER)).replace(address, "")
        return re.sub(r'(value|nonce|data-passkey-question)="[^"]*"', "", page)

    assert alike(reveal) == alike(reverse("vault:reveal", args=["k7f2m9qxw4bc"]))


def test_files_are_named_as_what_has_to_be_chosen_again(stale: Client, reveal: str) -> None:
    from io import BytesIO

    answer = stale.post(reveal, {**DANGER, "file": BytesIO(b"page")})

    assert "choose your files again" in text(answer)


def test_what_a_provider_vouched_for_grows_no_younger(
    stale: Client, reveal: str, settings: Any, key: SoftKey
) -> None:
    """Anyone who holds an open session must not be able to prolong a sign-in that only the provider can make again."""
    del key
    settings.DESIST_PROVIDER = object()
    vouched = timezone.now() - STEP_UP
    SignIn.objects.update(confirmed_at=vouched)

    stale.post("/account/confirm/", {})
    stale.post("/account/lock/", {})

    assert SignIn.objects.get().confirmed_at == vouched
    assert Passkey.objects.exists()
    assert stale.post(reveal, DANGER).status_code == 401
    assert stale.post(reveal, {"step_up": "POST", **DANGER}).status_code == 422
    assert not Reveal.objects.exists()
    SignIn.objects.update(confirmed_at=vouched + timedelta(minutes=1))
    assert stale.post(reveal, {"step_up": "POST", **DANGER}).status_code == 302
