"""What a client lets this service say to the police, and what is never said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.advocacy import factories

from desist.accounts.models import Account
from desist.advocacy.clients import commands as victims
from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.pairs.states import TRANSITIONS, State
from desist.advocacy.police import chores, commands
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.updates import commands as updates
from desist.advocacy.updates.models import Update
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How, Purpose
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import ByHandTask, Partner
from desist.refusals import Refused
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


def consents(actor: Actor, victim: Victim, purpose: Purpose) -> None:
    victims.consent(actor=actor, ref=victim.ref, purposes=[purpose], on=NOW.date(), how=How.IN_PERSON, at=NOW)


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
    assert "has not agreed" in answered.content.decode()
    assert told() == []
    robin.refresh_from_db()
    assert robin.thread is None


@pytest.mark.parametrize("choice", [{"allowed": False}, {"until": NOW.date() - timedelta(days=1)}])
def test_a_choice_that_says_no_or_has_run_out_is_none(
    actor: Actor, robin: Victim, choice: dict[str, object]
) -> None:
    choose(actor, robin, **choice)  # type: ignore[arg-type]

    with pytest.raises(Refused):
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
        "Linked: you get updates and alerts"
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

    with pytest.raises(Refused):
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

    assert "Nothing is waiting for an answer" in nothing.content.decode()
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
    assert "has not agreed" in no_choice.content.decode()
    assert {task.kind for task in ByHandTask.objects.all()} == {"pair-request"}


def test_whom_the_police_sent_they_know(actor: Actor, robin: Victim, browser: Client) -> None:
    Victim.objects.filter(pk=robin.pk).update(thread="t", partner=factories.POLICE, way_in="police")

    commands.alert(actor=actor, ref=robin.ref, contact="01632 960 020", at=NOW)

    page = browser.get(reverse("police:police", args=[robin.ref])).content.decode()
    assert "the police referred your client" in page
    assert "Ask for updates on orders" not in page
    assert ByHandTask.objects.get().kind == "alert"


def test_taking_the_choice_back_ends_what_stood_on_it(actor: Actor, robin: Victim, browser: Client) -> None:
    choose(actor, robin)
    ask(actor, robin)
    answer("joined")
    no = {"whom": "police", "what": "is_client", "allowed": "no", "words": "They are to hear nothing more"}

    shown = browser.post(reverse("safety:choices", args=[robin.ref]), no, follow=True).content.decode()

    assert PairAsked.objects.get().state == "ended"
    assert "Stands: no" in told()[-1]
    assert "hear nothing more" not in told()[-1]
    assert "told to send nothing more" in shown


def test_a_choice_about_something_else_ends_nothing(actor: Actor, robin: Victim) -> None:
    choose(actor, robin)
    ask(actor, robin)

    for what, whom in ((What.INCIDENTS, Whom.POLICE), (What.IS_CLIENT, Whom.FAMILY)):
        safety.choose(
            actor=actor, ref=robin.ref, what=what, whom=whom, allowed=False, until=None, words="", at=NOW
        )
    choose(actor, robin, until=NOW.date())

    assert PairAsked.objects.get().state == "asked"


@pytest.mark.parametrize("purpose", [Purpose.SUPPORT, Purpose.POLICE, Purpose.UPDATES])
def test_taking_a_consent_back_without_which_nobody_is_told_ends_it(
    actor: Actor, robin: Victim, browser: Client, purpose: Purpose
) -> None:
    choose(actor, robin)
    ask(actor, robin)
    consents(actor, robin, purpose)

    shown = browser.post(reverse("victims:withdraw", args=[robin.ref]), {"purpose": purpose}, follow=True)

    assert PairAsked.objects.get().state == "ended"
    assert "told to send nothing more" in shown.content.decode()


def test_taking_back_another_consent_or_one_never_given_ends_nothing(actor: Actor, robin: Victim) -> None:
    choose(actor, robin)
    ask(actor, robin)
    consents(actor, robin, Purpose.EVALUATION)

    for purpose in (Purpose.EVALUATION, Purpose.UPDATES):
        victims.withdraw(actor=actor, ref=robin.ref, purpose=purpose, at=NOW)

    assert PairAsked.objects.get().state == "asked"


def test_a_choice_ends_on_its_last_day_in_london(actor: Actor, robin: Victim, browser: Client) -> None:
    """The last evening of a summer: in London it is the next day an hour before it is at Greenwich."""
    last = date(2040, 6, 30)
    choose(actor, robin, until=last)
    ask(actor, robin)
    answer("joined")
    shown = browser.get(reverse("police:police", args=[robin.ref])).content.decode()

    chores.run(at=datetime(2040, 6, 30, 22, 59, tzinfo=UTC))
    assert PairAsked.objects.get().state == "joined"
    chores.run(at=datetime(2040, 6, 30, 23, 0, tzinfo=UTC))
    chores.run(at=datetime(2040, 6, 30, 23, 1, tzinfo=UTC))

    assert "until 30 June 2040" in shown
    assert PairAsked.objects.get().state == "ended"
    assert len(told()) == 2


def test_a_choice_made_anew_meanwhile_keeps_it(actor: Actor, robin: Victim) -> None:
    choose(actor, robin)
    ask(actor, robin)

    commands.let_run_out(actor=actors.clock(), ref=robin.ref, at=NOW)

    assert PairAsked.objects.get().state == "asked"


def test_whom_the_police_referred_ends_it_too_and_may_ask_anew(
    actor: Actor, robin: Victim, browser: Client
) -> None:
    Victim.objects.filter(pk=robin.pk).update(
        thread="t", partner=factories.POLICE, way_in="police", crime_reference=CRIME
    )
    robin.refresh_from_db()
    with pytest.raises(Refused):
        ask(actor, robin)

    choose(actor, robin, until=NOW.date())
    chores.run(at=NOW + timedelta(days=1))

    assert told() == [text for text in told() if "Stands: no" in text and CRIME in text]
    with pytest.raises(Refused):
        commands.alert(actor=actor, ref=robin.ref, contact="01632 960 020", at=NOW + timedelta(days=1))
    choose(actor, robin)
    assert (
        "Ask for updates on orders"
        in browser.get(reverse("police:police", args=[robin.ref])).content.decode()
    )
    ask(actor, robin)
    assert "Stands: yes" in told()[-1]


def test_a_force_that_is_no_longer_written_to_keeps_no_choice_waiting(actor: Actor, robin: Victim) -> None:
    choose(actor, robin)
    ask(actor, robin)
    Partner.objects.update(ended_at=NOW)

    choose(actor, robin, allowed=False)

    assert PairAsked.objects.get().state == "ended"
    assert len(told()) == 1


def test_what_was_on_its_way_when_it_ended_is_news_for_nobody(actor: Actor, robin: Victim) -> None:
    choose(actor, robin)
    ask(actor, robin)
    answer("joined")
    choose(actor, robin, allowed=False)
    update = payloads.OrderUpdate(event="made", on=NOW.date())

    with transaction.atomic():
        thread = Victim.objects.get().thread or ""
        updates.hear_of_order(Received(update, thread, factories.POLICE, NOW, actors.post()))

    assert not Update.objects.exists()


def test_every_state_is_in_the_table() -> None:
    assert set(TRANSITIONS) == set(State)
