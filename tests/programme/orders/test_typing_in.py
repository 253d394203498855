"""A programme that works alone types the minimal order in from its certified copy; it then works as one that was told."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.post.models import Partner
from desist.post.transports import Transport
from desist.programme.episodes.models import Episode
from desist.programme.leaving.certificates.commands import requirements
from desist.programme.leaving.reports import facts as reports
from desist.programme.orders import commands, kinds
from desist.programme.orders.models import Order
from desist.programme.orders.queries import exclusions
from desist.programme.referrals.models import Referral
from desist.refusals import Refused
from desist.ui import dates
from desist.wall.actors import Actor, Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

FORM = {
    "kind": "full",
    "made_on-day": "2",
    "made_on-month": "2",
    "made_on-year": "2026",
    "served_on-day": "3",
    "served_on-month": "2",
    "served_on-year": "2026",
    "ends_on-day": "1",
    "ends_on-month": "2",
    "ends_on-year": "2098",
    "requirements": "To attend twelve sessions\n\n  To surrender devices  ",
    "exclusions": "The area on the court’s map A",
    "form_submission": "one-order",
}
NO_DAY = {"served_on-day": "", "served_on-month": "", "served_on-year": ""}
TYPED = commands.Typed("full", date(2026, 2, 2), None, None, None, (), ())


@pytest.fixture
def alone(episode: Episode) -> Episode:
    """Robin, whose referral was typed in for nobody."""
    Referral.objects.update(partner="")
    return Episode.objects.get(pk=episode.pk)


@pytest.fixture
def order(alone: Episode, kit_browser: Client) -> Order:
    """What Kit typed in."""
    kit_browser.post(f"/orders/of/{alone.ref}/type-in/", FORM)
    return Order.objects.get()


def sent(order: Order, **changes: str) -> dict[str, str]:
    return {**FORM, "form_version": str(order.version), **changes}


def test_an_order_is_typed_in_once_and_stands_on_the_persons_page(
    alone: Episode, kit_browser: Client
) -> None:
    for _ in range(2):  # a double click
        answer = kit_browser.post(f"/orders/of/{alone.ref}/type-in/", FORM, follow=True)
        assert "To surrender devices" in text(answer)

    order = Order.objects.get()
    assert (order.requirements, order.event) == (
        ["To attend twelve sessions", "To surrender devices"],
        "served",
    )
    page = text(kit_browser.get(f"/episodes/{alone.ref}/"))
    assert "Stalking Protection Order, in force" in page
    assert "Entered here from its certified copy" in page
    assert "As sent by the police" not in page
    assert "Order entered from its certified copy" in text(kit_browser.get(f"/history/{alone.ref}/"))


def test_planner_certificate_and_preparation_know_it(
    alone: Episode, order: Order, kit_browser: Client
) -> None:
    coming = factories.session(episode=alone)

    assert exclusions(referral=alone.referral_id, on=timezone.localdate()) == (
        "The area on the court’s map A",
    )
    assert any("To attend twelve sessions" in words for words in requirements(alone))
    assert "The area on the court’s map A" in text(kit_browser.get(f"/sessions/{coming.ref}/prepare/"))
    assert "An order excludes the person from these places" in text(
        kit_browser.get(f"/rescheduling/{coming.ref}/move/")
    )


def test_it_is_changed(order: Order, kit_browser: Client) -> None:
    page = f"/orders/{order.ref}/change/"
    assert "To attend twelve sessions" in kit_browser.get(page).content.decode()

    kit_browser.post(page, sent(order, **NO_DAY, kind="interim"))

    order.refresh_from_db()
    assert (order.kind, order.event, order.served_on, order.version) == ("interim", "made", None, 2)


def test_a_stale_tab_changes_nothing(order: Order, kit_browser: Client) -> None:
    kit_browser.post(f"/orders/{order.ref}/change/", sent(order, kind="interim"))

    for page, form in (("change", sent(order)), ("end", ended(order))):
        answer = kit_browser.post(f"/orders/{order.ref}/{page}/", form)
        assert "a colleague changed this order" in text(answer)
        assert "What it says now: Interim Stalking Protection Order, made 2 February 2026" in text(answer)
    order.refresh_from_db()
    assert (order.kind, order.event) == ("interim", "served")


@pytest.mark.parametrize("way", ["change", "end"])
def test_whoever_was_overtaken_sees_what_it_says_and_saves(
    order: Order, kit_browser: Client, way: str
) -> None:
    form = sent(order) if way == "change" else ended(order)
    kit_browser.post(f"/orders/{order.ref}/change/", sent(order, exclusions="The harbour"))

    answer = kit_browser.post(f"/orders/{order.ref}/{way}/", form)
    assert "The harbour" in text(answer)
    assert 'name="form_version" value="2"' in answer.content.decode()
    again = kit_browser.post(f"/orders/{order.ref}/{way}/", form | {"form_version": "2"})

    assert again.status_code == 302


def test_it_does_not_end_before_it_was_made(order: Order, kit_browser: Client) -> None:
    early = ended(order) | {"ended_on-day": "1", "ended_on-month": "2", "ended_on-year": "2026"}

    answer = kit_browser.post(f"/orders/{order.ref}/end/", early)

    assert "must be on or after 2 February 2026" in text(answer)
    order.refresh_from_db()
    assert order.event == "served"


def test_an_order_past_its_last_day_ran_out(alone: Episode, kit_browser: Client) -> None:
    today = timezone.localdate()
    kept = factories.order(referral=alone.referral, ends_on=today)
    page = f"/orders/of/{alone.ref}/"
    assert "In force" in text(kit_browser.get(page))

    Order.objects.filter(pk=kept.pk).update(ends_on=today - timedelta(days=1))

    assert "Expired" in text(kit_browser.get(page))
    assert "In force" not in text(kit_browser.get(page))


def test_an_order_of_somebody_who_is_not_on_the_programme_has_no_page(
    signed_in: Callable[..., Client], police: Partner
) -> None:
    kept = factories.order(referral=factories.referral(), typed_by="carol")
    manager = signed_in(role=Role.MANAGER)

    assert {manager.get(f"/orders/{kept.ref}/{page}/").status_code for page in ("change", "end")} == {404}


def ended(order: Order) -> dict[str, str]:
    day = timezone.localdate() - timedelta(days=1)
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"ended_on-{part}": str(one) for part, one in parts.items()} | {
        "form_version": str(order.version)
    }


def test_it_ends_and_leaves_the_persons_page(alone: Episode, order: Order, kit_browser: Client) -> None:
    answer = kit_browser.post(f"/orders/{order.ref}/end/", ended(order), follow=True)

    assert "Ended" in text(answer)
    assert "in force" not in text(kit_browser.get(f"/episodes/{alone.ref}/"))
    assert exclusions(referral=alone.referral_id, on=timezone.localdate()) == ()
    order.refresh_from_db()
    for page, form in (("change", sent(order)), ("end", ended(order))):
        assert "this order has ended" in text(kit_browser.post(f"/orders/{order.ref}/{page}/", form))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"made_on-year": "2098"}, "on or before"),
        ({"served_on-year": "2025"}, "before the order was made"),
        ({"ends_on-year": "2020"}, "before the order was made"),
        (
            {"hearing_on-day": "1", "hearing_on-month": "1", "hearing_on-year": "2026"},
            "before the order was made",
        ),
        ({"requirements": "a\n" * 21}, "at most 20 lines"),
        ({"exclusions": "a" * 301}, "at most 300 characters"),
        ({"exclusions": "14 Mill Street, Northmere"}, "looks like an address"),
        ({"requirements": "Not to ring 01632 960 123"}, "looks like a telephone number"),
    ],
)
@pytest.mark.parametrize("changing", [False, True])
def test_what_cannot_be_or_leads_somewhere_is_refused_and_the_words_stay(
    alone: Episode, kit_browser: Client, changes: dict[str, str], sentence: str, *, changing: bool
) -> None:
    address = f"/orders/of/{alone.ref}/type-in/"
    if changing:
        kept = factories.order(referral=alone.referral, typed_by="carol", exclusions=["Map A"])
        address = f"/orders/{kept.ref}/change/"

    answer = kit_browser.post(address, {**FORM, "form_version": "1", **changes})

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert changes.get("exclusions", "map A")[:20] in answer.content.decode()
    assert list(Order.objects.values_list("exclusions", flat=True)) == ([["Map A"]] if changing else [])


def test_where_the_police_tell_over_the_post_no_stalking_protection_order_is_typed(
    episode: Episode, kit_browser: Client
) -> None:
    told = factories.order(referral=episode.referral)
    listed = text(kit_browser.get(f"/orders/of/{episode.ref}/"))
    asked = kit_browser.get(f"/orders/of/{episode.ref}/type-in/")

    assert "Updates from the police about Stalking Protection Orders arrive automatically." in listed
    assert "Do not enter a Stalking Protection Order" in text(asked)
    assert 'value="full"' not in asked.content.decode()
    refused = kit_browser.post(f"/orders/of/{episode.ref}/type-in/", FORM)
    assert "The police send details of this person’s Stalking Protection Orders electronically." in text(
        refused
    )
    assert "To surrender devices" in text(refused)
    for address, form in (
        (f"/orders/{told.ref}/change/", sent(told, kind="restraining")),
        (f"/orders/{told.ref}/end/", ended(told)),
    ):
        assert "it cannot be edited here." in text(kit_browser.get(address))
        assert "Not saved: the police send" in text(kit_browser.post(address, form))
    assert Order.objects.count() == 1


@pytest.mark.parametrize(("kind", "name"), sorted(kinds.KINDS.items() - kinds.PROTECTION.items()))
@pytest.mark.parametrize("over_post", [True, False])
def test_any_other_order_is_typed_in_whoever_tells_and_works_as_one_that_was_told(
    episode: Episode, kit_browser: Client, kind: str, name: str, *, over_post: bool
) -> None:
    if not over_post:
        Referral.objects.update(partner="")
    coming = factories.session(episode=episode)

    kit_browser.post(f"/orders/of/{episode.ref}/type-in/", {**FORM, **NO_DAY, "kind": kind})

    place = "The area on the court’s map A"
    assert exclusions(referral=episode.referral_id, on=timezone.localdate()) == (place,)
    assert f"{name}, in force" in text(kit_browser.get(f"/episodes/{episode.ref}/"))
    prepared = text(kit_browser.get(f"/sessions/{coming.ref}/prepare/"))
    assert name in prepared
    assert place in prepared
    for page in (
        f"/rescheduling/{coming.ref}/move/",
        f"/planner/{episode.ref}/",
        f"/planner/{episode.ref}/plan/",
    ):
        assert place in text(kit_browser.get(page))
    for page in (f"/rescheduling/{coming.ref}/move/", f"/planner/{episode.ref}/plan/"):
        assert "inside an area that the order excludes?" in text(kit_browser.get(page))
    assert any(words.startswith(f"{name} made 2 February 2026") for words in requirements(episode))
    assert reports.gather(episode).orders[0].words.startswith(f"{name} made")


def test_it_becomes_no_stalking_protection_order_where_the_police_tell_of_those(
    actor: Actor, episode: Episode, kit_browser: Client
) -> None:
    kit_browser.post(f"/orders/of/{episode.ref}/type-in/", {**FORM, "kind": "bail"})
    kept = Order.objects.get()

    answer = kit_browser.post(f"/orders/{kept.ref}/change/", sent(kept, kind="full"))
    with pytest.raises(Refused):
        commands.change(actor=actor, ref=kept.ref, typed=TYPED, version=1, at=factories.NOW)
    with pytest.raises(Refused):
        commands.type_in(actor=actor, episode=episode.ref, typed=TYPED, submission="around", at=factories.NOW)

    assert "Choose which other order it is" in text(answer)
    kept.refresh_from_db()
    assert kept.kind == "bail"
    kit_browser.post(f"/orders/{kept.ref}/change/", sent(kept, kind="licence"))
    kept.refresh_from_db()
    assert kept.kind == "licence"


def test_one_typed_before_the_police_had_desist_is_still_put_right(
    alone: Episode, order: Order, kit_browser: Client
) -> None:
    Referral.objects.update(partner=factories.POLICE)

    kit_browser.post(f"/orders/{order.ref}/change/", sent(order, exclusions="The harbour"))

    order.refresh_from_db()
    assert (order.kind, order.exclusions) == ("full", ["The harbour"])


def test_a_hearing_is_typed_and_stands_with_the_order(alone: Episode, kit_browser: Client) -> None:
    day = timezone.localdate() + timedelta(days=9)
    hearing = {"hearing_on-day": day.day, "hearing_on-month": day.month, "hearing_on-year": day.year}

    kit_browser.post(f"/orders/of/{alone.ref}/type-in/", {**FORM, **hearing})

    assert Order.objects.get().hearing_on == day
    assert f"Hearing {dates.on(day)}" in text(kit_browser.get(f"/orders/of/{alone.ref}/"))
    assert f"Next date: {dates.on(day)}, hearing" in text(kit_browser.get(f"/episodes/{alone.ref}/"))
    assert Order.objects.get().made_on < day


def bound(*written: str) -> None:
    Referral.objects.update(orders=list(written))


def test_an_order_of_the_referral_that_nobody_typed_in_is_said_where_sessions_are_planned(
    alone: Episode, kit_browser: Client
) -> None:
    bound("restraining 2098-03-01", "bail 2020-01-01", "licence")
    coming = factories.session(episode=alone)
    pages = [
        f"/orders/of/{alone.ref}/",
        *(f"/planner/{alone.ref}/", f"/planner/{alone.ref}/plan/"),
        *(f"/rescheduling/{coming.ref}/move/", f"/rescheduling/{alone.ref}/add/"),
    ]

    for page in pages:
        seen = text(kit_browser.get(page))
        assert "this is in force: Restraining order, until 1 March 2098." in seen
        assert "this is in force: Licence conditions." in seen
        assert "Nobody has entered its exclusion areas." in seen
        assert "this is in force: Bail conditions" not in seen  # over before today

    for kind in ("restraining", "licence"):
        kit_browser.post(f"/orders/of/{alone.ref}/type-in/", {**FORM, "kind": kind, "form_submission": kind})
    for page in pages:
        assert "Nobody has entered" not in text(kit_browser.get(page))


def test_a_stalking_protection_order_of_the_referral_is_asked_of_the_police_who_tell_of_it(
    episode: Episode, kit_browser: Client
) -> None:
    bound("interim_stalking_protection", "stalking_protection 2098-03-01", "other")
    before = text(kit_browser.get(f"/planner/{episode.ref}/"))
    factories.order(referral=episode.referral)
    after = text(kit_browser.get(f"/planner/{episode.ref}/"))

    assert "Interim Stalking Protection Order. The police have not sent its details yet" in before
    assert "Another order. Nobody has entered" in before
    assert "The police have not sent its details" not in after
    assert "Another order. Nobody has entered" in after


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("stalking_protection 2098-03-01", {"kind": "interim"}),
        ("restraining 2098-03-01", {"kind": "restraining", "ends_on": date(2026, 3, 1)}),
        ("restraining 2098-03-01\nrestraining 2099-03-01", {"kind": "restraining"}),
    ],
)
def test_an_order_that_ran_out_or_another_of_its_kind_does_not_stand_for_the_one_in_force(
    episode: Episode, kit_browser: Client, said: str, kept: dict[str, Any]
) -> None:
    bound(*said.splitlines())
    factories.order(referral=episode.referral, **kept)

    assert "We have no details of an order in force" in text(kit_browser.get(f"/planner/{episode.ref}/"))


def test_who_may_not_type_orders_is_led_to_no_form(signed_in: Callable[..., Client], alone: Episode) -> None:
    bound("restraining")

    page = signed_in(role=Role.SUPERVISOR).get(f"/orders/of/{alone.ref}/")

    assert "Nobody has entered its exclusion areas." in text(page)
    assert "type-in" not in page.content.decode()


def test_for_a_force_without_desist_it_is_typed(episode: Episode, kit_browser: Client) -> None:
    Partner.objects.update(transport=Transport.BY_HAND)

    kit_browser.post(f"/orders/of/{episode.ref}/type-in/", FORM)

    assert Order.objects.get().typed_by


def test_a_person_without_an_order_says_so(alone: Episode, kit_browser: Client) -> None:
    assert "No order is known" in text(kit_browser.get(f"/orders/of/{alone.ref}/"))


def test_the_command_refuses_what_was_told(actor: Actor, episode: Episode) -> None:
    told = factories.order(referral=episode.referral)
    with pytest.raises(Refused):
        commands.change(actor=actor, ref=told.ref, typed=TYPED, version=1, at=factories.NOW)


def test_who_does_not_work_with_the_person_finds_no_order(
    signed_in: Callable[..., Client], alone: Episode, order: Order
) -> None:
    pages = (f"/orders/of/{alone.ref}/", f"/orders/{order.ref}/change/", f"/orders/{order.ref}/end/")
    noor = signed_in(account=factories.account(name="Noor Hale"))
    assert {noor.get(page).status_code for page in pages} == {404}

    Restriction.objects.create(case=alone.referral.ref, reason="x", made_by="carol", made_at=factories.NOW)
    assert {signed_in(role=Role.MANAGER).get(page).status_code for page in pages} == {404}
