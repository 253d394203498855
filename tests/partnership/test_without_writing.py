"""Officers read orders and duty numbers while nothing can be written, and every look is kept."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.partnership.conftest import desk, emrys
from tests.partnership.orders import factories
from tests.unwritten import join, reserve, unwritten

from desist.wall import policy
from desist.wall.models import AuditEvent

__all__ = ["desk", "emrys"]


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: a failed statement must not spoil the test's own transaction."""


def test_an_order_and_its_conditions_are_read_and_each_look_is_in_the_audit_once(
    desk: Client, server: Any
) -> None:
    order = factories.in_force()
    reserve()
    desk.raise_request_exception = False
    pages = {
        "orders:orders": reverse("orders:orders"),
        "orders:order": reverse("orders:order", args=[order.ref]),
        "duty:numbers": reverse("duty:numbers"),
    }
    assert set(pages) == policy.without_writing()
    before = AuditEvent.objects.count()
    with unwritten("standby", server):
        answers = {route: desk.get(address) for route, address in pages.items()}
        start = desk.get("/")

    assert {answer.status_code for answer in answers.values()} == {200}
    for answer in answers.values():
        assert "Desist can read but not write since" in answer.content.decode()
    assert order.conditions.get().text in answers["orders:order"].content.decode()
    assert start["Location"] == pages["orders:orders"]
    looks = join()
    assert looks >= len(pages)
    assert AuditEvent.objects.exclude(action="audit.join_journal").count() == before + looks
