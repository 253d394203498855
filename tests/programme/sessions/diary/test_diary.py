"""The diary as typed from paper: a week as one grid, details of a day, and nothing lost between two pages."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.programme.reading import text

from desist.programme.clocks import LONDON
from desist.programme.episodes.models import Episode
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
from desist.ui import dates
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

WEEK = {"urge": "4320143", "act": "1110041", "sleep_hours": "7657756"}


@pytest.fixture
def today() -> date:
    return timezone.now().astimezone(LONDON).date()


def address(episode: Episode, day: date) -> str:
    return f"/diary/{episode.ref}/week/{day.isoformat()}/"


def typed(last: date, version: int = 0, /, **rows: str) -> dict[str, str]:
    """The cells of seven days up to one, a figure a day; a space is an empty cell."""
    days = [last - timedelta(days=6 - number) for number in range(7)]
    cells = {
        f"{key}-{day.isoformat()}": figure.strip()
        for key, figures in rows.items()
        for day, figure in zip(days, figures, strict=True)
    }
    return {"form_version": str(version), **cells}


def test_a_week_is_typed_as_it_stands_on_paper(kit_browser: Client, episode: Episode, today: date) -> None:
    answer = kit_browser.post(
        address(episode, today), typed(today, **WEEK, substances="010 - 1"), follow=True
    )

    rows = list(DiaryDay.objects.order_by("day"))
    assert [one.urge for one in rows] == [4, 3, 2, 0, 1, 4, 3]
    assert [one.act for one in rows] == [*["resisted"] * 3, "none", "none", "contact", "resisted"]
    assert [one.substances for one in rows] == [False, True, False, None, None, None, True]
    assert "is saved: 7 of 7 days have an entry." in text(answer)
    assert "Tried to make contact, or made it" in text(answer)


def test_days_that_are_filled_in_later_say_on_which_day(
    kit_browser: Client, episode: Episode, today: date
) -> None:
    kit_browser.post(address(episode, today), typed(today, urge="4     3"))

    page = text(kit_browser.get(f"/diary/{episode.ref}/"))

    assert page.count("Back-filled, entered") == 1
    assert "Back-filled on" in page
    assert "On the day" in page


def test_the_same_week_sent_twice_is_kept_once(kit_browser: Client, episode: Episode, today: date) -> None:
    for _ in range(2):
        answer = kit_browser.post(address(episode, today), typed(today, **WEEK))

    assert answer.status_code == 302
    assert set(DiaryDay.objects.values_list("version", flat=True)) == {1}


def test_a_stale_page_keeps_its_figures_shows_both_and_overwrites_nothing(
    kit_browser: Client, episode: Episode, today: date
) -> None:
    kit_browser.post(address(episode, today), typed(today, urge="4444444"))

    stale = kit_browser.post(address(episode, today), typed(today, urge="4444441"))

    assert stale.status_code == 422
    assert "these days were changed elsewhere at" in text(stale)
    assert "saved: 4" in text(stale)
    assert 'value="1"' in stale.content.decode()
    assert set(DiaryDay.objects.values_list("urge", flat=True)) == {4}

    combined = kit_browser.post(address(episode, today), typed(today, 7, urge="4444441"))
    assert combined.status_code == 302
    assert DiaryDay.objects.get(day=today).urge == 1


def test_the_grid_saves_itself_what_could_be_read_and_names_the_rest(
    kit_browser: Client, episode: Episode, today: date
) -> None:
    save = f"{address(episode, today)}save/"

    answer = kit_browser.post(save, typed(today, urge="4x4444-"))
    stale = kit_browser.post(save, typed(today, urge="1111111"))
    whole = kit_browser.post(save, typed(today, 5, urge="4344444"))

    assert (answer.status_code, answer["Desist-Version"]) == (422, "5")
    assert "Type a figure from 0 to 5, or a dash where the paper has none" in answer.content.decode()
    assert (stale.status_code, "changed elsewhere" in text(stale)) == (409, True)
    assert (whole.status_code, whole["Desist-Version"]) == (204, "7")


def test_figures_beyond_their_row_are_refused_by_name_and_kept(
    kit_browser: Client, episode: Episode, today: date
) -> None:
    answer = kit_browser.post(address(episode, today), typed(today, urge="9      ", sleep_hours="abc4567"))

    assert answer.status_code == 422
    first = dates.weekday(today - timedelta(days=6))
    assert f"Strongest urge, {first}: Type a figure from 0 to 5" in text(answer)
    assert 'value="9"' in answer.content.decode()
    assert not DiaryDay.objects.exists()


def test_the_details_of_a_day_open_from_the_grid(kit_browser: Client, episode: Episode, today: date) -> None:
    kit_browser.post(address(episode, today), typed(today, **WEEK))
    day = today - timedelta(days=1)
    path = f"/diary/{episode.ref}/{day.isoformat()}/"
    said = {"hour": "21", "skill": "ride", "note": "Walked home", "form_version": "1"}

    answer = kit_browser.post(path, said, follow=True)
    stale = kit_browser.post(path, {**said, "note": "Other words"})

    row = DiaryDay.objects.get(day=day)
    assert (row.hour, row.skill, row.note, row.urge, row.version) == (21, "ride", "Walked home", 4, 2)
    assert "Ride the urge" in text(answer)
    assert stale.status_code == 422
    assert "this day was changed elsewhere at" in text(stale)
    assert "Other words" in text(stale)


def test_a_day_with_details_alone_is_kept(kit_browser: Client, episode: Episode, today: date) -> None:
    path = f"/diary/{episode.ref}/{today.isoformat()}/"
    kit_browser.post(path, {"hour": "", "skill": "", "note": "Quiet", "form_version": "0"})

    assert DiaryDay.objects.get().note == "Quiet"


def test_a_target_of_the_persons_own_is_a_row_until_it_is_ended(
    kit_browser: Client, episode: Episode, today: date
) -> None:
    targets = f"/diary/{episode.ref}/targets/"
    kit_browser.post(targets, {"name": "Checking her rota", "form_submission": "one"})
    own = DiaryTarget.objects.get()

    kit_browser.post(address(episode, today), typed(today, **{own.ref: "  3  2-"}))
    kit_browser.post(address(episode, today), typed(today, 2, **{own.ref: "  3    "}))
    assert "Checking her rota" in text(kit_browser.get(f"/diary/{episode.ref}/"))
    kit_browser.post(f"{targets}{own.ref}/end/")

    kept = {row.day: row.own for row in DiaryDay.objects.order_by("day")}
    assert list(kept.values()) == [{own.ref: 3}, {}]
    assert "Checking her rota" not in text(kit_browser.get(f"/diary/{episode.ref}/"))


def test_a_target_that_leads_to_a_person_stands_on_the_card_only_with_an_answer(
    kit_browser: Client, episode: Episode
) -> None:
    sent = {"name": "Past 12 Quarry Lane", "form_submission": "one"}

    refused = kit_browser.post(f"/diary/{episode.ref}/targets/", sent)
    assert refused.status_code == 422
    assert "looks like an address" in text(refused)
    assert not DiaryTarget.objects.exists()

    kit_browser.post(f"/diary/{episode.ref}/targets/", {**sent, "false_alarm": "not_a_place"})
    assert DiaryTarget.objects.get().name == "Past 12 Quarry Lane"


def test_a_fifth_target_of_their_own_is_refused(kit_browser: Client, episode: Episode) -> None:
    for number in range(5):
        answer = kit_browser.post(
            f"/diary/{episode.ref}/targets/", {"name": f"Target {number}", "form_submission": f"s{number}"}
        )

    assert answer.status_code == 422
    assert "A diary has at most 4 targets of the person’s own. End one first" in text(answer)
    assert DiaryTarget.objects.count() == 4


def test_a_day_that_lies_ahead_or_is_impossible_is_not_there(
    kit_browser: Client, episode: Episode, today: date
) -> None:
    ahead = kit_browser.get(f"/diary/{episode.ref}/{(today + timedelta(days=1)).isoformat()}/")
    impossible = kit_browser.get(f"/diary/{episode.ref}/2026-02-30/")
    odd = kit_browser.get(f"/diary/{episode.ref}/?to=yesterday")

    assert (ahead.status_code, impossible.status_code, odd.status_code) == (404, 404, 200)


def test_a_page_of_days_ahead_ends_today_and_one_of_before_leads_on(
    kit_browser: Client, episode: Episode, today: date
) -> None:
    ahead = kit_browser.get(address(episode, today + timedelta(days=9)))
    before = kit_browser.get(f"/diary/{episode.ref}/?to={(today - timedelta(days=3)).isoformat()}")

    assert "Seven days after" not in text(ahead)
    assert f"?to={today.isoformat()}" in before.content.decode()


def test_a_supervisor_reads_the_grid(
    kit_browser: Client, signed_in: Callable[..., Client], episode: Episode, today: date
) -> None:
    kit_browser.post(address(episode, today), typed(today, **WEEK))

    page = signed_in(role=Role.SUPERVISOR).get(f"/diary/{episode.ref}/")

    assert "Strongest urge" in text(page)
    assert "<input" not in page.content.decode().split("diary-grid")[1].split("</table>")[0]


def test_nothing_typed_says_so(kit_browser: Client, episode: Episode) -> None:
    assert "Nothing has been entered yet" in text(kit_browser.get(f"/diary/{episode.ref}/"))


def test_a_diary_costs_the_same_queries_however_full(
    kit_browser: Client, episode: Episode, today: date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for weeks in range(2):
        last = today - timedelta(weeks=weeks)
        kit_browser.post(address(episode, last), typed(last, **WEEK), follow=True)

    with django_assert_num_queries(6):
        kit_browser.get(f"/diary/{episode.ref}/")
