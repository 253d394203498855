"""The page of a return says whether its envelope left and whether it arrived, by each way to a commissioner."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.programme.reading import text
from tests.programme.service.quarterly.conftest import at
from tests.programme.service.quarterly.test_quarterly import (  # noqa: F401 -- fixtures
    count,
    executive,
    manager,
    sent,
    today,
)

from desist.post import outbox
from desist.post.models import ByHandTask, Outbox, Partner
from desist.post.transports import Transport

pytestmark = pytest.mark.django_db

TELEPHONED = {"told_at": at(date(2026, 4, 15), 11), "told_whom": "Sorrel", "by": "carol"}
LEFT = {"sent_at": at(date(2026, 5, 4), 11)}


@pytest.fixture
def page(
    manager: Client,  # noqa: F811
    executive: Client,  # noqa: F811
    commissioner: Partner,
) -> Callable[[Transport], Callable[[], str]]:
    """Send a return by a transport, and read its page as often as wanted."""

    def by(transport: Transport) -> Callable[[], str]:
        Partner.objects.filter(pk=commissioner.pk).update(transport=transport)
        ref = sent(manager, executive, count(manager)).ref
        return lambda: text(manager.get(f"/quarterly/{ref}/"))

    return by


def test_the_courier_may_be_late_and_the_page_says_so(page: Callable[[Transport], Callable[[], str]]) -> None:
    read = page(Transport.COURIER)

    waits = read()
    Outbox.objects.update(**LEFT)

    assert "It has not left this site yet. It leaves by itself as soon as it can be carried" in waits
    assert "It arrived at the commissioner’s site, Monday 4 May 2026, 11am." in read()
    assert "It has not left" not in read()


def test_what_waits_for_people_says_for_what(page: Callable[[Transport], Callable[[], str]]) -> None:
    read = page(Transport.COURIER)

    Outbox.objects.update(next_at=outbox.HELD, error=outbox.HELD_WHY)

    assert outbox.HELD_WHY in read()
    assert "It leaves by itself" not in read()


def test_a_file_is_exported_and_nothing_here_knows_more(
    page: Callable[[Transport], Callable[[], str]],
) -> None:
    read = page(Transport.FILE)

    waits = read()
    Outbox.objects.update(**LEFT)

    assert "It waits to be exported as a file. An administrator exports it." in waits
    assert "It left as a file, Monday 4 May 2026, 11am. Ask the commissioner whether it arrived." in read()


def test_a_return_by_hand_waits_until_it_was_told(page: Callable[[Transport], Callable[[], str]]) -> None:
    read = page(Transport.BY_HAND)

    waits = read()
    ByHandTask.objects.update(**TELEPHONED)

    assert "It waits to be told by telephone." in waits
    assert "It was told by telephone, Wednesday 15 April 2026, 11am." in read()


def test_of_an_envelope_that_the_post_forgot_the_page_says_nothing(
    page: Callable[[Transport], Callable[[], str]],
) -> None:
    read = page(Transport.COURIER)

    Outbox.objects.all().delete()

    assert "It arrived" not in read()
    assert "It has not left" not in read()


def test_a_return_that_was_not_sent_is_not_on_its_way(manager: Client) -> None:  # noqa: F811
    assert "It has not left" not in text(manager.get(f"/quarterly/{count(manager).ref}/"))
