"""Judgements of risk, circumstances, self-harm, family and the coping plan move in with a person, and go with them."""

import pytest
from tests import staff
from tests.programme.moving_in.test_moving_in import ROBIN, brought, found

from desist.moving_in import commands
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.episodes.models import Episode
from desist.programme.moving_in.commands import CASELOAD
from desist.programme.plans.coping.models import CopingLine, CopingPlan
from desist.programme.risk.models import RiskRating
from desist.refusals import Refused
from desist.wall.actors import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys", "practitioner")]

RISK = {
    "key": "17",
    "tool": "sam",
    "tool_version": "2",
    "result": "Moderate",
    "rationale": "He still writes each week",
    "rater": "Kit Marlow",
    "rater_trained": "yes",
    "rated_on": "2026-01-06",
    "review_on": "2026-04-06",
}
ANIMALS = {"key": "17", "kind": "animals", "words": "A dog", "said_by": "He", "review_on": "2026-07-01"}
HARM = {"key": "17", "history": "None known", "review_on": "2026-07-01"}
SON = {"key": "17", "name": "Eldest son", "tie": "child", "care": "other_parent", "contact_order": "none"}
SIGN = {"key": "17", "part": "sign", "cue": "", "words": "I sleep badly"}
STEP = {"key": "17", "part": "step", "cue": "I want to write", "words": "I will ring Sam"}
MORE = {
    "people": [ROBIN],
    "risks": [RISK],
    "circumstances": [ANIMALS],
    "self_harm": [HARM],
    "family": [SON],
    "coping": [SIGN, {**SIGN, "words": "I count the days"}, STEP],
}
MODELS = (RiskRating, Circumstance, SelfHarm, Relative, CopingPlan, CopingLine)


def test_each_row_is_there_and_all_of_them_go_when_the_import_is_taken_back(boss: Actor) -> None:
    row = brought(boss, MORE)

    episode = Episode.objects.get()
    assert episode.risk_ratings.get().rater_trained
    assert episode.circumstances.get().words == "A dog"
    assert episode.self_harm.get().history == "None known"
    assert episode.relatives.get().name == "Eldest son"
    lines = (
        episode.coping_plans.get().lines.order_by("part", "position").values_list("part", "position", "cue")
    )
    assert list(lines) == [("sign", 1, ""), ("sign", 2, ""), ("step", 1, "I want to write")]
    assert row.counts["judgement of risk"] == row.counts["coping plan"] == 1
    commands.take_back(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    assert [model._default_manager.count() for model in MODELS] == [0] * len(MODELS)


def test_work_on_one_of_them_keeps_the_import_here(boss: Actor) -> None:
    row = brought(boss, MORE)
    Circumstance.objects.update(words="Two dogs")

    with pytest.raises(Refused, match="someone has worked with people of this import"):
        commands.take_back(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)


@pytest.mark.parametrize(
    ("table", "row", "column", "sentence"),
    [
        ("risks", {**RISK, "review_on": "2026-01-06"}, "review_on", "The review must come after the rating"),
        ("risks", {**RISK, "rated_on": "2027-01-06", "review_on": "2027-02-01"}, "rated_on", "in the future"),
        ("circumstances", {**ANIMALS, "since": "2027-01-06"}, "since", "in the future"),
        ("self_harm", {**HARM, "history": ""}, "history", "Say something in one part at least"),
        ("coping", {**STEP, "cue": ""}, "cue", "A step says when it applies"),
        ("coping", {**SIGN, "cue": "I want to write"}, "cue", "A step says when it applies"),
    ],
)
def test_what_does_not_fit_is_told_by_row_and_column(
    boss: Actor, table: str, row: dict[str, str], column: str, sentence: str
) -> None:
    ((sheet, number, at, said),) = found(boss, **{table: [row]})

    assert (sheet, number, at) == (table, 2, column)
    assert sentence in said


def test_only_one_row_of_self_harm_moves_in(boss: Actor) -> None:
    ((*place, said),) = found(boss, self_harm=[HARM, HARM])

    assert place == ["self_harm", 3, "key"]
    assert "Only one row" in said
