"""What must not be in an exit report is found in its parts and in the finished document, and someone answers for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.post import own
from desist.post.models import Outbox
from desist.programme.disclosures.models import Disclosure
from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports import checking
from desist.programme.leaving.reports.models import Report, ReportDocument
from desist.ui import documents, words
from desist.wall.actors import Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

FORM = {"form_version": "1"}
LAYOUT = Path(checking.__file__).parent / "report.typ"
HEBREW, ARABIC = "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627"
ADDRESS = "She lives at 14 Heron Mill Lane, YO1 7HH; 01632 960 447; robin@example.org"


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def ended(episode: Episode) -> Episode:
    return factories.ended(episode=episode)


def test_every_kind_of_locator_is_found_in_every_part() -> None:
    found = words.read_all({"Risks": ADDRESS, "Themes": "Nothing here."})

    assert set(found) == {"Risks"}
    assert {one.kind for one in found["Risks"]} == {
        "address",
        "postcode",
        "telephone number",
        "e-mail address",
    }


@pytest.mark.parametrize(
    "part", ["attendance", "themes", "skills", "measures", "goals", "risks", "recommendations", "requirement"]
)
def test_a_part_that_may_lead_to_somebody_is_not_handed_on(
    kit_browser: Client, ended: Episode, part: str
) -> None:
    row = factories.report(episode=ended, **{part: "Moved to YO1 7HH."})

    answer = kit_browser.post(f"/reports/{row.ref}/offer/", FORM)

    row.refresh_from_db()
    assert answer.status_code == 422
    assert "“YO1 7HH” looks like a postcode. Reword it, or say why it is safe to keep" in text(answer)
    assert row.state == "draft"


def test_a_goal_of_the_plan_is_looked_through_too(kit_browser: Client, ended: Episode) -> None:
    factories.goal(episode=ended, words="I do not walk past 14 Heron Mill Lane")
    row = factories.report(episode=ended)

    answer = kit_browser.post(f"/reports/{row.ref}/offer/", FORM)

    assert "Goals of the plan: “14 Heron Mill Lane” looks like an address" in text(answer)


def test_somebody_answers_for_a_false_alarm_and_the_officer_sees_why_not_what(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    row = factories.report(episode=ended, risks="Reports to 2 Court Place on Mondays.")

    kit_browser.post(f"/reports/{row.ref}/offer/", {**FORM, "false_alarm": "agency"})
    manager.post(f"/reports/{row.ref}/sign/", {"form_version": "2"})

    row.refresh_from_db()
    told = AuditEvent.objects.get(action="programme.answer_for_words")
    assert row.state == "signed"
    assert told.reason.startswith(
        "Risks that remain: address: It belongs to a police station, court or service"
    )
    assert "Court Place" not in told.reason


def test_what_only_the_finished_document_shows_is_found_in_its_bytes(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    """A name that is a locator stands in no part; it stands in the document."""
    ended.referral.family_name = "Example of 14 Heron Mill Lane"
    ended.referral.save()
    row = factories.offered(episode=Episode.objects.get(pk=ended.pk))

    refused = manager.post(f"/reports/{row.ref}/sign/", FORM)
    assert refused.status_code == 422
    assert "The finished document: “14 Heron Mill Lane” looks like an address" in text(refused)
    assert not ReportDocument.objects.exists()

    manager.post(f"/reports/{row.ref}/sign/", {**FORM, "false_alarm": "not_a_place"})
    row.refresh_from_db()
    assert row.state == "signed"
    assert AuditEvent.objects.filter(action="programme.answer_for_words").count() == 1


def told(episode: Episode, **fields: Any) -> Disclosure:
    """What the police disclosed, not to be raised unless the fields say so."""
    defaults = {
        "token": "t",
        "words": "He waited across the road from the swimming pool on two Thursdays.",
        "nature": "fact",
        "received_at": factories.NOW,
    }
    return Disclosure.objects.create(referral=episode.referral, area=episode.area, **defaults | fields)


REPEATED = "Known: waited across the ROAD from the swimming-pool."


def test_words_of_the_other_side_are_refused_and_nobody_can_answer_for_them(
    kit_browser: Client, ended: Episode
) -> None:
    told(ended)
    row = factories.report(episode=ended, risks=REPEATED)

    answer = kit_browser.post(f"/reports/{row.ref}/offer/", {**FORM, "false_alarm": "not_a_place"})

    assert answer.status_code == 422
    assert "no released disclosure says that it can be raised" in text(answer)


def test_words_disclosed_after_it_was_handed_on_are_refused_in_the_document(
    manager: Client, ended: Episode
) -> None:
    row = factories.offered(episode=ended, risks=REPEATED)
    told(ended)

    answer = manager.post(f"/reports/{row.ref}/sign/", {**FORM, "false_alarm": "not_a_place"})

    assert answer.status_code == 422
    assert "The finished document: “waited across the ROAD" in text(answer)
    assert not ReportDocument.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"may_be_raised": True, "told_on": factories.NOW.date()}, {"words": "", "recalled_at": factories.NOW}],
)
def test_what_may_be_raised_and_what_is_gone_stand_in_nobodys_way(
    kit_browser: Client, ended: Episode, fields: dict[str, Any]
) -> None:
    told(ended, **fields)
    row = factories.report(episode=ended, risks=REPEATED)

    assert kit_browser.post(f"/reports/{row.ref}/offer/", FORM).status_code == 302


def test_a_line_break_in_the_document_hides_no_postcode() -> None:
    made = documents.pdf(layout=Path(__file__).parent / "narrow.typ", data={"words": "Moved to YO1 7HH"})

    assert [one.words for one in checking.beyond(made, known={})[checking.DOCUMENT]] == ["YO1 7HH"]


def test_a_megabyte_pasted_comes_back_with_its_length(kit_browser: Client, ended: Episode) -> None:
    row = factories.report(episode=ended)
    pasted = "PLANTED word " * 80_000

    answer = kit_browser.post(f"/reports/{row.ref}/write/", {**FORM, "themes": pasted})
    saving = kit_browser.post(f"/reports/{row.ref}/save/", {**FORM, "themes": pasted})

    assert answer.status_code == 422
    assert "must be 20,000 characters or fewer" in text(answer)
    assert answer.content.decode().count("PLANTED") >= 80_000
    assert saving.status_code == 422


def test_emoji_and_writing_from_right_to_left_reach_the_document(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    row = factories.report(episode=ended, themes=f"Calm \N{SEEDLING}\n\n{HEBREW} {ARABIC} Zoë")

    assert kit_browser.post(f"/reports/{row.ref}/offer/", FORM).status_code == 302
    answer = manager.post(f"/reports/{row.ref}/sign/", {"form_version": "2"})
    assert answer.status_code == 302, text(answer)[:3000]

    said = checking.printed(manager.get(f"/reports/{row.ref}/document/").content)
    assert "\N{SEEDLING}" in said
    assert HEBREW in said
    assert "Zoë" in said


def test_what_cannot_be_printed_is_named(kit_browser: Client, ended: Episode) -> None:
    row = factories.report(episode=ended, themes="He wrote 愛 on the wall")

    answer = kit_browser.post(f"/reports/{row.ref}/offer/", FORM)

    assert answer.status_code == 422
    assert "these characters cannot be printed: 愛" in text(answer)


def test_a_name_that_cannot_be_printed_stands_there_by_its_number(
    kit_browser: Client, manager: Client, ended: Episode
) -> None:
    ended.referral.family_name = "愛"
    ended.referral.save()
    row = factories.offered(episode=Episode.objects.get(pk=ended.pk))

    assert manager.post(f"/reports/{row.ref}/sign/", FORM).status_code == 302
    assert "Robin [U+611B]" in checking.printed(manager.get(f"/reports/{row.ref}/document/").content)


def test_a_document_that_cannot_be_made_is_told_in_a_sentence_and_nothing_is_sent(
    manager: Client, ended: Episode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("desist.programme.leaving.reports.printing.LAYOUT", tmp_path / "gone.typ")
    row = factories.offered(episode=ended)

    answer = manager.post(f"/reports/{row.ref}/sign/", FORM)

    row.refresh_from_db()
    assert answer.status_code == 422
    assert "the document could not be made. Nothing was sent" in text(answer)
    assert (row.state, Outbox.objects.count()) == ("offered", 0)


def test_a_document_that_was_changed_where_it_is_kept_says_so(kit_browser: Client, ended: Episode) -> None:
    row = factories.offered(episode=ended)
    Report.objects.filter(pk=row.pk).update(
        state="signed", signed_by="ola", signed_at=factories.NOW, sent="sent"
    )
    ReportDocument.objects.create(
        report=row,
        size=1,
        digest="0" * 64,
        key=own.keys().current.id,
        sealed=b"x" * 40,
        made_at=factories.NOW,
    )

    answer = kit_browser.get(f"/reports/{row.ref}/document/")

    assert answer.status_code == 422
    assert "cannot be opened" in text(answer)
