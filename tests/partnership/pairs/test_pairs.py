"""Pairs: who asked, who was joined to whom, and that nobody but the advocacy service ever hears of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.partnership import factories
from tests.partnership.orders import factories as orders

from desist.accounts.models import Account
from desist.partnership.pairs import commands
from desist.partnership.pairs.models import PairHappening, Side
from desist.partnership.pairs.states import TRANSITIONS, State
from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import ByHandTask
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor
from desist.wall.models import Restriction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
CRIME = "45/01234/26"


@pytest.fixture(autouse=True)
def _service(own_keys: None) -> None:
    factories.partner(name=factories.ADVOCACY, zone="advocacy", title="Harbour Advocacy")


def ask(*, stands: bool = True, thread: str = "client-1", crime: str = CRIME, minute: int = 0) -> None:
    asked_at = NOW + timedelta(minutes=minute)
    request = payloads.PairRequest(
        crime_reference=crime, area=factories.AREA, stands=stands, asked_at=asked_at
    )
    with transaction.atomic():
        commands.ask(Received(request, thread, factories.ADVOCACY, NOW, actors.post()))


def told() -> list[tuple[str, str]]:
    """Who was told what."""
    return [(task.partner.name, task.text.splitlines()[1]) for task in ByHandTask.objects.order_by("pk")]


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_request_waits_for_the_police_and_is_answered_once_it_is_joined(officer: Client) -> None:
    person = factories.referral()
    ask()
    side = Side.objects.get()

    home = words(officer.get("/"))
    answer = officer.post(
        reverse("pairs:side", args=[side.ref]), {"referral": person.ref, "form_version": "1"}
    )

    side.refresh_from_db()
    assert f"Answer the request to link crime {CRIME}" in home
    assert answer.status_code == 302
    assert (side.state, side.pair) == ("stands", person.pair)
    assert told() == [(factories.ADVOCACY, "Answer: joined")]


def test_orders_alone_are_answered_in_the_same_words(officer: Client) -> None:
    ask()
    side = Side.objects.get()

    officer.post(reverse("pairs:side", args=[side.ref]), {"referral": "alone", "form_version": "1"})

    side.refresh_from_db()
    assert side.state == "stands"
    assert told() == [(factories.ADVOCACY, "Answer: joined")]
    assert commands.of_crimes(area=factories.AREA, crime_references=(CRIME.lower(),)) == (side,)


def test_nothing_that_matches_is_said_and_may_be_mended(officer: Client, actor: Actor) -> None:
    ask()
    side = Side.objects.get()

    officer.post(reverse("pairs:decline", args=[side.ref]), {"form_version": "1"})
    again = words(officer.get(reverse("pairs:pairs")))
    commands.join(actor=actor, ref=side.ref, referral=factories.referral().ref, version=2, at=NOW)

    assert "Declined" in again
    assert told() == [(factories.ADVOCACY, "Answer: declined"), (factories.ADVOCACY, "Answer: joined")]


def test_asking_twice_is_one_side_and_asking_after_a_refusal_asks_anew(actor: Actor) -> None:
    ask()
    ask(crime="45/7/26")
    side = Side.objects.get()
    commands.decline(actor=actor, ref=side.ref, version=1, at=NOW)

    ask(crime="45/7/26")

    side.refresh_from_db()
    assert (side.state, side.crime_reference) == ("asked", "45/7/26")


def test_a_client_ends_it_and_hears_no_more(actor: Actor) -> None:
    person = factories.referral()
    side = factories.side(pair=person.pair, thread="client-1")

    ask(stands=False)
    ask(stands=False)

    side.refresh_from_db()
    assert side.state == "ended"
    assert side.pair != person.pair
    assert commands.behind(pair=person.pair) == ()
    with pytest.raises(Refused):
        commands.join(actor=actor, ref=side.ref, referral=person.ref, version=2, at=NOW)


def test_an_end_that_overtakes_what_it_ends_holds() -> None:
    ask(stands=False, minute=1)
    ask(minute=0)

    side = Side.objects.get()
    assert side.state == "ended"
    assert [row.what for row in side.happenings.all()] == ["ended"]


def test_what_is_asked_anew_stands_whatever_comes_late_of_before() -> None:
    ask(minute=0)
    ask(minute=2)
    ask(stands=False, minute=1)

    assert Side.objects.get().state == "asked"


def test_a_side_joined_to_the_wrong_person_is_parted_and_joined_anew(officer: Client) -> None:
    wrong, right = factories.referral(), factories.referral()
    side = factories.side(pair=wrong.pair)
    page = reverse("pairs:side", args=[side.ref])

    officer.post(reverse("pairs:part", args=[side.ref]), {"form_version": "1"})
    officer.post(page, {"referral": right.ref, "form_version": "2"})

    side.refresh_from_db()
    shown = words(officer.get(page))
    assert side.pair == right.pair
    assert commands.behind(pair=wrong.pair) == ()
    assert told() == []  # they did not ask: nothing is answered
    assert "Unlinked" in shown
    assert "Joined" in shown


def test_two_referrals_of_one_person_are_merged_and_split_with_their_history(officer: Client) -> None:
    first, second = factories.referral(), factories.referral()
    mine, theirs = factories.side(pair=first.pair), factories.side(pair=second.pair)
    page = reverse("pairs:referral", args=[second.ref])

    officer.post(page, {"other": first.ref})

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.pair == second.pair
    assert set(commands.behind(pair=first.pair)) == {mine, theirs}
    merged = words(officer.get(page))
    assert "Merged: the same person" in merged
    assert "Merged: the same person" in words(officer.get(reverse("pairs:referral", args=[first.ref])))

    officer.post(reverse("pairs:split", args=[second.ref]))

    second.refresh_from_db()
    assert second.pair != first.pair
    assert set(commands.behind(pair=first.pair)) == {mine, theirs}
    assert "Split off: another person" in words(officer.get(page))


def test_what_belongs_together_is_not_merged_and_what_stands_alone_not_split(
    officer: Client, actor: Actor
) -> None:
    one = factories.referral()
    other = factories.referral(pair=one.pair)

    with pytest.raises(Refused):
        commands.merge(actor=actor, ref=one.ref, other=other.ref, at=NOW)
    alone = factories.referral()
    answer = officer.post(reverse("pairs:split", args=[alone.ref]), follow=True)

    assert "is not linked to any other" in words(answer)
    assert not PairHappening.objects.exists()


@pytest.mark.parametrize("route", ["pairs:decline", "pairs:part"])
def test_a_stale_page_changes_nothing(officer: Client, route: str) -> None:
    ask()
    side = Side.objects.get()

    answer = officer.post(reverse(route, args=[side.ref]), {"form_version": "7"}, follow=True)

    side.refresh_from_db()
    assert "was changed after you opened this page" in words(answer)
    assert side.state == "asked"


def test_a_stale_join_keeps_what_was_chosen(officer: Client) -> None:
    person = factories.referral()
    ask()
    side = Side.objects.get()

    answer = officer.post(
        reverse("pairs:side", args=[side.ref]), {"referral": person.ref, "form_version": "7"}
    )

    assert answer.status_code == 422
    assert f'<option value="{person.ref}" selected>' in answer.content.decode()


def test_only_what_stands_is_parted_and_only_what_asked_is_declined(actor: Actor) -> None:
    asked = factories.side(state="asked")
    stands = factories.side()

    with pytest.raises(Refused):
        commands.part(actor=actor, ref=asked.ref, version=1, at=NOW)
    with pytest.raises(Refused):
        commands.decline(actor=actor, ref=stands.ref, version=1, at=NOW)


def test_a_restricted_victim_is_absent_from_every_list(officer: Client) -> None:
    side = factories.side(crime_reference="45/77777/26")
    Restriction.objects.create(case=side.ref, reason="a party is police", made_by="carol", made_at=NOW)

    assert "45/77777/26" not in words(officer.get(reverse("pairs:pairs")))
    assert officer.get(reverse("pairs:side", args=[side.ref])).status_code == 404


def test_every_referral_has_a_token_from_its_first_moment() -> None:
    assert len({factories.draft().pair, factories.draft().pair, factories.side().pair}) == 3


def test_every_state_is_in_the_table() -> None:
    assert set(TRANSITIONS) == set(State)


def test_the_token_is_on_no_page(officer: Client, kit: Account, signed_in: Callable[..., Client]) -> None:
    person = factories.referral()
    side = factories.side(pair=person.pair)

    for address in (
        reverse("pairs:pairs"),
        reverse("pairs:side", args=[side.ref]),
        reverse("pairs:referral", args=[person.ref]),
        reverse("referrals:referral", args=[person.ref]),
    ):
        page = officer.get(address).content.decode()
        assert person.pair not in page
        assert side.thread not in page


def test_a_request_proposes_the_referrals_that_name_its_crime_and_no_other(officer: Client) -> None:
    side = factories.side(state="asked", crime_reference="45/00123/26")
    offence = factories.referral(family_name="Offence", offence="Stalking, 45/00123/26")
    ordered = factories.referral(family_name="Ordered")
    order = orders.in_force(referral=ordered)
    order.protected.update(crime_reference="45/00123/26")
    beside = factories.referral(family_name="Beside")
    factories.side(crime_reference="45/00123/26", pair=beside.pair)
    other = factories.referral(family_name="Other")
    factories.referral(family_name="Elsewhere", area="elsewhere", offence="45/00123/26")

    page = officer.get(reverse("pairs:side", args=[side.ref])).content.decode()

    named = [one for one in (offence, ordered, beside) if f"Robin {one.family_name}" in page]
    assert named == [offence, ordered, beside]
    assert page.count("names this crime") == 3
    assert f'<option value="{other.ref}">' in page
    assert "Elsewhere" not in page


def test_one_referral_that_names_the_crime_is_chosen_already_and_none_says_so(officer: Client) -> None:
    side = factories.side(state="asked", crime_reference="45/00123/26")
    alone = factories.side(state="asked", crime_reference="45/00124/26", made_at=factories.NOW)
    person = factories.referral(offence="Stalking, 45/00123/26")

    page = officer.get(reverse("pairs:side", args=[side.ref])).content.decode()
    none = officer.get(reverse("pairs:side", args=[alone.ref])).content.decode()

    assert f'<option value="{person.ref}" selected>' in page
    assert "No referral here names crime 45/00124/26" in none
