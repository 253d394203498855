"""An error says what happened, what was kept and what to do; it gives nothing away and takes no word away."""

import importlib
import io
from typing import Any

import html5lib
import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.forms import PasswordInput
from django.test import Client, RequestFactory
from tests.ui.test_bridge import drawn_value
from tests.ui.test_forms import GOOD

from desist.ui import errors, forms


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def text(response: Any) -> str:
    """The page, once it has parsed without an error."""
    page: str = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    return page


def test_what_is_absent_and_what_one_may_not_see_are_the_same_bytes(client: Client) -> None:
    absent, hidden, unrouted = (
        client.get(path) for path in ("/absent/a/", "/absent/k7f2m9/", "/nowhere/at/all")
    )

    assert absent.content == hidden.content == unrouted.content
    assert dict(absent.headers) == dict(hidden.headers) == dict(unrouted.headers)


@pytest.mark.parametrize("path", ["/broken/", "/down/"])
def test_a_fault_gives_nothing_away(client: Client, path: str) -> None:
    assert "secret" not in text(client.get(path))


def test_a_database_out_of_reach_is_told_apart_from_a_fault(client: Client) -> None:
    fault, away = client.get("/broken/"), client.get("/down/")

    assert (fault.status_code, away.status_code) == (500, 503)
    assert "Desist cannot reach its records" in text(away)


def test_words_sent_while_the_database_was_away_can_be_sent_again(client: Client) -> None:
    typed = "first line\nسلم 👋 <b>"

    page = text(client.post("/down/?from=list", {**GOOD, "notes": typed, "password": "hunter2"}))

    assert drawn_value(page, "notes") == typed
    assert drawn_value(page, "behaviours") == "follow"
    assert 'action="/down/?from=list"' in page
    assert "hunter2" not in page


def test_what_the_database_was_told_to_keep_and_did_not_confirm_may_have_been_saved(client: Client) -> None:
    saving, reading = client.post("/down/?saving", GOOD), client.get("/down/?saving")

    assert (saving.status_code, reading.status_code) == (503, 503)
    assert "What you sent may have been saved, or not." in text(saving)
    assert drawn_value(text(saving), "behaviours") == "follow"
    assert "Nothing was saved by your last step." in text(reading)


def test_a_word_that_only_sounds_like_a_secret_is_sent_again_like_every_other(client: Client) -> None:
    typed = {"code_word": "marmalade", "own_postcode": "NE1 4ST", "code": "123456", "secret": "hunter2"}

    page = text(client.post("/down/", typed))

    assert drawn_value(page, "code_word") == "marmalade"
    assert drawn_value(page, "own_postcode") == "NE1 4ST"
    assert "123456" not in page
    assert "hunter2" not in page


def test_every_field_for_a_secret_is_known_by_its_name() -> None:
    for module in ("accounts.entrance", "accounts.factors", "accounts.invitations"):
        importlib.import_module(f"desist.{module}.forms")

    secrets = {
        name
        for form in _below(forms.Form)
        for name, field in form.base_fields.items()
        if isinstance(field.widget, PasswordInput)
        or field.widget.attrs.get("autocomplete") == "one-time-code"
    }

    assert {"password", "code"} <= secrets <= errors.SECRET
    assert "secret" in errors.SECRET  # drawn without a form, where somebody confirms who they are


def _below(form: type[forms.Form]) -> set[type[forms.Form]]:
    return {one for known in form.__subclasses__() for one in {known} | _below(known)}


def test_words_sent_into_a_fault_of_ours_come_back_to_be_copied(client: Client) -> None:
    page = text(client.post("/broken/", {"notes": "first line\nsecond", "password": "hunter2"}))

    assert "first line\nsecond" in page
    assert "Send the form again" not in page
    assert "hunter2" not in page


def test_a_fault_in_the_request_itself_has_its_page_too(client: Client) -> None:
    class Broken(io.BytesIO):
        """A connection that ends in the middle of a form."""

        def read(self, _: int | None = -1) -> bytes:
            raise OSError

    environment = RequestFactory().post("/", {"notes": "lost"}).environ
    request = WSGIRequest({**environment, "wsgi.input": Broken()})

    response = errors.handler500(request)

    assert response.status_code == 500
    assert "Something went wrong" in text(response)


def test_words_whose_origin_was_not_proved_are_not_offered_for_sending() -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    response = client.post("/ask/", {"notes": "do not\nlose me", "password": "hunter2"})

    assert response.status_code == 403
    page = text(response)
    assert "do not\nlose me" in page
    assert "<form" not in page
    assert "hunter2" not in page


@pytest.mark.parametrize(
    ("origin", "site", "status"),
    [
        ("null", "same-origin", 422),
        ("null", "cross-site", 403),
        ("null", "", 403),
        ("http://testserver", "", 422),
        ("http://elsewhere.example", "same-origin", 403),
    ],
)
def test_a_form_is_taken_only_from_its_own_origin(origin: str, site: str, status: int) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/ask/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    told = {"Origin": origin, **({"Sec-Fetch-Site": site} if site else {})}

    response = client.post("/ask/", {"csrfmiddlewaretoken": token}, headers=told)

    assert response.status_code == status


def test_the_token_is_checked_whatever_the_browser_says_of_the_origin() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/ask/", {}, HTTP_ORIGIN="null", HTTP_SEC_FETCH_SITE="same-origin")

    assert response.status_code == 403


def test_a_request_too_big_says_so() -> None:
    request = RequestFactory().get("/")

    big = errors.handler400(request, RequestDataTooBig())
    odd = errors.handler400(request, SuspiciousOperation())

    assert "too much to send at once" in text(big)
    assert "could not be read" in text(odd)


def test_a_request_that_cannot_be_done_says_why() -> None:
    response = errors.unprocessable("This session is not on a working day.")

    assert response.status_code == 422
    assert "This session is not on a working day." in text(response)


def test_a_form_that_was_refused_comes_back_whole(client: Client) -> None:
    response = client.post("/ask/", {**GOOD, "born-day": "31", "born-month": "2", "born-year": "2026"})

    assert response.status_code == 422
    page = text(response)
    assert "<title>Error: Decide the referral " in page
    assert drawn_value(page, "name") == "Robin Example"


def test_a_form_that_was_taken_says_so_on_the_next_page(client: Client) -> None:
    response = client.post("/ask/", GOOD, follow=True)

    assert response.status_code == 200
    assert "The decision was sent." in text(response)


@pytest.mark.parametrize(("site", "offered"), [("same-origin", True), ("cross-site", False)])
def test_a_database_out_of_reach_before_the_view_keeps_words_as_well(site: str, *, offered: bool) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/ask/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    told = {"Origin": "null", "Sec-Fetch-Site": site}

    response = client.post("/down/early/", {"csrfmiddlewaretoken": token, "notes": "keep\nme"}, headers=told)

    assert response.status_code == 503
    page = text(response)
    assert "keep\nme" in page
    assert ("Send the form again" in page) is offered
