"""Risk, circumstances, self-harm, family, the coping plan, chains, the diary and readiness move in with a person."""

import pytest
from tests import staff
from tests.programme.moving_in.test_moving_in import ROBIN, SESSION, brought, found

from desist.moving_in import commands
from desist.programme.chains import links
from desist.programme.chains.models import Chain, ChainLink
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.episodes.models import Episode
from desist.programme.moving_in.commands import CASELOAD
from desist.programme.plans.coping.models import CopingLine, CopingPlan
from desist.programme.plans.models import Readiness
from desist.programme.risk.models import AcuteFactor, RiskRating, Typology
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
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
CHAIN = {"key": "17", "chain": "1", "session": "1", "behaviour": "Drove round the block", "resisted": "no"}
LINK = {
    "key": "17",
    "chain": "1",
    "part": "link",
    "kind": "thought",
    "words": "I must know",
    "intensity": "4",
}
ROTA = {"key": "17", "target": "1", "name": "Checking the rota"}
DAY = {"key": "17", "day": "2026-01-10", "urge": "4", "act": "near", "substances": "no", "own": "1=3"}
DRINK = {"key": "17", "kind": "drink", "noticed_on": "2026-01-10", "until": "2026-01-24"}
REJECTED = {
    "key": "17",
    "motive": "rejected",
    "behaviours": "following",
    "rationale": "It ended",
    "rater": "Kit",
}
REJECTED |= {"rated_on": "2026-01-06"}
READY = {
    "key": "17",
    "ready": "unsure",
    "motivation": "mixed",
    "words": "Comes on time",
    "rated_on": "2026-01-06",
}
MORE = {
    "people": [ROBIN],
    "risks": [RISK],
    "circumstances": [ANIMALS],
    "self_harm": [HARM],
    "family": [SON],
    "coping": [SIGN, {**SIGN, "words": "I count the days"}, STEP],
    "sessions": [SESSION],
    "chains": [CHAIN],
    "links": [LINK, {**LINK, "words": "Nobody will notice", "intensity": ""}],
    "targets": [ROTA],
    "diary": [DAY],
    "factors": [DRINK, {**DRINK, "kind": "court", "ended_on": "2026-01-20"}],
    "types": [REJECTED],
    "readiness": [READY],
}
MODELS = (
    *(RiskRating, Circumstance, SelfHarm, Relative, CopingPlan, CopingLine),
    *(Chain, ChainLink, DiaryTarget, DiaryDay, AcuteFactor, Typology, Readiness),
)


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
    chain, day, target = Chain.objects.get(), episode.diary.get(), episode.diary_targets.get()
    assert list(chain.links.order_by("position").values_list("words", "intensity")) == [
        ("I must know", 4),
        ("Nobody will notice", None),
    ]
    assert (chain.session.number, day.urge, day.substances, day.own) == (1, 4, False, {target.ref: 3})
    assert list(episode.acute_factors.order_by("pk").values_list("kind", "over")) == [
        ("drink", ""),
        ("court", "over"),
    ]
    assert (episode.typologies.get().behaviours, episode.readiness.get().ready) == (["following"], "unsure")
    commands.take_back(CASELOAD, actor=boss, ref=row.ref, at=staff.NOW)
    tables = [*MODELS, *(model.pgh_event_model for model in MODELS if hasattr(model, "pgh_event_model"))]
    assert [table._default_manager.count() for table in tables] == [0] * len(tables)


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
        ("chains", {**CHAIN, "session": "3"}, "session", "No row of sessions says that session 3 was held"),
        ("chains", {**CHAIN, "repair": "Write her a letter"}, "repair", "Repair is never contact"),
        ("chains", {**CHAIN, "happened_on": "2027-01-06"}, "happened_on", "in the future"),
        ("links", LINK, "chain", "No row of chains has the number 1"),
        ("diary", DAY, "own", "No row of own targets has the number 1"),
        ("diary", {**DAY, "own": "rota 3"}, "own", "Write each as target=figure"),
        ("diary", {**DAY, "own": "", "day": "2027-01-10"}, "day", "in the future"),
        ("factors", {**DRINK, "until": "2026-09-01"}, "until", "three months at most"),
        ("coping", {**SIGN, "cue": "I want to write"}, "cue", "A step says when it applies"),
    ],
)
def test_what_does_not_fit_is_told_by_row_and_column(
    boss: Actor, table: str, row: dict[str, str], column: str, sentence: str
) -> None:
    ((sheet, number, at, said),) = found(boss, **{table: [row]})

    assert (sheet, number, at) == (table, 2, column)
    assert sentence in said


@pytest.mark.parametrize(("table", "row"), [("targets", ROTA), ("diary", {**DAY, "own": ""})])
def test_one_thing_in_two_rows_is_told_with_the_first(boss: Actor, table: str, row: dict[str, str]) -> None:
    ((sheet, number, _, said),) = found(boss, **{table: [row, row]})

    assert (sheet, number) == (table, 3)
    assert "Row 2 is about the same" in said


def test_a_chain_has_no_more_links_than_a_page_takes(boss: Actor) -> None:
    rows = [LINK] * (links.MOST + 2)

    ((sheet, number, _, said),) = found(boss, sessions=[SESSION], chains=[CHAIN], links=rows)

    assert (sheet, number, said) == ("links", links.MOST + 2, links.TOO_MANY)


def test_only_one_row_of_self_harm_moves_in(boss: Actor) -> None:
    ((*place, said),) = found(boss, self_harm=[HARM, HARM])

    assert place == ["self_harm", 3, "key"]
    assert "Only one row" in said
