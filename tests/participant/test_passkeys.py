"""The phone's own lock as a way in: kept by the six digits, one phone's alone, each question once, and nothing odd is read."""

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.accounts.softkey import SoftKey
from tests.participant.conftest import PIN

from desist.accounts.factors import answers
from desist.participant.entrance import WRONG
from desist.participant.lock import NOT_MADE
from desist.programme.episodes.models import Episode
from desist.programme.phones.models import Phone
from desist.programme.plans.between.models import BetweenSessions
from desist.wall.models import AuditEvent

Begun = Callable[..., Client]
ORIGIN = "http://my-week.localhost"
QUESTION = re.compile(r'data-passkey-question="([^"]+)"')


@pytest.fixture
def key() -> SoftKey:
    return SoftKey(origin=ORIGIN)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def question(answer: Any) -> str:
    (found,) = QUESTION.findall(text(answer))
    return html.unescape(found)


def get(phone: Client, path: str) -> Any:
    return phone.get(path, headers={"host": "my-week.localhost"})


def post(phone: Client, path: str, **said: str) -> Any:
    return phone.post(path, said, headers={"host": "my-week.localhost"})


def keep(phone: Client, key: SoftKey, pin: str = PIN) -> Any:
    """Add this phone's lock as a way in."""
    return post(phone, "/lock/", pin=pin, credential=key.make(question(get(phone, "/lock/"))))


def signed_out(phone: Client) -> Any:
    """Sign out, and return the page that asks for the code or the lock."""
    post(phone, "/sign-out/")
    return get(phone, "/")


def test_a_phone_opens_with_its_own_lock(robin: Episode, begun: Begun, key: SoftKey) -> None:
    phone = begun(robin)
    assert keep(phone, key).status_code == 302
    asked = question(signed_out(phone))

    assert post(phone, "/open/", credential=key.use(asked)).status_code == 302
    assert "Strongest urge" in text(get(phone, "/"))
    done = AuditEvent.objects.filter(action__startswith="participant.").values_list("action", "allowed")
    assert ("participant.open", True) in done
    assert ("participant.keep_passkey", True) in done


def test_the_digits_open_it_as_before_and_the_lock_can_be_removed(
    robin: Episode, begun: Begun, key: SoftKey
) -> None:
    phone = begun(robin)
    keep(phone, key)
    signed_out(phone)
    assert post(phone, "/sign-in/", pin=PIN).status_code == 302
    assert post(phone, "/lock/", remove="yes").status_code == 302

    assert "data-passkey-question" not in text(signed_out(phone))
    assert Phone.objects.get().passkey == ""


def test_the_phone_files_it_under_a_name_that_tells_nothing(robin: Episode, begun: Begun) -> None:
    asked = json.loads(question(get(begun(robin), "/lock/")))["publicKey"]

    assert (asked["rp"]["name"], asked["user"]["name"], asked["user"]["displayName"]) == ("My week",) * 3
    assert asked["authenticatorSelection"]["residentKey"] == "discouraged"
    assert asked["authenticatorSelection"]["userVerification"] == "required"


def test_it_is_added_by_the_code_and_the_fifth_wrong_one_ends_the_phone(
    robin: Episode, begun: Begun, key: SoftKey
) -> None:
    phone = begun(robin)
    tried = [keep(phone, key, pin="111222") for _ in range(4)]
    assert [answer.status_code for answer in tried] == [422] * 4
    assert NOT_MADE in text(tried[-1])
    last = keep(phone, key, pin="111222")

    assert WRONG in text(last)
    assert Phone.objects.get().ended_at is not None
    assert Phone.objects.get().passkey == ""


def test_an_answer_counts_once(robin: Episode, begun: Begun, key: SoftKey) -> None:
    phone = begun(robin)
    keep(phone, key)
    credential = key.use(question(signed_out(phone)))
    post(phone, "/open/", credential=credential)
    signed_out(phone)

    again = post(phone, "/open/", credential=credential)
    assert (again.status_code, WRONG in text(again)) == (422, True)
    refused = AuditEvent.objects.get(action="participant.open", allowed=False)
    assert refused.reason == "wrong passkey"


def test_a_question_is_over_after_five_minutes(
    robin: Episode, begun: Begun, key: SoftKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = begun(robin)
    keep(phone, key)
    credential = key.use(question(signed_out(phone)))
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=6))

    assert post(phone, "/open/", credential=credential).status_code == 422


def test_a_lock_opens_its_own_phone_alone(robin: Episode, sam: Episode, begun: Begun, key: SoftKey) -> None:
    first, second = begun(robin), begun(sam, "aaaaccccdddd")
    keep(first, key)
    keep(second, SoftKey(origin=ORIGIN))
    of_the_first, of_the_second = question(signed_out(first)), question(signed_out(second))

    assert post(second, "/open/", credential=key.use(of_the_first)).status_code == 422
    assert post(second, "/open/", credential=key.use(of_the_second)).status_code == 422
    assert post(first, "/open/", credential=key.use(of_the_first)).status_code == 302


def test_a_stolen_passkey_opens_nothing_on_another_phone(robin: Episode, begun: Begun, key: SoftKey) -> None:
    phone, stranger = begun(robin), Client()
    keep(phone, key)
    credential = key.use(question(signed_out(phone)))

    assert post(stranger, "/open/", credential=credential).status_code == 422
    assert not Phone.objects.exclude(sitting="").exists()


@pytest.mark.parametrize("end", ["phone", "left", "paper"])
def test_a_phone_that_is_over_is_opened_by_nothing(
    robin: Episode, begun: Begun, key: SoftKey, end: str
) -> None:
    phone = begun(robin)
    keep(phone, key)
    credential = key.use(question(signed_out(phone)))
    if end == "phone":
        Phone.objects.update(ended_at=timezone.now(), ended_by="x")
    if end == "left":
        Episode.objects.update(state="left", ended_at=timezone.now())
    if end == "paper":
        BetweenSessions.objects.update(on_paper=True, because="order")
    answer = post(phone, "/open/", credential=credential)

    assert WRONG in text(answer)
    assert "Code from your practitioner" in text(answer)
    assert answer.cookies["phone"].value == ""


@pytest.mark.parametrize(
    ("device", "why"),
    [
        ({"verifies": False}, "its owner was not asked for a finger or a code"),
        ({"origin": "https://my-week.example"}, "it was made for another place"),
    ],
)
def test_a_device_that_does_not_fit_is_not_kept(
    robin: Episode, begun: Begun, device: dict[str, Any], why: str
) -> None:
    phone = begun(robin)
    answer = keep(phone, SoftKey(**{"origin": ORIGIN, **device}))

    assert (answer.status_code, NOT_MADE in text(answer)) == (422, True), why
    assert Phone.objects.get().passkey == ""


def test_a_copy_of_the_passkey_is_refused(robin: Episode, begun: Begun, key: SoftKey) -> None:
    phone = begun(robin)
    key.counter = 5
    keep(phone, key)
    first = key.use(question(signed_out(phone)))
    post(phone, "/open/", credential=first)
    key.counter -= 2

    assert post(phone, "/open/", credential=key.use(question(signed_out(phone)))).status_code == 422


ODD = [
    "",
    "null",
    "[]",
    "{}",
    "{" * 10_000,
    '{"response": {"clientDataJSON": 9999999999}}',
    json.dumps({"id": "a" * answers.LONGEST}),
    json.dumps({"id": "x", "rawId": "x", "type": "public-key", "response": {"clientDataJSON": "e30"}}),
    "\x00é",
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_what_is_too_large_or_odd_is_refused_before_the_library_reads_it(
    robin: Episode, begun: Begun, key: SoftKey, odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = begun(robin)
    keep(phone, key)

    def read(*_: object) -> None:
        pytest.fail("the library read it")

    monkeypatch.setattr("fido2.webauthn.RegistrationResponse.from_dict", read)
    monkeypatch.setattr("fido2.webauthn.AuthenticationResponse.from_dict", read)
    kept = post(phone, "/lock/", pin=PIN, credential=odd)
    signed_out(phone)
    opened = post(phone, "/open/", credential=odd)

    assert (kept.status_code, opened.status_code) == (422, 422)
    assert NOT_MADE in text(kept)
    assert WRONG in text(opened)


def test_a_question_for_one_purpose_answers_no_other(robin: Episode, begun: Begun, key: SoftKey) -> None:
    phone = begun(robin)
    keep(phone, key)
    to_make = json.loads(question(_without_lock(phone)))
    signed_out(phone)
    asked = {"publicKey": {"challenge": to_make["publicKey"]["challenge"], "rpId": "my-week.localhost"}}

    assert post(phone, "/open/", credential=key.use(json.dumps(asked))).status_code == 422


def _without_lock(phone: Client) -> Any:
    """The page that offers to add the lock: its passkey is kept meanwhile."""
    kept = Phone.objects.get().passkey
    Phone.objects.update(passkey="")
    answer = get(phone, "/lock/")
    Phone.objects.update(passkey=kept)
    return answer


def test_ten_minutes_without_a_tap_close_it_as_before(
    robin: Episode, begun: Begun, key: SoftKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = begun(robin)
    keep(phone, key)
    post(phone, "/open/", credential=key.use(question(signed_out(phone))))
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=11))

    assert "Your six digits" in text(get(phone, "/"))
    assert "Strongest urge" not in text(get(phone, "/"))
