"""A person is offered to another programme; until that programme accepts, they stay here with all of their record."""

import uuid
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.db import transaction
from django.test import Client
from psycopg.types.range import TimestamptzRange
from tests import offers, staff
from tests.offers import AT, arrives, sent
from tests.programme import factories
from tests.programme.reading import text

from desist.moving_in import commands as moving
from desist.moving_in.offers import commands, packing, queries
from desist.moving_in.offers.states import TRANSITIONS, State
from desist.post import payloads
from desist.post.handlers import CannotHandle
from desist.post.models import ByHandTask, Outbox, Partner
from desist.programme.chains.models import Chain
from desist.programme.episodes.models import Episode
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.models import Leaving
from desist.programme.moving_in import work
from desist.programme.moving_in.commands import CASELOAD
from desist.programme.moving_in.models import MoveIn
from desist.programme.moving_on import work as going
from desist.programme.moving_on.commands import PERSON
from desist.programme.moving_on.models import PersonOffer
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.refusals import Changed, Refused
from desist.ui.todo import When
from desist.ui.words import FalseAlarm, Override, WordsFound
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

UNTIL = AT.date() + timedelta(days=7)
SAID = commands.Said(
    offers.OTHER, "South", "Kit, 01632 960 001", "He moved there", files=True, answer_by=UNTIL
)
LATE = AT + timedelta(days=8)


@pytest.fixture
def boss(actor: Actor) -> Actor:
    return Actor(who=actor.who, role=Role.MANAGER, area=actor.area, correlation=actor.correlation)


@pytest.fixture
def south(boss: Actor, kit: Any) -> Actor:
    """The manager of the service to which the person goes: its rows lie in the same database, in another area."""
    staff.grant(account=kit, role=Role.MANAGER, area="South")
    return replace(boss, area="South")


@pytest.fixture
def desk(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)


@pytest.fixture
def partner(police: Partner) -> Partner:
    return offers.other("programme")


@pytest.fixture
def full(episode: Episode, partner: Partner) -> Episode:
    """A person with something in every table that goes along."""
    held = factories.attended(episode=episode, number=1)
    factories.chain(session=held, links=2, happened_on=factories.NOW.date(), hour=21)
    target = factories.own_target(episode=episode)
    factories.diary_day(episode=episode, urge=4, act="near", substances=False, own={target.ref: 3})
    factories.acute(episode=episode)
    factories.readiness(episode=episode)
    factories.missed(episode=episode, number=2)
    factories.measure(episode=episode)
    factories.goal(episode=episode)
    factories.contact(referral=episode.referral)
    factories.rating(episode=episode)
    factories.circumstance(episode=episode)
    factories.self_harm(episode=episode)
    factories.relative(episode=episode)
    factories.coping_plan(episode=episode)
    factories.document(episode=episode)
    return episode


def offer(boss: Actor, episode: Episode, said: commands.Said = SAID, **more: Any) -> PersonOffer:
    more = {"submission": uuid.uuid4().hex, "at": AT, **more}
    commands.offer(PERSON, actor=boss, ref=episode.ref, said=said, **more)
    return PersonOffer.objects.filter(incoming=False).latest("pk")


def incoming(boss: Actor, episode: Episode) -> PersonOffer:
    """The offer as the other service has it."""
    offer(boss, episode)
    payload, thread = sent()
    arrives(payload, f"their {thread[:20]}")
    return PersonOffer.objects.get(incoming=True)


def reply(actor: Actor, row: PersonOffer, answer: str, words: str = "", **more: Any) -> str:
    said = commands.Reply(answer, words, more.get("version", row.version))
    PERSON.answer(actor, row.ref, said, more.get("at", AT))
    row = PersonOffer.objects.get(pk=row.pk)
    return row.episode.ref if row.episode else ""


def told(row: PersonOffer, answer: str, words: str = "") -> None:
    arrives(payloads.CaseOfferAnswer(answer=answer, words=words, answered_at=AT), row.thread)
    row.refresh_from_db()


def test_the_whole_record_moves_in_where_it_is_accepted(boss: Actor, south: Actor, full: Episode) -> None:
    row = incoming(boss, full)

    ref = reply(south, row, "accepted")

    there = Episode.objects.get(ref=ref)
    assert (there.area, there.state, there.referral.name) == ("South", "waiting", full.referral.name)
    assert there.referral.behaviour_account == full.referral.behaviour_account
    for name in ("measures", "goals", "risk_ratings", "circumstances", "self_harm", "relatives", "documents"):
        assert getattr(there, name).count() == getattr(full, name).count() == 1, name
    assert there.sessions.filter(state="attended").get().work_done == full.sessions.get(number=1).work_done
    assert there.sessions.filter(state="missed").exists()
    assert there.referral.contacts.get().words == full.referral.contacts.get().words
    theirs, ours = (one.coping_plans.get().lines.order_by("part", "position") for one in (there, full))
    assert list(theirs.values_list("words", "cue")) == list(ours.values_list("words", "cue"))
    assert there.sessions.filter(number=1).get().practitioner.name == "A colleague at Other Service"
    answer, _ = sent()
    assert isinstance(answer, payloads.CaseOfferAnswer)
    assert answer.answer == "accepted"


def test_chains_diary_acute_factors_and_readiness_go_along(boss: Actor, south: Actor, full: Episode) -> None:
    there = Episode.objects.get(ref=reply(south, incoming(boss, full), "accepted"))

    chain, ours = Chain.objects.get(session__episode=there), Chain.objects.get(session__episode=full)
    assert (chain.behaviour, chain.happened_on, chain.hour) == (ours.behaviour, ours.happened_on, 21)
    assert chain.session == there.sessions.get(number=1)
    links = [
        list(one.links.order_by("position").values_list("part", "words", "intensity"))
        for one in (chain, ours)
    ]
    assert links[0] == links[1] == [("link", "Thought 1", 3), ("link", "Thought 2", 3)]
    day, target = there.diary.get(), there.diary_targets.get()
    assert (day.urge, day.act, day.substances, day.anger) == (4, "near", False, None)
    assert (day.own, target.name) == ({target.ref: 3}, full.diary_targets.get().name)
    assert list(there.acute_factors.values_list("kind", "until")) == list(
        full.acute_factors.values_list("kind", "until")
    )
    assert there.typologies.get().rationale == full.typologies.get().rationale
    assert there.readiness.get().words == full.readiness.get().words


def test_a_chain_of_a_session_outside_the_twelve_goes_with_the_session_before_it(
    boss: Actor, south: Actor, full: Episode
) -> None:
    pivot = factories.attended(episode=full, number=0, kind="pivot", period=later(factories.NOW, days=-1))
    factories.chain(session=pivot, behaviour="Wrote a letter, and kept it")
    full.acute_factors.update(over="error", ended_by="carol", ended_at=AT)
    full.diary_targets.update(ended_by="carol", ended_at=AT)

    there = Episode.objects.get(ref=reply(south, incoming(boss, full), "accepted"))

    numbers = Chain.objects.filter(session__episode=there).values_list("session__number", flat=True)
    assert (list(numbers), there.acute_factors.count()) == ([1, 1], 0)
    assert there.diary_targets.exclude(ended_at=None).exists()


def test_chains_made_before_the_first_session_stay_here(
    boss: Actor, south: Actor, episode: Episode, partner: Partner
) -> None:
    factories.chain(session=factories.attended(episode=episode, number=0, kind="motivational"))

    there = Episode.objects.get(ref=reply(south, incoming(boss, episode), "accepted"))

    assert not Chain.objects.filter(session__episode=there).exists()


def test_an_older_service_takes_the_person_over_with_the_tables_that_it_knows(
    boss: Actor, south: Actor, full: Episode
) -> None:
    row = incoming(boss, full)
    known = tuple(one for one in CASELOAD.sheets if one not in work.SHEETS)

    person, _ = packing.opened(known, commands.offered(row), AT)

    assert set(person.rows) == {one.key for one in known[1:]}
    assert len(person.rows["sessions"]) == 2


def test_an_offer_of_an_older_service_has_no_such_tables_and_moves_in(
    boss: Actor, south: Actor, full: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(going, "of", lambda _: {})

    there = Episode.objects.get(ref=reply(south, incoming(boss, full), "accepted"))

    assert (there.sessions.count(), there.diary.count()) == (2, 0)


def test_an_offered_chain_without_its_session_is_refused_with_the_place(
    boss: Actor, south: Actor, full: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = going.of(full)
    monkeypatch.setattr(going, "of", lambda _: {**tables, "chains": [{**tables["chains"][0], "session": 9}]})
    row = incoming(boss, full)

    with pytest.raises(Refused, match="chains 2 session: No row of sessions says that session 9 was held"):
        reply(south, row, "accepted")


def test_until_they_accept_nothing_changes_and_then_the_case_ends_and_the_police_hear_the_stage(
    boss: Actor, full: Episode
) -> None:
    factories.agreement(episode=full)
    row = offer(boss, full)
    full.refresh_from_db()
    assert full.ended_at is None

    told(row, "accepted")

    full.refresh_from_db()
    leaving = Leaving.objects.get()
    assert (full.state, leaving.reason, leaving.note) == ("left", "moved_on", "Other Service")
    assert not FollowUp.objects.exists()
    assert Outbox.objects.filter(receiver=factories.POLICE, kind="progress-notice").exists()
    told(row, "refused", "No")
    assert row.state == State.ACCEPTED


def test_a_refused_person_stays_with_the_words_and_nothing_of_the_record_stays_there(
    boss: Actor, south: Actor, desk: Client, full: Episode
) -> None:
    theirs = incoming(boss, full)
    people = Referral.objects.count()

    reply(south, theirs, "refused", "We are full")

    theirs.refresh_from_db()
    assert (bytes(theirs.sealed), Referral.objects.count()) == (b"", people)
    assert commands.answered(PERSON, theirs) == "We are full"
    mine = PersonOffer.objects.get(incoming=False)
    answer, _ = sent()
    arrives(answer, mine.thread)
    full.refresh_from_db()
    assert full.ended_at is None
    assert "We are full" in text(desk.get(f"/moving-in/offers/of/{full.ref}/"))
    assert [one.when for one in queries.to_do(PERSON, actor=boss, at=AT)] == [When.NEW]
    assert offer(boss, full).state == State.OFFERED


def test_the_same_form_twice_offers_once_and_a_second_offer_waits(boss: Actor, full: Episode) -> None:
    for _ in range(2):
        offer(boss, full, submission="one")
    with pytest.raises(Refused, match="offered to Other Service already"):
        offer(boss, full)

    assert PersonOffer.objects.count() == 1
    assert offer(boss, full, replace(SAID, answer_by=LATE.date()), at=LATE).state == State.OFFERED
    assert set(PersonOffer.objects.values_list("state", flat=True)) == {State.LAPSED, State.OFFERED}


def test_words_of_the_record_that_may_lead_to_a_person_are_asked_about_before_they_leave(
    boss: Actor, south: Actor, full: Episode
) -> None:
    full.goals.update(words="I stay away from 12 Harbour Road, NM1 4QQ")

    with pytest.raises(WordsFound) as found:
        offer(boss, full)
    assert set(found.value.found) == {"Goals"}
    assert not PersonOffer.objects.exists()
    offer(boss, full, override=Override(next(iter(FalseAlarm))))
    payload, _ = sent()
    arrives(payload, "theirs")

    ref = reply(south, PersonOffer.objects.get(incoming=True), "accepted")
    assert "Harbour Road" in Episode.objects.get(ref=ref).goals.get().words


def test_an_area_where_nobody_works_is_refused_in_words_at_once(boss: Actor, full: Episode) -> None:
    mine = offer(boss, full)
    payload, _ = sent()

    arrives(payload, "theirs")

    answer, _ = sent()
    arrives(answer, mine.thread)
    mine.refresh_from_db()
    assert mine.state == State.REFUSED
    assert "Nobody at this site works in the area “South”" in commands.answered(PERSON, mine)
    assert bytes(PersonOffer.objects.get(incoming=True).sealed) == b""


def test_a_withdrawal_before_the_answer_counts_and_one_after_an_acceptance_is_told(
    boss: Actor, south: Actor, full: Episode
) -> None:
    theirs = incoming(boss, full)
    mine = PersonOffer.objects.get(incoming=False)

    for _ in range(2):
        assert commands.withdraw(PERSON, actor=boss, ref=mine.ref, at=AT) == full.ref

    withdrawal, _ = sent()
    arrives(withdrawal, theirs.thread)
    arrives(withdrawal, theirs.thread)
    with pytest.raises(Refused, match="answered or withdrawn since: withdrawn"):
        reply(south, PersonOffer.objects.get(incoming=True), "accepted")
    told(mine, "accepted")
    assert mine.state == State.ACCEPTED


def test_a_withdrawal_that_overtakes_its_offer_keeps_it_out(boss: Actor, south: Actor, full: Episode) -> None:
    mine = offer(boss, full)
    payload, _ = sent()
    commands.withdraw(PERSON, actor=boss, ref=mine.ref, at=AT)
    withdrawal, _ = sent()

    arrives(withdrawal, "theirs")
    arrives(payload, "theirs")

    row = PersonOffer.objects.get(incoming=True)
    assert (row.state, bytes(row.sealed)) == (State.WITHDRAWN, b"")


def test_a_withdrawal_after_an_answer_is_refused(boss: Actor, full: Episode) -> None:
    row = offer(boss, full)
    told(row, "refused", "No")

    with pytest.raises(Refused, match="answered or withdrawn since: refused"):
        commands.withdraw(PERSON, actor=boss, ref=row.ref, at=AT)


def test_a_lapsed_offer_is_not_answered_and_says_whom_to_ring(
    boss: Actor, south: Actor, full: Episode
) -> None:
    row = incoming(boss, full)

    with pytest.raises(Refused, match=r"The offer lapsed on 10 March 2026\. Telephone Other Service"):
        reply(south, row, "accepted", at=LATE)
    assert [
        one.overdue for actor in (boss, south) for one in queries.to_do(PERSON, actor=actor, at=LATE)
    ] == [True] * 2


def test_accepting_twice_brings_one_person_and_a_stale_page_is_told(
    boss: Actor, south: Actor, full: Episode
) -> None:
    row = incoming(boss, full)
    with pytest.raises(Changed):
        reply(south, row, "accepted", version=9)

    refs = {reply(south, row, "accepted") for _ in range(2)}

    assert len(refs) == 1
    assert MoveIn.objects.count() == 1


def test_the_import_of_an_accepted_person_is_not_taken_back(boss: Actor, south: Actor, full: Episode) -> None:
    reply(south, incoming(boss, full), "accepted")

    with pytest.raises(Refused, match="another service offered this person"):
        moving.take_back(CASELOAD, actor=south, ref=MoveIn.objects.get().ref, at=AT)


def test_a_person_who_left_is_not_offered_and_one_who_leaves_meanwhile_stays_left(
    boss: Actor, full: Episode
) -> None:
    row = offer(boss, full)
    factories.ended(episode=full, state="completed")

    told(row, "accepted")

    full.refresh_from_db()
    assert (full.state, Leaving.objects.count()) == ("completed", 0)
    with pytest.raises(Refused, match="the programme has ended"):
        offer(boss, full)


def test_a_service_without_desist_is_told_by_telephone(boss: Actor, full: Episode) -> None:
    Partner.objects.filter(name=offers.OTHER).update(transport="by_hand")

    with pytest.raises(Refused, match="Other Service has no Desist"):
        offer(boss, full)
    assert not ByHandTask.objects.exists()


def test_what_does_not_fit_the_receivers_version_is_refused_with_the_place(
    boss: Actor, south: Actor, full: Episode
) -> None:
    offer(boss, full)
    payload, _ = sent()
    for number, tables in enumerate((("no base64",), ("bm8gemlw",), ())):
        arrives(replace(payload, tables=tables), f"theirs {number}")  # type: ignore[call-arg]
        row = PersonOffer.objects.filter(incoming=True).latest("pk")
        with pytest.raises(Refused, match="does not fit this version of Desist"):
            reply(south, row, "accepted")
        assert reply(south, row, "refused", "Broken") == ""


def test_an_envelope_that_answers_nothing_is_no_answer(boss: Actor, full: Episode) -> None:
    row = offer(boss, full)

    with pytest.raises(CannotHandle, match="answers no offer"):
        told(row, "perhaps")
    with pytest.raises(CannotHandle, match="answers no offer"):
        arrives(payloads.CaseOfferAnswer(answer="accepted", words="", answered_at=AT), "unknown")
    payload, _ = sent()
    with pytest.raises(CannotHandle, match="not a date"), transaction.atomic():
        arrives(replace(payload, agreed_on="soon"), "theirs")  # type: ignore[call-arg]


def test_a_manager_offers_and_answers_by_the_pages(
    boss: Actor, south: Actor, desk: Client, signed_in: Any, full: Episode
) -> None:
    page = text(desk.get(f"/moving-in/offers/of/{full.ref}/"))
    assert "Sessions that were held or missed: 2" in page
    assert "Links of chains: 2" in page
    assert "concerns and their enquiries" in page

    form = {
        "to": offers.OTHER,
        "area": "South",
        "contact": "Kit, 01632 960 001",
        "reason": "He moved there",
        "answer_by-day": "1",
        "answer_by-month": "12",
        "answer_by-year": "2026",
        "form_submission": "one",
        "agreed_how": "phone",
    }
    assert "Say both when and how they agreed" in text(desk.post(f"/moving-in/offers/of/{full.ref}/", form))
    agreed = {"agreed_on-day": "20", "agreed_on-month": "11", "agreed_on-year": "2026"}
    done = desk.post(f"/moving-in/offers/of/{full.ref}/", {**form, **agreed}, follow=True)
    assert "Offered. Until they accept, nothing changes here." in text(done)
    assert "20 November 2026, by telephone" in text(done)
    assert "answers whether it takes over a person" in text(desk.get("/"))
    payload, _ = sent()
    arrives(payload, "theirs")
    there = signed_in(role=Role.MANAGER, area="South")
    assert "decide whether to take over a person whom Other Service offers" in text(there.get("/"))
    row = PersonOffer.objects.get(incoming=True)
    assert "Family name" in text(there.get(f"/moving-in/offers/{row.ref}/"))
    answered = there.post(
        f"/moving-in/offers/{row.ref}/", {"answer": "accepted", "form_version": "1"}, follow=True
    )
    assert "The record has moved in. It waits for a colleague" in text(answered)


def test_a_manager_withdraws_by_the_page_and_a_late_press_is_told(
    boss: Actor, desk: Client, full: Episode
) -> None:
    row = offer(boss, full)
    assert "Withdrawn. Nothing changes here." in text(
        desk.post(f"/moving-in/offers/{row.ref}/withdraw/", follow=True)
    )
    told(row, "accepted")

    assert "answered or withdrawn since" in text(
        desk.post(f"/moving-in/offers/{row.ref}/withdraw/", follow=True)
    )


def test_every_state_of_an_offer_says_what_may_follow() -> None:
    assert set(TRANSITIONS) == set(State)


def test_allocation_goes_on_from_a_person_who_moved_in(boss: Actor, south: Actor, full: Episode) -> None:
    reply(south, incoming(boss, full), "accepted")

    there = Practitioner.objects.get(area="South")
    assert (there.left_on, there.profession) == (AT.date(), "")


def test_the_colleague_of_before_is_on_no_list_of_the_team(
    boss: Actor, south: Actor, full: Episode, signed_in: Any
) -> None:
    ref = reply(south, incoming(boss, full), "accepted")

    desk = signed_in(role=Role.MANAGER, area="South")

    pages = ("/team/", "/settings/", f"/allocation/{ref}/")
    assert not any("A colleague at Other Service" in text(desk.get(page)) for page in pages)
    assert "A colleague at Other Service" in text(desk.get(f"/planner/{ref}/"))


def later(at: datetime, *, days: int) -> TimestamptzRange:
    begins = at - timedelta(days=days)
    return TimestamptzRange(begins, begins + timedelta(hours=1))


def packed(files: int, size: int) -> tuple[str, ...]:
    """An archive that unpacks to much, in base64."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for number in range(files):
            archive.writestr(f"people{number}", bytes(size))
    return (b64encode(out.getvalue()).decode(),)


def test_an_archive_that_unpacks_to_too_much_is_not_opened() -> None:
    told = replace(factories.case_offer(), tables=packed(4, 9 * 1024 * 1024))

    with pytest.raises(Refused, match="it is too large"):
        packing.opened(CASELOAD.sheets, told, AT)


def test_a_cell_that_no_form_would_take_is_told_by_its_place() -> None:
    people = CASELOAD.sheets[0].written([{"key": "1", "given_names": "Robin"}])
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("people", people)
    told = replace(factories.case_offer(), tables=(b64encode(out.getvalue()).decode(),))

    with pytest.raises(Refused, match="people 2 family_name"):
        packing.opened(CASELOAD.sheets, told, AT)


def test_files_that_are_too_large_together_stay_here(
    boss: Actor, full: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "MOST_BYTES", 1000)

    with pytest.raises(Refused, match="larger than 8 MB"):
        offer(boss, full)


def test_a_document_that_cannot_be_unlocked_is_named(boss: Actor, full: Episode) -> None:
    full.documents.update(sealed=b"spoilt")

    with pytest.raises(Refused, match="cannot be unlocked here"):
        offer(boss, full)


def test_a_person_without_sessions_moves_on_without_a_colleague_of_before(
    boss: Actor, south: Actor, episode: Episode, partner: Partner
) -> None:
    reply(south, incoming(boss, episode), "accepted")

    assert not Practitioner.objects.filter(area="South").exists()


def test_what_was_made_up_twice_counts_once_and_a_part_of_a_total_stays_here(
    boss: Actor, south: Actor, full: Episode
) -> None:
    factories.attended(episode=full, number=1, kind="catch_up", period=later(factories.NOW, days=40))
    full.measures.update(total=Decimal("6.5"))

    there = Episode.objects.get(ref=reply(south, incoming(boss, full), "accepted"))

    assert (there.sessions.filter(state="attended").count(), there.measures.count()) == (1, 0)
