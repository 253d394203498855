"""A search by what leads to a client is limited like every other, and one's own address is told."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.programme.reading import text

from desist.accounts import searching
from desist.accounts.alerts.models import AccountAlert
from desist.accounts.models import Account

pytestmark = pytest.mark.django_db


def test_it_is_limited_and_ones_own_address_is_told(
    signed_in: Callable[..., Client], fable: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LIMIT", 2)
    browser = signed_in()
    asked = [
        {"kind": "email", "value": value} for value in (fable.email.upper(), "sam@example.org", "x@y.org")
    ]

    answers = [browser.post("/vault/search/", said) for said in asked]

    assert [answer.status_code for answer in answers] == [200, 200, 422]
    assert "which is as often as anybody may" in text(answers[2])
    assert list(AccountAlert.objects.order_by("pk").values_list("account", "kind")) == [
        *((fable.ref, "own_search"), (fable.ref, "searches"))
    ]
