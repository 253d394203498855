"""Where a session was held, and who held it, is asked of what is put down afterwards too."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.calendar.late_entries.saying import NOW, TODAY, enter, form, hold, moment, span, was
from tests.programme.reading import text

from desist.programme.calendar.late_entries import commands as held
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner.models import Move, PlaceCheck
from desist.programme.episodes.models import Episode
from desist.programme.orders.models import Order
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Room
from desist.programme.sessions.models import Session
from desist.programme.supervision.quality import commands as quality
from desist.programme.supervision.quality.models import SampledSession
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

HARBOUR = "The harbour quarter of Northmere"
INSIDE = {"inside": "inside", "inside_reason": "agreed", "inside_words": "Sgt Vale, on 3 March"}


@pytest.fixture
def order(episode: Episode) -> Order:
    """An order that was made five days ago and excludes the harbour."""
    return factories.order(referral=episode.referral, made_on=TODAY - timedelta(days=5))


@pytest.fixture
def room(begun: Session) -> Room:
    assert begun.room is not None
    return begun.room


@pytest.fixture
def noor(db: None) -> Practitioner:
    """A colleague, who works with other people."""
    return factories.practitioner(account=factories.account(name="Noor Hale"))


def entry(ago: int, **fields: str) -> dict[str, str]:
    return form(ago, which="core-2", why="before", words="Paper file", **fields)


def offered(browser: Client, address: str, name: str) -> list[str]:
    """What a drop-down offers, in order."""
    page = browser.get(address).content.decode()
    drop_down = re.search(f'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    assert drop_down
    return [" ".join(one.split()) for one in re.findall(r"<option[^>]*>([^<]*)<", drop_down[0])]


def test_both_forms_ask_whether_the_place_was_inside_what_an_order_excluded(
    kit_browser: Client, episode: Episode, begun: Session, room: Room, order: Order
) -> None:
    entering, holding = f"/late-entries/{episode.ref}/enter/", f"/late-entries/{begun.ref}/"
    for address in (entering, holding):
        page = text(kit_browser.get(address))
        assert "An order excludes the person from these places, or did then" in page
        assert HARBOUR in page

    silent = kit_browser.post(entering, entry(2, room=room.ref))
    said = kit_browser.post(entering, entry(2, room=room.ref, inside="outside"))
    bare = kit_browser.post(holding, form(4, room=room.ref, inside="inside"))
    inside = kit_browser.post(holding, form(4, room=room.ref, **INSIDE))

    assert (silent.status_code, said.status_code) == (422, 302)
    assert (bare.status_code, inside.status_code) == (422, 302)
    assert "Say whether this place, at that time, was inside an area" in text(silent)
    assert "Paper file" in text(silent)
    outside, there = PlaceCheck.objects.order_by("pk")
    assert (outside.inside, outside.period, outside.premises) == (False, span(2, 14, 60), room.premises)
    assert outside.exclusions == [HARBOUR]
    assert (there.inside, there.reason, there.period) == (True, "agreed", span(4, 14, 60))


def test_the_answer_is_kept_where_an_order_excluded_places_on_that_day(
    actor: Actor, episode: Episode, begun: Session, room: Room, order: Order
) -> None:
    enter(actor, episode, 2, was(6, room=room.ref))
    Order.objects.filter(pk=order.pk).update(event="ended", ends_on=TODAY - timedelta(days=3))
    enter(actor, episode, 4, was(2, hour=17, room=room.ref))
    assert not PlaceCheck.objects.exists()

    enter(actor, episode, 5, was(3, hour=17, room=room.ref))

    assert PlaceCheck.objects.get().exclusions == [HARBOUR]


def test_nobody_is_asked_of_a_remote_session(kit_browser: Client, episode: Episode, order: Order) -> None:
    assert kit_browser.post(f"/late-entries/{episode.ref}/enter/", entry(2)).status_code == 302
    assert not PlaceCheck.objects.exists()


def test_a_command_too_asks_about_the_place(
    actor: Actor, episode: Episode, begun: Session, room: Room, order: Order
) -> None:
    unsaid = was(2, room=room.ref)
    unsaid = held.HeldMeeting(unsaid.day, unsaid.at, unsaid.minutes, planner.Place(room.ref), "")

    with pytest.raises(Refused, match="An order excludes places"):
        enter(actor, episode, 2, unsaid)
    with pytest.raises(Refused, match="An order excludes places"):
        hold(actor, begun, unsaid)
    assert not Move.objects.exists()


def test_both_pages_say_which_order_is_untold_and_that_the_person_has_not_answered(
    kit_browser: Client, episode: Episode, begun: Session
) -> None:
    episode.referral.orders = ["restraining"]
    episode.referral.save()

    for address in (f"/late-entries/{episode.ref}/enter/", f"/late-entries/{begun.ref}/"):
        page = text(kit_browser.get(address))
        assert "We have no details of an order in force" in page
        assert "Has not yet been told the limits of confidentiality" in page


def test_a_room_that_can_no_longer_be_booked_was_used_before_today_alone(
    actor: Actor, kit_browser: Client, episode: Episode, begun: Session, room: Room
) -> None:
    room.premises.never_book = True
    room.premises.save()
    evening = moment(0, 18)

    with pytest.raises(Refused, match="can no longer be booked"):
        enter(actor, episode, 2, was(0, room=room.ref), at=evening)
    enter(actor, episode, 2, was(1, room=room.ref), at=evening)
    hold(actor, begun, was(0, hour=16, room=room.ref), at=evening)  # where it was planned

    begun.refresh_from_db()
    assert begun.room == room


def test_who_held_it_is_asked_and_whoever_works_with_the_person_is_named_first(
    kit_browser: Client, episode: Episode, begun: Session, noor: Practitioner
) -> None:
    gone = factories.practitioner(account=factories.account(name="Abel Gone"))
    Practitioner.objects.filter(pk=gone.pk).update(left_on=TODAY)
    far = factories.account(name="Ada Far")
    factories.practitioner(account=far, area="elsewhere")

    names = ["Choose one", "Kit Marlow", "Abel Gone (has left)", "Noor Hale"]
    assert offered(kit_browser, f"/late-entries/{episode.ref}/enter/", "practitioner") == names
    assert offered(kit_browser, f"/late-entries/{begun.ref}/", "practitioner") == names

    nobody = kit_browser.post(f"/late-entries/{episode.ref}/enter/", entry(9, practitioner=""))
    long_ago = kit_browser.post(f"/late-entries/{episode.ref}/enter/", entry(9, practitioner=gone.ref))
    stood_in = kit_browser.post(f"/late-entries/{begun.ref}/", form(4, practitioner=noor.ref))

    assert "Answer “Who held it?”" in text(nobody)
    assert (long_ago.status_code, stood_in.status_code) == (302, 302)
    assert episode.sessions.get(number=2).practitioner == gone
    begun.refresh_from_db()
    assert begun.practitioner == noor
    assert set(Move.objects.values_list("practitioner_after", flat=True)) == {gone.pk, noor.pk}
    assert "Noor Hale" in text(kit_browser.get(f"/planner/{episode.ref}/"))


def test_nobody_who_had_left_or_is_not_listed_here_held_it(
    actor: Actor, kit_browser: Client, episode: Episode, begun: Session, noor: Practitioner
) -> None:
    Practitioner.objects.filter(pk=noor.pk).update(left_on=TODAY - timedelta(days=9))
    far = factories.practitioner(account=factories.account(name="Ada Far"), area="elsewhere")

    with pytest.raises(Refused, match="not listed in this area"):
        enter(actor, episode, 2, was(9, by=far.ref))
    with pytest.raises(Refused, match="Noor Hale"):
        hold(actor, begun, was(4, by=noor.ref))
    refused = kit_browser.post(f"/late-entries/{episode.ref}/enter/", entry(9, practitioner=noor.ref))
    assert "Noor Hale had left before that day" in text(refused)
    assert "Paper file" in text(refused)
    enter(actor, episode, 2, was(10, by=noor.ref))


def test_the_time_is_looked_at_of_whoever_held_it(
    actor: Actor, episode: Episode, begun: Session, noor: Practitioner
) -> None:
    theirs = factories.episode(referral=factories.referral(), practitioner=noor)
    factories.attended(episode=theirs, period=span(4, 14))
    mine = factories.episode(referral=factories.referral(), practitioner=begun.practitioner)
    factories.attended(episode=mine, period=span(5, 14))

    with pytest.raises(Refused, match="Noor Hale has another session then"):
        hold(actor, begun, was(4, by=noor.ref))
    with pytest.raises(Refused, match="Kit Marlow has another session then"):
        enter(actor, episode, 2, was(5))
    enter(actor, episode, 2, was(5, by=noor.ref))


def test_no_observer_draws_what_was_entered_afterwards(
    actor: Actor, episode: Episode, begun: Session
) -> None:
    enter(actor, episode, 2, was(9))
    hold(actor, begun, was(4))
    recorded = {"state": "attended", "attendance": "attended", "recorded_by": actor.who, "recorded_at": NOW}
    episode.sessions.update(**recorded)
    observer = Actor(who="bex", role=Role.OBSERVER, area=actor.area, correlation=actor.correlation)

    days = {"first": TODAY - timedelta(days=30), "last": TODAY}
    quality.draw(actor=observer, each=5, submission="one", at=NOW, **days)

    assert [one.session for one in SampledSession.objects.all()] == [begun]


def test_a_colleague_who_was_to_come_second_may_turn_out_to_have_held_it(
    actor: Actor, begun: Session, noor: Practitioner
) -> None:
    Session.objects.filter(pk=begun.pk).update(second=noor)

    hold(actor, begun, was(4, by=noor.ref))

    begun.refresh_from_db()
    assert (begun.practitioner, begun.second) == (noor, None)
