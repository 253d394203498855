"""Building: the happy way, and every mistake an editor may make, said with file and line."""

import datetime as dt
import json
import re
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.public.conftest import CAMPAIGN

from desist.public.build import Report, build
from desist.public.output import NotOurs
from desist.public.posters import code, compiled
from desist.public.problems import CannotBuild
from desist.public.settings import OURS

Building = Callable[[], Report]
Mistakes = Callable[[], list[str]]

PAGE = "---\ntitle: A talk\ntab: A talk\nsummary: Come and listen.\n---\n"


def page(editor: Path, text: str) -> None:
    """Write the campaign's own page."""
    (editor / "campaigns/2027-04-19-northmere-week/en/index.md").write_text(text, "utf-8")


def campaign(editor: Path, old: str, new: str) -> None:
    """Change the campaign's settings."""
    path = editor / "campaigns/2027-04-19-northmere-week/campaign.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_a_force_sees_its_own_campaign_name_and_area(
    editor: Path, building: Building, tmp_path: Path
) -> None:
    page(editor, PAGE + "Come to the town hall. Call {call police}.\n")

    building()

    html = (tmp_path / "out/weeks/2027-04-19-northmere-week/index.html").read_text("utf-8")
    assert "Northmere says no to stalking" in html
    assert "To come: 19 April 2027 to 23 April 2027." in html
    assert '<a class="call" href="tel:101">101</a>' in html
    assert "<small>Northmere</small>" in html


def test_a_campaign_gets_posters_and_cards_in_every_format(
    editor: Path, building: Building, tmp_path: Path
) -> None:
    building()

    folder = tmp_path / "out/weeks/2027-04-19-northmere-week"
    starts = {
        "poster-1.svg": b"<svg",
        "poster-1.png": b"\x89PNG",
        "card-1.svg": b"<svg",
        "card-1.png": b"\x89PNG",
        "posters.pdf": b"%PDF",
        "posters-a3.pdf": b"%PDF",
    }
    assert {name: (folder / name).read_bytes()[: len(start)] for name, start in starts.items()} == starts
    assert (
        b'aria-label="One gift is kind. A pile of them is not. If you do not want it'
        in (folder / "card-1.svg").read_bytes()
    )


def test_posters_are_a_page_for_each_message_on_the_paper_that_they_are_for(
    editor: Path, building: Building, tmp_path: Path
) -> None:
    building()

    folder = tmp_path / "out/weeks/2027-04-19-northmere-week"
    for name, width in (("posters.pdf", 595), ("posters-a3.pdf", 842)):
        (page,) = PdfReader(folder / name).pages
        assert round(page.mediabox.width) == width


def test_prints_can_be_ordered_only_where_the_site_takes_orders(
    editor: Path, building: Building, mistakes: Mistakes, tmp_path: Path
) -> None:
    campaign = tmp_path / "out/weeks/2027-04-19-northmere-week"
    building()
    assert not (campaign / "order-form.pdf").exists()
    assert "mailto:" not in (campaign / "index.html").read_text("utf-8")
    settings = editor / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "orders: posters@northmere.example\n", "utf-8")

    building()

    form = " ".join(page.extract_text() for page in PdfReader(campaign / "order-form.pdf").pages)
    assert "posters@northmere.example" in form
    assert "One gift is kind." in form
    assert 'href="mailto:posters@northmere.example"' in (campaign / "index.html").read_text("utf-8")
    settings.write_text(settings.read_text("utf-8").replace("posters@", "posters at "), "utf-8")
    assert any("write an e-mail address" in line for line in mistakes())


SHAPE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A dot</title>{}</svg>'


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (SHAPE.format("<script>1</script>"), "has <script>"),
        (SHAPE.format('<circle r="1" onclick="x"/>'), "has onclick"),
        (SHAPE.format('<circle r="1" fill="url(https://a.example/x)"/>'), "has fill"),
        (SHAPE.format('<image href="x.png"/>'), "has <image>"),
        (SHAPE.format('<circle r="1"/>').replace("A dot", ""), "needs a viewBox, and a <title>"),
        ("<svg", "is no plain SVG"),
        ('<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SHAPE.format("&a;"), "is no plain SVG"),
        (SHAPE.format(f'<path d="{"M0 0" * 600}"/>'), "make it smaller"),
    ],
)
def test_a_drawing_has_shapes_alone(editor: Path, mistakes: Mistakes, drawn: str, expected: str) -> None:
    (editor / "drawings").mkdir()
    (editor / "drawings/dot.svg").write_text(drawn, "utf-8")

    assert any(line.startswith("dot.svg:1: ") and expected in line for line in mistakes())


def test_a_drawing_stands_beside_its_sentence_and_is_not_read_out(
    editor: Path, building: Building, mistakes: Mistakes, tmp_path: Path
) -> None:
    (editor / "drawings").mkdir()
    (editor / "drawings/dot.svg").write_text(SHAPE.format('<circle r="4" fill="#123456"/>'), "utf-8")
    page(editor, PAGE + "{drawing dot}\n\nCall us.\n")

    building()

    drawn = (tmp_path / "out/weeks/2027-04-19-northmere-week/index.html").read_text("utf-8")
    assert '<div class="drawn"><svg class="drawing" aria-hidden="true"' in drawn
    assert "A dot" not in drawn
    page(editor, PAGE + "{drawing dott}\n\nCall {drawing dot} us.\n")
    assert [line for line in mistakes() if "drawing" in line] == [
        "index.md:6: the drawing is 'dott', no file of the folder drawings (did you mean `dot`?)",
        "index.md:8: {drawing} needs a line of its own, with an empty line around it",
    ]


def test_a_site_has_drawings_of_its_own_on_pages_and_posters(
    editor: Path, building: Building, mistakes: Mistakes, tmp_path: Path
) -> None:
    (editor / "drawings").mkdir()
    (editor / "drawings/dot.svg").write_text(SHAPE.format('<circle r="4" fill="#123456"/>'), "utf-8")
    page(editor, PAGE.replace("tab: A talk", "tab: A talk\ndrawing: dot") + "ok\n")
    campaign = editor / "campaigns/2027-04-19-northmere-week/campaign.yaml"
    campaign.write_text(campaign.read_text("utf-8") + "    drawing: dot\n", "utf-8")

    building()

    drawn = (tmp_path / "out/weeks/2027-04-19-northmere-week/index.html").read_text("utf-8")
    assert drawn.count("#123456") == 2  # beside the heading, and on the poster
    assert "A dot" not in drawn  # who cannot see it misses nothing
    campaign.write_text(campaign.read_text("utf-8").replace("drawing: dot", "drawing: dott"), "utf-8")
    assert any(
        "`drawing` is 'dott', no file of the folder drawings (did you mean `dot`?)" in line
        for line in mistakes()
    )


def test_a_poster_has_the_address_as_a_code_only_where_there_is_one(
    editor: Path, building: Building, tmp_path: Path
) -> None:
    building()
    poster = tmp_path / "out/weeks/2027-04-19-northmere-week/poster-1.svg"
    with_code = poster.read_bytes()
    path = editor / "site.yaml"
    path.write_text(path.read_text("utf-8").replace("address: https://brightwater.example\n", ""), "utf-8")

    building()

    assert with_code.count(b"<image") == poster.read_bytes().count(b"<image") + 1


def test_a_card_is_as_large_as_the_networks_want_it(editor: Path, building: Building, tmp_path: Path) -> None:
    building()

    header = (tmp_path / "out/weeks/2027-04-19-northmere-week/card-1.png").read_bytes()[16:24]
    assert (int.from_bytes(header[:4]), int.from_bytes(header[4:])) == (1200, 630)


@pytest.mark.usefixtures("in_welsh_too")
def test_the_whole_site_is_built_within_five_seconds_of_work(building: Building) -> None:
    began = time.process_time()

    report = building()

    assert report.pages > 80
    assert time.process_time() - began <= 5


def test_building_twice_gives_the_same_bytes(tmp_path: Path, today: dt.date) -> None:
    build(tmp_path / "one", today=today, preview=True)
    build(tmp_path / "two", today=today, preview=True)

    one = {path.name: path.read_bytes() for path in (tmp_path / "one").glob("*/*.html")}
    two = {path.name: path.read_bytes() for path in (tmp_path / "two").glob("*/*.html")}
    assert one == two


def test_a_mistake_leaves_the_old_site_as_it_was(editor: Path, building: Building, tmp_path: Path) -> None:
    building()
    before = (tmp_path / "out/index.html").read_bytes()
    (editor / "site.yaml").write_text("name: Brightwater\n", "utf-8")

    with pytest.raises(CannotBuild):
        building()

    assert (tmp_path / "out/index.html").read_bytes() == before


def test_somebody_elses_folder_is_left_alone(tmp_path: Path, today: dt.date) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "mother.txt").write_text("Dear mother", "utf-8")

    with pytest.raises(NotOurs, match="Nothing was changed"):
        build(letters, today=today, preview=True)

    assert [path.name for path in letters.iterdir()] == ["mother.txt"]


def test_a_typed_number_is_refused_with_its_line(editor: Path, mistakes: Mistakes) -> None:
    page(editor, PAGE + "First line.\n\nAs many as 1 in 5 women.\n")

    assert any(line.startswith("index.md:8: '1' is a number without a source") for line in mistakes())


def test_a_number_in_words_is_refused_too(editor: Path, mistakes: Mistakes) -> None:
    page(editor, PAGE + "Half of them told nobody. Five did.\n")

    assert any("'Five' is a number without a source" in line or "'Half of'" in line for line in mistakes())


def test_a_missing_image_is_named_with_its_line(editor: Path, mistakes: Mistakes) -> None:
    page(editor, PAGE + "Look.\n\n![A hall](hall.png)\n")

    assert mistakes() == ["index.md:8: there is no image 'hall.png' in the folder `images`"]


def test_an_image_without_words_is_a_mistake(editor: Path, mistakes: Mistakes) -> None:
    (editor / "campaigns/2027-04-19-northmere-week/images/hall.png").write_bytes(b"\x89PNG")
    page(editor, PAGE + "![](hall.png)\n")

    assert mistakes() == [
        "index.md:6: the image 'hall.png' has no words: say between the brackets what it shows"
    ]


def test_a_heavy_image_is_a_mistake(editor: Path, mistakes: Mistakes) -> None:
    (editor / "campaigns/2027-04-19-northmere-week/images/hall.png").write_bytes(bytes(70_000))

    assert mistakes() == ["hall.png:1: weighs 70 kB; make it smaller than 60 kB"]


def test_a_day_that_does_not_exist_is_one_mistake_and_not_two(editor: Path, mistakes: Mistakes) -> None:
    campaign(editor, "2027-04-23", "2027-02-31")

    assert len(mistakes()) == 1


def test_a_good_image_comes_along(editor: Path, building: Building, tmp_path: Path) -> None:
    (editor / "campaigns/2027-04-19-northmere-week/images/hall.png").write_bytes(b"\x89PNG")
    page(editor, PAGE + "![A hall](hall.png)\n")

    building()

    assert (tmp_path / "out/weeks/2027-04-19-northmere-week/hall.png").read_bytes() == b"\x89PNG"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "2027-04-23",
            "2027-02-31",
            "campaign.yaml:5: `to` is '2027-02-31', which is not a day of the calendar",
        ),
        (
            "2027-04-23",
            "2027-04-01",
            "campaign.yaml:5: `to` is 2027-04-01, before the campaign begins on 2027-04-19",
        ),
        ("2027-04-23", "2028-04-23", "campaign.yaml:5: `to` is 2028-04-23, more than three months after"),
        ("from: 2027-04-19\n", "", "campaign.yaml:1: `from` and `to` go together"),
        (
            "help: police",
            "help: polcie",
            "campaign.yaml:10: `help` is 'polcie', no row of help.csv (did you mean `police`?)",
        ),
        (
            "title:",
            "titel:",
            "campaign.yaml:1: `titel` is not a field that is known here (did you mean `title`?)",
        ),
        ("tab: Northmere week", "tab: Stalking week", "campaign.yaml:2: `tab` says 'Stalk'"),
        ("headline: One gift", "headline: " + "One gift and another " * 4, "campaign.yaml:8: `headline` has"),
        (
            "organiser: Northmere Police",
            "organiser: [a, b]",
            "campaign.yaml:6: `organiser` should be one piece of text",
        ),
        ("title: Northmere", "title: Northmere: says", "campaign.yaml:1: cannot be read"),
        ("summary: A week of talks in Northmere.", "tab: Again", "campaign.yaml:3: `tab` stands here twice"),
        ("messages:", "messages: none\nold:", "campaign.yaml:7: `messages` should be a list"),
        ("A week of talks", "Five talks", "campaign.yaml:3: `summary` says 'Five'"),
    ],
)
def test_mistakes_in_a_campaign_are_named_with_their_line(
    editor: Path, mistakes: Mistakes, old: str, new: str, expected: str
) -> None:
    campaign(editor, old, new)

    assert any(line.startswith(expected) for line in mistakes())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No fields at all.\n", "index.md:1: should begin with a line of three dashes"),
        (PAGE, "index.md:6: has no text below its fields"),
        (
            PAGE + "See [this](page:what-is-it).\n",
            "index.md:6: the link to page 'what-is-it' leads nowhere (did you mean `what-it-is`?)",
        ),
        (
            PAGE + "See [this](http://example.com).\n",
            "index.md:6: the link 'http://example.com' should be page:NAME",
        ),
        (PAGE + "See [this](javascript:alert(1)).\n", "index.md:6: "),
        (PAGE + "Call {cal police}.\n", "index.md:6: {cal} is not known (did you mean `call`?)"),
        (
            PAGE + "Call {call polcie}.\n",
            "index.md:6: there is no row 'polcie' in help.csv (did you mean `police`?)",
        ),
        (PAGE + "Call {call cyber}.\n", "index.md:6: The Cyber Helpline has no number"),
        (PAGE + "Call {call}.\n", "index.md:6: {call} was given too few or too many names"),
        (
            PAGE + "{fact order-brech}\n",
            "index.md:6: there is no fact 'order-brech' in facts.csv (did you mean `order-breach`?)",
        ),
        (PAGE + "A line\nand {help stalking}.\n", "index.md:6: {help} needs a line of its own"),
        (PAGE + "{help stalkin}\n", "index.md:6: 'stalkin' is no kind of help (did you mean `stalking`?)"),
        (
            PAGE + "{figure csew-204}\n",
            "index.md:6: there is no figure 'csew-204' in figures.csv (did you mean `csew-2024`?)",
        ),
        (PAGE + "{onein csew-count-2024}\n", "index.md:6: figure 'csew-count-2024' is no share of a whole"),
        (
            PAGE + "{chart csew-2024 recorded-kent-2020}\n",
            "index.md:6: a chart shows one unit; these are offences, percent",
        ),
        (PAGE + "{figures claim}\n", "index.md:6: 'claim' is no topic of figures"),
        (
            PAGE + "{lines csew-2024 recorded-kent-2020}\n",
            "index.md:6: a chart shows one unit; these are offences, percent",
        ),
        (PAGE + "{lines cost-sussex-2020}\n", "index.md:6: lines need the last day of each period"),
        (
            PAGE.replace("tab: A talk", "tab: A talk\ndrawing: tagg") + "ok\n",
            "index.md:1: `drawing` is 'tagg', no file of the folder drawings (did you mean `tag`?)",
        ),
        (
            PAGE.replace("tab: A talk", "tab: A talk\nmenu: hlep") + "ok\n",
            "index.md:4: `menu` is 'hlep': it should be one of",
        ),
        (PAGE.replace("tab: A talk", "tab: A talk\nsources: [nobody]") + "ok\n", ""),
    ],
)
def test_mistakes_in_a_page_are_named_with_their_line(
    editor: Path, building: Building, mistakes: Mistakes, text: str, expected: str
) -> None:
    page(editor, text)

    if expected:
        assert any(line.startswith(expected) for line in mistakes())
    else:
        assert building().pages


def test_raw_html_is_shown_as_text(editor: Path, building: Building, tmp_path: Path) -> None:
    page(editor, PAGE + "Hello <script>alert()</script> and <b>bold</b>.\n")

    building()

    html = (tmp_path / "out/weeks/2027-04-19-northmere-week/index.html").read_text("utf-8")
    assert "&lt;script&gt;alert()&lt;/script&gt;" in html


def test_a_file_that_is_not_utf8_is_named_with_its_line(editor: Path, mistakes: Mistakes) -> None:
    path = editor / "campaigns/2027-04-19-northmere-week/en/index.md"
    path.write_bytes(PAGE.encode() + "Caf\xe9\n".encode("latin-1"))

    assert "index.md:6: has a character that is not UTF-8: save the file as UTF-8" in mistakes()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: Brightwater", "name: Stalking help", "site.yaml:1: `name` says 'Stalk'"),
        ("adults: 812000", "adults: many", "site.yaml:4: `adults` is 'many': write a whole number"),
        ("adults_source: invented for the tests\n", "", "site.yaml:4: `adults` has no source"),
        (
            "https://weather.example/",
            "weather",
            "site.yaml:6: `exit_to` is 'weather': write a whole web address",
        ),
        (
            "https://weather.example/",
            "https://brightwater.example/x",
            "site.yaml:6: `exit_to` leads to this site itself",
        ),
        ("[en]", "[en, fr]", "site.yaml:8: `languages` has 'fr'"),
        ("name: Brightwater", "nam: Brightwater", "site.yaml:1: `name` is missing"),
    ],
)
def test_mistakes_in_the_settings_are_named_with_their_line(
    editor: Path, mistakes: Mistakes, old: str, new: str, expected: str
) -> None:
    path = editor / "site.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    assert any(line.startswith(expected) for line in mistakes())


def test_a_folder_without_settings_says_how_to_get_them(editor: Path, mistakes: Mistakes) -> None:
    (editor / "site.yaml").unlink()

    assert any("new-site` makes one" in line for line in mistakes())


def test_a_folder_name_that_gives_the_subject_away_is_refused(editor: Path, mistakes: Mistakes) -> None:
    (editor / "campaigns/2027-04-19-northmere-week").rename(editor / "campaigns/stalking-week")

    assert any("shows in the address bar" in line for line in mistakes())


def test_a_sites_own_page_replaces_ours(editor: Path, building: Building, tmp_path: Path) -> None:
    (editor / "en/about.md").write_text(PAGE + "Written by Northmere.\n", "utf-8")

    building()

    assert "Written by Northmere." in (tmp_path / "out/about/index.html").read_text("utf-8")


def test_a_welsh_page_without_an_english_one_is_a_mistake(
    editor: Path, in_welsh_too: None, mistakes: Mistakes
) -> None:
    (editor / "cy").mkdir()
    (editor / "cy/abuot.md").write_text(PAGE + "Helo.\n", "utf-8")

    assert any("is the twin of no page" in line and "did you mean `about`?" in line for line in mistakes())


def test_missing_welsh_is_told_to_editor_and_reader(
    editor: Path, in_welsh_too: None, building: Building, tmp_path: Path
) -> None:
    (editor / "en/talk.md").write_text(PAGE + "Come in.\n", "utf-8")

    notices = [f"{notice.path.name}: {notice.says}" for notice in building().notices]

    assert any(line.startswith("talk.md: has no twin in cy") for line in notices)
    assert any("has no twin campaign.cy.yaml" in line for line in notices)
    html = (tmp_path / "out/cy/talk/index.html").read_text("utf-8")
    assert "Nid yw'r dudalen hon yn Gymraeg eto." in html.replace("&#39;", "'")
    assert '<div lang="en">' in html


def test_a_campaigns_page_without_welsh_is_told_and_marked_though_its_posters_have_it(
    editor: Path, in_welsh_too: None, building: Building, tmp_path: Path
) -> None:
    folder = editor / "campaigns/2027-04-19-northmere-week"
    page(editor, PAGE + "Come in.\n")
    words = CAMPAIGN[: CAMPAIGN.index("from:")] + CAMPAIGN[CAMPAIGN.index("messages:") :]
    (folder / "campaign.cy.yaml").write_text(words, "utf-8")
    built = tmp_path / "out/cy/weeks/2027-04-19-northmere-week/index.html"

    told = [notice.says for notice in building().notices if notice.path == folder / "en/index.md"]

    assert told == ["has no twin in cy: readers see the English words and are told so"]
    assert re.search(
        r'yn Gymraeg eto.*<div lang="en">\s*<p>Come in\.</p>', built.read_text("utf-8"), re.DOTALL
    )
    (folder / "cy").mkdir()
    (folder / "cy/index.md").write_text(PAGE + "Dewch i mewn.\n", "utf-8")
    assert [notice for notice in building().notices if notice.path == folder / "en/index.md"] == []
    assert "Come in." not in built.read_text("utf-8")
    assert "yn Gymraeg eto" not in built.read_text("utf-8")


def test_a_site_in_english_alone_has_no_welsh(editor: Path, building: Building, tmp_path: Path) -> None:
    building()

    assert not (tmp_path / "out/cy").exists()
    assert "Cymraeg" not in (tmp_path / "out/index.html").read_text("utf-8")


def test_a_hard_page_is_a_notice(editor: Path, building: Building) -> None:
    hard = "Notwithstanding considerable institutional complications, organisational representatives " * 12
    page(editor, PAGE + hard + ".\n")

    assert any("reads as for age" in notice.says for notice in building().notices)


LONG = {
    "headline": "Mae rhywun yn eich dilyn bob dydd.\nNid yw'n stopio o gwbl.",
    "words": "Ysgrifennwch y diwrnod, yr amser a'r lle, cadwch bob neges, a dywedwch wrth rywun yr ydych yn ymddiried ynddo. "
    "Mae stelcian yn drosedd, a gallwch ofyn am help heddiw, ddydd a nos.",
    "route": {"name": "Desg Stelcian Heddlu Northmere a'r Cylch", "reach": "01632 960000"},
}


@pytest.mark.parametrize(("kind", "paper"), [("poster", "a4"), ("poster", "a3"), ("card", "a4")])
def test_the_longest_message_touches_no_other_line(kind: str, paper: str) -> None:
    drawing = (OURS / "content/drawings/gifts.svg").read_text("utf-8")
    said = {
        "title": "Wythnos",
        "site": "Brightwater",
        "organisation": "Northmere",
        "language": "cy",
        "address": "https://brightwater.example",
        "code": code("https://brightwater.example"),
        "danger": "Mewn perygl? Ffoniwch 999",
        "footer": "Wythnos · Northmere",
        "desk": LONG["route"],
        "messages": [{**LONG, "drawing": drawing, "shows": "Anrhegion"}],
    }
    (pdf,) = compiled(kind, data=json.dumps(said), kind_of_file="pdf", paper=paper)

    lines: list[tuple[float, float, str]] = []

    def note(text: str, at: list[float], within: list[float], _font: object, size: float) -> None:
        if text.strip():
            lines.append((at[3] * within[5] + at[5], size, text.strip()))

    (page,) = PdfReader(BytesIO(pdf)).pages
    page.extract_text(visitor_text=note)
    lowest = min(y for y, _, text in lines if text.split()[-1] in LONG["words"])
    highest = max(y + size for y, size, text in lines if text.startswith("Desg Stelcian"))
    assert {len(LONG["headline"]) > 50, len(LONG["words"]) > 160} == {True}
    assert lowest > highest, sorted(lines, reverse=True)
