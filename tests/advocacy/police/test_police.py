"""What a client lets this service say to the police, and what is never said."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.advocacy import factories

from desist.accounts.models import Account
from desist.advocacy.police import commands
from desist.advocacy.police.models import PairAsked
from desist.advocacy.police.states import TRANSITIONS, State
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.victims.models import Victim
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import ByHandTask
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW
CRIME = "45/01234/26"


@pytest.fixture(autouse=True)
def _police(db: None) -> None:
    factories.partner()


@pytest.fixture
def browser(fable: Account) -> Client:
    return staff.browser(account=fable, role=Role.ADVOCATE)


def choose(actor: Actor, victim: Victim, *, allowed: bool = True, until: date | None = None) -> None:
    safety.choose(
        actor=actor,
        ref=victim.ref,
        what=What.IS_CLIENT,
        whom=Whom.POLICE,
        allowed=allowed,
        until=until,
        words="Yes",
        at=NOW,
    )


def ask(actor: Actor, victim: Victim) -> None:
    commands.ask(actor=actor, ref=victim.ref, police=factories.POLICE, crime_reference=CRIME, at=NOW)


def answer(code: str) -> None:
    thread = Victim.objects.get(thread__isnull=False).thread or ""
    payload = payloads.PairAnswer(answer=code, answered_at=NOW)
    with transaction.atomic():
        commands.answer(Received(payload, thread, factories.POLICE, NOW, actors.post()))


def told() -> list[str]:
    return [task.text for task in ByHandTask.objects.order_by("pk")]


def test_without_a_choice_nothing_is_sent_and_the_page_says_why(
    actor: Actor, robin: Victim, browser: Client
) -> None:
    answered = browser.post(
        reverse("police:ask", args=[robin.ref]), {"police": factories.POLICE, "crime_reference": CRIME}
    )

    assert answered.status_code == 422
    assert "has not chosen" in answered.content.decode()
    assert told() == []
    robin.refresh_from_db()
    assert robin.thread is None


@pytest.mark.parametrize("choice", [{"allowed": False}, {"until": NOW.date() - timedelta(days=1)}])
def test_a_choice_that_says_no_or_has_run_out_is_none(
    actor: Actor, robin: Victim, choice: dict[str, object]
) -> None:
    choose(actor, robin, **choice)  # type: ignore[arg-type]

    with pytest.raises(commands.NoChoice):
        ask(actor, robin)


def test_what_crosses_is_the_crime_reference_and_nothing_of_the_client(
    actor: Actor, robin: Victim, browser: Client
) -> None:
    choose(actor, robin)

    browser.post(
        reverse("police:ask", args=[robin.ref]), {"police": factories.POLICE, "crime_reference": CRIME}
    )

    (text,) = told()
    assert CRIME in text
    for secret in ("Robin", "Hollow", "960 077", "harbour.example", "Quayside", robin.ref):
        assert secret not in text
    answer("joined")
    assert (
        "Joined: updates and alerts come"
        in browser.get(reverse("police:police", args=[robin.ref])).content.decode()
    )


def test_asking_twice_is_refused_and_asking_after_a_refusal_is_not(
    actor: Actor, robin: Victim, browser: Client
) -> None:
    choose(actor, robin)
    ask(actor, robin)
    again = browser.post(
        reverse("police:ask", args=[robin.ref]), {"police": factories.POLICE, "crime_reference": CRIME}
    )
    answer("declined")

    ask(actor, robin)

    assert again.status_code == 422
    assert PairAsked.objects.get().state == "asked"
    assert len(told()) == 2


def test_one_client_is_spoken_of_with_one_force(actor: Actor, robin: Victim) -> None:
    choose(actor, robin)
    ask(actor, robin)
    answer("declined")
    factories.partner(name="other-police")

    with pytest.raises(commands.NotPossible):
        commands.ask(actor=actor, ref=robin.ref, police="other-police", crime_reference=CRIME, at=NOW)


def test_a_client_ends_it_and_a_late_answer_changes_nothing(
    actor: Actor, robin: Victim, browser: Client
) -> None:
    choose(actor, robin)
    ask(actor, robin)

    browser.post(reverse("police:end", args=[robin.ref]))
    answer("joined")
    nothing = browser.post(reverse("police:end", args=[robin.ref]), follow=True)

    assert PairAsked.objects.get().state == "ended"
    assert "Stands: no" in told()[-1]
    assert "There is nothing to end" in nothing.content.decode()


def test_a_force_without_software_answers_by_telephone(actor: Actor, robin: Victim, browser: Client) -> None:
    address = reverse("police:answer", args=[robin.ref])
    choose(actor, robin)
    nothing = browser.post(address, {"answer": "joined"}, follow=True)
    ask(actor, robin)

    shown = browser.get(reverse("police:police", args=[robin.ref])).content.decode()
    wrong = browser.post(address, {"answer": "ended"})
    browser.post(address, {"answer": "declined"})

    assert "Nothing waits for an answer" in nothing.content.decode()
    assert "Nothing there matches" in shown
    assert wrong.status_code == 422
    assert PairAsked.objects.get().state == "declined"


def test_an_answer_without_a_question_or_in_an_unknown_code(actor: Actor, robin: Victim) -> None:
    Victim.objects.filter(pk=robin.pk).update(thread="t", partner=factories.POLICE)

    answer("joined")
    with pytest.raises(CannotHandle):
        answer("perhaps")

    assert not PairAsked.objects.exists()


def test_an_alert_carries_a_number_and_nothing_of_what_happened(
    actor: Actor, robin: Victim, browser: Client
) -> None:
    choose(actor, robin)
    ask(actor, robin)
    address = reverse("police:alert", args=[robin.ref])

    words = browser.post(address, {"contact": "01632 960 020: he was here"})
    done = browser.post(address, {"contact": "01632 960 020"})

    assert words.status_code == 422
    assert done.status_code == 302
    assert [line.partition(":")[0] for line in told()[-1].splitlines()] == [
        "Alert.",
        "Reason",
        "Contact",
        "Raised at",
    ]


def test_nobody_is_alerted_who_knows_nothing_and_nothing_is_said_without_a_choice(
    actor: Actor, robin: Victim, browser: Client
) -> None:
    address = reverse("police:alert", args=[robin.ref])

    nobody = browser.post(address, {"contact": "01632 960 020"})
    choose(actor, robin)
    ask(actor, robin)
    choose(actor, robin, allowed=False)
    no_choice = browser.post(address, {"contact": "01632 960 020"})

    assert "Ring 101, or 999 in danger" in nobody.content.decode()
    assert "has not chosen" in no_choice.content.decode()
    assert [task.kind for task in ByHandTask.objects.all()] == ["pair-request"]


def test_whom_the_police_sent_they_know(actor: Actor, robin: Victim, browser: Client) -> None:
    Victim.objects.filter(pk=robin.pk).update(thread="t", partner=factories.POLICE, way_in="police")

    commands.alert(actor=actor, ref=robin.ref, contact="01632 960 020", at=NOW)

    page = browser.get(reverse("police:police", args=[robin.ref])).content.decode()
    assert "the police referred your client" in page
    assert "Ask to hear of orders" not in page
    assert ByHandTask.objects.get().kind == "alert"


def test_a_choice_that_ended_is_said_beside_what_still_comes(
    actor: Actor, robin: Victim, browser: Client
) -> None:
    choose(actor, robin)
    ask(actor, robin)
    answer("joined")

    choose(actor, robin, allowed=False)

    page = browser.get(reverse("police:police", args=[robin.ref])).content.decode()
    assert "Their choice has ended" in page


def test_every_state_is_in_the_table() -> None:
    assert set(TRANSITIONS) == set(State)
