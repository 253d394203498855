"""What looks for forms that are done twice finds a planted one, whichever way it goes wrong."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client, override_settings
from django.urls import path

from desist.accounts.models import Account
from desist.ui import errors
from desist.ui.forms import Form
from desist.wall.models import Reviewer
from tests import staff
from tests.sent_again import DoneTwice, sending_again

pytestmark = pytest.mark.django_db
View = Callable[[HttpRequest], HttpResponse]


def reviewer(name: str = "Ola Reed") -> None:
    Reviewer.objects.create(name=name, phone="", named_by="ola", named_at=staff.NOW)


def once(request: HttpRequest) -> HttpResponse:
    """Adds a row, unless its submission says that it was added."""
    submission = Form(request.POST).submission
    if not Reviewer.objects.filter(name=submission).exists():
        reviewer(submission)
    return redirect("/done/")


def twice(request: HttpRequest) -> HttpResponse:
    """Adds a row with every click."""
    reviewer()
    return redirect("/done/")


def told(request: HttpRequest) -> HttpResponse:
    """Sends a message with every click."""
    mail.send_mail("Told", "", None, ["kit@example.org"])
    return redirect("/done/")


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Leads somewhere else the second time."""
    response = redirect("/again/" if Reviewer.objects.exists() else "/done/")
    if not Reviewer.objects.exists():
        reviewer()
    return response


def lost(request: HttpRequest) -> HttpResponse:
    """Says the second time that there is nothing."""
    if Reviewer.objects.exists():
        return errors.page(errors.NOT_FOUND)
    reviewer()
    return redirect("/done/")


def gone(request: HttpRequest) -> HttpResponse:
    """Says the second time that the first may have done it."""
    if Reviewer.objects.exists():
        return errors.page(errors.NOTHING_LEFT)
    reviewer()
    return redirect("/done/")


@pytest.fixture
def sent(settings: Any) -> Callable[[View], Any]:
    """What a signed-in person is answered who sends a form to a view."""

    def sent(view: View) -> Any:
        urls = ModuleType("planted")
        urls.urlpatterns = [path("planted/", view, name="planted")]  # type: ignore[attr-defined]  # as a module of addresses
        settings.MIDDLEWARE = [*settings.MIDDLEWARE[:2], f"{__name__}.somebody"]
        with override_settings(ROOT_URLCONF=urls), sending_again(set()):
            return Client().post("/planted/", {"words": "Said so."})

    return sent


def somebody(get_response: View) -> View:
    """Middleware by which everybody is signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = Account()  # type: ignore[attr-defined]  # anybody
        return get_response(request)

    return middleware


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (twice, "done twice: {'wall_reviewer': 1}"),
        (told, "done twice: {'messages': 1}"),
        (elsewhere, "sent again to 302 /again/"),
        (lost, "sent again to 404"),
    ],
)
def test_a_planted_form_that_is_done_twice_or_helps_nobody_is_found(
    sent: Callable[[View], Any], planted: View, said: str
) -> None:
    with pytest.raises(DoneTwice) as found:
        sent(planted)

    assert said in str(found.value)


@pytest.mark.parametrize("planted", [once, gone])
def test_a_form_that_is_done_once_is_let_through_and_the_second_leaves_nothing(
    sent: Callable[[View], Any], planted: View
) -> None:
    assert sent(planted).status_code == 302
    assert Reviewer.objects.count() == 1
