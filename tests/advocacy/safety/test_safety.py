"""Needs, the safety plan, choices, children and notes: locked, versioned, and free of addresses."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.clients import commands as victims
from desist.advocacy.safety import commands, queries, texts
from desist.advocacy.safety.models import Child, Choice, Need, Note, PlanVersion, Support
from desist.advocacy.safety.states import (
    TRANSITIONS,
    Domain,
    Layer,
    NeedState,
    SupportOutcome,
    What,
    Whom,
)
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How, Purpose
from desist.circumstances.texts import Relative
from desist.refusals import Refused
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW
REVIEW = date(2026, 6, 1)
FORM = {"review_on-day": "1", "review_on-month": "6", "review_on-year": "2090"}


def save(actor: Actor, victim: Victim, plan: texts.Plan, version: int) -> None:
    commands.save_plan(actor=actor, ref=victim.ref, plan=plan, review_on=REVIEW, version=version, at=NOW)


def need(actor: Actor, victim: Victim, number: str = "one") -> Need:
    commands.raise_need(
        actor=actor,
        ref=victim.ref,
        domain=Domain.HOUSING,
        words="A new lock",
        submission=number,
        at=NOW,
    )
    return Need.objects.get(submission=number)


def test_every_version_of_a_plan_is_kept_and_the_newest_counts(actor: Actor, robin: Victim) -> None:
    save(actor, robin, texts.Plan(home="Two locks"), 0)
    save(actor, robin, texts.Plan(home="Three locks"), 1)

    page = queries.plan(actor=actor, ref=robin.ref, at=NOW)
    assert (page.version, page.plan.home) == (2, "Three locks")
    assert PlanVersion.objects.count() == 2


def test_a_plan_that_is_saved_twice_is_one_version(actor: Actor, robin: Victim) -> None:
    save(actor, robin, texts.Plan(home="Two locks"), 0)
    save(actor, robin, texts.Plan(home="Two locks"), 0)

    assert PlanVersion.objects.count() == 1


def test_two_advocates_editing_one_plan_lose_no_word(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    save(actor, robin, texts.Plan(home="Words of the first"), 0)

    typed = FORM | {"home": "Words of the second", "form_version": "0"}
    answer = browser_of_fable.post(reverse("safety:plan", args=[robin.ref]), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Fable Trelissick saved this plan at 2:30pm" in page
    assert "Words of the first" in page
    assert "Words of the second" in page
    assert queries.plan(actor=actor, ref=robin.ref, at=NOW).plan.home == "Words of the first"


def test_the_second_saves_once_both_are_brought_together(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    save(actor, robin, texts.Plan(home="First"), 0)

    typed = FORM | {"home": "First and second", "form_version": "1"}
    answer = browser_of_fable.post(reverse("safety:plan", args=[robin.ref]), typed)

    assert answer.status_code == 302
    assert queries.plan(actor=actor, ref=robin.ref, at=NOW).plan.home == "First and second"


def test_an_address_in_a_plan_is_refused_and_what_was_typed_stays(
    browser_of_fable: Client, robin: Victim
) -> None:
    typed = FORM | {"home": "Lock the door of 12 Quayside Steps", "form_version": "0"}

    answer = browser_of_fable.post(reverse("safety:plan", args=[robin.ref]), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "write “their home”" in page
    assert "Lock the door of 12 Quayside Steps" in page
    assert not PlanVersion.objects.exists()


def test_a_partner_agency_is_asked_only_with_consent(actor: Actor, robin: Victim) -> None:
    row = need(actor, robin)

    with pytest.raises(Refused):
        commands.ask_support(actor=actor, need=row.ref, agency="Housing office", at=NOW)
    victims.consent(
        actor=actor,
        ref=robin.ref,
        purposes=[Purpose.PARTNERS],
        on=date(2026, 3, 1),
        how=How.PHONE,
        at=NOW,
    )
    for _ in range(2):  # two clicks
        commands.ask_support(actor=actor, need=row.ref, agency="Housing office", at=NOW)
    support = Support.objects.get()
    commands.note_outcome(actor=actor, support=support.ref, outcome=SupportOutcome.HELPED, at=NOW)

    _, (shown,) = queries.needs(actor=actor, ref=robin.ref, at=NOW)
    assert [(one.agency, one.outcome) for one in shown.supports] == [("Housing office", "Helped")]


def test_a_need_that_is_sent_twice_is_raised_once(actor: Actor, robin: Victim) -> None:
    row = need(actor, robin)
    commands.settle_need(actor=actor, need=row.ref, state=NeedState.MET, at=NOW)
    before = Need.objects.values().get()

    need(actor, robin)

    assert Need.objects.values().get() == before


@pytest.mark.parametrize("before", NeedState)
@pytest.mark.parametrize("after", NeedState)
def test_a_need_follows_its_table(before: NeedState, after: NeedState, actor: Actor, robin: Victim) -> None:
    row = need(actor, robin)
    Need.objects.filter(pk=row.pk).update(state=before, closed_at=None if before is NeedState.OPEN else NOW)

    if after in TRANSITIONS[before]:
        commands.settle_need(actor=actor, need=row.ref, state=after, at=NOW)
        assert Need.objects.get(pk=row.pk).state == after
    else:
        with pytest.raises(Refused):
            commands.settle_need(actor=actor, need=row.ref, state=after, at=NOW)


def choose(actor: Actor, victim: Victim, *, allowed: bool, until: date | None = None) -> None:
    commands.choose(
        actor=actor,
        ref=victim.ref,
        what=What.INCIDENTS,
        whom=Whom.POLICE,
        allowed=allowed,
        until=until,
        words="",
        at=NOW,
    )


def told(victim: Victim, on: date) -> bool:
    return commands.may_be_told(victim=victim, what=What.INCIDENTS, whom=Whom.POLICE, on=on)


def test_without_a_choice_nothing_is_told(robin: Victim) -> None:
    assert not told(robin, NOW.date())


def test_a_choice_counts_until_its_day_and_a_newer_one_takes_its_place(actor: Actor, robin: Victim) -> None:
    choose(actor, robin, allowed=True, until=NOW.date())
    assert told(robin, NOW.date())
    assert not told(robin, NOW.date() + timedelta(days=1))

    choose(actor, robin, allowed=False)

    assert not told(robin, NOW.date())
    assert Choice.objects.filter(ended_at=None).count() == 1
    assert Choice.objects.count() == 2


def test_a_note_stays_in_its_layer_and_is_written_once(browser_of_fable: Client, robin: Victim) -> None:
    typed = {"layer": "private", "words": "Worried about the weekend", "form_submission": "x"}

    browser_of_fable.post(reverse("safety:notes", args=[robin.ref]), typed)
    browser_of_fable.post(reverse("safety:notes", args=[robin.ref]), typed)

    assert Note.objects.get().layer == Layer.PRIVATE
    page = browser_of_fable.get(reverse("safety:notes", args=[robin.ref])).content.decode()
    assert "Private to this service" in page
    assert "Worried about the weekend" in page


CHILD = {
    "name": "Wren",
    "tie": "child",
    "born_in": "2019",
    "care": "they",
    "contact_order": "forbids",
    "order_on-day": "3",
    "order_on-month": "3",
    "order_on-year": "2026",
    "worker": "Duty team",
    "contact": "no",
    "words": "",
    "form_submission": "x",
}


def test_a_child_is_added_once_and_shown(browser_of_fable: Client, robin: Victim) -> None:
    address = reverse("safety:children", args=[robin.ref])

    first = browser_of_fable.post(address, CHILD)
    again = browser_of_fable.post(address, CHILD)

    assert (first.status_code, again.status_code) == (302, 302)
    page = text(browser_of_fable.get(address))
    assert "Wren Who they are Their child Born in 2019 Cared for by They do, alone" in page
    assert "An order forbids contact (3 March 2026) Social worker Duty team" in page
    assert Child.objects.count() == 1


def test_a_child_is_changed_and_taken_off_the_list(browser_of_fable: Client, robin: Victim) -> None:
    browser_of_fable.post(reverse("safety:children", args=[robin.ref]), CHILD)
    wren = Child.objects.get()
    changed = {**CHILD, "care": "relative", "form_submission": "changed"}

    for _ in range(2):
        page = text(browser_of_fable.post(reverse("safety:child", args=[wren.ref]), changed, follow=True))
    assert "Cared for by A relative or friend" in page
    assert "Wren: changed" in page
    now = Child.objects.get(over="")
    ending = reverse("safety:end-child", args=[now.ref])
    for _ in range(2):
        page = text(browser_of_fable.post(ending, {"over": "over"}, follow=True))
    assert "No child or relative is recorded" in page
    late = browser_of_fable.post(
        reverse("safety:child", args=[now.ref]), {**changed, "form_submission": "late"}
    )
    assert late.status_code == 422
    assert "A colleague has since changed this" in text(late)


WRITERS: list[Callable[[Actor, Victim, str], object]] = [
    lambda actor, victim, text: save(actor, victim, texts.Plan(now=text), 0),
    lambda actor, victim, text: commands.write_note(
        actor=actor, ref=victim.ref, layer=Layer.EVIDENCE, words=text, submission="x", at=NOW
    ),
    lambda actor, victim, text: commands.raise_need(
        actor=actor, ref=victim.ref, domain=Domain.LEGAL, words=text, submission="x", at=NOW
    ),
    lambda actor, victim, text: commands.choose(
        actor=actor,
        ref=victim.ref,
        what=What.PLAN,
        whom=Whom.COURT,
        allowed=True,
        until=None,
        words=text,
        at=NOW,
    ),
    lambda actor, victim, text: commands.add_child(
        actor=actor,
        ref=victim.ref,
        said=Relative("Wren", "child", None, "they", "none", None, "", text),
        contact=False,
        submission="x",
        at=NOW,
    ),
]


@pytest.mark.parametrize("write", WRITERS)
def test_no_text_may_give_their_number_away(
    write: Callable[[Actor, Victim, str], object], actor: Actor, robin: Victim
) -> None:
    with pytest.raises(HoldsLocator):
        write(actor, robin, f"Call {factories.PHONE}")

    write(actor, robin, "Call their telephone")
