"""Skills, the plan, questions and the notice, as the person has them on their phone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.instruments.files import questionnaire, sealed
from tests.participant.conftest import coping
from tests.programme import factories

from desist.instruments import fhir, library
from desist.letters import Variant
from desist.programme.episodes.models import Episode
from desist.programme.measures import commands
from desist.programme.measures.models import Measure
from desist.programme.pages.home.caring import SAFETY_CHECKS
from desist.programme.plans.coping.models import CopingLine
from desist.programme.sessions.models import SessionFeedback
from desist.programme.sessions.practice.models import SkillPractice
from desist.skills import texts
from desist.ui.dates import day_of
from desist.wall import actors

Begun = Callable[..., Client]
FEEDBACK = {"said": "4", "understood": "3", "pace": "2", "clear": "1"}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def loaded(name: str) -> None:
    wording = fhir.read(sealed(questionnaire(library.instrument(name=name))), instrument=name)
    commands.load_wording(actor=actors.clock(), wording=wording, at=timezone.now())


def ahead(episode: Episode, days: int = 2, **fields: Any) -> Any:
    start = timezone.now() + timedelta(days=days)
    period = TimestamptzRange(start, start + timedelta(hours=1))
    return factories.session(episode=episode, period=period, **fields)


def test_a_skill_has_its_words_in_three_forms(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)

    assert "Ride the urge" in text(phone.get("/skills/"))
    assert texts.library()["ride"].texts[Variant.PLAIN].steps[0] in text(phone.get("/skills/ride/"))
    assert 'lang="cy"' in text(phone.get("/skills/ride/?form=welsh"))
    assert "Take a breath" in text(phone.get("/skills/notice/"))
    assert phone.get("/skills/nonsense/").status_code == 404


def test_a_skill_has_its_worksheet_its_words_to_listen_to_and_its_version(
    robin: Episode, begun: Begun
) -> None:
    phone, known = begun(robin), texts.library()["ride"]
    shown = text(phone.get("/skills/ride/"))

    assert "You do not have to fight it" in shown
    assert "What I did instead:" in shown
    assert f"Version {known.version}," in shown
    assert "Not reviewed yet: talk it through with your practitioner first." in shown
    assert "Mae’r don yn disgyn" in text(phone.get("/skills/ride/?form=welsh"))


def test_practice_is_logged_once_with_whether_it_helped(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    said = {"ago": "1", "helped": "little", "note": "On the bus", "form_submission": "a" * 20}
    for _ in range(2):
        assert phone.post("/skills/ride/", said).status_code == 302

    row = SkillPractice.objects.get()
    assert (row.skill, row.helped, row.note, row.entered_by) == ("ride", "little", "On the bus", "phone")
    assert row.day == day_of(timezone.now()) - timedelta(days=1)
    assert "It helped a little" in text(phone.get("/skills/"))


@pytest.mark.parametrize(
    "said", [{"ago": "0"}, {"ago": "7", "helped": "yes"}, {"ago": "0", "helped": "yes", "note": "x" * 401}]
)
def test_practice_that_says_too_little_is_refused_and_given_back(
    robin: Episode, begun: Begun, said: dict[str, str]
) -> None:
    answer = begun(robin).post("/skills/ride/", {"note": "Half a thought", **said})

    assert answer.status_code == 422
    assert not SkillPractice.objects.exists()
    assert said.get("note", "Half a thought")[:10] in text(answer)


def test_no_more_than_thirty_lines_of_practice_a_day_are_taken(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    answers = [
        phone.post("/skills/ride/", {"ago": "0", "helped": "no", "form_submission": f"{n:030}"}).status_code
        for n in range(31)
    ]

    assert answers == [302] * 30 + [422]


def test_the_plan_stands_on_the_phone_with_the_goals(robin: Episode, begun: Begun) -> None:
    coping(robin, "ring my brother")
    factories.goal(episode=robin, words="I sleep seven hours", serves="Fewer letters to her")
    shown = text(begun(robin).get("/plan/"))

    assert "When I cannot sleep, I will ring my brother" in shown
    assert "I sleep seven hours" in shown
    assert "Fewer letters" not in shown
    assert "paper only" not in shown


def test_a_line_that_may_lead_to_someone_stays_on_paper_and_a_number_to_ring_does_not(
    robin: Episode, begun: Begun
) -> None:
    coping(robin, "go to 12 Quarry Lane")
    plan = robin.coping_plans.get()
    CopingLine.objects.create(plan=plan, part="ring", position=1, words="My brother, 07700 900123")
    factories.goal(episode=robin, words="I ring 07700 900456 no more", serves="No calls")
    shown = text(begun(robin).get("/plan/"))

    assert "Quarry" not in shown
    assert "07700 900123" in shown
    assert "07700 900456" not in shown
    assert "Something here stands on your paper only" in shown


def test_without_a_plan_it_says_where_one_is_made(robin: Episode, begun: Begun) -> None:
    assert "You do that together in a session" in text(begun(robin).get("/plan/"))


def test_questions_come_in_the_week_before_an_appointment(robin: Episode, begun: Begun) -> None:
    loaded("gad-7")
    phone = begun(robin)
    assert "nothing to answer" in text(phone.get("/questions/"))
    ahead(robin, days=8)
    assert "nothing to answer" in text(phone.get("/questions/"))
    ahead(robin, number=2)

    assert "7 questions" in text(phone.get("/questions/"))
    assert "Invented question 1" in text(phone.get("/questions/gad-7/"))
    assert phone.get("/questions/phq-9/").status_code == 302
    assert phone.get("/questions/nonsense/").status_code == 404


def test_questions_come_before_an_assessment(robin: Episode, begun: Begun) -> None:
    loaded("gad-7")
    start = timezone.now() + timedelta(days=1)
    factories.assessment(episode=robin, period=TimestamptzRange(start, start + timedelta(hours=1)))

    assert "7 questions" in text(begun(robin).get("/questions/"))


def test_answers_are_scored_once_as_a_baseline_and_asked_no_more_for_four_weeks(
    robin: Episode, begun: Begun
) -> None:
    loaded("gad-7")
    ahead(robin)
    phone = begun(robin)
    said = {f"item_{number}": "2" for number in range(1, 7)}
    for _ in range(2):
        answer = phone.post("/questions/gad-7/", {**said, "form_submission": "b" * 20})
        assert answer["Location"] == "/questions/?saved=1"

    row = Measure.objects.get()
    assert row.answers == [2, 2, 2, 2, 2, 2, None]
    assert (row.occasion, row.source, row.recorded_by, row.flagged) == ("baseline", "screen", "phone", False)
    assert row.total is None
    assert "nothing to answer" in text(phone.get("/questions/"))


def test_a_later_form_is_no_baseline(robin: Episode, begun: Begun) -> None:
    loaded("gad-7")
    ahead(robin)
    factories.measure(episode=robin, taken_on=day_of(timezone.now()) - timedelta(days=28))
    begun(robin).post("/questions/gad-7/", {f"item_{number}": "0" for number in range(1, 8)})

    assert [one.occasion for one in robin.measures.order_by("pk")] == ["baseline", "between"]


@pytest.mark.parametrize("last", ["3", "1", ""])
def test_an_answer_about_self_harm_shows_help_at_once_and_is_a_task(
    robin: Episode, begun: Begun, last: str
) -> None:
    loaded("phq-9")
    ahead(robin)
    phone = begun(robin)
    said = {f"item_{number}": "0" for number in range(1, 9)} | {"item_9": last}
    for _ in range(2):
        shown = text(phone.post("/questions/phq-9/", said, follow=True))
        assert "Nobody watches these pages round the clock" in shown
        assert "116 123" in shown

    assert Measure.objects.get().flagged
    assert [row[1] for row in SAFETY_CHECKS.rows(people=[robin.pk])] == [robin.pk]


def test_an_answer_that_asks_for_nothing_shows_no_help(robin: Episode, begun: Begun) -> None:
    loaded("phq-9")
    ahead(robin)
    said = {f"item_{number}": "0" for number in range(1, 10)}

    assert begun(robin).post("/questions/phq-9/", said)["Location"] == "/questions/?saved=1"
    assert not Measure.objects.get().flagged


def test_figures_that_no_form_has_are_refused(robin: Episode, begun: Begun) -> None:
    loaded("gad-7")
    ahead(robin)

    assert begun(robin).post("/questions/gad-7/", {"item_1": "9"}).status_code == 422
    assert not Measure.objects.exists()


def test_how_a_session_was_is_told_once(robin: Episode, begun: Begun) -> None:
    period = TimestamptzRange(
        timezone.now() - timedelta(days=2), timezone.now() - timedelta(days=1, hours=23)
    )
    held = factories.attended(episode=robin, period=period)
    phone = begun(robin)
    assert "The pace was right for me" in text(phone.get("/questions/"))
    assert phone.post("/questions/", {"session": held.ref, **FEEDBACK, "pace": "5"}).status_code == 422
    for pace in ("2", "4"):
        assert phone.post("/questions/", {"session": held.ref, **FEEDBACK, "pace": pace}).status_code == 302

    row = SessionFeedback.objects.get()
    assert (row.said, row.understood, row.pace, row.clear, row.screen_of) == (4, 3, 2, 1, "phone")
    assert "nothing to answer" in text(phone.get("/questions/"))


def test_how_another_persons_session_was_is_not_theirs_to_tell(
    robin: Episode, sam: Episode, begun: Begun
) -> None:
    held = factories.attended(episode=sam)

    assert begun(robin).post("/questions/", {"session": held.ref, **FEEDBACK}).status_code == 422
    assert not SessionFeedback.objects.exists()


def test_an_assessment_is_an_appointment_that_is_called_off_by_telephone(
    robin: Episode, begun: Begun
) -> None:
    start = timezone.now() + timedelta(days=1)
    factories.assessment(
        episode=robin,
        period=TimestamptzRange(start, start + timedelta(hours=1)),
        how="elsewhere",
        elsewhere="Quarry House",
        elsewhere_reason="Near them",
    )
    shown = text(begun(robin).get("/appointments/"))

    assert "In person, where you agreed" in shown
    assert "ring the number on your appointment card" in shown
    assert "Quarry" not in shown


def test_the_notice_is_the_one_that_was_given(robin: Episode, begun: Begun) -> None:
    phone = begun(robin)
    assert "No notice has been given" in text(phone.get("/rights/notice/"))
    factories.notice_given(episode=robin, words=factories.notice_words(ended_at=timezone.now()))
    factories.notice_words(controller="Another service")
    shown = text(phone.get("/rights/notice/"))

    assert "About the programme" in shown
    assert "Northmere Behaviour Change (invented) runs this programme" in shown
    assert "Another service" not in shown
