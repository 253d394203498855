"""All packs of a meeting at once: one reader a side, drawn by the worker, resumed after it dies, and never stale."""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.partnership.panels import factories
from tests.partnership.panels.conftest import Panel
from tests.programme.reading import text

from desist.partnership.panels.models import PanelCopy, PanelPaper, PanelPrint
from desist.partnership.panels.panel_packs import chores, drawing
from desist.ui import documents
from desist.wall import actors
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(panel: Panel) -> None:
    """The debt adviser has both sides released to it, the housing service the victim's."""
    factories.paper(item=panel.item, agency=panel.debt, words="Ask him about his flat.")
    factories.paper(item=panel.item, agency=panel.debt, side="advocacy", words="Change the locks.")
    factories.paper(item=panel.item, agency=panel.housing, side="advocacy", words="A flat is free.")


def order(panel: Panel, *readers: str, submission: str = "all", by: Client | None = None) -> Any:
    """Name the readers, in the order of the page: debt about the person, debt about the victim, housing."""
    form = {f"reader_{at}": name for at, name in enumerate(readers)}
    address = f"/panel-packs/{panel.meeting.ref}/"
    return (by or panel.merle).post(address, {**form, "form_submission": submission}, follow=True)


def opened(panel: Panel, by: Client | None = None) -> ZipFile:
    answer = (by or panel.merle).get(f"/panel-packs/{panel.meeting.ref}/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="packs.zip"'
    return ZipFile(io.BytesIO(answer.content))


@pytest.mark.usefixtures("papers")
def test_each_named_reader_has_a_numbered_pack_and_the_chair_the_agenda(panel: Panel) -> None:
    page = text(panel.merle.get(f"/panel-packs/{panel.meeting.ref}/"))
    asked = text(order(panel, "Wren Copplestick", "", "Sorrel Vane"))
    chores.draw(at=timezone.now())
    done = text(panel.merle.get(f"/panel-packs/{panel.meeting.ref}/"))

    assert "Who is handed Harbour Debt Advice’s pack about the person’s side?" in page
    assert "0 of 3 documents" in asked
    assert "Open the agenda and all packs (ZIP, 3 documents)" in done
    assert opened(panel).namelist() == ["agenda.pdf", "copy-1.pdf", "copy-2.pdf"]
    assert {(one.reader, one.side) for one in PanelCopy.objects.all()} == {
        ("Wren Copplestick", "programme"),
        ("Sorrel Vane", "advocacy"),
    }
    assert all(opened(panel).read(name).startswith(b"%PDF") for name in opened(panel).namelist())


@pytest.mark.usefixtures("papers")
def test_one_reader_of_both_sides_is_refused_also_for_two_agencies_unless_two_people_named_them(
    panel: Panel,
) -> None:
    same = text(order(panel, "Wren Copplestick", "Wren Copplestick"))
    across = text(order(panel, "Wren Copplestick", "", "wren copplestick", submission="across"))
    nothing = PanelCopy.objects.exists() or PanelPrint.objects.exists()
    factories.reader(meeting=panel.meeting, account=panel.reader.ref, agreed_by="", agreed_at=None)
    half = text(order(panel, "Wren Copplestick", "Wren Copplestick", submission="half"))
    panel.meeting.readers.update(agreed_by="dave", agreed_at=timezone.now())
    named = text(order(panel, "Wren Copplestick", "Wren Copplestick", submission="named"))

    assert "Copy 1 for Wren Copplestick has the other side" in same
    assert "has the other side" in across
    assert not nothing
    assert "has the other side" in half
    assert "0 of 3 documents" in named


@pytest.mark.usefixtures("papers")
def test_somebody_must_be_named_and_a_form_sent_twice_asks_once(panel: Panel) -> None:
    nobody = text(order(panel))
    order(panel, "Wren Copplestick")
    order(panel, "Wren Copplestick")

    assert "Name at least one reader" in nobody
    assert PanelPrint.objects.count() == 2
    assert PanelCopy.objects.count() == 1


@pytest.mark.usefixtures("papers")
def test_a_worker_that_dies_loses_the_document_in_hand_alone(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    order(panel, "Wren Copplestick", "", "Sorrel Vane")
    made: list[object] = []
    real = documents.pdf

    def dies(**data: Any) -> bytes:
        if len(made) == 1:
            raise KeyboardInterrupt
        made.append(data)
        return real(**data)

    monkeypatch.setattr(documents, "pdf", dies)
    with pytest.raises(KeyboardInterrupt):
        chores.draw(at=timezone.now())
    halfway = text(panel.merle.get(f"/panel-packs/{panel.meeting.ref}/"))
    monkeypatch.setattr(documents, "pdf", real)
    chores.draw(at=timezone.now())

    assert "1 of 3 documents" in halfway
    assert "Open the agenda and all packs" in text(panel.merle.get(f"/panel-packs/{panel.meeting.ref}/"))


@pytest.mark.usefixtures("papers")
def test_a_document_is_drawn_once_by_two_workers(panel: Panel) -> None:
    order(panel, "Wren Copplestick")
    refs = list(PanelPrint.objects.values_list("ref", flat=True))
    for ref in (*refs, *refs):
        drawing.draw(actor=actors.clock(), ref=ref, at=timezone.now())

    assert PanelPrint.objects.exclude(drawn_of="").count() == 2


@pytest.mark.usefixtures("papers")
def test_what_was_recalled_or_restricted_since_is_in_no_pack(panel: Panel) -> None:
    order(panel, "Wren Copplestick")
    chores.draw(at=timezone.now())
    before = opened(panel).read("copy-1.pdf")
    kept = Restriction.objects.create(
        case=panel.item.referral.ref, reason="staff", made_by="carol", made_at=timezone.now()
    )
    restricted = opened(panel).read("copy-1.pdf")
    kept.ended_at = timezone.now()
    kept.save()
    again = opened(panel).read("copy-1.pdf")
    paper = PanelPaper.objects.get(agency=panel.debt, side="programme")
    panel.merle.post(f"/panel-papers/about/{panel.item.ref}/end/{paper.ref}/")

    assert restricted != before
    assert again == before
    assert not PanelPrint.objects.exclude(sealed_file=b"").exists()
    assert opened(panel).read("copy-1.pdf") != before


@pytest.mark.usefixtures("papers")
def test_the_documents_lie_locked(panel: Panel) -> None:
    order(panel, "Wren Copplestick")
    chores.draw(at=timezone.now())

    assert all(b"%PDF" not in bytes(one.sealed_file) for one in PanelPrint.objects.all())
    assert all(one.file.startswith(b"%PDF") for one in PanelPrint.objects.all())


@pytest.mark.usefixtures("papers")
def test_an_agency_and_an_officer_ask_for_nothing(panel: Panel) -> None:
    officer = staff.browser(account=staff.account(name="Kit Marlow"), role=Role.OFFICER)

    for browser in (panel.wren, officer):
        assert browser.get(f"/panel-packs/{panel.meeting.ref}/").status_code == 403
        assert browser.get(f"/panel-packs/{panel.meeting.ref}/file/").status_code == 403


def test_without_papers_the_page_says_so(panel: Panel) -> None:
    page = text(panel.merle.get(f"/panel-packs/{panel.meeting.ref}/"))

    assert "there is nothing to print" in page
    assert "name the readers first" in text(panel.merle.get(f"/panel-packs/{panel.meeting.ref}/file/"))
