"""The exit report: put together from the record, signed by two, never changed, and sent to whom it is for."""

import base64
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pypdf
import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.keys import sitekeys
from desist.post import own, seal
from desist.post.models import ByHandTask, Outbox, Partner
from desist.post.transports import Transport
from desist.programme.corrections import commands as corrections
from desist.programme.corrections.states import Reason
from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports import checking, commands, facts
from desist.programme.leaving.reports.models import Report, ReportDocument
from desist.programme.leaving.reports.records import Words
from desist.programme.orders.models import Order
from desist.programme.referrals.models import Referral
from desist.programme.risk import commands as risk
from desist.programme.sessions import commands as sessions
from desist.references import spoken
from desist.referral import files
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

FORM = {"form_version": "1"}
SECOND = {"form_version": "2"}
REREAD = "Since you began writing, a judgement of risk was marked as entered in error"


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def ended(episode: Episode) -> Episode:
    """Someone who completed: two sessions attended, one missed, measures, a goal, a judgement and an order."""
    factories.attended(episode=episode, number=1, work_done="The photograph and the drive.", skill="ride")
    factories.attended(episode=episode, number=2, compliance="partly", minutes_late=20, skill="ride")
    factories.missed(episode=episode, number=3)
    for occasion, answer in (("baseline", 2), ("closing", 1)):
        factories.measure(episode=episode, instrument="phq-9", occasion=occasion, answers=[answer] * 8 + [0])
    factories.goal(episode=episode)
    factories.rating(episode=episode)
    Order.objects.create(
        referral=episode.referral,
        area=episode.area,
        token="t",
        kind="full",
        event="made",
        made_on=date(2026, 1, 5),
        requirements=["Attend the programme weekly"],
        told_at=factories.NOW,
    )
    return factories.ended(episode=episode)


def start(browser: Client, episode: Episode) -> Report:
    browser.post(f"/reports/of/{episode.ref}/start/", {"form_submission": "once"})
    return Report.objects.get(episode=episode)


def words(**changes: str) -> dict[str, str]:
    return {
        "themes": "The chain from a photograph to the drive past.",
        "risks": "Court dates.",
        "recommendations": "Keep to the plan for evenings.",
        **FORM,
        **changes,
    }


def signed(kit_browser: Client, manager: Client, episode: Episode, **changes: str) -> Report:
    """A report taken all the way through the pages."""
    row = start(kit_browser, episode)
    kit_browser.post(f"/reports/{row.ref}/write/", words(**changes))
    assert kit_browser.post(f"/reports/{row.ref}/offer/", SECOND).status_code == 302
    assert manager.post(f"/reports/{row.ref}/sign/", {"form_version": "3"}).status_code == 302
    row.refresh_from_db()
    return row


def printed(row: Report) -> str:
    """What the finished document says, on one line."""
    kept = row.document
    content = files.unlock(keys=own.keys(), key=kept.key, ref=kept.ref, sealed=bytes(kept.sealed))
    return checking.printed(content)


def test_a_first_draft_is_put_together_from_the_record(kit_browser: Client, ended: Episode) -> None:
    row = start(kit_browser, ended)
    page = text(kit_browser.get(f"/reports/{row.ref}/"))

    assert "The photograph and the drive." in row.themes
    assert "Stalking Assessment and Management (SAM): Moderate: case priority" in row.risks
    assert "Attended 2 sessions" in page
    assert "Did not attend 1 session" in page
    assert "Of these: did not hear from the person 1" in page
    assert "How they worked: worked in part of it 1 session" in page
    assert "Getting through a crisis Session 1, Session 2: Ride the urge" in page
    assert "Improved" in page
    assert "Supports the survivor’s safety Fewer contacts, and the order is kept" in page
    assert "Attend the programme weekly" in page
    assert "Still to fill in: recommendations" in page


def test_the_facts_kept_with_a_report_read_back_as_they_were(ended: Episode) -> None:
    by_reason(ended)
    said = facts.gather(Episode.objects.select_related("referral").get(pk=ended.pk))

    row = factories.offered(episode=ended)
    row.refresh_from_db()

    assert row.facts is not None
    assert facts.kept(row.facts) == said


def by_reason(episode: Episode) -> None:
    """Two sessions that fell through and two that began late, neither for the person's own reason alone."""
    ill = {"missed_reason": "ill", "whose_reason": "service"}
    factories.missed(episode=episode, number=4, **ill)
    factories.missed(episode=episode, number=5, **ill)
    factories.missed(episode=episode, number=6, missed_reason="custody", whose_reason="others")
    factories.attended(episode=episode, number=7, minutes_late=15, whose_reason="service")
    factories.attended(episode=episode, number=8, minutes_late=5, whose_reason="person")
    factories.attended(episode=episode, number=9, minutes_late=0, whose_reason="person")


def test_nobody_reads_that_the_person_stayed_away_when_the_practitioner_was_ill(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    by_reason(ended)

    row = signed(kit_browser, manager, ended)

    page, said = text(kit_browser.get(f"/reports/{row.ref}/")), printed(row)
    assert "Did not attend 1 session Of these: did not hear from the person 1" in page
    assert (
        "Not held: service’s responsibility (practitioner, room or equipment) 2 sessions "
        "Of these: ill, or at a medical appointment 2" in page
    )
    for lines in (
        "Did not attend 1 Of these: Did not hear from the person 1",
        "Not held: service’s responsibility (practitioner, room or equipment) 2",
        "Of these: Ill, or at a medical appointment 2",
        "Not attended: someone else’s responsibility (court, police, transport) 1",
        "Of these: In custody or at court 1",
        "Attended, came late 1",
        "Attended, started late: service’s responsibility 1",
        "Attended, late: who was responsible is not recorded 1",
    ):
        assert lines in said
    assert "Did not attend 3" not in said


def test_what_ended_early_and_what_was_entered_afterwards_is_told_apart(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    factories.attended(episode=ended, number=7, ended="person", minutes_held=20)
    factories.attended(episode=ended, number=8, ended="service", minutes_held=45)
    factories.entered(session=factories.attended(episode=ended, number=9, ended="planned"))
    factories.missed(episode=ended, number=10, missed_reason="came")

    row = signed(kit_browser, manager, ended)

    assert row.facts is not None
    assert facts.kept(row.facts) == facts.gather(ended)
    for said in (text(kit_browser.get(f"/reports/{row.ref}/")), printed(row)):
        assert "came but was not fit to be seen 1" in said.lower()
    assert "Attended, ended early by the person 1 session Of these: 20 of 90 minutes held 1" in text(
        kit_browser.get(f"/reports/{row.ref}/")
    )
    assert "Attended, ended early by the person 1 Of these: 20 of 90 minutes held 1" in printed(row)
    assert "Attended, ended early by the service 1 Of these: 45 of 90 minutes held 1" in printed(row)
    assert "Attended, entered afterwards 1" in printed(row)


def test_where_nobody_was_missed_or_late_the_report_says_none(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    ended.sessions.filter(state="missed").update(state="cancelled")
    ended.sessions.update(minutes_late=None)

    row = signed(kit_browser, manager, ended)

    assert "Did not attend 0 Attended, came late 0" in printed(row)
    assert "responsibility" not in printed(row)


def test_two_people_sign_and_the_document_says_what_was_read(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    row = signed(kit_browser, manager, ended)

    said = printed(row)
    assert (row.state, row.sent) == ("signed", "sent")
    assert "Written by Kit Marlow. Read and signed by Ola Reed" in said
    assert "Robin Example" in said
    assert "Did not attend 1" in said
    assert "The chain from a photograph to the drive past." in said
    assert "A change of 6 points or more is reliable" in said
    assert "Takes part because of" not in said


def test_the_document_is_tagged_for_screen_readers_and_names_nobody_outside(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    row = signed(kit_browser, manager, ended)

    answer = kit_browser.get(f"/reports/{row.ref}/document/")
    pdf = pypdf.PdfReader(io.BytesIO(answer.content))
    catalogue: Any = pdf.trailer["/Root"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en-GB"
    assert b"pdfuaid" in answer.content
    assert "Robin" not in str(pdf.metadata)
    whole = str(pdf.metadata) + "".join(page.extract_text() for page in pdf.pages)
    assert spoken(row.ref) not in whole
    assert "Robin" not in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    kinds = tags(catalogue["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= kinds


def tags(element: object) -> set[str]:
    """Every kind of structure element below one."""
    found: set[str] = set()
    waiting = [element]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            found |= {str(one["/S"])} if "/S" in one else set()
            waiting += [one["/K"]] if "/K" in one else []
    return found


def test_the_referrer_is_sent_the_very_bytes_that_were_signed(
    kit_browser: Client, manager: Client, ended: Episode, police_keys: sitekeys.SiteKeys
) -> None:
    row = signed(kit_browser, manager, ended)

    sent = Outbox.objects.get(kind="exit-report")
    header = seal.Header(sent.ref, own.site().name, factories.POLICE)
    body = seal.unseal(
        header=header,
        sealed=bytes(sent.sealed),
        keys=[police_keys.current.seal],
        by=[own.keys().public.current.sign],
    )
    content = base64.b64decode("".join(body.values["content"]))
    assert sha256(content).hexdigest() == body.values["digest"] == row.document.digest
    assert (body.values["number"], body.values["supersedes"]) == (1, 0)


def test_whoever_wrote_it_does_not_sign_it(signed_in: Callable[..., Client], ended: Episode) -> None:
    boss = factories.account(name="Ola Reed")
    manager = signed_in(role=Role.MANAGER, account=boss)
    row = factories.offered(episode=ended, by=boss.ref)

    answer = manager.post(f"/reports/{row.ref}/sign/", FORM)

    assert answer.status_code == 422
    assert "wrote this report" in text(answer)
    assert not ReportDocument.objects.exists()


def test_whoever_saved_it_last_does_not_sign_it_either(
    signed_in: Callable[..., Client], ended: Episode
) -> None:
    boss = factories.account(name="Ola Reed")
    row = factories.offered(episode=ended, saved_by=boss.ref)

    answer = signed_in(role=Role.MANAGER, account=boss).post(f"/reports/{row.ref}/sign/", FORM)

    assert answer.status_code == 422


def test_another_account_of_whoever_wrote_it_does_not_sign_it(
    signed_in: Callable[..., Client], ended: Episode
) -> None:
    boss, again = factories.account(name="Ola Reed"), factories.account(name="O Reed")
    row = factories.offered(episode=ended, by=again.ref)

    answer = signed_in(role=Role.MANAGER, account=boss).post(f"/reports/{row.ref}/sign/", FORM)

    assert answer.status_code == 422
    assert not ReportDocument.objects.exists()


def test_a_practitioner_cannot_sign(kit_browser: Client, ended: Episode) -> None:
    row = factories.offered(episode=ended)

    assert kit_browser.post(f"/reports/{row.ref}/sign/", FORM).status_code == 403


def test_nobody_hands_on_a_report_of_somebody_who_is_still_here(
    kit_browser: Client, episode: Episode
) -> None:
    row = factories.report(episode=episode)

    answer = kit_browser.post(f"/reports/{row.ref}/offer/", FORM)

    assert answer.status_code == 422
    assert "the programme has not ended for this person" in text(answer)


def test_a_held_deselection_shows_in_no_report(kit_browser: Client, episode: Episode) -> None:
    row = factories.report(episode=episode)
    factories.leaving(episode=episode)

    answer = kit_browser.post(f"/reports/{row.ref}/offer/", FORM)

    assert answer.status_code == 422
    assert "wait until its hold is over" in text(answer)


def test_what_is_missing_is_named(kit_browser: Client, ended: Episode) -> None:
    row = factories.report(episode=ended, risks="  ", recommendations="")

    answer = kit_browser.post(f"/reports/{row.ref}/offer/", FORM)

    assert answer.status_code == 422
    assert "Still to fill in: risks that remain, recommendations" in text(answer)


def test_a_report_given_back_is_written_again_with_the_reason_in_sight(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    row = factories.offered(episode=ended)

    manager.post(f"/reports/{row.ref}/give-back/", {**FORM, "reason": "Say who does what."})

    row.refresh_from_db()
    assert (row.state, row.offered_by, row.facts) == ("draft", "", None)
    assert "Say who does what." in text(kit_browser.get(f"/reports/{row.ref}/write/"))


def test_the_writer_takes_it_back_before_anybody_signs(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    row = factories.offered(episode=ended)

    kit_browser.post(f"/reports/{row.ref}/take-back/", FORM)
    late = manager.post(f"/reports/{row.ref}/sign/", FORM)

    assert late.status_code == 422
    assert "was returned and is being written again" in text(late)


def test_a_report_whose_facts_changed_is_read_again(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    row = factories.offered(episode=ended)
    factories.measure(episode=ended, instrument="gad-7", occasion="closing")

    answer = manager.post(f"/reports/{row.ref}/sign/", FORM)

    assert answer.status_code == 422
    assert "the record changed after the report was sent for review" in text(answer)


def test_a_judgement_that_was_struck_out_after_it_was_handed_on_is_not_signed(
    kit_browser: Client, manager: Client, ended: Episode, actor: Actor
) -> None:
    row = factories.offered(episode=ended)
    risk.strike(actor=actor, ref=ended.risk_ratings.get().ref, reason="Of somebody else", at=factories.NOW)

    answer = manager.post(f"/reports/{row.ref}/sign/", FORM)

    assert answer.status_code == 422
    assert "the record changed after the report was sent for review" in text(answer)


def test_words_put_right_after_it_was_handed_on_are_not_signed_until_it_was_read_again(
    kit_browser: Client, manager: Client, ended: Episode, actor: Actor
) -> None:
    row = factories.offered(episode=ended)
    session = ended.sessions.get(number=1)
    record = replace(sessions.saved(session), work_done="The photograph alone.")
    corrections.correct(
        actor=actor,
        ref=session.ref,
        record=record,
        why=corrections.Why(Reason.WRONG_ANSWER, ""),
        version=session.version,
        submission="once",
        at=timezone.now(),
    )

    refused = manager.post(f"/reports/{row.ref}/sign/", FORM)
    manager.post(f"/reports/{row.ref}/give-back/", {**FORM, "reason": "Read the first session again."})
    kit_browser.post(f"/reports/{row.ref}/offer/", SECOND)
    signed = manager.post(f"/reports/{row.ref}/sign/", {"form_version": "3"})

    assert refused.status_code == 422
    assert "the record changed after the report was sent for review" in text(refused)
    assert signed.status_code == 302


def test_a_report_says_that_a_judgement_it_may_repeat_was_struck_out_since(
    kit_browser: Client, manager: Client, ended: Episode, actor: Actor
) -> None:
    said = "A judgement of risk was marked as entered in error since"
    row = factories.offered(episode=ended)
    address = f"/reports/{row.ref}/"
    before = text(kit_browser.get(address))
    manager.post(f"/reports/{row.ref}/sign/", FORM)
    other = factories.rating(episode=ended, recorded_at=timezone.now())
    risk.strike(actor=actor, ref=other.ref, reason="Of somebody else", at=timezone.now())
    after_another = text(kit_browser.get(address))

    risk.strike(actor=actor, ref=ended.risk_ratings.get(struck_at=None).ref, reason="x", at=timezone.now())

    assert said not in before + after_another
    page = text(kit_browser.get(address))
    assert said in page
    assert "write a new version" in page
    draft = factories.report(episode=ended, number=2, supersedes=row, correction="The judgement")
    assert said not in text(kit_browser.get(f"/reports/{draft.ref}/"))


def test_words_that_were_begun_before_a_judgement_was_struck_out_are_read_again(
    kit_browser: Client, manager: Client, ended: Episode, actor: Actor
) -> None:
    first = signed(kit_browser, manager, ended)
    kit_browser.post(f"/reports/of/{ended.ref}/start/", {"correction": "The missed session was ours."})
    second = Report.objects.get(number=2)
    pages = [f"/reports/{second.ref}/{page}/" for page in ("write", "offer")]
    assert not [page for page in pages if REREAD in text(kit_browser.get(page))]

    risk.strike(actor=actor, ref=ended.risk_ratings.get().ref, reason="A mistake", at=timezone.now())

    assert [page for page in pages if REREAD in text(kit_browser.get(page))] == pages
    assert kit_browser.post(f"/reports/{second.ref}/offer/", FORM).status_code == 302
    assert REREAD in text(manager.get(f"/reports/{second.ref}/sign/"))
    assert REREAD not in text(kit_browser.get(f"/reports/{first.ref}/"))


def test_a_signed_report_never_changes(kit_browser: Client, manager: Client, ended: Episode) -> None:
    row = signed(kit_browser, manager, ended)

    for change in (
        lambda: Report.objects.filter(pk=row.pk).update(themes="Other"),
        lambda: ReportDocument.objects.update(digest="0" * 64),
        lambda: ReportDocument.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    late = kit_browser.post(f"/reports/{row.ref}/write/", words(themes="Too late", form_version="4"))
    assert late.status_code == 422
    assert "was signed at" in text(late)
    assert "Too late" in text(late)


def test_a_correction_is_a_new_version_that_names_the_old_one(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    first = signed(kit_browser, manager, ended)

    kit_browser.post(f"/reports/of/{ended.ref}/start/", {"correction": "The missed session was ours."})
    second = Report.objects.get(number=2)
    kit_browser.post(f"/reports/{second.ref}/offer/", FORM)
    manager.post(f"/reports/{second.ref}/sign/", SECOND)

    second.refresh_from_db()
    said = printed(second)
    assert (second.supersedes, second.state, second.themes) == (first, "signed", first.themes)
    assert "replaces version 1, signed" in said
    assert "The missed session was ours." in said
    assert "superseded by version 2" in text(kit_browser.get(f"/reports/of/{ended.ref}/"))
    assert "Version 2 replaced this one" in text(kit_browser.get(f"/reports/{first.ref}/"))


def test_a_correction_says_what_it_puts_right(kit_browser: Client, ended: Episode) -> None:
    factories.signed(episode=ended)

    answer = kit_browser.post(f"/reports/of/{ended.ref}/start/", {"correction": ""})

    assert answer.status_code == 422
    assert Report.objects.count() == 1


def test_a_report_signed_while_the_first_one_was_to_begin_asks_for_a_reason(
    ended: Episode, actor: Actor
) -> None:
    factories.signed(episode=ended)

    with pytest.raises(Refused):
        commands.start(actor=actor, episode=ended.ref, correction=" ", at=factories.NOW)


def test_two_clicks_begin_one_report(kit_browser: Client, ended: Episode) -> None:
    row = start(kit_browser, ended)

    again = kit_browser.post(f"/reports/of/{ended.ref}/start/", {"form_submission": "once"})

    assert again.headers["Location"] == f"/reports/{row.ref}/"
    assert Report.objects.count() == 1


def test_the_command_too_begins_one_report_at_a_time(ended: Episode, actor: Actor) -> None:
    row = factories.report(episode=ended)

    again = commands.start(actor=actor, episode=ended.ref, correction="", at=factories.NOW)

    assert again == commands.Started(row.ref, new=False)
    assert Report.objects.count() == 1


def test_the_words_save_themselves_and_a_stale_tab_overwrites_nothing(
    kit_browser: Client, ended: Episode
) -> None:
    row = factories.report(episode=ended)

    saved = kit_browser.post(f"/reports/{row.ref}/save/", words(themes="First tab"))
    stale = kit_browser.post(f"/reports/{row.ref}/save/", words(themes="Second tab"))
    same = kit_browser.post(f"/reports/{row.ref}/save/", words(themes="First tab"))
    shown = kit_browser.post(f"/reports/{row.ref}/write/", words(themes="Second tab"))

    row.refresh_from_db()
    assert (saved.status_code, saved["Desist-Version"]) == (204, "2")
    assert stale.status_code == 409
    assert "changed elsewhere" in stale.content.decode()
    assert (same.status_code, same["Desist-Version"]) == (204, "2")
    assert row.themes == "First tab"
    assert shown.status_code == 422
    assert {"First tab", "Second tab"} <= {one for one in ("First tab", "Second tab") if one in text(shown)}


@pytest.mark.parametrize(
    ("changes", "sent"),
    [
        ({"partner": ""}, ("nobody", "Nobody is told")),
        ({"state": "withdrawn"}, ("taken_back", "the referrer withdrew the referral")),
    ],
)
def test_a_report_that_is_for_nobody_is_kept_and_not_sent(
    kit_browser: Client,
    manager: Client,
    ended: Episode,
    changes: dict[str, str],
    sent: tuple[str, str],
) -> None:
    Referral.objects.filter(pk=ended.referral_id).update(**changes)

    row = signed(kit_browser, manager, ended)

    assert row.sent == sent[0]
    assert not Outbox.objects.filter(kind="exit-report").exists()
    assert sent[1] in text(manager.get(f"/reports/{row.ref}/"))


@pytest.mark.parametrize(("requirement", "sent"), [("", "stopped"), ("Licence condition 3", "sent")])
def test_after_a_withdrawal_only_a_requirement_lets_the_report_out(
    kit_browser: Client, manager: Client, ended: Episode, requirement: str, sent: str
) -> None:
    factories.agreement(
        episode=ended,
        state="withdrawn",
        requirement=requirement,
        withdrawal_reason="not_helping",
        withdrawn_by="carol",
        withdrawn_at=factories.NOW,
    )

    row = signed(kit_browser, manager, ended)

    assert row.sent == sent
    assert Outbox.objects.filter(kind="exit-report").count() == (sent == "sent")


def test_a_partner_by_hand_gets_a_task_and_the_document_is_handed_over_apart(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    Partner.objects.update(transport=Transport.BY_HAND)

    signed(kit_browser, manager, ended)

    task = ByHandTask.objects.get(kind="exit-report")
    assert "Content: handed over separately" in task.text


def test_the_timeline_of_the_referral_says_that_it_was_signed(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    signed(kit_browser, manager, ended)

    happened = ended.referral.happenings.get(what="reported")
    assert (happened.detail, happened.by) == (
        "Version 1. On its way to the referrer",
        ended.reports.get().signed_by,
    )


def test_the_timeline_says_who_handed_it_on_gave_it_back_and_took_it_back(
    kit_browser: Client, manager: Client, ended: Episode, kit: Account
) -> None:
    row = start(kit_browser, ended)
    kit_browser.post(f"/reports/{row.ref}/write/", words())
    kit_browser.post(f"/reports/{row.ref}/offer/", {"form_version": "2"})
    manager.post(f"/reports/{row.ref}/give-back/", {"form_version": "3", "reason": "Say who does what."})
    kit_browser.post(f"/reports/{row.ref}/offer/", {"form_version": "4"})
    kit_browser.post(f"/reports/{row.ref}/take-back/", {"form_version": "5"})

    happened = ended.referral.happenings.order_by("pk").values_list("what", "by", "detail")
    assert [what for what, _, _ in happened] == ["offered", "given_back", "offered", "taken_back"]
    assert [by == kit.ref for _, by, _ in happened] == [True, False, True, True]
    assert {detail for _, _, detail in happened} == {"Version 1"}


def test_my_day_of_the_second_pair_of_eyes_says_that_a_report_waits(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    factories.offered(episode=ended)

    assert "read and sign the exit report" in text(manager.get("/"))
    assert "read and sign the exit report" not in text(kit_browser.get("/"))


def test_whoever_wrote_a_report_is_not_asked_to_sign_it(
    signed_in: Callable[..., Client], ended: Episode
) -> None:
    ola = factories.account(name="Ola Reed")
    browser = signed_in(role=Role.MANAGER, account=ola)
    factories.offered(episode=ended, by=ola.ref)

    assert "read and sign the exit report" not in text(browser.get("/"))


def test_my_day_of_the_writer_says_that_a_report_was_given_back(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    row = factories.offered(episode=ended)

    manager.post(f"/reports/{row.ref}/give-back/", {**FORM, "reason": "Say who does what."})

    page = text(kit_browser.get("/"))
    assert "the exit report was returned: continue writing" in page
    assert "Say who does what." not in page


def test_a_report_that_is_not_signed_has_no_document(kit_browser: Client, ended: Episode) -> None:
    row = factories.offered(episode=ended)

    assert kit_browser.get(f"/reports/{row.ref}/document/").status_code == 404


def test_saving_what_was_handed_on_is_refused(ended: Episode, actor: Actor) -> None:
    row = factories.offered(episode=ended)

    with pytest.raises(commands.NotOpen):
        commands.save(actor=actor, ref=row.ref, words=Words(), version=1, at=factories.NOW)


def test_after_a_second_end_a_report_is_due_although_one_was_signed_after_the_first(
    kit_browser: Client, episode: Episode
) -> None:
    at = timezone.now()
    factories.signed(episode=factories.ended(episode=episode), signed_at=at - timedelta(days=9))
    Episode.objects.filter(pk=episode.pk).update(ended_at=at - timedelta(days=1))

    assert "Robin Example : write the exit report" in text(kit_browser.get("/"))

    Episode.objects.filter(pk=episode.pk).update(ended_at=at - timedelta(days=10))
    assert "write the exit report" not in text(kit_browser.get("/"))


def test_while_the_programme_goes_on_again_no_report_is_to_be_signed_or_written_on(
    kit_browser: Client, manager: Client, episode: Episode
) -> None:
    row = factories.offered(episode=factories.ended(episode=episode))
    assert "read and sign the exit report" in text(manager.get("/"))

    Episode.objects.filter(pk=episode.pk).update(state="in_sessions", ended_at=None)

    assert "read and sign" not in text(manager.get("/"))
    assert row.state == "offered"
