"""One form that begins a referral twice at the same moment: one draft, and both pages lead to it."""

from functools import partial
from typing import Any

import pytest
from tests.partnership import factories
from tests.waiting import meanwhile

from desist.partnership.referrals.models import Happening, Referral
from desist.partnership.sending import commands
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


def test_a_form_that_is_sent_twice_at_one_moment_leads_both_times_to_the_one_draft(actor: Actor) -> None:
    with meanwhile(partial(factories.draft, submission="the-same", started_by=actor.who)):
        ref = commands.start(
            actor=actor,
            programme=factories.PROGRAMME,
            answers={"given_names": "Robin", "family_name": "Example"},
            submission="the-same",
            at=factories.NOW,
        )

    assert Referral.objects.get().ref == ref
    assert not Happening.objects.exists()  # the one that waited wrote nothing of its own
    refused = AuditEvent.objects.get(action="partnership.start_referral")
    assert (refused.allowed, refused.reason) == (False, "IntegrityError")
