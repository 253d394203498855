"""The dated tables: help routes, sources and facts, ours and an editor's own."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from desist.public.build import Report
from desist.public.help import COLUMNS, Route, read_routes, translate
from desist.public.problems import Found
from desist.public.sources import FACT_COLUMNS, SOURCE_COLUMNS, read_facts, read_sources

TODAY = dt.date(2026, 11, 25)
GOOD = {
    "id": "northmere",
    "kind": "local",
    "name": "Northmere Listens",
    "who_for": "People in Northmere",
    "number": "01632 960000",
    "source": "Its own site",
    "source_url": "https://northmere.example",
    "checked_on": "2026-11-01",
}


def table(path: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Path:
    """Write a table of help routes."""
    lines = [",".join(columns), *(",".join(row.get(name, "") for name in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def routes(path: Path) -> tuple[dict[str, Route], list[str]]:
    """The routes of a table, and its mistakes as 'line: words'."""
    found = Found()
    read = read_routes(path, today=TODAY, found=found)
    return read, [f"{problem.line}: {problem.says}" for problem in found.errors]


def test_a_good_row_is_a_route(tmp_path: Path) -> None:
    read, wrong = routes(table(tmp_path / "help.csv", GOOD))

    assert wrong == []
    assert read["northmere"].number == "01632 960000"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"kind": "locl"}, "2: `kind` is 'locl': it should be one of"),
        ({"number": "", "site": ""}, "2: has neither `number` nor `site`"),
        ({"checked_on": "2027-01-01"}, "2: `checked_on` is 2027-01-01, which is still to come"),
        ({"checked_on": "1 May"}, "2: `checked_on` is '1 May': write a day of the calendar as 2027-04-19"),
        ({"name": ""}, "2: `name` is empty: fill it in"),
        ({"hours": "weekdays, mornings"}, "2: has more cells than columns"),
    ],
)
def test_mistakes_in_a_row_are_named_with_their_line(
    tmp_path: Path, changed: dict[str, str], expected: str
) -> None:
    _, wrong = routes(table(tmp_path / "help.csv", GOOD | changed))

    assert any(line.startswith(expected) for line in wrong)


def test_the_same_id_twice_is_a_mistake(tmp_path: Path) -> None:
    _, wrong = routes(table(tmp_path / "help.csv", GOOD, GOOD))

    assert wrong == ["3: `id` 'northmere' stands here twice: every row needs its own"]


def test_a_wrong_heading_is_a_mistake(tmp_path: Path) -> None:
    _, wrong = routes(table(tmp_path / "help.csv", columns=("id", "phone")))

    assert wrong == [f"1: should begin with the columns {','.join(COLUMNS)}"]


def test_a_twin_row_translates_what_it_fills_in(tmp_path: Path) -> None:
    found = Found()
    read, _ = routes(table(tmp_path / "help.csv", GOOD))
    twin = tmp_path / "help.cy.csv"
    twin.write_text("id,name,who_for,hours,text,bsl,interpreter\nnorthmere,,Pobl Northmere,,,,\n", "utf-8")

    welsh = translate(read, twin, language="cy", found=found)["northmere"]

    assert (welsh.name, welsh.who_for, welsh.language) == ("Northmere Listens", "Pobl Northmere", "cy")
    assert found.errors == []


def test_a_twin_of_no_row_is_a_mistake(tmp_path: Path) -> None:
    found = Found()
    twin = tmp_path / "help.cy.csv"
    twin.write_text("id,name,who_for,hours,text,bsl,interpreter\nnorthmeer,,Pobl,,,,\n", "utf-8")
    read, _ = routes(table(tmp_path / "help.csv", GOOD))

    translate(read, twin, language="cy", found=found)

    assert "did you mean `northmere`?" in found.errors[0].says


def test_a_local_service_is_shown_in_its_area_alone(
    editor: Path, building: Callable[[], Report], tmp_path: Path
) -> None:
    table(
        editor / "help.csv",
        GOOD | {"area": "Northmere"},
        GOOD | {"id": "far", "name": "Far Away", "area": "Farland"},
    )

    building()

    shown = (tmp_path / "out/help/index.html").read_text("utf-8")
    assert "Northmere Listens" in shown
    assert "Far Away" not in shown
    assert "Veritas Justice" not in shown


def test_an_own_row_replaces_ours_and_shows_its_day(
    editor: Path, building: Callable[[], Report], tmp_path: Path
) -> None:
    table(editor / "help.csv", GOOD | {"id": "helpline", "kind": "stalking", "number": "0808 802 0300"})

    building()

    shown = (tmp_path / "out/help/index.html").read_text("utf-8")
    assert "Last checked on 1 November 2026." in shown
    assert "National Stalking Helpline" not in shown


def test_a_source_without_a_day_is_a_mistake(tmp_path: Path) -> None:
    found = Found()
    path = tmp_path / "sources.csv"
    path.write_text(f"{','.join(SOURCE_COLUMNS)}\nours,A paper,Us,https://us.example,\n", "utf-8")

    read_sources(path, found=found)

    assert found.errors[0].says == "`read_on` is empty: write the day you read the source"


def test_a_fact_without_a_source_is_a_mistake(tmp_path: Path) -> None:
    found = Found()
    path = tmp_path / "facts.csv"
    path.write_text(f"{','.join(FACT_COLUMNS)}\nours,eight,,nobody,page 3\n", "utf-8")

    read_facts(path, sources={}, found=found)

    assert found.errors[0].says == "`source` 'nobody' is no row of sources.csv"


def test_an_own_fact_brings_its_source_to_the_page(
    editor: Path, building: Callable[[], Report], tmp_path: Path
) -> None:
    (editor / "sources.csv").write_text(
        f"{','.join(SOURCE_COLUMNS)}\nours,Talks held,Northmere Police,https://northmere.example,2026-11-01\n",
        "utf-8",
    )
    (editor / "facts.csv").write_text(f"{','.join(FACT_COLUMNS)}\ntalks,eight,,ours,page 3\n", "utf-8")
    (editor / "en/about.md").write_text(
        "---\ntitle: About\ntab: About\nsummary: About us.\n---\nWe held {fact talks} talks.\n", "utf-8"
    )

    building()

    shown = (tmp_path / "out/about/index.html").read_text("utf-8")
    assert "We held eight talks." in shown
    assert "Talks held" in shown
    assert '(<span lang="en">page 3</span>). Read on 1 November 2026.' in shown


def test_every_shipped_row_names_where_it_was_read(shipped: Path) -> None:
    found = Found()
    content = Path(read_routes.__code__.co_filename).parent / "content"

    sources = read_sources(content / "sources.csv", found=found)
    facts = read_facts(content / "facts.csv", sources=sources, found=found)
    helps = read_routes(content / "help.csv", today=TODAY, found=found)

    assert found.errors == []
    assert all(source.read_on and source.url.startswith("http") for source in sources.values())
    assert all(fact.where for fact in facts.values())
    assert all(route.source_url.startswith("http") for route in helps.values())
