"""Risks to staff, needs, self-harm, children: in force until they are ended, reviewed by their day, never lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.circumstances import texts
from desist.circumstances.states import Kind, Over
from desist.programme.calendar.meetings import queries as meetings
from desist.programme.circumstances import commands
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

REVIEW = {"review_on-day": "3", "review_on-month": "6", "review_on-year": "2099"}
KNIFE = {
    "kind": "weapons",
    "words": "Carries a lock knife: ask before he sits down.",
    "said_by": "His mother",
    "since-day": "3",
    "since-month": "3",
    "since-year": "2026",
    **REVIEW,
    "form_submission": "a-knife",
}
READS = {
    "kind": "easy_read",
    "words": "Read homework aloud.",
    "said_by": "He himself",
    **REVIEW,
    "form_submission": "reads",
}
HARM = {
    "history": "Overdose at nineteen.",
    "ring": "The crisis line, then his sister.",
    **REVIEW,
    "form_version": "0",
}
SON = {
    "name": "eldest son",
    "tie": "child",
    "born_in": "2017",
    "care": "other_parent",
    "contact_order": "hearing",
    "order_on-day": "3",
    "order_on-month": "3",
    "order_on-year": "2026",
    "worker": "Duty team",
    "form_submission": "a-son",
}
SAID = texts.Circumstance("weapons", "A knife.", "Carol", None, date(2099, 1, 1))


@pytest.fixture
def knife(kit_browser: Client, episode: Episode) -> Circumstance:
    """A risk to staff that the service noted."""
    kit_browser.post(f"/circumstances/{episode.ref}/risk/", KNIFE)
    return Circumstance.objects.get()


@pytest.fixture
def son(kit_browser: Client, episode: Episode) -> Relative:
    kit_browser.post(f"/circumstances/{episode.ref}/family/add/", SON)
    return Relative.objects.get()


def test_a_risk_stands_at_the_top_of_the_person_and_of_each_meeting(
    kit_browser: Client, session: Session, knife: Circumstance
) -> None:
    line = "Weapons: Carries a lock knife: ask before he sits down"
    for page in (
        f"/episodes/{session.episode.ref}/",
        f"/sessions/{session.ref}/prepare/",
        f"/rescheduling/{session.ref}/move/",
    ):
        assert line in text(kit_browser.get(page)), page
    page = text(kit_browser.get(f"/circumstances/{session.episode.ref}/"))
    assert "His mother, since 3 March 2026; noted by Kit Marlow" in page


def test_a_need_of_a_case_that_came_by_envelope_is_read_before_a_session(
    kit_browser: Client, session: Session
) -> None:
    referral = session.episode.referral
    referral.need_kinds, referral.language = ["interpreter"], "Welsh"
    referral.save()
    kit_browser.post(f"/circumstances/{session.episode.ref}/need/", READS)

    page = text(kit_browser.get(f"/sessions/{session.ref}/prepare/"))

    assert "Needs Interpreter; Easy read: Read homework aloud; Welsh" in page


def test_a_review_replaces_what_was_said_and_keeps_it_readable(
    kit_browser: Client, episode: Episode, knife: Circumstance
) -> None:
    changed = {**KNIFE, "words": "Hands it in at the desk.", "form_submission": "reviewed"}
    for _ in range(2):
        answer = kit_browser.post(f"/circumstances/{knife.ref}/review/", changed, follow=True)

    page = text(answer)
    assert page.index("Hands it in at the desk.") < page.index("Carries a lock knife")
    assert "Reviewed" in page
    assert Circumstance.objects.count() == 2
    glance = text(kit_browser.get(f"/episodes/{episode.ref}/"))
    assert "Hands it in at the desk" in glance
    assert "Carries a lock knife" not in glance


def test_an_ended_risk_leaves_the_top_and_stays_readable(
    kit_browser: Client, episode: Episode, knife: Circumstance
) -> None:
    page = text(kit_browser.post(f"/circumstances/{knife.ref}/end/", {"over": "over"}, follow=True))

    assert "It no longer holds" in page
    assert "Carries a lock knife" in page
    assert "Risks to staff None known" in text(kit_browser.get(f"/episodes/{episode.ref}/"))


def test_what_a_colleague_ended_cannot_be_reviewed_nor_ended_otherwise(
    kit_browser: Client, knife: Circumstance
) -> None:
    kit_browser.post(f"/circumstances/{knife.ref}/end/", {"over": "over"})

    reviewed = kit_browser.post(f"/circumstances/{knife.ref}/review/", {**KNIFE, "form_submission": "late"})
    ended = kit_browser.post(f"/circumstances/{knife.ref}/end/", {"over": "error"})

    for answer in (reviewed, ended):
        assert answer.status_code == 422
        assert "A colleague has since reviewed, changed or ended this" in text(answer)
    assert "Carries a lock knife" in text(reviewed)
    assert Circumstance.objects.count() == 1


@pytest.fixture
def warned(episode: Episode) -> Episode:
    """A person who, as the referral says, must not be seen alone."""
    referral = episode.referral
    referral.risk_kinds, referral.risks_to_staff = ["weapons", "alone"], "Followed a solicitor home."
    referral.save()
    return episode


def test_what_the_referral_says_is_the_first_entry_until_it_is_ended(
    kit_browser: Client, warned: Episode
) -> None:
    before = text(kit_browser.get(f"/circumstances/{warned.ref}/"))
    ending = {"kind": "other", "over": "over", "form_submission": "the-referral"}
    answer = kit_browser.post(f"/circumstances/{warned.ref}/end-referred/", ending, follow=True)

    assert "Risks to staff Weapons; Do not see alone. Followed a solicitor home." in before
    assert "Risks to staff None in force" in text(answer)
    assert "Risks, as referred Weapons; Do not see alone. Followed a solicitor home." in text(answer)
    assert "Risks to staff None known" in text(kit_browser.get(f"/episodes/{warned.ref}/"))


def test_what_the_referrer_changes_later_is_in_force_again(
    kit_browser: Client, actor: Actor, warned: Episode
) -> None:
    end: dict[str, Any] = {"kind": Kind.OTHER, "over": Over.OVER, "at": timezone.now()}
    commands.end_referred(actor=actor, episode=warned.ref, submission="one", **end)
    warned.referral.risks_to_staff = "Waited at the gate in May."
    warned.referral.save()

    assert "Waited at the gate in May." in text(kit_browser.get(f"/episodes/{warned.ref}/"))


def test_each_risk_of_a_referral_is_ended_or_kept_alone(kit_browser: Client, warned: Episode) -> None:
    page, end = f"/circumstances/{warned.ref}/", f"/circumstances/{warned.ref}/end-referred/"
    offered = kit_browser.get(f"{end}?kind=weapons").content.decode()
    kit_browser.post(end, {"kind": "weapons", "over": "over", "form_submission": "weapons"})
    ended = text(kit_browser.get(page))
    kept = kit_browser.get(f"/circumstances/{warned.ref}/risk/?kind=alone").content.decode()
    kit_browser.post(
        f"/circumstances/{warned.ref}/risk/", {**KNIFE, "kind": "alone", "form_submission": "alone"}
    )

    assert 'value="weapons" checked' in offered
    assert '<option value="alone" selected' in kept
    assert "Risks to staff Do not see alone. Followed a solicitor home." in ended
    assert "Weapons, as referred" in ended
    assert "Weapons" not in text(kit_browser.get(f"/episodes/{warned.ref}/"))
    warned.referral.risks_to_staff = "Bought a knife in May."
    warned.referral.save()
    assert "Risks to staff Weapons; Do not see alone. Bought a knife in May." in text(kit_browser.get(page))


def test_all_that_is_left_of_a_referral_is_ended_after_one_risk_was(
    kit_browser: Client, warned: Episode
) -> None:
    end = f"/circumstances/{warned.ref}/end-referred/"
    kit_browser.post(end, {"kind": "weapons", "over": "over", "form_submission": "weapons"})
    again = kit_browser.post(end, {"kind": "weapons", "over": "over", "form_submission": "again"})

    left = kit_browser.post(end, {"kind": "other", "over": "over", "form_submission": "left"}, follow=True)

    assert again.status_code == 422
    assert "Risks to staff None in force" in text(left)


def test_nothing_is_ended_of_a_referral_that_says_nothing_or_was_ended(actor: Actor, warned: Episode) -> None:
    end: dict[str, Any] = {"actor": actor, "episode": warned.ref, "over": Over.OVER, "at": timezone.now()}
    for _ in range(2):
        commands.end_referred(kind=Kind.OTHER, submission="one", **end)
    for kind in (Kind.OTHER, Kind.OTHER_NEED):
        with pytest.raises(Refused, match="says nothing here that is still in force"):
            commands.end_referred(kind=kind, submission=f"again {kind}", **end)
    assert Circumstance.objects.count() == 1


def test_do_not_see_alone_asks_for_company_whoever_said_it(kit_browser: Client, session: Session) -> None:
    alone = {**KNIFE, "kind": "alone", "form_submission": "alone"}
    kit_browser.post(f"/circumstances/{session.episode.ref}/risk/", alone)

    assert "who else will be there" in text(kit_browser.get(f"/rescheduling/{session.ref}/move/")).lower()
    planned = meetings.planned(Q(episode=session.episode), until=session.period.upper)
    assert [one.not_alone for one in planned] == [True]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"review_on-year": "2020"}, "must be on or after"),
        ({"since-year": "2098"}, "must be on or before"),
        ({"words": ""}, "Answer “What must colleagues know?”"),
        ({"kind": "easy_read"}, "Choose one of the answers shown"),
    ],
)
def test_a_form_that_cannot_be_right_keeps_what_was_typed(
    kit_browser: Client, episode: Episode, changes: dict[str, str], sentence: str
) -> None:
    answer = kit_browser.post(f"/circumstances/{episode.ref}/risk/", {**KNIFE, **changes})

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "His mother" in answer.content.decode()
    assert not Circumstance.objects.exists()


def test_self_harm_is_kept_by_version_and_stands_in_a_line_before_a_session(
    kit_browser: Client, session: Session
) -> None:
    ref = session.episode.ref
    kit_browser.post(f"/circumstances/{ref}/self-harm/write/", HARM)
    kit_browser.post(
        f"/circumstances/{ref}/self-harm/write/", {**HARM, "thoughts": "None this week.", "form_version": "1"}
    )

    page = text(kit_browser.get(f"/circumstances/{ref}/self-harm/"))
    assert page.index("None this week.") < page.index("Version 1")
    assert SelfHarm.objects.count() == 2
    line = "Self-harm : in a crisis ring The crisis line, then his sister. (review by 3 June 2099)"
    assert line in text(kit_browser.get(f"/sessions/{session.ref}/prepare/"))


def test_two_colleagues_who_write_of_self_harm_at_once_lose_no_word(
    kit_browser: Client, episode: Episode
) -> None:
    address = f"/circumstances/{episode.ref}/self-harm/write/"
    kit_browser.post(address, HARM)

    answer = kit_browser.post(address, {**HARM, "history": "None known."})

    assert answer.status_code == 422
    assert "Not saved: Kit Marlow saved this at" in text(answer)
    assert "Overdose at nineteen." in text(answer)
    assert "None known." in text(answer)
    kept = kit_browser.post(address, {**HARM, "history": "None known.", "form_version": "1"})
    assert kept.status_code == 302


def test_the_same_words_of_self_harm_are_saved_once(actor: Actor, episode: Episode) -> None:
    said = texts.SelfHarm(history="None known.")
    once: dict[str, Any] = {
        "actor": actor,
        "episode": episode.ref,
        "said": said,
        "review_on": date(2099, 1, 1),
    }
    for _ in range(2):
        commands.save_self_harm(version=0, at=timezone.now(), **once)
    with pytest.raises(Changed):
        commands.save_self_harm(version=0, at=timezone.now(), **{**once, "review_on": date(2099, 2, 1)})
    assert SelfHarm.objects.count() == 1


def test_a_page_about_self_harm_that_says_nothing_is_refused(kit_browser: Client, episode: Episode) -> None:
    answer = kit_browser.post(
        f"/circumstances/{episode.ref}/self-harm/write/", {**REVIEW, "form_version": "0"}
    )

    assert answer.status_code == 422
    assert "Say something in one part at least" in text(answer)


def test_a_child_is_listed_changed_and_taken_off_the_list(
    kit_browser: Client, episode: Episode, son: Relative
) -> None:
    changed = {**SON, "care": "authority", "form_submission": "changed"}
    for _ in range(2):
        page = text(kit_browser.post(f"/circumstances/relatives/{son.ref}/change/", changed, follow=True))
    assert "Cared for by The local authority" in page
    assert "eldest son: changed" in page
    assert Relative.objects.count() == 2

    now = Relative.objects.get(over="")
    page = text(kit_browser.post(f"/circumstances/relatives/{now.ref}/end/", {"over": "error"}, follow=True))
    assert "No child or relative is recorded" in page
    late = kit_browser.post(
        f"/circumstances/relatives/{now.ref}/change/", {**changed, "form_submission": "late"}
    )
    assert "A colleague has since reviewed, changed or ended this" in text(late)


def test_a_hearing_needs_its_day(kit_browser: Client, episode: Episode) -> None:
    undated = {key: value for key, value in SON.items() if not key.startswith("order_on")}
    answer = kit_browser.post(f"/circumstances/{episode.ref}/family/add/", undated)

    assert "Enter the day of the hearing" in text(answer)


@pytest.mark.parametrize(("days", "late"), [(0, "None"), (-5, "1 late")])
def test_a_review_that_is_due_is_in_to_do_and_on_the_service_page(
    signed_in: Callable[..., Client], episode: Episode, days: int, late: str
) -> None:
    due = timezone.localdate() + timedelta(days=days)
    factories.circumstance(episode=episode, review_on=due)
    factories.self_harm(episode=episode, review_on=due)
    factories.relative(episode=episode)

    to_do = text(signed_in().get("/"))
    assert "review risk to staff: Weapons" in to_do
    assert "review self-harm and the crisis plan" in to_do
    listed = text(signed_in().get("/circumstances/"))
    assert "Risk to staff: Weapons" in listed
    assert "eldest son: their child" in listed
    assert "Hearing past" in listed
    service = text(signed_in(role=Role.MANAGER).get("/service/"))
    assert f"Risks to staff and needs overdue for review {late} 1" in service
    assert f"Self-harm and crisis plans overdue for review {late} 1" in service
    assert "Children and family; late: a hearing is past 1 late 1" in service


def test_nothing_is_due_of_a_newer_version_nor_of_a_person_who_left(
    kit_browser: Client, episode: Episode, knife: Circumstance
) -> None:
    past = timezone.localdate() - timedelta(days=5)
    factories.self_harm(episode=episode, review_on=past)
    factories.self_harm(episode=episode, number=2, review_on=date(2099, 1, 1))
    Circumstance.objects.update(over="over", ended_by="carol", ended_at=timezone.now(), review_on=past)

    assert "crisis plan" not in text(kit_browser.get("/"))
    assert "No review is overdue" in text(kit_browser.get("/circumstances/"))


def test_a_supervisor_reads_and_writes_nothing(
    signed_in: Callable[..., Client], episode: Episode, knife: Circumstance
) -> None:
    browser = signed_in(role=Role.SUPERVISOR)

    for part in ("", "self-harm/", "family/"):
        page = browser.get(f"/circumstances/{episode.ref}/{part}")
        assert page.status_code == 200
        assert b"Note a risk" not in page.content
    assert browser.post(f"/circumstances/{episode.ref}/risk/", KNIFE).status_code == 403


def test_what_is_due_leads_a_supervisor_to_a_page_that_opens(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    due = factories.circumstance(episode=episode, review_on=timezone.localdate())

    for role, address in (
        (Role.PRACTITIONER, f"/circumstances/{due.ref}/review/"),
        (Role.SUPERVISOR, f"/circumstances/{episode.ref}/"),
    ):
        browser = signed_in(role=role)
        page = browser.get("/" if role is Role.PRACTITIONER else "/team-to-do/").content.decode()
        assert f'href="{address}' in page
        assert browser.get(address).status_code == 200


def test_the_history_of_the_person_tells_it_without_its_words(
    kit_browser: Client, episode: Episode, knife: Circumstance, son: Relative
) -> None:
    kit_browser.post(f"/circumstances/{episode.ref}/self-harm/write/", HARM)
    kit_browser.post(f"/circumstances/{knife.ref}/end/", {"over": "over"})
    kit_browser.post(f"/circumstances/relatives/{son.ref}/end/", {"over": "over"})

    page = text(kit_browser.get(f"/history/{episode.ref}/?kind=risk"))

    for line in (
        "Risk to staff or need noted",
        "Risk to staff or need ended",
        "Self-harm and crisis plan written",
        "Child or relative noted",
        "Child or relative taken off the list",
    ):
        assert line in page
    assert "lock knife" not in page
    assert "eldest son" not in page


def test_the_same_note_is_kept_once(actor: Actor, episode: Episode) -> None:
    for _ in range(2):
        commands.note(actor=actor, episode=episode.ref, said=SAID, submission="one", at=timezone.now())
    assert Circumstance.objects.count() == 1
