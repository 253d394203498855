"""The exit report on the police side: it arrived whole, the newest version is told apart, and it can be saved."""

import base64
import io
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfWriter
from tests.partnership import factories
from tests.programme.reading import text

from desist.partnership.exit_reports import commands
from desist.partnership.exit_reports.models import ExitReport
from desist.partnership.referrals.commands import UnknownThread
from desist.partnership.referrals.models import Referral
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.wall import actors
from desist.wall.actors import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]


def pdf() -> bytes:
    writer, held = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(held)
    return held.getvalue()


CONTENT = pdf()


def arrived(referral: Referral, *, document: bytes = CONTENT, **changed: Any) -> Received:
    written = base64.b64encode(document).decode()
    values: dict[str, Any] = {
        "number": 1,
        "supersedes": 0,
        "signed_at": factories.NOW,
        "digest": sha256(document).hexdigest(),
        "content": (written[:100], written[100:]),
    }
    payload = payloads.ExitReport(**values | changed)
    return Received(payload, referral.thread or "", factories.PROGRAMME, factories.NOW, actors.post())


def test_a_report_is_kept_as_it_was_signed_and_can_be_saved(officer: Client) -> None:
    referral = factories.referral(state="accepted")

    commands.receive(arrived(referral))
    commands.receive(arrived(referral))

    row = ExitReport.objects.get()
    assert CONTENT not in bytes(row.sealed)
    browser = officer
    page = text(browser.get(f"/referrals/{referral.ref}/"))
    assert "Exit report of the programme" in page
    assert "Exit report received" in page
    answer = browser.get(f"/exit-reports/{row.ref}/document/")
    assert answer.content == CONTENT
    assert "Robin" not in answer["Content-Disposition"]


def test_a_later_version_supersedes_whatever_came_first(officer: Client) -> None:
    referral = factories.referral(state="accepted")

    commands.receive(arrived(referral, number=2, supersedes=1))
    commands.receive(arrived(referral))

    page = text(officer.get(f"/referrals/{referral.ref}/"))
    assert "Version 1, superseded" in page
    assert "Version 2 Save version 2" in page
    assert "Version 2, which replaces version 1" in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"digest": "0" * 64}, "not the one that was signed"),
        ({"content": ("no base64!",)}, "is broken"),
        ({"content": (base64.b64encode(b"").decode(),)}, "cannot be saved"),
    ],
)
def test_a_document_that_is_not_the_signed_one_is_not_kept(changed: dict[str, Any], sentence: str) -> None:
    referral = factories.referral(state="accepted")

    with pytest.raises(CannotHandle, match=sentence):
        commands.receive(arrived(referral, **changed))

    assert not ExitReport.objects.exists()


def test_what_is_no_pdf_is_no_report() -> None:
    referral = factories.referral(state="accepted")

    with pytest.raises(CannotHandle):
        commands.receive(arrived(referral, document=b"Only words."))


def test_a_report_on_a_thread_that_nobody_knows_is_refused() -> None:
    referral = factories.referral(state="accepted", thread="another")
    received = arrived(referral)

    Referral.objects.update(thread="changed")
    with pytest.raises(UnknownThread):
        commands.receive(received)


def test_a_document_that_was_changed_where_it_is_kept_says_so(officer: Client) -> None:
    row = factories.exit_report(referral=factories.referral(state="accepted"), sealed=b"spoilt" * 10)

    answer = officer.get(f"/exit-reports/{row.ref}/document/")

    assert answer.status_code == 422
    assert "cannot be opened" in text(answer)


def test_an_order_coordinator_does_not_read_it(signed_in: Callable[..., Client]) -> None:
    row = factories.exit_report(referral=factories.referral(state="accepted"))

    assert signed_in(role=Role.ORDER_COORDINATOR).get(f"/exit-reports/{row.ref}/document/").status_code == 403
