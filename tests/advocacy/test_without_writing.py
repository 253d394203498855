"""Advocates read how safe a client is and what protects her while nothing can be written; the vault stays shut."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories
from tests.unwritten import join, reserve, unwritten

from desist.advocacy.victims.models import Victim
from desist.wall import policy
from desist.wall.models import AuditEvent


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: a failed statement must not spoil the test's own transaction."""


@pytest.fixture
def pages(client_of_fable: Victim) -> dict[str, str]:
    """Each named route, and its address for Robin."""
    reserve()
    return {
        "victims:victims": reverse("victims:victims"),
        "victims:victim": reverse("victims:victim", args=[client_of_fable.ref]),
        "orders:orders": reverse("orders:orders", args=[client_of_fable.ref]),
        "duty:numbers": reverse("duty:numbers"),
    }


def test_a_client_is_read_and_each_look_is_in_the_audit_once(
    browser_of_fable: Client, pages: dict[str, str], server: Any
) -> None:
    browser_of_fable.raise_request_exception = False
    assert set(pages) == policy.without_writing()
    before = AuditEvent.objects.count()
    with unwritten("standby", server):
        answers = [browser_of_fable.get(address) for address in pages.values()]
        start = browser_of_fable.get("/")

    assert {answer.status_code for answer in answers} == {200}
    for answer in answers:
        assert "Desist can read but not write since" in answer.content.decode()
        assert "Exit this page" in answer.content.decode()
    assert start["Location"] == pages["victims:victims"]
    looks = join()
    assert looks >= len(pages)
    assert AuditEvent.objects.exclude(action="audit.join_journal").count() == before + looks


def test_what_leads_to_her_stays_shut_and_no_call_begins(
    browser_of_fable: Client, pages: dict[str, str], client_of_fable: Victim, server: Any
) -> None:
    browser_of_fable.raise_request_exception = False
    locator = factories.locator(victim=client_of_fable.ref)
    with unwritten("standby", server):
        answers = [
            browser_of_fable.get(reverse("vault:locators", args=[client_of_fable.ref])),
            browser_of_fable.post(reverse("vault:reveal", args=[locator.ref]), {"reason": "call"}),
            browser_of_fable.post(reverse("contacts:begin", args=[client_of_fable.ref]), {"channel": "call"}),
        ]

    assert answers[0].status_code == 503
    assert {answer.status_code for answer in answers[1:]} <= {422, 503}  # nothing was revealed or begun
    assert join() == 0
