"""Readiness and motivation: judged on a day, in two codes and a line; what was judged before stays."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.plans.models import Readiness
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

JUDGED = {
    "ready": "unsure",
    "motivation": "mixed",
    "words": "Asks what comes after",
    "rated_on-day": "3",
    "rated_on-month": "3",
    "rated_on-year": "2026",
    "form_submission": "one",
}


def test_a_judgement_is_kept_once_beside_the_one_before(kit_browser: Client, episode: Episode) -> None:
    factories.readiness(episode=episode, words="Came because the court asked")

    for _ in range(2):
        answer = kit_browser.post(f"/plans/{episode.ref}/readiness/", JUDGED, follow=True)

    page = text(answer)
    assert Readiness.objects.count() == 2
    assert page.index("In two minds For others and for themselves Asks what comes after you") < page.index(
        "Came because the court asked"
    )
    assert "Readiness judged" in text(kit_browser.get(f"/history/{episode.ref}/"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": " "}, "Answer “What do you judge that by?”"),
        ({"ready": "zealous"}, "Choose one of the answers shown"),
        ({"rated_on-year": "2030"}, "2026"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_the_words(
    kit_browser: Client, episode: Episode, wrong: dict[str, str], said: str
) -> None:
    answer = kit_browser.post(f"/plans/{episode.ref}/readiness/", {**JUDGED, **wrong})

    assert answer.status_code == 422
    assert said in text(answer)
    assert {**JUDGED, **wrong}["words"] in answer.content.decode()
    assert not Readiness.objects.exists()


def test_who_does_not_work_with_the_person_judges_nothing(
    signed_in: Callable[..., Client], kit_browser: Client, episode: Episode
) -> None:
    factories.readiness(episode=episode)
    page = f"/plans/{episode.ref}/"

    supervisor = signed_in(role=Role.SUPERVISOR, account=factories.account(name="Sol Arden"))
    assert supervisor.post(f"{page}readiness/", JUDGED).status_code in {403, 404}
    assert "Judge readiness" in text(kit_browser.get(page))
