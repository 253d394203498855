"""Emergency access: one case, to read, for an hour, told at once, looked into by another person, or never again."""

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.alerts import commands as alerts
from desist.accounts.alerts.models import AccountAlert
from desist.accounts.alerts.states import Outcome
from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.references import spoken
from desist.restrictions.emergency import commands
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent, EmergencyAccess, Exclusion, Restriction

pytestmark = pytest.mark.django_db

PAGE = "/restrictions/emergency/"
REASON = "His sister rang: he is on the way to her."


@pytest.fixture
def other(kit: Account) -> Episode:
    """Robin Thornwick, who is another practitioner's; Kit has someone of their own."""
    factories.episode(referral=factories.referral(), practitioner=factories.practitioner(account=kit))
    ines = factories.practitioner(account=staff.account(name="Ines Vale"))
    return factories.episode(referral=factories.referral(family_name="Thornwick"), practitioner=ines)


@pytest.fixture
def session(other: Episode) -> Session:
    return factories.session(episode=other)


def ask(client: Client, typed: str, reason: str = REASON) -> Any:
    return client.post(PAGE, {"case": typed, "reason": reason})


def status(client: Client, episode: Episode) -> int:
    return client.get(f"/episodes/{episode.ref}/").status_code


def kinds() -> list[str]:
    return list(AccountAlert.objects.order_by("pk").values_list("kind", flat=True))


def test_a_case_of_somebody_else_opens_to_read_and_nothing_else_does(
    kit_browser: Client, other: Episode, session: Session
) -> None:
    third = factories.episode(referral=factories.referral(family_name="Hawthorn"))
    assert status(kit_browser, other) == 404

    answer = kit_browser.post(PAGE, {"case": spoken(other.ref), "reason": REASON}, follow=True)

    assert answer.redirect_chain == [(f"/episodes/{other.ref}/", 302)]
    assert "Thornwick" in text(answer)
    assert kit_browser.get(f"/sessions/{session.ref}/").status_code == 200
    assert "Thornwick" in text(kit_browser.get("/episodes/"))
    assert status(kit_browser, third) == 404


@pytest.mark.parametrize("which", ["episode", "referral"])
def test_any_whole_reference_of_the_case_opens_it(kit_browser: Client, other: Episode, which: str) -> None:
    ask(kit_browser, {"episode": other.ref, "referral": other.referral.ref}[which])

    assert status(kit_browser, other) == 200


def test_nothing_can_be_changed(kit_browser: Client, other: Episode, session: Session) -> None:
    ask(kit_browser, other.ref)
    form = {"form_version": str(session.version), "form_submission": "once", "work_done": "Changed"}

    for path in (f"/sessions/{session.ref}/record/", f"/sessions/{session.ref}/save/"):
        assert kit_browser.post(path, form).status_code == 404
    assert kit_browser.get(f"/sessions/{session.ref}/record/").status_code == 404
    session.refresh_from_db()
    assert session.work_done == ""


def test_every_look_says_that_it_was_an_emergency(kit_browser: Client, other: Episode) -> None:
    ask(kit_browser, other.ref)
    kit_browser.get(f"/episodes/{other.ref}/")

    looks = AuditEvent.objects.filter(action="programme.see_episode", row__endswith=other.ref, allowed=True)
    assert set(looks.values_list("reason", flat=True)) == {"emergency access"}


def test_it_ends_by_itself_after_an_hour_without_any_worker(kit_browser: Client, other: Episode) -> None:
    ask(kit_browser, other.ref)
    row = EmergencyAccess.objects.get()
    assert row.until - row.began_at == timedelta(hours=1)

    hour = timedelta(hours=1)
    EmergencyAccess.objects.update(began_at=row.began_at - hour, until=row.until - hour)

    assert status(kit_browser, other) == 404
    assert "Thornwick" not in text(kit_browser.get("/episodes/"))


def test_it_can_be_ended_before(kit_browser: Client, other: Episode) -> None:
    ask(kit_browser, other.ref)
    assert "End the emergency access now" in text(kit_browser.get(PAGE))

    kit_browser.post(f"{PAGE}end/")

    assert status(kit_browser, other) == 404
    assert "End the emergency access now" not in text(kit_browser.get(PAGE))


def test_one_case_at_a_time(kit_browser: Client, other: Episode) -> None:
    second = factories.episode(referral=factories.referral(family_name="Hawthorn"))
    ask(kit_browser, other.ref)

    ask(kit_browser, second.ref)

    assert [status(kit_browser, one) for one in (other, second)] == [404, 200]


@pytest.mark.parametrize("reason", ["", "Because.", "x" * 19, " " * 30])
def test_a_reason_has_twenty_characters(kit_browser: Client, other: Episode, reason: str) -> None:
    answer = kit_browser.post(PAGE, {"case": other.ref, "reason": reason})

    assert answer.status_code == 422
    assert status(kit_browser, other) == 404
    assert kinds() == []


def shut(why: str, other: Episode, kit: Account) -> str:
    """Shut a case in one of the ways that are not assignment; returns what is typed."""
    case = other.referral.ref
    made = {"made_by": "carol", "made_at": factories.NOW, "reason": "Knows a party"}
    if why == "excluded":
        Exclusion.objects.create(case=case, account=kit.ref, allowed=False, **made)
    elif why == "restricted":
        Restriction.objects.create(case=case, **made)
    elif why == "elsewhere":
        return factories.episode(referral=factories.referral(area="southmere")).ref
    return other.ref if why != "absent" else "zzzzzzzzzz"


WAYS = ("excluded", "restricted", "elsewhere", "absent")


@pytest.mark.parametrize("why", WAYS)
def test_what_is_shut_otherwise_stays_shut_looks_absent_and_is_told(
    kit_browser: Client, other: Episode, kit: Account, why: str
) -> None:
    typed = shut(why, other, kit)

    answer = kit_browser.post(PAGE, {"case": typed, "reason": REASON})

    assert answer.status_code == 422
    assert "No case that you could open has this reference" in text(answer)
    assert REASON in answer.content.decode()
    assert kit_browser.get(f"/episodes/{typed}/").status_code == 404
    assert kinds() == ["no_case"]
    assert list(EmergencyAccess.objects.values_list("case", "reason")) == [("", REASON)]


def test_absent_and_shut_are_the_same_page(kit_browser: Client, other: Episode, kit: Account) -> None:
    def page(why: str) -> str:
        typed = shut(why, other, kit)
        said = kit_browser.post(PAGE, {"case": typed, "reason": REASON}).content.decode()
        for once in {*map(str, (typed,))}:
            said = said.replace(once, "CASE")
        return text_without_tokens(said)

    assert len({page(why) for why in WAYS}) == 1


def text_without_tokens(page: str) -> str:
    return re.sub(r'(name="(csrfmiddlewaretoken|form_submission)" value=|nonce=)"[^"]*"', "", page)


def test_it_is_told_at_once_to_the_officer_and_the_manager_with_reference_and_reason(
    kit_browser: Client, other: Episode
) -> None:
    officer = staff.browser(account=staff.account(name="Dee Quillon"), role=Role.DATA_PROTECTION_OFFICER)
    manager = staff.browser(account=staff.account(name="Mo Harrow"), role=Role.MANAGER)

    ask(kit_browser, other.ref)

    alert = AccountAlert.objects.get()
    for browser in (officer, manager):
        assert "Look into this: Kit Marlow opened a case by emergency access" in text(
            browser.get("/", follow=True)
        )
        page = text(browser.get(f"/account/alerts/{alert.ref}/"))
        assert f"Case {spoken(other.referral.ref)}" in page
        assert REASON in page
        assert "Thornwick" not in page
    assert kit_browser.get(f"/account/alerts/{alert.ref}/").status_code == 403


def actor(account: Account, role: Role) -> Actor:
    return Actor(who=account.ref, role=role, area=factories.AREA, correlation=uuid.uuid4())


def review(at: datetime) -> None:
    mo = staff.account(name="Mo Harrow")
    staff.grant(account=mo, role=Role.MANAGER)
    alerts.close(
        actor=actor(mo, Role.MANAGER),
        ref=AccountAlert.objects.filter(closed_at=None).latest("pk").ref,
        outcome=Outcome.WORK,
        note="Ines was on leave.",
        at=at,
    )


def open_at(kit: Account, other: Episode, at: datetime) -> None:
    commands.open_(actor=actor(kit, Role.PRACTITIONER), typed=other.ref, reason=REASON, at=at)


def test_while_a_review_is_overdue_the_next_one_is_refused(kit: Account, other: Episode) -> None:
    staff.grant(account=kit, role=Role.PRACTITIONER)
    tuesday = factories.NOW
    open_at(kit, other, tuesday)
    open_at(kit, other, tuesday + timedelta(days=2))  # Thursday, the last day

    with pytest.raises(commands.ReviewOverdue):
        open_at(kit, other, tuesday + timedelta(days=3))
    refused = AuditEvent.objects.get(action="restrictions.open_in_emergency", allowed=False)
    assert refused.reason == "ReviewOverdue"
    review(tuesday + timedelta(days=3))
    with pytest.raises(commands.ReviewOverdue):  # the first day's alert is still open
        open_at(kit, other, tuesday + timedelta(days=3))
    review(tuesday + timedelta(days=3))
    open_at(kit, other, tuesday + timedelta(days=3))


def test_closing_an_alert_looks_into_the_accesses_that_it_lists_and_no_others(
    kit: Account, other: Episode
) -> None:
    staff.grant(account=kit, role=Role.PRACTITIONER)
    tuesday, thursday = factories.NOW, factories.NOW + timedelta(days=2)
    for at in (tuesday, tuesday + timedelta(hours=2), thursday):
        open_at(kit, other, at)

    review(thursday + timedelta(hours=2))  # the latest alert

    reviewed = EmergencyAccess.objects.exclude(reviewed_at=None)
    assert [one.began_at for one in reviewed] == [thursday]
    review(thursday + timedelta(hours=2))
    assert not EmergencyAccess.objects.filter(reviewed_at=None).exists()


def test_the_refusal_says_whom_to_ask_and_keeps_the_words(
    kit_browser: Client, kit: Account, other: Episode
) -> None:
    open_at(kit, other, factories.NOW)

    answer = kit_browser.post(PAGE, {"case": other.ref, "reason": REASON})

    assert answer.status_code == 422
    assert "Nobody has looked into your last emergency access in time" in text(answer)
    assert REASON in answer.content.decode()


def test_looking_into_it_ends_what_is_still_open(kit_browser: Client, other: Episode) -> None:
    ask(kit_browser, other.ref)

    review(EmergencyAccess.objects.get().began_at)

    assert status(kit_browser, other) == 404
    assert EmergencyAccess.objects.get().reviewed_at is not None


def test_nobody_reviews_their_own(kit: Account, other: Episode) -> None:
    open_at(kit, other, factories.NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.update(reviewed_by=kit.ref, reviewed_at=factories.NOW)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_only_those_who_are_kept_out_by_assignment_have_it(
    signed_in: Callable[..., Client], role: Role
) -> None:
    assert signed_in(role=role).get(PAGE).status_code == 403
    assert "open a case in an emergency" not in text(signed_in(role=role).get("/restrictions/ask/"))


def test_it_is_reached_by_clicking_from_a_search_that_finds_nobody(
    kit_browser: Client, other: Episode
) -> None:
    found = kit_browser.post("/search/", {"search": other.ref}, follow=True)

    assert "Nothing found" in text(found)
    assert 'href="/restrictions/ask/"' in found.content.decode()
    assert f'href="{PAGE}"' in kit_browser.get("/restrictions/ask/").content.decode()
