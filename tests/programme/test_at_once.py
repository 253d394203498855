"""Two who make the first row of its kind at one moment: one row, and nobody meets a fault."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.programme import factories
from tests.programme.reading import text
from tests.waiting import meanwhile

from desist.accounts.nudges import commands as nudges
from desist.accounts.nudges.models import EmailChoice
from desist.notices import OwnWords
from desist.programme.agreement import commands as agreement
from desist.programme.agreement.models import NoticeWords
from desist.programme.concerns import commands as concerns
from desist.programme.concerns.models import Concern
from desist.programme.concerns.stages import Step
from desist.programme.service.nudges.states import ROLES, Kind
from desist.programme.sessions.models import Session
from desist.programme.triage import commands as triage
from desist.programme.triage.models import Criteria
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent, EmergencyAccess


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


def test_of_two_who_set_the_first_criteria_the_second_is_told(actor: Actor) -> None:
    manager = replace(actor, role=Role.MANAGER)
    usual = triage.settings_of(None, manager.area)
    change = partial(triage.change_criteria, actor=manager, reason="Agreed", replaces="", at=factories.NOW)
    first = partial(
        Criteria.objects.create,
        area=manager.area,
        proceedings=sorted(usual.proceedings),
        youngest=21,
        other_areas=[],
        reason="Agreed by somebody else",
        made_by="ola",
        made_at=factories.NOW,
    )

    with meanwhile(first), pytest.raises(Changed):
        change(settings=usual)

    assert Criteria.objects.get().youngest == 21


def test_of_two_who_first_say_what_the_notice_says_of_the_service_the_second_is_told(actor: Actor) -> None:
    manager = replace(actor, role=Role.MANAGER)
    own = OwnWords(
        "Another name", "01632 960141", "", "Write to us.", "Ask us.", "The law says so.", "Six years."
    )

    with meanwhile(factories.notice_words), pytest.raises(Changed):
        agreement.change_words(actor=manager, own=own, reason="Agreed", replaces="", at=factories.NOW)

    assert NoticeWords.objects.get().controller == "Northmere Behaviour Change (invented)"


def test_who_chooses_their_mails_on_two_devices_has_what_came_last(actor: Actor) -> None:
    first = partial(
        EmailChoice.objects.create, account=actor.who, unwanted=[Kind.REFERRAL], changed_at=factories.NOW
    )
    offered = {str(kind) for kind, roles in ROLES.items() if actor.role in roles}

    with meanwhile(first):
        nudges.choose(actor=actor, wanted=[], at=factories.NOW)

    assert set(EmailChoice.objects.get().unwanted) == offered | {Kind.REFERRAL}


def test_who_opens_a_case_in_an_emergency_in_two_browsers_has_one_open_and_is_told(
    actor: Actor, kit_browser: Client
) -> None:
    ines = factories.practitioner(account=staff.account(name="Ines Vale"))
    other = factories.referral(family_name="Thornwick")
    factories.episode(referral=other, practitioner=ines)
    began = timezone.now()
    first = partial(
        EmergencyAccess.objects.create,
        account=actor.who,
        area=actor.area,
        case=other.ref,
        reason="His sister rang from the road.",
        began_at=began,
        until=began + timedelta(hours=1),
        review_by=began.date() + timedelta(days=2),
    )
    asked = {"case": other.ref, "reason": "His sister rang: he is on the way to her."}

    with meanwhile(first):
        answer = kit_browser.post("/restrictions/emergency/", asked)

    assert answer.status_code == 422
    assert "You opened a case in another window at the same moment" in text(answer)
    assert asked["reason"] in answer.content.decode()
    assert EmergencyAccess.objects.get().reason == "His sister rang from the road."
    assert AuditEvent.objects.get(action="restrictions.open_in_emergency").allowed is False


def test_of_two_who_screen_a_concern_at_once_the_second_is_told_and_one_screening_counts(
    actor: Actor, session: Session
) -> None:
    concern = factories.followed(session=session, stage="screening")
    ola = factories.account(name="Ola Reed")

    def first() -> None:
        Concern.objects.select_for_update().get(pk=concern.pk)
        factories.step(concern=concern, stage="actions", by=ola.ref)

    done = concerns.Done(words="My own words", kind="child", result="nothing")

    with meanwhile(first), pytest.raises(Refused, match="Ola Reed was first"):
        concerns.take(
            actor=replace(actor, who="sol", role=Role.SUPERVISOR),
            ref=concern.ref,
            step=Step.SCREENED,
            done=done,
            submission="second",
            at=factories.NOW,
        )

    assert concern.steps_taken.get().by == ola.ref
