"""The curriculum: a draft is a copy, a version in use is never changed, and what is planned keeps what it was."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.programme import factories
from tests.programme.reading import button, text

from desist import working_days
from desist.instruments import library
from desist.programme.clocks import LONDON
from desist.programme.curriculum import commands, outline
from desist.programme.curriculum.models import Curriculum
from desist.programme.curriculum.states import TRANSITIONS, State
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.skills import catalogue
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

FIRST = working_days.after(datetime.now(LONDON).date(), 7)
PLAN = {
    "first-day": str(FIRST.day),
    "first-month": str(FIRST.month),
    "first-year": str(FIRST.year),
    "at": "10am",
    "room": "remote",
}


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def draft(manager: Client) -> Curriculum:
    """A copy of what comes with Desist."""
    manager.post("/curriculum/start/")
    return Curriculum.objects.get()


def session_form(draft: Curriculum, **fields: Any) -> dict[str, Any]:
    module = draft.modules.order_by("position").first()
    assert module is not None
    given = {
        "title": "Beginning well",
        "module": module.ref,
        "minutes": "75",
        "skills": ["notice"],
        "measures": ["gad-7"],
        "form_version": str(Curriculum.objects.get(pk=draft.pk).version),
    }
    return given | fields


def put_into_use(manager: Client, draft: Curriculum) -> None:
    version = Curriculum.objects.get(pk=draft.pk).version
    manager.post(f"/curriculum/{draft.ref}/use/", {"reason": "As we do it", "form_version": str(version)})


def plan(browser: Client, episode: Episode, **fields: str) -> None:
    form = {**PLAN, "form_version": "1", **fields}
    seen = button(browser.post(f"/planner/{episode.ref}/plan/", form), "confirm")
    browser.post(f"/planner/{episode.ref}/plan/", {**form, "confirm": seen})


def test_what_comes_with_desist_is_whole() -> None:
    shipped = outline.shipped()

    assert [one.number for one in shipped.sessions] == list(outline.TWELVE)
    assert {one.module for one in shipped.sessions} == {one.name for one in shipped.modules}
    assert all(outline.LEAST_MINUTES <= one.minutes <= outline.MOST_MINUTES for one in shipped.sessions)
    assert {key for one in shipped.sessions for key in one.skills} <= set(catalogue.BY_KEY)
    assert {name for one in shipped.sessions for name in one.measures} <= {
        one.name for one in library.current()
    }
    assert set(TRANSITIONS) == set(State)


def test_until_somebody_writes_another_the_illustrative_one_is_read(kit_browser: Client) -> None:
    page = text(kit_browser.get("/curriculum/"))

    assert "The example that comes with Desist" in page
    assert "Getting started" in page
    assert "Begin a draft" not in page


def test_a_draft_is_a_copy_and_there_is_one(manager: Client, draft: Curriculum) -> None:
    manager.post("/curriculum/start/")

    assert commands.programme(draft) == outline.shipped()
    assert Curriculum.objects.count() == 1
    assert "Continue the draft" in text(manager.get("/curriculum/"))


def test_a_session_of_a_draft_is_changed_and_nothing_in_use_is(manager: Client, draft: Curriculum) -> None:
    first = draft.sessions.get(number=1)

    manager.post(f"/curriculum/session/{first.ref}/", session_form(draft))

    first.refresh_from_db()
    assert (first.title, first.minutes, first.skills, first.measures) == (
        "Beginning well",
        75,
        ["notice"],
        ["gad-7"],
    )
    assert commands.current(factories.AREA) == outline.shipped()


def test_modules_are_added_renamed_and_named_once(manager: Client, draft: Curriculum) -> None:
    manager.post(f"/curriculum/{draft.ref}/module/", {"name": "More", "words": "", "form_version": "1"})
    added = draft.modules.get(name="More")
    manager.post(
        f"/curriculum/module/{added.ref}/", {"name": "Extra", "words": "For more", "form_version": "2"}
    )

    taken = manager.post(f"/curriculum/module/{added.ref}/", {"name": "Thinking", "form_version": "3"})
    again = manager.post(f"/curriculum/{draft.ref}/module/", {"name": "Extra", "form_version": "3"})

    added.refresh_from_db()
    assert (added.position, added.name, added.words) == (8, "Extra", "For more")
    assert (taken.status_code, again.status_code) == (422, 422)
    assert "another module has this name" in text(again)
    page = text(manager.get(f"/curriculum/{draft.ref}/"))
    assert "No session is in this module" in page


def test_a_draft_in_use_is_what_plans_follow_and_what_was_planned_stays(
    manager: Client, kit_browser: Client, episode: Episode, draft: Curriculum
) -> None:
    plan(kit_browser, episode)
    manager.post(f"/curriculum/session/{draft.sessions.get(number=1).ref}/", session_form(draft))
    put_into_use(manager, draft)
    later = factories.episode(
        referral=factories.referral(family_name="Later"), practitioner=episode.allocations.get().practitioner
    )
    plan(kit_browser, later, at="2pm")

    before = Session.objects.get(episode=episode, number=1)
    after = Session.objects.get(episode=later, number=1)
    assert (before.about, before.curriculum) == (outline.shipped().outline(1).title, outline.SHIPPED)
    assert (after.about, after.curriculum, after.skills) == ("Beginning well", 1, ["notice"])
    assert (after.period.upper - after.period.lower).seconds == 75 * 60
    page = text(kit_browser.get(f"/sessions/{after.ref}/prepare/"))
    assert "Beginning well" in page
    assert "GAD-7" in page


def test_a_version_takes_the_place_of_the_one_before(manager: Client, draft: Curriculum) -> None:
    put_into_use(manager, draft)
    manager.post("/curriculum/start/")
    second = Curriculum.objects.get(state="draft")
    put_into_use(manager, second)

    states = dict(Curriculum.objects.values_list("number", "state"))
    page = text(manager.get("/curriculum/"))
    assert states == {1: "past", 2: "current"}
    assert "Version 2, in use" in page
    assert "Version 1 , until" in page
    assert "As we do it" in text(manager.get(f"/curriculum/{draft.ref}/"))


def test_what_was_put_into_use_or_given_up_is_not_written_any_more(
    manager: Client, draft: Curriculum
) -> None:
    first = draft.sessions.get(number=1)
    put_into_use(manager, draft)

    answer = manager.post(f"/curriculum/session/{first.ref}/", session_form(draft, form_version="1"))
    dropped = manager.post(f"/curriculum/{draft.ref}/drop/", follow=True)

    assert answer.status_code == 422
    assert "Beginning well" in answer.content.decode()
    assert "no longer a draft" in text(answer)
    assert "is no longer a draft" in text(dropped)
    draft.refresh_from_db()
    assert draft.state == "current"


def test_a_draft_given_up_leaves_room_for_another(manager: Client, draft: Curriculum) -> None:
    manager.post(f"/curriculum/{draft.ref}/drop/")
    manager.post("/curriculum/start/")

    assert list(Curriculum.objects.order_by("pk").values_list("state", flat=True)) == ["dropped", "draft"]
    assert "a discarded draft" in text(manager.get(f"/curriculum/{draft.ref}/"))


@pytest.mark.parametrize("page", ["session", "use"])
def test_two_who_write_at_once_lose_no_word(manager: Client, draft: Curriculum, page: str) -> None:
    first = draft.sessions.get(number=1)
    manager.post(f"/curriculum/session/{first.ref}/", session_form(draft))
    stale = session_form(draft, title="Mine", form_version="1", reason="Mine")
    address = f"/curriculum/session/{first.ref}/" if page == "session" else f"/curriculum/{draft.ref}/use/"

    answer = manager.post(address, stale)

    assert answer.status_code == 422
    assert "this draft was changed after you opened the page" in text(answer)
    assert "Mine" in answer.content.decode()
    again = manager.post(address, {**stale, "form_version": "2"})
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Answer “What is the session about?”"),
        ("minutes", "151", "between 30 and 150"),
        ("minutes", "half an hour", "must be a whole number"),
        ("module", "another-draft", "Choose one of the answers shown"),
        ("skills", ["magic"], "Choose among the answers shown"),
        ("title", "x" * 121, "120 characters or fewer"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(
    manager: Client, draft: Curriculum, field: str, value: Any, sentence: str
) -> None:
    first = draft.sessions.get(number=1)

    answer = manager.post(f"/curriculum/session/{first.ref}/", session_form(draft, **{field: value}))

    assert answer.status_code == 422
    assert sentence in text(answer)


def test_the_database_keeps_one_version_in_use(draft: Curriculum) -> None:
    used: dict[str, Any] = {"reason": "x", "used_by": "carol", "used_at": factories.NOW, "state": "current"}
    factories.curriculum(number=1, **used)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.curriculum(number=2, **used)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.curriculum(number=None, **used)
