"""Words that may lead to someone stay only where someone answered for exactly these words, in this row."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from desist import locators
from desist.ui import words
from desist.ui.words import FalseAlarm, NotRead, Override, WordsFound
from desist.wall import clearances
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent, Clearance

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ADDRESS = "Talk about 12 Quarry Lane"
AGENCY = Override(FalseAlarm.AGENCY)


@pytest.fixture
def actor() -> Actor:
    return Actor(who="account:kit", role=Role.PRACTITIONER, area="Northmere", correlation=uuid.uuid4())


def hold(
    actor: Actor, text: str = ADDRESS, *, override: Override | None = None, named: str = "row:a"
) -> None:
    with transaction.atomic():
        clearances.hold(named=named, texts={"home_work": text}, override=override, actor=actor, at=AT)


def test_words_with_nothing_in_them_are_clear(actor: Actor) -> None:
    hold(actor, "Ring nobody this week")

    assert not Clearance.objects.exists()
    assert not AuditEvent.objects.exists()


def test_words_that_nobody_answers_for_are_not_kept_and_not_repeated(actor: Actor) -> None:
    with pytest.raises(WordsFound) as refused:
        hold(actor)

    assert [one.words for one in refused.value.found["home_work"]] == ["12 Quarry Lane"]
    assert "Quarry" not in str(refused.value)


def test_the_data_protection_officer_reads_the_place_and_the_reason_and_never_the_words(actor: Actor) -> None:
    hold(actor, override=AGENCY)

    event = AuditEvent.objects.get()
    assert event.reason == "home work: address: It belongs to a police station, court or service"
    assert (event.row, event.who, event.action) == ("row:a", "account:kit", "programme.answer_for_words")
    assert "Quarry" not in f"{list(Clearance.objects.values())}{list(AuditEvent.objects.values())}"


def test_what_a_witness_agreed_to_pass_on_may_cross_and_is_not_shown_to_the_person(actor: Actor) -> None:
    hold(actor, override=Override(FalseAlarm.WITNESS))

    assert clearances.unclear(named="row:a", texts={"home_work": ADDRESS}) == {}
    assert clearances.unanswered({"home_work": ADDRESS}) == {}
    assert clearances.clear(named="row:a", texts={"home_work": ADDRESS}) == {"home_work": ""}


def test_what_was_answered_for_is_clear_until_it_changes_and_in_this_row_alone(actor: Actor) -> None:
    hold(actor, override=AGENCY)

    hold(actor)
    hold(actor, f"  {ADDRESS}\n")
    with pytest.raises(WordsFound):
        hold(actor, f"{ADDRESS} today")
    with pytest.raises(WordsFound):
        hold(actor, named="row:b")


def test_a_digest_says_nothing_without_the_keys_of_the_site(actor: Actor, settings: Settings) -> None:
    hold(actor, override=AGENCY)

    settings.SECRET_KEY = "of another site"
    with pytest.raises(WordsFound):
        hold(actor)


def test_what_was_cleared_stays_clear_when_the_keys_change(actor: Actor, settings: Settings) -> None:
    hold(actor, override=AGENCY)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", [settings.SECRET_KEY]
    hold(actor)


def test_what_is_shown_leaves_out_what_is_not_clear(actor: Actor) -> None:
    hold(actor, override=AGENCY)
    texts = {"agenda": "Sleep", "homework": ADDRESS, "skill": "Ring 07700 900123"}

    assert clearances.clear(named="row:a", texts=texts) == {**texts, "skill": ""}


def test_what_cannot_be_read_is_neither_shown_nor_kept_nor_sent(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str) -> None:
        raise RecursionError(text)

    monkeypatch.setattr(locators, "find", broken)

    with pytest.raises(NotRead, match="could not check these words"):
        hold(actor, "Sleep", override=AGENCY)
    with pytest.raises(NotRead):
        clearances.refuse_unclear({"note": ("Sleep",)})
    assert clearances.clear(named="row:a", texts={"agenda": "Sleep"}) == {"agenda": ""}


def names(text: str) -> list[locators.Finding]:
    """What one field is read for besides: one name that is known there."""
    place = text.find("Xanthe")
    return [locators.Finding("name", "Xanthe", place)] if place >= 0 else []


def test_one_place_may_be_read_for_more_than_others() -> None:
    assert set(words.read_all({"a": "Xanthe", "b": "Xanthe"}, besides={"a": names})) == {"a"}


def test_an_envelope_holds_nothing_that_nobody_answered_for(actor: Actor) -> None:
    clearances.refuse_unclear({"note": ("Sleep", ""), "account": (ADDRESS[:4],)})
    with pytest.raises(WordsFound) as refused:
        clearances.refuse_unclear({"note": ("Sleep",), "account": (ADDRESS,)})
    assert set(refused.value.found) == {"account"}

    hold(actor, override=AGENCY)
    clearances.refuse_unclear({"account": (ADDRESS,)})


def test_a_zone_without_the_action_lets_nobody_answer(actor: Actor, settings: Settings) -> None:
    settings.DESIST_ZONE = "participant"

    with pytest.raises(clearances.NobodyAnswers):
        hold(actor, override=AGENCY)
