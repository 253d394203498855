"""An agreement to evaluate says who evaluates and until when; any other agreement is as before."""

from typing import Any

import pytest
from django.test import Client
from tests.programme.reading import text
from tests.programme.service.quarterly.conftest import COMMISSION

from desist.post.models import Agreement

pytestmark = pytest.mark.django_db

TYPED: dict[str, Any] = {
    "title": "Evaluation by the university",
    "parties": [COMMISSION],
    "others": "University of Northmere",
    "purposes": ["evaluation"],
    "lawful_basis": "Public task",
    "form_submission": "once",
}
BEGINS = {"begins_on-day": "1", "begins_on-month": "1", "begins_on-year": "2026"}
REVIEW = {"review_on-day": "1", "review_on-month": "1", "review_on-year": "2027"}
ENDS = {"ends_on-day": "31", "ends_on-month": "12", "ends_on-year": "2028"}
NEVER = dict.fromkeys(ENDS, "")


def keep(manager: Client, **changed: Any) -> Any:
    return manager.post("/post/agreements/keep/", {**TYPED, **BEGINS, **REVIEW, **ENDS, **changed})


def test_an_evaluation_is_agreed(manager: Client) -> None:
    keep(manager, joins="on")

    row = Agreement.objects.get()
    assert (row.purposes, row.joins) == (["evaluation"], True)
    page = text(manager.get("/post/agreements/"))
    assert "To evaluate the service, from pseudonymised extracts" in page
    assert "May be joined with one another" in page


def test_an_evaluation_without_a_last_day_is_refused(manager: Client) -> None:
    answer = keep(manager, **NEVER)

    assert answer.status_code == 422
    assert "Enter its last day: an evaluation has one" in text(answer)
    assert "University of Northmere" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_an_evaluation_by_nobody_is_refused(manager: Client) -> None:
    answer = keep(manager, others="")

    assert answer.status_code == 422
    assert "Enter who evaluates" in text(answer)


def test_another_agreement_needs_neither(manager: Client) -> None:
    keep(manager, purposes=["safety"], others="", **NEVER)

    assert Agreement.objects.get().joins is False
