"""One box for a day: what is understood of what people type, shown at once; without scripts the three boxes stay."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from tests import looking

pytestmark = pytest.mark.browser

#: a Thursday
NOW = datetime(2026, 12, 3, 10, 0, tzinfo=UTC)
PAST, AHEAD, BORN = {"latest": "2026-12-03"}, {"earliest": "2026-12-03"}, {"born": ""}
#: the ends of a field, what is typed, the day that is understood or the texts that the server gets
UNDERSTOOD: list[tuple[dict[str, str], str, str | list[str]]] = [
    ({}, "8 dec", "2026-12-08"),
    ({}, "dec 8", "2026-12-08"),
    ({}, "8th December, 2026", "2026-12-08"),
    ({}, "8dec", "2026-12-08"),
    ({}, "8/12", "2026-12-08"),
    ({}, "8.12.26", "2026-12-08"),
    ({}, "2026-12-08", "2026-12-08"),
    ({}, "08122026", "2026-12-08"),
    ({}, "Tue 8 Dec 2026", "2026-12-08"),
    ({}, "today", "2026-12-03"),
    ({}, "tomorrow", "2026-12-04"),
    ({}, "tue", "2026-12-08"),
    ({}, "thu", "2026-12-03"),
    ({}, "next tue", "2026-12-08"),
    ({}, "next thursday", "2026-12-10"),
    ({}, "last tue", "2026-12-01"),
    ({}, "in 2 weeks", "2026-12-17"),
    ({}, "3 days ago", "2026-11-30"),
    (PAST, "tue", "2026-12-01"),
    (PAST, "8 dec", "2025-12-08"),
    (PAST, "2 jan", "2026-01-02"),
    (AHEAD, "2 dec", "2027-12-02"),
    ({}, "2 jan", "2027-01-02"),
    (AHEAD, "2 jan", "2027-01-02"),
    ({}, "29 feb 2028", "2028-02-29"),
    (BORN, "27 3 85", "1985-03-27"),
    (BORN, "27/3/04", "2004-03-27"),
    (BORN, "27 3 1985", "1985-03-27"),
    (BORN, "27 march", ["27", "3", ""]),
    ({}, "31 feb 2026", ["31", "2", "2026"]),
    ({}, "soon", ["soon", "", ""]),
    ({}, "8", ["8", "", ""]),
    ({}, "8 12 2026 9", ["8 12 2026 9", "", ""]),
    ({}, "", ["", "", ""]),
]
READ = """async ([script, cases, now]) => {
  const { understood } = await import(script);
  return cases.map(([ends, typed]) => {
    const { texts, day } = understood(typed, ends, new Date(now));
    return day ? day.toISOString().slice(0, 10) : texts;
  });
}"""


def opened(page: Page) -> Page:
    """Open a page with two days, at a fixed moment."""
    page.clock.set_fixed_time(NOW)
    page.goto("/ask/")
    page.get_by_label("Decline", exact=True).check()
    return page


def test_a_day_is_understood_as_people_write_it(page: Page) -> None:
    opened(page)
    script = page.evaluate("document.querySelector('script[type=module]').src.replace('main', 'date')")

    found = page.evaluate(READ, [script, [case[:2] for case in UNDERSTOOD], "2026-12-03T00:00Z"])

    assert list(zip([case[1] for case in UNDERSTOOD], found, strict=True)) == [
        case[1:] for case in UNDERSTOOD
    ]


def test_what_was_understood_stands_beside_the_box_and_is_what_the_server_reads(page: Page) -> None:
    opened(page)
    box = page.get_by_label("When they were told", exact=False).first
    said = page.locator("#id_when-box-understood")

    for typed, sentence in (
        ("8 dec", "Tuesday 8 December 2026"),
        ("31 feb 2026", "There is no such day"),
        ("soonish", "Write a day, like 8 dec, tue or 8/12/2026"),
        ("1/1/1899", "Sunday 1 January 1899: too early, Monday 1 January 1900 is the first day"),
        ("", ""),
        ("tue", "Tuesday 8 December 2026"),
    ):
        box.fill(typed)
        expect(said).to_have_text(sentence)
    assert [page.locator(f"[name=when-{part}]").input_value() for part in ("day", "month", "year")] == [
        "8",
        "12",
        "2026",
    ]
    assert looking.findings(page) == []


def test_a_birth_without_a_year_is_asked_for_it(page: Page) -> None:
    box = opened(page).get_by_label("Date of birth", exact=True)

    box.fill("27 march")

    expect(page.locator("#id_born-box-understood")).to_have_text("Add the year")


def test_words_that_are_no_day_come_back_into_the_box_with_the_reason(page: Page) -> None:
    box = opened(page).get_by_label("Date of birth", exact=True)
    box.fill("soonish")

    page.get_by_role("button", name="Send the decision").click()

    page.locator(".govuk-error-summary").get_by_text("Date of birth must include a month and a year").click()
    expect(box).to_be_focused()
    expect(box).to_have_value("soonish")


def test_a_day_is_chosen_in_the_month_by_keys(page: Page) -> None:
    page.set_viewport_size(looking.PHONE)
    opened(page)
    box = page.get_by_label("When they were told", exact=False).first
    box.fill("8 dec")
    page.get_by_role("button", name="Choose date").last.click()
    expect(page.get_by_role("dialog").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert looking.findings(page) == []

    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(page.locator("#id_when-box-understood")).to_have_text("Wednesday 9 December 2026")
    expect(box).to_have_value("9/12/2026")
