"""A restricted case is absent for everybody who is not named: lists, counts and details agree, byte for byte."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts import searching
from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.references import reference, spoken
from desist.wall.actors import Role
from desist.wall.models import AuditEvent, Exclusion, Restriction

pytestmark = pytest.mark.django_db


@pytest.fixture
def ola(db: None) -> Account:
    return staff.account(name="Ola Reed")


@pytest.fixture
def manager(ola: Account) -> Client:
    return staff.browser(account=ola, role=Role.MANAGER)


@pytest.fixture
def administrator(db: None) -> Client:
    return staff.browser(account=staff.account(name="Ada Linnet"), role=Role.ADMINISTRATOR)


def form(episode: Episode, *people: Account) -> dict[str, object]:
    return {
        "case": spoken(episode.ref),
        "reason": "A party works for the police",
        "people": [one.ref for one in people],
        "form_submission": "sent-once",
    }


def sees(browser: Client, episode: Episode) -> bool:
    """Whether the person is listed; the detail must agree, and be absent like any other otherwise."""
    listed = episode.ref in browser.get("/episodes/").content.decode()
    detail = browser.get(f"/episodes/{episode.ref}/")
    assert (detail.status_code == 200) == listed
    if not listed:
        absent = browser.get(f"/episodes/{reference()}/")
        assert (detail.status_code, detail.content) == (absent.status_code, absent.content)
    return listed


def test_for_everybody_who_is_not_named_a_restricted_case_is_gone(
    manager: Client, kit_browser: Client, episode: Episode, kit: Account
) -> None:
    supervisor = staff.browser(account=staff.account(name="Sol Arden"), role=Role.SUPERVISOR)
    assert sees(supervisor, episode)

    manager.post("/restrictions/restrict/", form(episode, kit))

    assert not sees(supervisor, episode)
    assert sees(kit_browser, episode)
    assert sees(manager, episode)  # who leads the work and says so stays named
    assert AuditEvent.objects.filter(action="restrictions.restrict_case", allowed=True).count() == 1


def test_an_administrator_restricts_by_reference_and_sees_nothing_of_the_case(
    administrator: Client, manager: Client, kit_browser: Client, episode: Episode, kit: Account
) -> None:
    answer = administrator.post("/restrictions/restrict/", form(episode, kit), follow=True)

    assert "only the people you named can see this case" in text(answer)
    assert "Robin" not in text(answer)
    assert not sees(manager, episode)
    assert "Restrict" in text(manager.get("/restrictions/"))
    assert spoken(episode.referral.ref) not in text(manager.get("/restrictions/"))
    assert spoken(episode.referral.ref) in text(administrator.get("/restrictions/"))


def test_who_sees_it_is_changed_and_ended(
    administrator: Client, kit_browser: Client, episode: Episode, kit: Account, ola: Account
) -> None:
    manager = staff.browser(account=ola, role=Role.MANAGER)
    administrator.post("/restrictions/restrict/", form(episode, kit))
    ref = Restriction.objects.get().ref

    administrator.post(f"/restrictions/{ref}/", {"people": [ola.ref], "form_submission": "a"})
    assert (sees(manager, episode), sees(kit_browser, episode)) == (True, False)

    for _ in range(2):  # a double click
        administrator.post(f"/restrictions/{ref}/end/", {"form_submission": "b"})
    assert (sees(manager, episode), sees(kit_browser, episode)) == (True, True)


def test_nobody_is_named_for_a_restriction_that_somebody_ended_meanwhile(
    administrator: Client, kit: Account, ola: Account, episode: Episode
) -> None:
    administrator.post("/restrictions/restrict/", form(episode, kit))
    ref = Restriction.objects.get().ref
    administrator.post(f"/restrictions/{ref}/end/", {"form_submission": "a"})
    ended = list(Restriction.objects.values())

    answer = administrator.post(f"/restrictions/{ref}/", {"people": [ola.ref], "form_submission": "b"})

    assert answer.status_code == 422
    assert "A colleague ended this restriction first" in text(answer)
    assert not Exclusion.objects.exists()
    assert list(Restriction.objects.values()) == ended


def test_who_is_kept_from_a_case_is_let_in_by_no_list(
    administrator: Client, kit_browser: Client, episode: Episode, kit: Account, ola: Account
) -> None:
    manager = staff.browser(account=ola, role=Role.MANAGER)
    kept = {"case": episode.ref, "account": kit.ref, "reason": "Knows a party", "form_submission": "a"}
    for _ in range(2):
        administrator.post("/restrictions/keep-from/", kept)
    administrator.post("/restrictions/restrict/", form(episode, kit, ola))

    assert not sees(kit_browser, episode)
    assert sees(manager, episode)


@pytest.mark.parametrize("what", ["restrict", "keep-from"])
def test_a_leader_restricts_only_what_they_see_and_is_not_told_whether_there_is_more(
    manager: Client, episode: Episode, kit: Account, what: str
) -> None:
    elsewhere = factories.episode(referral=factories.referral(area="Elsewhere"))
    said = {**form(episode, kit), "account": kit.ref}

    for ref in (elsewhere.ref, reference()):
        answer = manager.post(f"/restrictions/{what}/", {**said, "case": ref})
        assert answer.status_code == 422
        assert "No case that you can see has this reference." in text(answer)
    assert not Restriction.objects.exists()
    assert not Exclusion.objects.exists()

    assert manager.post(f"/restrictions/{what}/", said).status_code == 302


def test_a_case_is_restricted_once_and_the_words_stay(
    administrator: Client, episode: Episode, kit: Account
) -> None:
    administrator.post("/restrictions/restrict/", form(episode, kit))

    answer = administrator.post("/restrictions/restrict/", form(episode, kit))

    assert answer.status_code == 422
    assert "This case is already restricted to named people." in text(answer)


def test_every_list_leads_to_whom_to_ask_whether_or_not_a_case_is_restricted(
    administrator: Client, manager: Client, kit_browser: Client
) -> None:
    administrator.post(
        "/restrictions/reviewer/", {"name": "Jo Elsewhere", "phone": "01632 960 444", "form_submission": "a"}
    )

    for page in (manager.get("/episodes/"), manager.get("/referrals/"), kit_browser.get("/episodes/")):
        assert "Can’t find a case you expected to see?" in text(page)
    assert "Ask Jo Elsewhere Telephone 01632 960 444" in text(kit_browser.get("/restrictions/ask/"))


#: pages that say how many people somebody works with, or the service has
COUNTING = ("/team/", "/service/", "/settings/", "/allocation/{waiting}/", "/triage/{referral}/decide/")


@pytest.mark.parametrize(("named", "count"), [(False, 1), (True, 2)])
def test_every_page_counts_the_same_people_and_a_restricted_one_for_nobody_else(
    manager: Client, episode: Episode, ola: Account, *, named: bool, count: int
) -> None:
    practitioner = episode.allocations.get().practitioner
    factories.episode(referral=factories.referral(family_name="Other"), practitioner=practitioner)
    waiting = factories.episode(referral=factories.referral(family_name="Waiting"), state="waiting")
    decided = factories.referral(family_name="Decided")
    factories.session(episode=episode)
    case = {"case": episode.referral.ref, "reason": "x", "made_by": "carol", "made_at": factories.NOW}
    Restriction.objects.create(**case)
    if named:
        Exclusion.objects.create(account=ola.ref, allowed=True, **case)

    *pages, triage = [
        text(manager.get(page.format(waiting=waiting.ref, referral=decided.ref))) for page in COUNTING
    ]

    for page in pages:
        assert f"{count} of 8" in page
        assert f"{3 - count} of 8" not in page
    assert f"{count + 1} taken" in triage  # and whoever waits
    desk = re.search(rf"{count} of 8 {8 - count} (\d+) (\d+) (\d+)", pages[1])
    assert desk is not None
    assert desk[1] == "0"  # the session lies in the past of the clock
    assert desk[3] == ("1" if named else "0")


def test_what_is_signed_holds_no_count_for_whoever_reads_it_later(
    manager: Client, episode: Episode, ola: Account
) -> None:
    decided = factories.referral(family_name="Decided", partner="")
    case = {"case": episode.referral.ref, "reason": "x", "made_by": "carol", "made_at": factories.NOW}
    Restriction.objects.create(**case)
    Exclusion.objects.create(account=ola.ref, allowed=True, **case)

    sent = {"outcome": "accepted", "note": "Yes.", "form_version": "1"}
    told = {"likeness": "another", "likeness_reason": "Another birthplace"}
    manager.post(f"/triage/{decided.ref}/decide/", {**sent, **told})
    other = staff.browser(account=staff.account(name="Noor Hale"), role=Role.MANAGER)

    page = text(other.get(f"/triage/{decided.ref}/"))
    assert "There was room" in page
    assert "Another birthplace" not in page
    assert "places" not in page.split("Decision", 1)[1]


def finds(browser: Client, account: Account, ref: str) -> bool:
    """Whether the search finds the person by reference and leads there; otherwise it must say nothing of them."""
    answer = browser.get(f"/search/?found={searching.seal(spoken(ref), who=account.ref)}")
    assert answer.status_code == 302 or "Nothing found" in text(answer)
    return answer.status_code == 302


CASES = st.fixed_dictionaries(
    {"restricted": st.booleans(), "answer": st.sampled_from([None, True, False]), "own_area": st.booleans()}
)


@given(cases=st.lists(CASES, min_size=1, max_size=4), role=st.sampled_from([Role.MANAGER, Role.SUPERVISOR]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lists_counts_and_details_agree_whatever_is_restricted(
    signed_in: Callable[..., Client], cases: list[dict[str, bool | None]], role: Role
) -> None:
    account = staff.account(name="Ola Reed")
    browser = staff.browser(account=account, role=role)
    made = {}
    for case in cases:
        row = factories.episode(
            referral=factories.referral(area=staff.AREA if case["own_area"] else "Elsewhere"), state="waiting"
        )
        said = {"case": row.referral.ref, "reason": "x", "made_by": "carol", "made_at": factories.NOW}
        if case["restricted"]:
            Restriction.objects.create(**said)
        if case["answer"] is not None:
            Exclusion.objects.create(account=account.ref, allowed=case["answer"], **said)
        made[row.ref] = case

    try:
        seen = {ref for ref in made if sees(browser, Episode.objects.get(ref=ref))}

        assert seen == {
            ref
            for ref, case in made.items()
            if case["own_area"] and case["answer"] is not False and (case["answer"] or not case["restricted"])
        }
        assert {ref for ref in made if finds(browser, account, ref)} == seen
        page = text(browser.get("/"))
        to_allocate = {ref for ref in made if spoken(ref) in page}
        assert to_allocate == (seen if role is Role.MANAGER else set())  # who allocates
    finally:
        Episode.objects.filter(ref__in=made).update(area="over")
