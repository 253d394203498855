"""Certificates of attendance: the days someone came, against a requirement, and nothing else."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.keys import sitekeys
from desist.post import own, seal
from desist.post.models import ByHandTask, Outbox, Partner
from desist.post.transports import Transport
from desist.programme.episodes.models import Episode
from desist.programme.leaving.certificates import commands, forms
from desist.programme.leaving.certificates.models import Certificate
from desist.programme.leaving.reports import checking
from desist.programme.orders.models import Order
from desist.programme.referrals.models import Referral
from desist.refusals import Refused
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

WORDS = "Attend the programme weekly"


def order(episode: Episode, **fields: Any) -> Order:
    defaults = {
        "token": "t",
        "kind": "full",
        "event": "made",
        "made_on": date(2026, 1, 5),
        "requirements": [WORDS],
        "told_at": factories.NOW,
    }
    return Order.objects.create(referral=episode.referral, area=episode.area, **defaults | fields)


def form(episode: Episode, place: int = 0, **fields: str) -> dict[str, str]:
    """The form against one of what is required of someone, if anything is."""
    words = commands.requirements(episode)[place : place + 1]
    asked = {"requirement": forms.code(words[0]) if words else "", "form_submission": "one-certificate"}
    return asked | fields


@pytest.fixture
def required(episode: Episode) -> Episode:
    """Two sessions attended, one missed, and an order that requires them."""
    late = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    factories.attended(
        episode=episode,
        number=1,
        work_done="PLANTED-WORDS",
        period=TimestamptzRange(late, late.replace(minute=59)),
    )
    factories.attended(episode=episode, number=2)
    factories.missed(episode=episode, number=3)
    order(episode)
    return episode


def test_a_certificate_says_the_days_and_nothing_of_what_was_said(
    kit_browser: Client, required: Episode
) -> None:
    page = text(kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required), follow=True))

    row = Certificate.objects.get()
    answer = kit_browser.get(f"/certificates/{row.ref}/document/")
    said = checking.printed(answer.content)
    assert "Issued. On its way to the referrer." in page
    assert row.days == [date(2026, 3, 3), date(2026, 3, 10)]
    assert "Session 1 Tuesday 3 March 2026 Session 2 Tuesday 10 March 2026" in said
    assert f"Stalking Protection Order made 5 January 2026: {WORDS}" in said
    assert "Sessions attended 2" in said
    assert "PLANTED-WORDS" not in said
    assert "17 March" not in said
    assert "Robin" not in answer["Content-Disposition"]


def test_a_pivot_and_a_session_made_up_are_named_as_what_they_are(
    kit_browser: Client, required: Episode
) -> None:
    factories.attended(episode=required, number=4, kind="catch_up")
    later = datetime(2026, 3, 31, 9, tzinfo=UTC)
    period = TimestamptzRange(later, later.replace(hour=10))
    factories.attended(episode=required, number=1, kind="pivot", period=period)

    kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))

    row = Certificate.objects.get()
    said = checking.printed(kit_browser.get(f"/certificates/{row.ref}/document/").content)
    assert row.sessions == ["Session 1", "Session 2", "Catch-up session 4", "Pivot session 1"]
    assert "Catch-up session 4 Tuesday 24 March 2026 Pivot session 1 Tuesday 31 March 2026" in said


def test_the_certificate_is_tagged_for_screen_readers(kit_browser: Client, required: Episode) -> None:
    kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))

    content = kit_browser.get(f"/certificates/{Certificate.objects.get().ref}/document/").content
    catalogue: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en-GB"
    assert b"pdfuaid" in content


def test_the_police_are_told_sessions_and_days(
    kit_browser: Client, required: Episode, police_keys: sitekeys.SiteKeys
) -> None:
    kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))

    sent = Outbox.objects.get(kind="attendance-certificate")
    header = seal.Header(sent.ref, own.site().name, factories.POLICE)
    by = [own.keys().public.current.sign]
    body = seal.unseal(header=header, sealed=bytes(sent.sealed), keys=[police_keys.current.seal], by=by)
    assert body.values["sessions"] == ["Session 1", "Session 2"]
    assert body.values["days"] == ["2026-03-03", "2026-03-10"]
    assert body.values["requirement"].endswith(WORDS)
    assert body.values["since"] == "2026-01-05"
    assert body.values["entered"] == ["at the time", "at the time"]
    assert body.values["minutes"] == ["as planned", "as planned"]


def test_a_partner_by_hand_gets_one_task_and_the_certificate_to_print(
    kit_browser: Client, required: Episode
) -> None:
    Partner.objects.update(transport=Transport.BY_HAND)

    kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))

    task = ByHandTask.objects.get(kind="attendance-certificate")
    assert "Days: 2026-03-03, 2026-03-10" in task.text
    assert "Entered: at the time, at the time" in task.text
    assert "Minutes: as planned, as planned" in task.text


@pytest.mark.parametrize(
    ("changes", "sent"), [({"partner": ""}, "nobody"), ({"state": "withdrawn"}, "taken_back")]
)
def test_a_certificate_for_nobody_outside_is_printed_and_not_sent(
    kit_browser: Client, required: Episode, changes: dict[str, str], sent: str
) -> None:
    Referral.objects.filter(pk=required.referral_id).update(**changes)

    kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))

    assert Certificate.objects.get().sent == sent
    assert not Outbox.objects.exists()


def test_a_requirement_of_the_agreement_counts_too_and_each_once(
    kit_browser: Client, required: Episode
) -> None:
    order(required, token="u", kind="interim", requirements=["Report weekly"])
    factories.agreement(episode=required, state="required", requirement="Licence condition 3")

    assert commands.requirements(required)[1:] == (
        "Interim Stalking Protection Order made 5 January 2026: Report weekly",
        "Licence condition 3",
    )
    kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required, 2))
    assert Certificate.objects.get().requirement == "Licence condition 3"


def test_without_a_requirement_there_is_nothing_to_certify_against(
    kit_browser: Client, episode: Episode
) -> None:
    page = text(kit_browser.get(f"/certificates/of/{episode.ref}/"))
    answer = kit_browser.post(f"/certificates/of/{episode.ref}/issue/", form(episode))

    assert "knows of no order or requirement" in page
    assert answer.status_code == 422


def test_without_a_session_attended_nothing_is_issued(kit_browser: Client, episode: Episode) -> None:
    order(episode)

    answer = kit_browser.post(f"/certificates/of/{episode.ref}/issue/", form(episode))

    assert answer.status_code == 422
    assert "no attended session has been recorded yet that counts" in text(answer)
    assert "No attended session has been recorded yet" in text(
        kit_browser.get(f"/certificates/of/{episode.ref}/")
    )


def entered_and_early(episode: Episode) -> None:
    """The second session was entered weeks afterwards, and ended early."""
    second = episode.sessions.get(number=2)
    episode.sessions.filter(pk=second.pk).update(ended="person", minutes_held=20)
    factories.entered(session=second, made_at=datetime(2026, 4, 1, 9, tzinfo=UTC))


NOTES = "ended early, 20 of 90 minutes held, entered afterwards on 1 April 2026"


def test_a_court_reads_what_was_entered_afterwards_and_what_ended_early(
    kit_browser: Client, required: Episode, police_keys: sitekeys.SiteKeys
) -> None:
    entered_and_early(required)

    asked = text(kit_browser.get(f"/certificates/of/{required.ref}/issue/"))
    kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))

    said = checking.printed(
        kit_browser.get(f"/certificates/{Certificate.objects.get().ref}/document/").content
    )
    assert f"Session 2 Tuesday 10 March 2026 {NOTES}" in asked
    assert f"Session 2 Tuesday 10 March 2026, {NOTES}" in said
    assert "Session 1 Tuesday 3 March 2026 Session 2" in said
    sent = Outbox.objects.get(kind="attendance-certificate")
    header = seal.Header(sent.ref, own.site().name, factories.POLICE)
    by = [own.keys().public.current.sign]
    body = seal.unseal(header=header, sealed=bytes(sent.sealed), keys=[police_keys.current.seal], by=by)
    assert body.values["entered"] == ["at the time", "2026-04-01"]
    assert body.values["minutes"] == ["as planned", "20 of 90"]


def test_against_an_order_no_day_counts_of_before_it_was_made(kit_browser: Client, required: Episode) -> None:
    Order.objects.update(made_on=date(2026, 3, 4))
    factories.agreement(episode=required, state="required", requirement="Licence condition 3")
    address = f"/certificates/of/{required.ref}/issue/"

    asked = text(kit_browser.get(address))
    kit_browser.post(address, form(required))
    kit_browser.post(address, form(required, 1, form_submission="the licence"))

    of_order, of_licence = Certificate.objects.order_by("number")
    said = checking.printed(kit_browser.get(f"/certificates/{of_order.ref}/document/").content)
    assert "1 session attended since 4 March 2026, when the order was made" in asked
    assert "2 sessions attended so far" in asked
    assert (of_order.days, of_order.since) == ([date(2026, 3, 10)], date(2026, 3, 4))
    assert "The order was made on 4 March 2026: no earlier day is certified against it." in said
    assert (of_licence.days, of_licence.since) == ([date(2026, 3, 3), date(2026, 3, 10)], None)


def test_a_day_on_which_the_order_was_made_counts_and_nothing_is_issued_where_none_does(
    kit_browser: Client, required: Episode
) -> None:
    Order.objects.update(made_on=date(2026, 3, 11))
    none = kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))
    Order.objects.update(made_on=date(2026, 3, 10))
    kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))

    assert none.status_code == 422
    assert "no attended session has been recorded yet that counts against this requirement" in text(none)
    assert Certificate.objects.get().days == [date(2026, 3, 10)]


def test_once_one_was_issued_another_may_say_that_no_session_was_attended(
    kit_browser: Client, required: Episode
) -> None:
    kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))
    required.sessions.update(state="cancelled")

    listed = text(kit_browser.get(f"/certificates/of/{required.ref}/"))
    asked = text(kit_browser.get(f"/certificates/of/{required.ref}/issue/"))
    kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required, form_submission="second"))

    row = Certificate.objects.get(number=2)
    said = checking.printed(kit_browser.get(f"/certificates/{row.ref}/document/").content)
    assert "Issue a certificate" in listed
    assert "No attended session is recorded any more. A certificate that names none says so." in asked
    assert (row.days, Outbox.objects.filter(kind="attendance-certificate").count()) == ([], 2)
    assert "Sessions attended 0" in said
    assert "No session attended is recorded." in said


def test_the_first_certificate_names_a_session(required: Episode) -> None:
    with pytest.raises(IntegrityError, match="a_certificate_certifies_something"), transaction.atomic():
        factories.certificate(episode=required, sessions=[], days=[])


def test_a_requirement_that_names_a_place_is_answered_for(kit_browser: Client, required: Episode) -> None:
    Order.objects.update(requirements=["Attend at 4 Mill Lane weekly"])

    refused = kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))
    kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required, false_alarm="agency"))

    told = AuditEvent.objects.get(action="programme.answer_for_words")
    assert refused.status_code == 422
    assert "“4 Mill Lane” looks like an address" in text(refused)
    assert Certificate.objects.count() == 1
    assert "Mill" not in told.reason


def test_two_clicks_issue_one(kit_browser: Client, required: Episode) -> None:
    for _ in range(2):
        kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))

    assert Certificate.objects.count() == 1
    assert Outbox.objects.count() == 1


def test_a_requirement_that_came_while_the_page_was_open_is_not_taken_for_the_one_that_was_chosen(
    kit_browser: Client, required: Episode
) -> None:
    chosen = form(required)
    order(required, token="u", kind="interim", made_on=date(2026, 1, 2), requirements=["Report weekly"])

    kit_browser.post(f"/certificates/of/{required.ref}/issue/", chosen)

    assert Certificate.objects.get().requirement.endswith(WORDS)


def test_a_requirement_that_is_gone_is_refused(actor: Actor, required: Episode) -> None:
    issue = commands.Issue("Something else", None)

    with pytest.raises(Refused):
        commands.issue(actor=actor, episode=required.ref, issue=issue, submission="x", at=factories.NOW)


def test_a_document_that_cannot_be_made_is_told(
    kit_browser: Client, required: Episode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(commands, "LAYOUT", tmp_path / "gone.typ")

    answer = kit_browser.post(f"/certificates/of/{required.ref}/issue/", form(required))

    assert answer.status_code == 422
    assert "the document could not be made" in text(answer)


def test_an_issued_certificate_never_changes_and_a_spoilt_one_says_so(
    kit_browser: Client, required: Episode
) -> None:
    row = factories.certificate(episode=required, sealed=b"spoilt" * 10)

    with pytest.raises(ProgrammingError), transaction.atomic():
        Certificate.objects.update(requirement="Other")
    answer = kit_browser.get(f"/certificates/{row.ref}/document/")
    assert answer.status_code == 422
    assert "cannot be opened" in text(answer)


def test_a_supervisor_reads_and_does_not_issue(signed_in: Callable[..., Client], required: Episode) -> None:
    browser = signed_in(role=Role.SUPERVISOR, account=factories.account(name="Sol"))

    assert browser.get(f"/certificates/of/{required.ref}/").status_code == 200
    assert browser.post(f"/certificates/of/{required.ref}/issue/", form(required)).status_code == 403
