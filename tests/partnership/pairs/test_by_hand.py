"""A service without software asks and ends by telephone: typed in with who said it, when, and on which consent."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories
from tests.partnership.orders import factories as orders

from desist.accounts.models import Account
from desist.partnership.orders import notices
from desist.partnership.pairs import commands, forms
from desist.partnership.pairs.models import Side
from desist.partnership.pairs.states import Said
from desist.partnership.switchboard import chores
from desist.partnership.switchboard.models import Onward
from desist.post import commands as post
from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import ByHandTask, Partner
from desist.post.transports import Transport
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
CRIME = "45/01234/26"
SAID = Said("Ash Vale, advocate", NOW - timedelta(hours=1), "spoken", NOW.date())


@pytest.fixture(autouse=True)
def service(own_keys: None) -> Partner:
    return factories.partner(name=factories.ADVOCACY, zone="advocacy", title="Harbour Advocacy")


def typed(**changed: Any) -> dict[str, Any]:
    return {
        "service": factories.ADVOCACY,
        "crime_reference": CRIME,
        "heard_from": "Ash Vale, advocate",
        "heard_on-day": "3",
        "heard_on-month": "3",
        "heard_on-year": "2026",
        "heard_time": "00:30",
        "consent": "signed",
        "consented_on-day": "2",
        "consented_on-month": "3",
        "consented_on-year": "2026",
        "form_submission": "one",
    } | changed


def ask(actor: Actor, *, submission: str = "one", another: bool = False) -> Side:
    request = commands.TypedIn(factories.ADVOCACY, CRIME, SAID, another=another)
    ref = commands.type_in(actor=actor, request=request, submission=submission, at=NOW)
    return Side.objects.get(ref=ref)


def standing(actor: Actor) -> Side:
    """A side that was typed in and joined to a referral."""
    side = ask(actor)
    commands.join(actor=actor, ref=side.ref, referral=factories.referral().ref, version=1, at=NOW)
    side.refresh_from_db()
    return side


def waiting() -> list[tuple[str, str]]:
    """What is still to be told by telephone: what, and what it is about."""
    rows = ByHandTask.objects.filter(told_at=None, dropped_at=None).order_by("pk")
    return [(row.kind, row.about) for row in rows]


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_what_was_asked_by_telephone_waits_like_any_other_and_its_history_says_who_told_it(
    officer: Client,
) -> None:
    link = words(officer.get(reverse("pairs:pairs")))

    first = officer.post(reverse("pairs:type-in"), typed())
    again = officer.post(reverse("pairs:type-in"), typed())

    side = Side.objects.get()
    assert reverse("pairs:type-in") in link
    assert first["Location"] == again["Location"] == reverse("pairs:side", args=[side.ref])
    assert (side.state, side.crime_reference, len(side.thread) > 20) == ("asked", CRIME, True)
    page = words(officer.get(first["Location"]))
    assert "told by Ash Vale, advocate, Tuesday 3 March 2026, 12:30am" in page
    assert "signed by the client, and kept by the service, 2 March 2026" in page
    assert f"Answer the request to link crime {CRIME}" in words(officer.get("/"))


def test_the_answer_and_what_follows_are_told_by_the_crime_reference(actor: Actor) -> None:
    side = standing(actor)
    person = commands.person_of(side=side)
    assert person is not None
    Onward.objects.create(referral=person, what="started", on=NOW.date(), written_at=NOW)
    Onward.objects.create(referral=person, what="alert", reason="concern", on=NOW.date(), written_at=NOW)

    chores.pass_on(at=NOW)

    about = f"crime reference {CRIME}"
    assert waiting() == [("pair-answer", about), ("programme-update", about), ("alert", about)]


def test_the_same_crime_of_the_same_service_is_asked_about_first(officer: Client, actor: Actor) -> None:
    ask(actor)

    refused = officer.post(
        reverse("pairs:type-in"), typed(form_submission="two", crime_reference="45/01234/26")
    )
    kept = officer.post(reverse("pairs:type-in"), typed(form_submission="two", another="on"))

    assert refused.status_code == 422
    assert "already asked about this crime" in words(refused)
    assert kept.status_code == 302
    assert Side.objects.count() == 2


def test_a_client_who_ended_it_may_ask_anew(actor: Actor) -> None:
    side = standing(actor)
    commands.type_in_end(actor=actor, ref=side.ref, said=SAID, version=side.version, at=NOW)

    assert ask(actor, submission="two").pk != side.pk


def test_an_end_by_telephone_takes_back_what_waits_to_be_told(officer: Client, actor: Actor) -> None:
    side = standing(actor)
    page = words(officer.get(reverse("pairs:side", args=[side.ref])))
    task = ByHandTask.objects.get()

    answer = officer.post(reverse("pairs:end", args=[side.ref]), typed(form_version=str(side.version)))

    old = side.pair
    side.refresh_from_db()
    assert "Their client no longer wants updates" in page
    assert answer.status_code == 302
    assert side.state == "ended"
    assert side.pair != old
    assert waiting() == []
    task.refresh_from_db()
    assert "Do not telephone" in task.text
    shown = words(officer.get(reverse("pairs:side", args=[side.ref])))
    assert "told by Ash Vale, advocate" in shown
    assert reverse("pairs:end", args=[side.ref]) not in shown
    with pytest.raises(Refused):
        post.tell(actor=actor, ref=task.ref, telling=post.Telling("Ash", ""), at=NOW)
    told = officer.post(reverse("post:tell", args=[task.ref]), {"whom": "Ash", "answer": ""})
    assert "This no longer needs to be passed on" in words(told)


def test_an_end_of_what_ended_or_changed_meanwhile_is_refused(officer: Client, actor: Actor) -> None:
    side = standing(actor)

    stale = officer.post(reverse("pairs:end", args=[side.ref]), typed(form_version="1"))
    commands.type_in_end(actor=actor, ref=side.ref, said=SAID, version=side.version, at=NOW)

    assert "was changed after you opened this page" in words(stale)
    with pytest.raises(Refused):
        commands.type_in_end(actor=actor, ref=side.ref, said=SAID, version=side.version + 1, at=NOW)


@pytest.mark.parametrize("zone", ["advocacy", "programme"])
def test_what_comes_by_itself_is_not_typed_in(actor: Actor, service: Partner, zone: str) -> None:
    side = standing(actor)
    by_hand = zone != "advocacy"
    transport = Transport.BY_HAND if by_hand else Transport.FILE
    Partner.objects.filter(pk=service.pk).update(zone=zone, transport=transport, keys="{}")

    with pytest.raises(Refused):
        ask(actor, submission="two")
    with pytest.raises(Refused):
        commands.type_in_end(actor=actor, ref=side.ref, said=SAID, version=side.version, at=NOW)


def test_without_a_service_by_hand_the_page_says_so(officer: Client, service: Partner) -> None:
    Partner.objects.filter(pk=service.pk).update(transport=Transport.COURIER, keys="{}")

    assert "lists no advocacy service by hand" in words(officer.get(reverse("pairs:type-in")))


def test_nothing_lies_ahead() -> None:
    now = forms.End(typed(heard_time="2:30pm"), at=NOW)
    ahead = forms.End(typed(heard_time="2:31pm"), at=NOW)
    consent = forms.TypeIn(typed(**{"consented_on-day": "4"}), at=NOW)

    assert not now.errors
    assert ahead.errors["heard_time"] == ["This time is in the future"]
    assert "consented_on" in consent.errors


def test_an_officer_of_another_area_or_of_the_orders_types_nothing_in(kit: Account, actor: Actor) -> None:
    side = standing(actor)
    elsewhere = staff.browser(account=kit, role=actor.role, area="elsewhere")

    assert elsewhere.get(reverse("pairs:end", args=[side.ref])).status_code == 404


def test_orders_of_the_crime_are_told_by_its_reference(actor: Actor) -> None:
    standing(actor)

    with transaction.atomic():
        notices.tell_advocacy(orders.draft(), notices.Event.MADE, on=date(2026, 3, 3), at=NOW)

    assert waiting()[-1] == ("order-update", f"crime reference {CRIME}")


def test_an_envelope_that_ends_it_takes_back_what_waits_as_well(actor: Actor) -> None:
    """A service that came to Desist meanwhile."""
    side = standing(actor)
    request = payloads.PairRequest(CRIME, factories.AREA, stands=False, asked_at=NOW)

    with transaction.atomic():
        commands.ask(Received(request, side.thread, factories.ADVOCACY, NOW, actors.post()))

    assert waiting() == []
