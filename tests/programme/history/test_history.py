"""Everything that happened to a referral, with who and when: from each table a line, and no word of anyone's notes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.agreement.models import Agreement
from desist.programme.calendar.planner.models import Move, PlaceCheck
from desist.programme.disclosures.models import Disclosure, DisclosureRequest
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.pages.history import queries
from desist.programme.pages.history.sources import KINDS, SOURCES
from desist.programme.plans.models import GoalRating
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.states import Happened
from desist.programme.sessions.models import Session, SessionFeedback
from desist.programme.triage.models import Advice, Delay
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SECRET = "a word that stays where it was written"


def lines(actor: Actor, episode: Episode) -> list[tuple[str, str, str]]:
    """What, detail and by whom, the newest first."""
    page = queries.history(actor=actor, ref=episode.ref, at=NOW)
    later = (
        queries.history(actor=actor, ref=episode.ref, at=NOW, number=number).events
        for number in range(2, page.last + 1)
    )
    return [(one.what, one.detail, one.by) for events in (page.events, *later) for one in events]


def manager(actor: Actor) -> Actor:
    """Anyone who sees all people of the area, also those whom nobody works with."""
    return Actor(who="manager", role=Role.MANAGER, area=actor.area, correlation=actor.correlation)


def said(actor: Actor, episode: Episode) -> set[str]:
    return {what for what, _, _ in lines(actor, episode)}


def everything(episode: Episode, session: Session) -> None:
    """One of each of what can happen."""
    later = NOW + timedelta(days=1)
    episode.referral.happened(Happened.DECIDED, by="carol", at=NOW, detail="Accepted")
    Delay.objects.create(
        referral=episode.referral,
        reason="no_capacity",
        note=SECRET,
        submission="delay",
        recorded_by="carol",
        recorded_at=NOW,
    )
    factories.coping_plan(episode=episode)
    factories.agreement(
        episode=episode,
        state="withdrawn",
        withdrawal_reason="moved",
        withdrawal_note=SECRET,
        withdrawn_by="carol",
        withdrawn_at=NOW,
        note=SECRET,
    )
    factories.follow_up(episode=episode, note=SECRET, done_by="carol", done_at=NOW)
    factories.assessment(episode=episode, state="finished", story=SECRET, ended_by="carol", ended_at=later)
    factories.measure(episode=episode, struck_reason=SECRET, struck_by="carol", struck_at=NOW)
    factories.rating(episode=episode, result=SECRET, rationale=SECRET)
    goal = factories.goal(episode=episode, words=SECRET)
    GoalRating.objects.create(goal=goal, score=7, rated_on=NOW.date(), recorded_by="carol", recorded_at=NOW)
    factories.support(episode=episode, told=SECRET, outcome=SECRET, state="accepted", answered_on=NOW.date())
    second = factories.attended(episode=episode, number=2, work_done=SECRET)
    SessionFeedback.objects.create(
        session=second, said=4, understood=4, pace=3, clear=4, given_at=NOW, screen_of="carol"
    )
    factories.missed(
        episode=episode,
        number=3,
        follow_up="spoke",
        follow_up_note=SECRET,
        followed_up_by="carol",
        followed_up_at=later,
        tried_on=NOW.date(),
        attempts=1,
    )
    factories.chain(session=session, behaviour=SECRET)
    factories.concern(
        session=session,
        what=SECRET,
        answer=SECRET,
        told_whom=SECRET,
        acknowledged_at=NOW,
        outcome="acted",
        closing_words=SECRET,
        closed_by="carol",
        closed_at=later,
    )
    factories.leaving(
        episode=episode,
        note=SECRET,
        state="taken_back",
        taken_back_reason=SECRET,
        taken_back_by="carol",
        taken_back_at=later,
        acknowledged_at=later,
    )
    around_the_work(episode)


def around_the_work(episode: Episode) -> None:
    """One of each of what comes from outside or goes there, and of what stands in the way of sessions."""
    later = NOW + timedelta(days=1)
    referral = episode.referral
    Advice.objects.create(
        referral=referral,
        given_to=SECRET,
        how="telephone",
        given_on=NOW.date(),
        words=SECRET,
        submission="advice",
        given_by="carol",
        recorded_at=NOW,
    )
    factories.order(referral=referral, exclusions=[SECRET])
    referral.happened(Happened.ORDER_TOLD, by="", at=NOW)
    factories.alert(case=referral.ref, note=SECRET, acknowledged_by="carol", acknowledged_at=later)
    DisclosureRequest.objects.create(
        referral=referral,
        area=referral.area,
        purpose="safety",
        question=SECRET,
        necessity=SECRET,
        state="refused",
        asked_by="carol",
        asked_at=NOW,
        settled_at=later,
        submission="question",
    )
    told = Disclosure(referral=referral, area=referral.area, token="one", words=SECRET, received_at=NOW)
    told.save()
    Disclosure.objects.create(
        referral=referral, area=referral.area, token="two", received_at=NOW, recalled_at=later
    )
    factories.busy_time(episode=episode, removed_by="carol", removed_at=later)
    place_check(episode, inside=False)
    factories.report(episode=episode, themes=SECRET)
    factories.certificate(episode=episode, requirement=SECRET)


def place_check(episode: Episode, **fields: Any) -> PlaceCheck:
    """Someone said whether the Mill is inside an exclusion."""
    return PlaceCheck.objects.create(
        episode=episode,
        premises=factories.premises(name="The Mill"),
        period=TimestamptzRange(NOW, NOW + timedelta(hours=1)),
        exclusions=[SECRET],
        said_by="carol",
        said_at=NOW,
        **fields,
    )


def test_every_table_gives_its_lines(actor: Actor, episode: Episode, session: Session) -> None:
    everything(episode, session)

    assert said(actor, episode) == {
        *(
            "Decided",
            "Reason for the late allocation recorded",
            "Allocated to Kit Marlow",
            "Information notice given",
        ),
        *("Answer about taking part", "Withdrew from taking part", "Done after a withdrawal"),
        *("Assessment booked", "Assessment finished", "GAD-7 filled in", "GAD-7 withdrawn, entered in error"),
        *("Judgement of risk recorded", "Goal set", "Referred to an agency", "The agency answered"),
        "Coping plan written, version 1",
        *(
            "Session 2 recorded",
            "Session 3 missed",
            "Contact after session 3 was missed",
            "Chain of an act started",
        ),
        *("Concern raised", "The alert was acknowledged", "Concern closed"),
        *("Leaving decided", "Leaving withdrawn", "Advice given", "The police sent details of an order"),
        *("Question to the police sent", "The police answered", "Disclosure received", "Disclosure recalled"),
        *("Unavailable time added", "Unavailable time removed"),
        *("Place checked against an order", "Feedback on session 2", "Goal rated"),
        *(
            "Exit report started",
            "Certificate of attendance",
            "A colleague was asked to ring",
            "Acknowledged: the request to ring",
        ),
    }


def test_no_word_of_anybodys_notes_is_in_it(kit_browser: Client, episode: Episode, session: Session) -> None:
    everything(episode, session)

    page = kit_browser.get(f"/history/{episode.ref}/")

    assert page.status_code == 200
    assert SECRET not in page.content.decode()


def test_the_newest_comes_first(actor: Actor, episode: Episode, session: Session) -> None:
    everything(episode, session)

    pages = [queries.history(actor=actor, ref=episode.ref, at=NOW, number=number) for number in (1, 2)]
    moments = [one.at.timetuple()[:3] for page in pages for one in page.events]

    assert len(moments) > queries.PAGE
    assert moments == sorted(moments, reverse=True)


def test_a_line_says_who_it_was(actor: Actor, episode: Episode, session: Session) -> None:
    carol = factories.account(name="Carol Wren")
    factories.concern(session=session, raised_by=actor.who, acknowledged_at=NOW)
    factories.goal(episode=episode, made_by=carol.ref)
    factories.leaving(episode=episode, decided_by="clock")

    by = {what: who for what, _, who in lines(actor, episode)}

    assert by["Concern raised"] == "you"
    assert by["Goal set"] == "Carol Wren"
    assert by["Leaving decided"] == "the clock"
    assert by["The alert was acknowledged"] == ""


def test_a_second_practitioner_is_a_line_of_its_own(actor: Actor, episode: Episode) -> None:
    second = factories.practitioner(account=factories.account(name="Ashby Quillon"))
    episode.allocations.update(ended_at=NOW + timedelta(hours=1))
    Allocation.objects.create(
        episode=episode, practitioner=second, made_by="carol", made_at=NOW + timedelta(days=1)
    )

    found = [what for what, _, _ in lines(manager(actor), episode)]

    assert found == [
        "Allocated to Ashby Quillon",
        "Kit Marlow stopped working with the person",
        "Allocated to Kit Marlow",
    ]


def test_a_hand_over_says_why_and_is_one_line(actor: Actor, episode: Episode) -> None:
    second = factories.practitioner(account=factories.account(name="Ashby Quillon"))
    later = NOW + timedelta(days=1)
    episode.allocations.update(ended_at=later, reason="workload")
    Allocation.objects.create(episode=episode, practitioner=second, made_by="carol", made_at=later)

    found = lines(manager(actor), episode)

    assert ("Allocated to Ashby Quillon", "workload", "") in found
    assert not [what for what, _, _ in found if "stopped" in what]


def test_whoever_stands_in_is_not_said_to_work_with_the_person(
    actor: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    cover = factories.practitioner(account=factories.account(name="Ashby Quillon"))
    leave = factories.leave(practitioner=practitioner, cover=cover)
    Allocation.objects.create(
        episode=episode,
        practitioner=cover,
        leave=leave,
        made_by="carol",
        made_at=NOW,
        ended_at=NOW + timedelta(days=7),
    )

    found = lines(manager(actor), episode)

    assert ("Cover by Ashby Quillon started", "", "") in found
    assert ("Cover by Ashby Quillon ended", "", "the clock") in found
    assert "Allocated to Ashby Quillon" not in {what for what, _, _ in found}


def test_why_somebody_was_asked_to_ring_is_not_in_it(
    kit_browser: Client, actor: Actor, episode: Episode
) -> None:
    factories.alert(case=episode.referral.ref, reason="advocate")

    assert ("A colleague was asked to ring", "", "") in lines(actor, episode)
    assert "advocate" not in text(kit_browser.get(f"/history/{episode.ref}/")).lower()


def test_a_place_inside_an_exclusion_says_why_it_is_used(actor: Actor, episode: Episode) -> None:
    place_check(episode, inside=True, reason="agreed", words=SECRET)

    found = {what: detail for what, detail, _ in lines(actor, episode)}

    assert found["Place checked against an order"] == "The Mill: inside; the police or the court agreed to it"


def test_a_disclosure_recalled_before_it_came_is_one_line(actor: Actor, episode: Episode) -> None:
    Disclosure.objects.create(
        referral=episode.referral, area=episode.area, token="never came", recalled_at=NOW
    )

    found = said(actor, episode)

    assert "Disclosure recalled" in found
    assert "Disclosure received" not in found


def test_a_session_that_was_moved_says_who_asked_why_and_when_it_was_before(
    actor: Actor, episode: Episode, session: Session
) -> None:
    Move.objects.create(
        session=session,
        kind="moved",
        decision="one",
        asked_by="person",
        why="work",
        words=SECRET,
        before=session.period,
        after=session.period,
        made_by=actor.who,
        made_at=NOW,
    )
    Move.objects.create(
        session=session,
        kind="cancelled",
        decision="two",
        asked_by="service",
        why="room",
        before=session.period,
        made_by=actor.who,
        made_at=NOW,
    )

    found = {what: detail for what, detail, _ in lines(actor, episode)}

    when = "before, Tuesday 3 March 2026, 2:30pm"
    moved, cancelled = "Session 1 moved to Tuesday 3 March 2026, 2:30pm", "Session 1 cancelled"
    assert found[moved] == f"the person asked: the person’s work or education; {when}"
    assert (
        found[cancelled] == f"the service: a manager, or the building asked: the room or the building; {when}"
    )


def test_what_a_deselected_person_is_told_and_when_is_in_it(actor: Actor, episode: Episode) -> None:
    Episode.objects.filter(pk=episode.pk).update(state="left", ended_at=NOW)
    factories.leaving(
        episode=episode,
        state="ended",
        ended_at=NOW + timedelta(days=1),
        told_how="telephone",
        told_at=NOW + timedelta(days=1),
        told_by="carol",
    )

    assert ("The person was told that their place is ending", "By telephone", "") in lines(actor, episode)


@pytest.mark.parametrize(
    ("requirement", "answer"),
    [("Licence, condition 4", "Takes part as required"), ("", "Agreed to take part")],
)
def test_somebody_who_withdrew_had_answered_before(
    actor: Actor, episode: Episode, requirement: str, answer: str
) -> None:
    factories.agreement(
        episode=episode,
        state="withdrawn",
        requirement=requirement,
        withdrawal_reason="moved",
        withdrawn_by="carol",
        withdrawn_at=NOW,
    )

    assert ("Answer about taking part", answer, "") in lines(actor, episode)
    assert Agreement.objects.exists()


def test_the_page_costs_the_same_queries_for_ten_times_the_lines(
    kit_browser: Client,
    episode: Episode,
    session: Session,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    for number in range(10):
        factories.concern(session=session, raised_at=NOW + timedelta(minutes=number))
        factories.goal(episode=episode)
        factories.measure(episode=episode)
        factories.attended(episode=episode, number=number + 2)

    with django_assert_max_num_queries(43):
        page = text(kit_browser.get(f"/history/{episode.ref}/"))

    assert "Session 11 recorded" in page


def test_a_page_holds_twenty_five_lines_and_leads_to_the_older_ones(
    kit_browser: Client, episode: Episode
) -> None:
    for number in range(30):
        factories.goal(episode=episode, made_at=NOW + timedelta(minutes=number))

    first = kit_browser.get(f"/history/{episode.ref}/").content.decode()
    second = kit_browser.get(f"/history/{episode.ref}/?page=2").content.decode()
    beyond = kit_browser.get(f"/history/{episode.ref}/?page=99").content.decode()

    assert first.count("<time") == 25
    assert 'href="?page=2"' in first
    assert 'href="?page=1"' in second
    assert second.count("<time") == beyond.count("<time") > 0
    for nonsense in ("0", "-1", "two", "\u0661", "99999"):
        assert kit_browser.get(f"/history/{episode.ref}/", {"page": nonsense}).status_code == 200


def test_one_kind_of_lines_is_shown_alone(kit_browser: Client, episode: Episode, session: Session) -> None:
    everything(episode, session)

    concerns = text(kit_browser.get(f"/history/{episode.ref}/?kind=risk"))
    contacts = text(kit_browser.get(f"/history/{episode.ref}/?kind=contacts"))
    unknown = text(kit_browser.get(f"/history/{episode.ref}/?kind=<b>"))

    assert "Concern closed" in concerns
    assert "Goal set" not in concerns
    assert "Nothing of this kind has happened" in contacts
    assert "Goal set" in unknown


def test_every_source_has_one_kind() -> None:
    listed = [source for _, sources in KINDS.values() for source in sources]

    assert len(listed) == len(SOURCES)
    assert set(listed) == set(SOURCES)


def test_no_link_says_only_open(kit_browser: Client, episode: Episode, session: Session) -> None:
    everything(episode, session)

    page = kit_browser.get(f"/history/{episode.ref}/?kind=sessions").content.decode()

    assert ">Open<" not in page
    assert ">Chain of an act started</a>" in page
