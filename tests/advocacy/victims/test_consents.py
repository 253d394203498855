"""Who consented to what, dated, and taken back."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories

from desist.advocacy.clients import commands
from desist.advocacy.pages.client import queries
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How, PauseReason, Purpose
from desist.refusals import Refused
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db


def test_a_consent_is_kept_by_purpose_and_once(actor: Actor, robin: Victim) -> None:
    for _ in range(2):
        commands.consent(
            actor=actor,
            ref=robin.ref,
            purposes=[Purpose.SUPPORT, Purpose.POLICE],
            on=date(2026, 3, 1),
            how=How.PHONE,
            at=factories.NOW,
        )

    page = queries.client(actor=actor, ref=robin.ref, at=factories.NOW).victim
    given = {one.purpose: one.given_on for one in page.consents}
    assert given["support"] == given["police"] == date(2026, 3, 1)
    assert given["partners"] is None
    assert robin.consents.count() == 2


def test_a_consent_that_is_taken_back_ends_and_stays_on_record(
    browser_of_fable: Client, actor: Actor, robin: Victim
) -> None:
    commands.consent(
        actor=actor,
        ref=robin.ref,
        purposes=[Purpose.POLICE],
        on=date(2026, 3, 1),
        how=How.PHONE,
        at=factories.NOW,
    )

    browser_of_fable.post(reverse("victims:withdraw", args=[robin.ref]), {"purpose": "police"})

    row = robin.consents.get()
    assert row.withdrawn_at is not None
    assert row.withdrawn_by == actor.who
    assert (
        "Withdrawn on" in browser_of_fable.get(reverse("victims:consents", args=[robin.ref])).content.decode()
    )


def test_a_day_that_lies_ahead_is_no_day_of_a_consent(browser_of_fable: Client, robin: Victim) -> None:
    typed = {
        "purposes": ["police"],
        "given_on-day": "1",
        "given_on-month": "1",
        "given_on-year": "2090",
        "how": "phone",
    }

    answer = browser_of_fable.post(reverse("victims:consents", args=[robin.ref]), typed)

    assert answer.status_code == 422
    assert not robin.consents.exists()


def test_a_clock_is_paused_with_a_reason_and_runs_on(browser_of_fable: Client, robin: Victim) -> None:
    paused = browser_of_fable.post(reverse("victims:pause", args=[robin.ref]), {"reason": "client_asked"})
    twice = browser_of_fable.post(reverse("victims:pause", args=[robin.ref]), {"reason": "not_safe"})

    page = browser_of_fable.get(reverse("victims:victim", args=[robin.ref])).content.decode()
    assert paused.status_code == twice.status_code == 302
    assert robin.pauses.get().reason == PauseReason.CLIENT_ASKED
    assert "The client asked us to wait" in page

    browser_of_fable.post(reverse("victims:resume", args=[robin.ref]))
    assert robin.pauses.get().ended_at is not None


def test_there_is_no_clock_to_pause_once_they_were_reached(actor: Actor, robin: Victim) -> None:
    robin.state, robin.first_contact_at = "open", factories.NOW
    robin.save()

    with pytest.raises(Refused):
        commands.pause(actor=actor, ref=robin.ref, reason=PauseReason.NOT_SAFE, at=factories.NOW)
