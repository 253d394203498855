"""One form that is sent twice at one moment is answered once, and both answers lead to the same place."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from tests.partnership import factories
from tests.waiting import until_somebody_waits

from desist.accounts.models import BrowserSession
from desist.partnership.referrals.models import Referral
from desist.post.models import ByHandTask, Partner

SENT = {"contact": "01632 960 050"}


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: each click is answered in a thread and a connection of its own."""


@pytest.fixture
def asked(own_keys: None, programme: Partner) -> str:
    """The page on which the police ask a programme without Desist to ring them."""
    person = factories.referral(
        programme=factories.partner(name="Eastwater service", transport="by_hand").name
    )
    factories.duty_number()
    return reverse("switchboard:ask", args=[person.ref])


def two_clicks(browser: Client, page: str) -> list[Any]:
    """What the browser is answered when both clicks come before the first is answered."""
    same = Client()
    same.cookies.update(browser.cookies)
    return clicks([browser, same], page)


def clicks(browsers: list[Client], page: str, *, meanwhile: Callable[[], object] = lambda: None) -> list[Any]:
    """What each is answered, where all come and something happens before any of them is answered."""
    answers = []

    def click(who: Client) -> None:
        try:
            answers.append(who.post(page, SENT))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click, args=[who]) for who in browsers]
    with transaction.atomic():
        Referral.objects.select_for_update().get()
        for one in threads:
            one.start()
        until_somebody_waits(len(browsers))
        meanwhile()
    for one in threads:
        one.join(30)
    return answers


def test_two_clicks_at_one_moment_ask_once_and_lead_to_the_same_place(officer: Client, asked: str) -> None:
    first, second = two_clicks(officer, asked)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert ByHandTask.objects.count() == 1


def test_who_signs_out_before_the_answer_comes_is_told_to_look_and_keeps_the_words(
    officer: Client, asked: str
) -> None:
    (answer,) = clicks([officer], asked, meanwhile=BrowserSession.objects.all().delete)

    assert answer.status_code == 400
    assert "may have been saved" in answer.content.decode()
    assert "01632 960 050" in answer.content.decode()
    assert ByHandTask.objects.count() == 1
