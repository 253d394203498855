"""The coping plan: written together, versioned whole, read for words that lead to a person before it is shown."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.plans.coping import commands, queries
from desist.programme.plans.coping.commands import Plan, Step
from desist.programme.plans.coping.models import CopingLine, CopingPlan
from desist.refusals import Changed
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent

PLAN = {
    "signs": "I sleep badly\n\n I count the days ",
    "cue_1": "I want to send a message",
    "act_1": "put the phone in the drawer",
    "ring": "Dad, after six",
    "helps": "Cooking",
}
WHOLE = Plan(
    ("I sleep badly", "I count the days"),
    (Step("I want to send a message", "put the phone in the drawer"),),
    ("Dad, after six",),
    ("Cooking",),
)


def write(browser: Client, episode: Episode, version: int = 0, **changes: str) -> str:
    """Write a plan, and return what the page after it says."""
    sent = {**PLAN, "form_version": str(version), "form_submission": f"{version}-{changes}"[:60], **changes}
    return text(browser.post(f"/coping/{episode.ref}/write/", sent, follow=True))


@pytest.mark.django_db
def test_a_plan_is_written_together_and_its_versions_stay(kit_browser: Client, episode: Episode) -> None:
    first = write(kit_browser, episode)
    second = write(kit_browser, episode, version=1, helps="Cooking\nFootball")

    assert "When I want to send a message, I will put the phone in the drawer" in first
    assert "Version 2, written by you" in second
    assert "Earlier versions" in second
    assert commands.plan_of(CopingPlan.objects.get(number=1)) == WHOLE
    assert queries.current(episode=episode).helps == ("Cooking", "Football")


@pytest.mark.django_db
def test_a_form_sent_twice_and_a_plan_that_says_the_same_make_no_version(
    kit_browser: Client, episode: Episode
) -> None:
    write(kit_browser, episode)
    write(kit_browser, episode)
    write(kit_browser, episode, version=1, form_submission="another")

    assert CopingPlan.objects.count() == 1


@pytest.mark.django_db
def test_of_two_who_write_the_second_sees_the_newer_version_and_keeps_the_words(
    kit_browser: Client, episode: Episode
) -> None:
    write(kit_browser, episode)

    page = write(kit_browser, episode, helps="Swimming")

    assert "a colleague wrote a newer version" in page
    assert "Version 1, written by you" in page
    assert "Swimming" in page
    assert "Swimming" in write(kit_browser, episode, version=1, helps="Swimming")


@pytest.mark.django_db
@pytest.mark.parametrize("version", [None, 3])
def test_a_version_that_nobody_saw_is_not_replaced(
    actor: Actor, episode: Episode, version: int | None
) -> None:
    with pytest.raises(Changed):
        commands.write(
            actor=actor,
            episode=episode.ref,
            plan=WHOLE,
            replaces=version,
            submission="x",
            at=factories.NOW,
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"act_1": ""}, "Enter what you will do then"),
        ({"cue_1": ""}, "Enter when you will do it"),
        (dict.fromkeys(PLAN, ""), "Enter at least one line of the plan"),
        ({"signs": "\n".join("abcdefghij")}, "Enter at most 8 lines"),
        ({"signs": "x" * 201}, "Make each line shorter"),
    ],
)
def test_what_is_missing_is_asked_for_and_the_words_are_kept(
    kit_browser: Client, episode: Episode, changes: dict[str, str], said: str
) -> None:
    sent = {**PLAN, "form_version": "0", "form_submission": "x", **changes}
    page = text(kit_browser.post(f"/coping/{episode.ref}/write/", sent))

    assert said in page
    assert not CopingPlan.objects.exists()


@pytest.mark.django_db
def test_words_that_lead_to_a_person_are_kept_only_with_an_answer(
    kit_browser: Client, episode: Episode
) -> None:
    number = "Lee, 07700 900 123"
    refused = write(kit_browser, episode, ring=number)
    kept = write(kit_browser, episode, ring=number, false_alarm="nobody_protected", form_submission="again")

    assert "looks like a telephone number" in refused
    assert number in kept
    assert "ring" in AuditEvent.objects.filter(action="programme.answer_for_words").get().reason
    assert number in text(kit_browser.get(f"/coping/{episode.ref}/shared/"))


@pytest.mark.django_db
def test_words_that_nobody_answered_for_are_not_shown_to_the_person(
    kit_browser: Client, episode: Episode
) -> None:
    write(kit_browser, episode)
    plan = CopingPlan.objects.get()
    CopingLine.objects.create(plan=plan, part="sign", position=9, words="I wait at 12 Quarry Lane")
    CopingLine.objects.create(
        plan=plan, part="step", position=9, cue="I pass 12 Quarry Lane", words="turn round"
    )

    page, shown = (text(kit_browser.get(f"/coping/{episode.ref}/{end}")) for end in ("", "shared/"))

    assert "looks like an address" in page
    assert "Quarry" not in shown
    assert "turn round" not in shown
    assert "Dad, after six" in shown


@pytest.mark.django_db
def test_before_there_is_a_plan_the_page_says_what_to_do(kit_browser: Client, episode: Episode) -> None:
    assert "No coping plan yet" in text(kit_browser.get(f"/coping/{episode.ref}/"))
    assert queries.current(episode=episode) == Plan()


LINES = st.lists(st.text("abc 0123", min_size=1, max_size=9).filter(str.strip), max_size=3).map(tuple)


@given(
    signs=LINES,
    ring=LINES,
    helps=LINES,
    steps=st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=3),
)
def test_nothing_withheld_is_shown_and_everything_else_is(
    signs: tuple[str, ...], ring: tuple[str, ...], helps: tuple[str, ...], steps: list[tuple[str, str]]
) -> None:
    plan = Plan(signs, tuple(Step(*one) for one in steps), ring, helps)

    for place in plan.texts:
        shown = queries.as_shown(plan, {place: "why"})
        others = {name: text for name, text in plan.texts.items() if name != place}
        half = place.replace("cue", "act") if "cue" in place else place.replace("act", "cue")
        rest = {text for name, text in others.items() if name != half and text}
        assert rest <= {
            *shown.texts.values(),
            *(one.cue for one in shown.steps),
            *(one.words for one in shown.steps),
        }
    assert queries.as_shown(plan, {}) == plan
