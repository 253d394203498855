"""Nothing older than a year is published; a preview shows it as unchecked, and one page lists what to check."""

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.public.conftest import TODAY

from desist.public import awareness
from desist.public.build import Report, build
from desist.public.checks import COLUMNS, YEAR
from desist.public.problems import CannotBuild
from desist.public.scaffold import EXAMPLES, Start, start_campaign
from desist.public.settings import OURS

Building = Callable[[], Report]
Mistakes = Callable[[], list[str]]


def ids(name: str) -> list[str]:
    """The ids of one of our tables."""
    with (OURS / "content" / name).open(encoding="utf-8") as file:
        return [row["id"] for row in csv.DictReader(file)]


def words(element: Any) -> str:
    """An element's words on one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def check(editor: Path, *lines: str) -> None:
    """Write what was checked."""
    (editor / "checked.csv").write_text("\n".join([",".join(COLUMNS), *lines]) + "\n", "utf-8")


def check_all(editor: Path, day: dt.date) -> None:
    """Everything was checked on a day."""
    lines = [
        f"{kind},{one},{day},A. Baker"
        for kind, name in (("help", "help.csv"), ("source", "sources.csv"))
        for one in ids(name)
    ]
    check(editor, *[line for line in lines if not line.startswith("help,veritas,")])


def refused(editor: Path, out: Path, today: dt.date = TODAY) -> list[str]:
    """Every mistake of a build for the public."""
    with pytest.raises(CannotBuild) as caught:
        build(out, today=today, site=editor)
    return [f"{problem.path.name}:{problem.line}: {problem.says}" for problem in caught.value.problems]


def test_a_site_with_an_unchecked_number_is_not_published(editor: Path, tmp_path: Path) -> None:
    said = refused(editor, tmp_path / "out")

    assert not (tmp_path / "out").exists()
    assert (
        "help.csv:4: National Stalking Helpline, 0808 802 0300, Weekdays 9:30am to 4pm; Wednesdays from 1pm; closed on bank "
        "holidays was last checked on 2024-02-22: nothing older than a year is published. Ring the number or look at its "
        "site, then add this line to checked.csv: help,helpline,2026-11-25,YOUR NAME" in said
    )
    assert any("Paladin" in line and "has never been checked" in line for line in said)
    assert not any("Veritas" in line for line in said), "another area's service is not shown here"
    assert not any("Ring" in line for line in said if line.startswith("help.csv:2:")), (
        "nobody rings 999 to test it"
    )


def test_a_site_whose_every_number_and_source_was_checked_is_published(editor: Path, tmp_path: Path) -> None:
    check_all(editor, TODAY)

    build(tmp_path / "out", today=TODAY, site=editor)

    shown = (tmp_path / "out/help/index.html").read_text("utf-8")
    assert "Last checked on 25 November 2026." in shown
    assert "Unchecked" not in shown
    assert "Preview" not in shown
    assert not (tmp_path / "out/checks").exists()


def test_a_campaign_with_our_examples_in_it_is_not_published(tmp_path: Path) -> None:
    start = Start("Northmere Police", "Kent", None, "")
    days = (dt.date(2027, 4, 19), dt.date(2027, 4, 23))
    campaign = start_campaign(site=tmp_path, title="Speak up", first=days[0], last=days[1], start=start)
    check_all(tmp_path, TODAY)

    said = refused(tmp_path, tmp_path / "out")

    assert (len(said), len({line.partition(": ")[2] for line in said})) == (5, 4)
    assert "campaign.yaml:10: still says 'Say one thing.': write your own words" in said
    for path in (campaign / "campaign.yaml", campaign / "en/index.md"):
        text = path.read_text("utf-8")
        for number, example in enumerate(EXAMPLES):
            text = text.replace(example, ("We listen.", "Speak up.", "Ring us.", "Come along.")[number])
        path.write_text(text, "utf-8")
    assert build(tmp_path / "out", today=TODAY, site=tmp_path).pages


@pytest.mark.usefixtures("in_welsh_too")
def test_a_whole_checked_site_leaves_nothing_to_look_at_in_either_language(
    editor: Path, tmp_path: Path
) -> None:
    check_all(editor, TODAY)
    (editor / "campaigns").rename(tmp_path / "campaigns")

    assert build(tmp_path / "out", today=TODAY, site=editor).notices == ()


@pytest.mark.parametrize(
    ("later", "names"), [(YEAR, set()), (YEAR + dt.timedelta(days=1), {"help.csv", "sources.csv"})]
)
def test_a_check_holds_for_a_year_and_not_a_day_longer(
    editor: Path, tmp_path: Path, later: dt.timedelta, names: set[str]
) -> None:
    check_all(editor, TODAY)

    if names:
        assert {line.partition(":")[0] for line in refused(editor, tmp_path / "out", TODAY + later)} == names
    else:
        assert build(tmp_path / "out", today=TODAY + later, site=editor).pages


def test_a_claim_older_than_a_year_stops_it_too(editor: Path, tmp_path: Path) -> None:
    check_all(editor, dt.date(2027, 11, 20))
    path = editor / "checked.csv"
    path.write_text(path.read_text("utf-8").replace("source,alice,2027-11-20,A. Baker\n", ""), "utf-8")

    said = refused(editor, tmp_path / "out", dt.date(2027, 11, 26))

    assert len(said) == 1
    assert "Advice about stalking (Alice Ruggles Trust) was last checked on 2026-11-25" in said[0]


def test_a_preview_shows_what_is_unchecked(building: Building, tmp_path: Path) -> None:
    notices = [notice.says for notice in building().notices]

    assert any("National Stalking Helpline" in line and "2024-02-22" in line for line in notices)
    page = html.document_fromstring((tmp_path / "out/help/index.html").read_text("utf-8"))
    route = next(item for item in page.iter("li") if "National Stalking Helpline" in words(item))
    assert "Unchecked Last checked on 22 February 2024." in words(route)
    banner = next(part for part in page.iter("section") if part.get("class") == "preview")
    assert "Preview, not for the public." in words(banner)


def test_one_page_lists_what_to_check_by_whom_and_when(
    editor: Path, building: Building, tmp_path: Path
) -> None:
    path = editor / "site.yaml"
    path.write_text(path.read_text("utf-8") + "checker: the press office\n", "utf-8")
    check(editor, "help,helpline,2026-11-20,A. Baker")

    building()

    page = html.document_fromstring((tmp_path / "out/checks/index.html").read_text("utf-8"))
    rows = [[words(cell) for cell in row] for row in page.iter("tr")]
    helpline = next(row for row in rows if "National Stalking Helpline" in row[0])
    assert helpline[2:] == ["20 November 2026, A. Baker", "20 November 2027", "help,helpline"]
    assert rows[1][3] == "now", "what is due first stands at the top"
    assert rows.index(helpline) > rows.index(next(row for row in rows if "Police emergency" in row[0]))
    assert "Checks are done by the press office." in words(page)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hlep,helpline,2026-11-20,A", "checked.csv:2: `kind` is 'hlep': it should be one of help, source"),
        (
            "help,helplin,2026-11-20,A",
            "checked.csv:2: `id` 'helplin' is no help of this site (did you mean `helpline`?)",
        ),
        ("help,helpline,,A", "checked.csv:2: `checked_on` is empty: write the day of the check"),
        ("help,helpline,2026-12-20,A", "checked.csv:2: `checked_on` is 2026-12-20, which is still to come"),
        ("help,helpline,2026-11-20,", "checked.csv:2: `by` is empty: fill it in"),
    ],
)
def test_mistakes_in_the_checks_are_named_with_their_line(
    editor: Path, mistakes: Mistakes, line: str, said: str
) -> None:
    check(editor, line)

    assert said in mistakes()


def test_an_older_check_does_not_replace_a_newer_one(
    editor: Path, building: Building, tmp_path: Path
) -> None:
    check(editor, "help,helpline,2020-01-01,A. Baker")

    building()

    assert "Last checked on 22 February 2024." in (tmp_path / "out/help/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        # as read in what the Suzy Lamplugh Trust and its partners announced
        (2017, "2017-04-24", "2017-04-28"),
        (2022, "2022-04-25", "2022-04-29"),
        (2023, "2023-04-24", "2023-04-28"),
        (2024, "2024-04-22", "2024-04-26"),
        (2025, "2025-04-21", "2025-04-25"),
        # expected
        (2027, "2027-04-19", "2027-04-23"),
    ],
)
def test_the_awareness_week_is_where_it_was_in_the_years_that_were_read(
    year: int, first: str, last: str
) -> None:
    week = awareness.expected(year)

    assert (str(week.first), str(week.last)) == (first, last)


@pytest.mark.parametrize(
    ("today", "year"), [("2027-04-23", 2027), ("2027-04-24", 2028), ("2026-11-25", 2027)]
)
def test_the_week_that_comes_is_shown_until_its_last_day(today: str, year: int) -> None:
    week, sure = awareness.coming(dt.date.fromisoformat(today), None)

    assert (week.first.year, sure) == (year, False)


def test_an_announced_week_and_its_theme_are_shown_until_it_is_over(
    editor: Path, building: Building, tmp_path: Path
) -> None:
    path = editor / "site.yaml"
    announced = "week_from: 2027-04-12\nweek_to: 2027-04-16\nweek_theme: Listen early\n"
    path.write_text(path.read_text("utf-8") + announced, "utf-8")

    building()

    shown = " ".join((tmp_path / "out/weeks/awareness-week/index.html").read_text("utf-8").split())
    assert "To come: 12 April 2027 to 16 April 2027." in shown
    assert "Theme: Listen early." in shown
    week = awareness.Week(dt.date(2027, 4, 12), dt.date(2027, 4, 16), "Listen early")
    assert awareness.coming(dt.date(2027, 4, 17), week)[1] is False


def test_a_week_that_is_not_announced_says_so(shipped: Path) -> None:
    shown = (shipped / "weeks/awareness-week/index.html").read_text("utf-8")

    assert "Expected: 19 April 2027 to 23 April 2027. The days are not announced yet." in shown


def test_a_theme_without_days_is_a_mistake(editor: Path, mistakes: Mistakes) -> None:
    path = editor / "site.yaml"
    path.write_text(path.read_text("utf-8") + "week_theme: Listen early\n", "utf-8")

    assert "site.yaml:9: `week_theme` needs the days: give `week_from` and `week_to` too" in mistakes()


def test_a_campaign_that_is_over_moves_to_the_archive(editor: Path, tmp_path: Path) -> None:
    for today, page in ((TODAY, "weeks"), (dt.date(2027, 4, 24), "past")):
        build(tmp_path / "out", today=today, site=editor, preview=True)

        listed = {
            name: "Northmere says no to stalking" in (tmp_path / f"out/{name}/index.html").read_text("utf-8")
            for name in ("weeks", "past")
        }
        assert listed == {"weeks": page == "weeks", "past": page == "past"}
