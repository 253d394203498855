"""A page of a study on paper: the same words, drawings with their words, and structure for readers who hear it."""

import io
import re
import sys
from pathlib import Path

import pytest
from packages.evaluation.tests.study.made_up import CUT, made_up
from pikepdf import Pdf
from pypdf import PdfReader

from desist_evaluation.cli.study import print_page
from desist_evaluation.study import annex, release
from desist_evaluation.study.files import read_study
from desist_evaluation.study.paper import NotMadeError, as_pdf
from desist_evaluation.study.plan import StudyPlan


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    study, plan = made_up(people=300), StudyPlan(data_cut=CUT, as_of=CUT)
    data = read_study(episodes=study.episodes, events=study.events, gaps=study.gaps)
    made = {**release.write(data=data, plan=plan), **annex.write(data=data, plan=plan)}
    return {name: text for name, text in made.items() if name.endswith(".html")}


def words(paper: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())


@pytest.mark.parametrize("edition", ["annex.html", "release.html"])
def test_each_edition_is_on_paper_with_its_words(pages: dict[str, str], edition: str) -> None:
    page = pages[edition]

    said = words(as_pdf(page))

    for heading in re.findall(r"<h[123][^>]*>([^<]+)</h", page):
        assert " ".join(heading.split()) in said
    for cell in re.findall(r"<td[^>]*>([\d.,]+)</td>", page):
        assert cell in said
    assert "as CSV" not in said


def test_the_paper_says_what_it_is_to_readers_who_hear_it(pages: dict[str, str]) -> None:
    with Pdf.open(io.BytesIO(as_pdf(pages["annex.html"]))) as paper:
        assert bool(paper.Root.MarkInfo.Marked)
        assert str(paper.Root.Lang) == "en-GB"
        assert str(paper.docinfo.Title) == "Evaluation annex, data to 31 March 2025"
        assert paper.Root.StructTreeRoot is not None


def test_the_same_page_gives_the_same_words_and_drawings_their_rules(pages: dict[str, str]) -> None:
    assert words(as_pdf(pages["annex.html"])) == words(as_pdf(pages["annex.html"]))
    assert "At risk, programme" in words(as_pdf(pages["annex.html"]))


def test_a_character_that_no_face_draws_and_a_missing_library_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "annex.html"
    page.write_text("<title>x</title><h1>x</h1><table><tr><th>\U0001e94b</th></tr></table><p>\U0001e94b</p>")
    with pytest.raises(NotMadeError, match="the page beside it holds everything"):
        print_page(page)

    page.write_text("<title>x</title></p><svg><path/></svg><br/><h1>x</h1><p></p>")
    assert print_page(page).read_bytes().startswith(b"%PDF")
    page.with_suffix(".pdf").unlink()
    page.with_suffix(".pdf").mkdir()
    with pytest.raises(ValueError, match="could not be written"):
        print_page(page)

    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(NotMadeError, match="desist-evaluation\\[pdf\\]"):
        as_pdf("<title>x</title>")
