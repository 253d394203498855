"""Tasks of one's own: given to oneself or a colleague, chased, handed over, done; never shown to a colleague who may not see the case."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Allocation, Episode
from desist.refusals import Changed, Refused
from desist.tasks import commands
from desist.tasks.models import Task, TaskStep
from desist.ui import dates
from desist.ui.words import WordsFound
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
WORDS = "Ring the housing officer"


@pytest.fixture
def ola(db: None) -> Account:
    """A manager of the area."""
    account = staff.account(name="Ola Reed")
    staff.grant(account=account, role=Role.MANAGER)
    return account


@pytest.fixture
def manager(ola: Account) -> Client:
    return staff.browser(account=ola, role=Role.MANAGER)


def form(to: str, *, words: str = WORDS, ahead: int = 1, submission: str = "one") -> dict[str, str]:
    day = dates.day_of(timezone.now()) + timedelta(days=ahead)
    parts = {"due_on-day": day.day, "due_on-month": day.month, "due_on-year": day.year}
    sent = {"words": words, "to": to, "form_submission": submission}
    return {**sent, **{name: str(part) for name, part in parts.items()}}


def given(actor: Actor, *, to: str = "", case: str = "", due_on: date | None = None, **fields: str) -> Task:
    words = fields.get("words", WORDS)
    commands.give(
        actor=actor,
        case=case,
        words=words,
        due_on=due_on or NOW.date(),
        to=to or actor.who,
        override=None,
        submission=uuid.uuid4().hex,
        at=NOW,
    )
    return Task.objects.latest("pk")


def of(account: Account, role: Role) -> Actor:
    return Actor(who=account.ref, role=role, area=factories.AREA, correlation=uuid.uuid4())


def test_a_task_for_a_colleague_is_in_their_to_do_and_under_waiting_for_others(
    kit_browser: Client, manager: Client, episode: Episode, kit: Account, ola: Account
) -> None:
    answer = kit_browser.post(f"/tasks/give/{episode.ref}/", form(ola.ref), follow=True)

    assert "The task is in the To do of Ola Reed, by " in text(answer)
    theirs, mine = text(manager.get("/")), text(kit_browser.get("/"))
    assert f"Tomorrow Robin Example : {WORDS}" in theirs
    assert f"Waiting for others Ola Reed: Robin Example : {WORDS}" in mine
    row = Task.objects.get()
    assert (row.case, row.given_by, row.held_by) == (episode.ref, kit.ref, ola.ref)
    assert WORDS.encode() not in bytes(row.sealed_words)


def test_it_is_done_with_one_click_and_taken_back_on_the_same_day(kit_browser: Client, actor: Actor) -> None:
    row = given(actor)

    done = text(kit_browser.post(f"/tasks/{row.ref}/done/", follow=True))
    again = text(kit_browser.post(f"/tasks/{row.ref}/undo/", follow=True))

    assert f"Done today {WORDS}" in done
    assert "The task is open again" in again
    assert f"Today {WORDS}" in again
    assert list(TaskStep.objects.order_by("pk").values_list("what", flat=True)) == [
        "given",
        "done",
        "reopened",
    ]


def test_a_late_task_is_chased_by_who_gave_it_and_by_the_manager(
    kit_browser: Client, manager: Client, actor: Actor, episode: Episode
) -> None:
    noor = staff.account(name="Noor Hale")
    staff.grant(account=noor, role=Role.SUPERVISOR)
    given(actor, to=noor.ref, case=episode.ref, due_on=timezone.localdate() - timedelta(days=2))

    for browser in (kit_browser, manager):
        assert f"Noor Hale: Robin Example : {WORDS}" in (page := text(browser.get("/")))
        assert "2 days late" in page


def test_a_colleague_hands_it_back_with_a_line(
    kit_browser: Client, manager: Client, actor: Actor, ola: Account, kit: Account
) -> None:
    row = given(actor, to=ola.ref)
    sent = {"to": kit.ref, "line": "He prefers you.", "form_version": "1"}

    answer = text(manager.post(f"/tasks/{row.ref}/", sent, follow=True))
    page = text(kit_browser.get(f"/tasks/{row.ref}/"))

    assert "Handed over to Kit Marlow" in answer
    assert "Handed over to Kit Marlow" in page
    assert "He prefers you." in page


def test_a_colleague_who_may_no_longer_see_the_case_sees_nothing_of_the_task(
    kit_browser: Client, actor: Actor, episode: Episode
) -> None:
    row = given(actor, case=episode.ref)
    assert WORDS in text(kit_browser.get("/"))

    Allocation.objects.update(ended_at=NOW, reason="other")

    assert WORDS not in text(kit_browser.get("/"))
    for address in (f"/tasks/{row.ref}/", f"/tasks/give/{episode.ref}/"):
        assert kit_browser.get(address).status_code == 404
    assert kit_browser.post(f"/tasks/{row.ref}/done/").status_code == 404


@pytest.mark.parametrize("why", ["left", "excluded", "another area"])
def test_a_colleague_who_left_or_may_not_see_the_case_is_refused_in_a_plain_sentence(
    kit_browser: Client, actor: Actor, episode: Episode, ola: Account, why: str
) -> None:
    row = given(actor, case=episode.ref)
    if why == "left":
        Account.objects.filter(pk=ola.pk).update(left_at=NOW)
    elif why == "excluded":
        Exclusion.objects.create(
            case=episode.referral.ref,
            account=ola.ref,
            allowed=False,
            reason="x",
            made_by="carol",
            made_at=NOW,
        )
    else:
        ola.grants.update(area="southmere")

    with pytest.raises(Refused, match="has left or may not see this case"):
        commands.hand_over(actor=actor, ref=row.ref, to=ola.ref, line="", override=None, version=1, at=NOW)
    assert "Ola Reed" not in text(kit_browser.get(f"/tasks/give/{episode.ref}/"))


def test_of_two_people_who_finish_one_task_the_second_is_told(
    kit_browser: Client, actor: Actor, ola: Account
) -> None:
    row = given(actor, to=ola.ref)
    commands.finish(actor=of(ola, Role.MANAGER), ref=row.ref, at=NOW)
    commands.finish(actor=of(ola, Role.MANAGER), ref=row.ref, at=NOW)

    page = text(kit_browser.post(f"/tasks/{row.ref}/done/", follow=True))

    assert "Ola Reed has done this task already" in page
    assert TaskStep.objects.filter(what="done").count() == 1
    with pytest.raises(Refused, match="has done this task already"):
        commands.hand_over(actor=actor, ref=row.ref, to=actor.who, line="", override=None, version=2, at=NOW)


def test_a_task_that_was_handed_over_meanwhile_is_not_handed_over_again(
    kit_browser: Client, actor: Actor, ola: Account
) -> None:
    noor = staff.account(name="Noor Hale")
    staff.grant(account=noor, role=Role.SUPERVISOR)
    row = given(actor)
    hand = {"actor": actor, "ref": row.ref, "line": "", "override": None, "at": NOW}
    commands.hand_over(to=noor.ref, version=1, **hand)  # type: ignore[arg-type]  # one dictionary
    commands.hand_over(to=noor.ref, version=1, **hand)  # type: ignore[arg-type]  # one dictionary

    with pytest.raises(Changed):
        commands.hand_over(to=ola.ref, version=1, **hand)  # type: ignore[arg-type]  # one dictionary
    page = kit_browser.post(f"/tasks/{row.ref}/", {"to": ola.ref, "line": "Please", "form_version": "1"})
    assert page.status_code == 422
    assert "by now Noor Hale has this task" in text(page)
    assert "Please" in page.content.decode()


def test_what_is_done_is_taken_back_on_the_same_day_only(actor: Actor) -> None:
    row = given(actor)
    commands.reopen(actor=actor, ref=row.ref, at=NOW)
    commands.finish(actor=actor, ref=row.ref, at=NOW)

    with pytest.raises(Refused, match="was done on"):
        commands.reopen(actor=actor, ref=row.ref, at=NOW + timedelta(days=1))


def test_words_that_may_lead_to_someone_are_held(kit_browser: Client, actor: Actor, ola: Account) -> None:
    found = "Ring 07700 900123"

    page = kit_browser.post("/tasks/give/", form(ola.ref, words=found))

    assert page.status_code == 422
    assert "07700 900123" in text(page)
    assert not Task.objects.exists()
    row = given(actor)
    with pytest.raises(WordsFound):
        commands.hand_over(actor=actor, ref=row.ref, to=ola.ref, line=found, override=None, version=1, at=NOW)
    kit_browser.post("/tasks/give/", {**form(ola.ref, words=found), "false_alarm": "agency"})
    assert Task.objects.filter(held_by=ola.ref).count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"words": ""}, "What is to be done"),
        ({"words": "a" * 201}, "must be 200 characters or fewer"),
        ({"due_on-year": "2020"}, "To be done by must be on or after"),
        ({"to": "nobody"}, "Who does it"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_and_the_words_stay(
    kit_browser: Client, kit: Account, changes: dict[str, str], said: str
) -> None:
    page = kit_browser.post("/tasks/give/", {**form(kit.ref), **changes})

    assert page.status_code == 422
    assert said in text(page)
    assert not Task.objects.exists()


def test_a_manager_hands_over_the_tasks_of_a_colleague_who_left(
    manager: Client, actor: Actor, episode: Episode, kit: Account
) -> None:
    row = given(actor, case=episode.ref, due_on=timezone.localdate() + timedelta(days=3))
    assert WORDS not in text(manager.get("/"))

    Account.objects.filter(pk=kit.pk).update(left_at=timezone.now())

    page = text(manager.get("/"))
    assert f"Robin Example : {WORDS}" in page
    assert "Kit Marlow has left: hand the task over" in page
    assert manager.get(f"/tasks/{row.ref}/").status_code == 200


def test_a_task_about_nobody_is_a_task_too(kit_browser: Client, kit: Account) -> None:
    answer = kit_browser.post("/tasks/give/", form(kit.ref), follow=True)

    assert "The task is in your To do, by " in text(answer)
    assert text(answer).count(WORDS) == 2  # the line, and the name of its button


def test_the_same_form_makes_one_task(kit_browser: Client, kit: Account) -> None:
    for _ in range(2):
        kit_browser.post("/tasks/give/", form(kit.ref))

    assert Task.objects.count() == 1


def test_a_supervisor_holds_tasks_and_an_observer_has_none(signed_in: Callable[..., Client]) -> None:
    assert signed_in(role=Role.SUPERVISOR).get("/tasks/give/").status_code == 200
    assert signed_in(role=Role.OBSERVER).get("/tasks/give/").status_code == 403


def test_the_tasks_about_a_person_go_along_when_the_person_is_given_to_a_colleague(
    manager: Client, actor: Actor, episode: Episode, kit: Account
) -> None:
    noor = staff.account(name="Noor Hale")
    staff.grant(account=noor, role=Role.PRACTITIONER)
    factories.practitioner(account=noor)
    about, other = given(actor, case=episode.ref), given(actor)

    sent = {
        "practitioner": noor.ref,
        "ended": "workload",
        "at_once": "on",
        "form_version": str(episode.version),
    }
    manager.post(f"/allocation/{episode.ref}/", sent)

    about.refresh_from_db()
    other.refresh_from_db()
    assert (about.held_by, other.held_by) == (noor.ref, kit.ref)
    assert about.steps.latest("pk").what == "handed_over"
    assert WORDS in text(staff.browser(account=noor, role=Role.PRACTITIONER).get("/"))
