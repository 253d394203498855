"""A concern is raised about anyone who was ever referred, by anyone who hears of it, from the first day on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.concerns.test_concerns import FORM, RAISED, arrive, opened
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.desk.duty.commands import NotANumber
from desist.keys import sitekeys
from desist.post.models import Outbox, Partner
from desist.programme.concerns import commands
from desist.programme.concerns.models import Concern
from desist.programme.concerns.raising import Raised
from desist.programme.concerns.states import RaisedFrom
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.pages.history import queries as history
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.references import spoken
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent, Exclusion, Restriction

pytestmark = pytest.mark.django_db

CLINICAL = [Role.PRACTITIONER, Role.MANAGER, Role.SUPERVISOR]
STATES = ["received", "consultation", "declined", "withdrawn"]


@pytest.fixture
def referral(police: Partner) -> Referral:
    """Robin Example, referred yesterday."""
    return factories.referral()


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


def address(referral: Referral) -> str:
    return f"/concerns/referred/{referral.ref}/raise/"


@pytest.mark.parametrize("role", CLINICAL)
@pytest.mark.parametrize("state", STATES)
def test_a_concern_is_raised_whatever_came_of_the_referral(
    signed_in: Callable[..., Client],
    referral: Referral,
    police_keys: sitekeys.SiteKeys,
    role: Role,
    state: str,
) -> None:
    Referral.objects.update(state=state)
    browser = signed_in(role=role, account=factories.account(name="Ola Reed"))
    factories.duty_number()
    assert "Duty manager 01632 960 111" in text(browser.get(address(referral)))

    for _ in range(2):  # a double click
        answer = browser.post(address(referral), FORM, follow=True)
        assert "The concern has been recorded, and the alert is on its way." in text(answer)

    assert "UNIQUE-WHAT" in text(answer)
    concern = Concern.objects.get()
    assert (concern.referral, concern.session) == (referral, None)
    body = opened(Outbox.objects.get(), police_keys)
    assert (body.kind, body.thread) == ("alert", referral.thread)
    assert set(body.values) == {"reason", "contact", "raised_at"}


def test_it_is_raised_from_the_referral_and_from_its_triage_and_shown_there(
    manager: Client, referral: Referral
) -> None:
    pages = (f"/referrals/{referral.ref}/", f"/triage/{referral.ref}/")
    for page in pages:
        assert address(referral) in manager.get(page).content.decode()
    shown = ("/triage/", f"/triage/{referral.ref}/decide/", *pages)
    before = [text(manager.get(page)) for page in shown]

    manager.post(address(referral), FORM)

    after = [text(manager.get(page)) for page in shown]
    assert not any("concern about this person" in page or "Open concern" in page for page in before)
    assert all("concern about this person" in page or "Open concern" in page for page in after)


def test_advice_that_is_to_be_given_says_that_a_concern_is_open(manager: Client, referral: Referral) -> None:
    Referral.objects.update(state="consultation")
    factories.concern(referral=referral)

    assert f"Robin Example {spoken(referral.ref)} Open concern" in text(manager.get("/triage/"))


def test_managers_and_supervisors_close_it_from_their_day(manager: Client, referral: Referral) -> None:
    concern = factories.concern(referral=referral, acknowledged_at=factories.NOW)
    supervisor = staff.browser(account=factories.account(name="Sol Arden"), role=Role.SUPERVISOR)
    close = f"/concerns/{concern.ref}/close/"
    for browser in (manager, supervisor):
        assert f"{referral.name} : close the concern" in text(browser.get("/"))
    assert "Open concerns None 1" in text(manager.get("/service/"))

    supervisor.post(close, {"outcome": "watched", "words": "Nothing arose.", "form_submission": "a"})

    assert "close the concern" not in text(manager.get("/"))
    assert f"/referrals/{referral.ref}/" in manager.get("/concerns/").content.decode()


def test_it_goes_along_to_the_person_once_they_are_accepted(
    kit_browser: Client, actor: Actor, referral: Referral, kit: Account
) -> None:
    factories.concern(referral=referral, what="Rang and threatened")
    episode = factories.episode(referral=referral, practitioner=factories.practitioner(account=kit))
    session = factories.session(episode=episode)

    for page in (f"/episodes/{episode.ref}/", "/episodes/", f"/referrals/of/{episode.ref}/"):
        assert "Open concern" in text(kit_browser.get(page))
    assert "Rang and threatened" in text(kit_browser.get(f"/sessions/{session.ref}/prepare/"))
    assert "Rang and threatened" in text(kit_browser.get("/concerns/"))
    lines = history.history(actor=actor, ref=episode.ref, at=factories.NOW).events
    assert "Concern raised" in {one.what for one in lines}


def test_an_acknowledgement_reaches_it_before_any_decision(
    referral: Referral, police_keys: sitekeys.SiteKeys
) -> None:
    concern = factories.concern(referral=referral)
    answered = factories.NOW + timedelta(minutes=9)

    arrive(police_keys=police_keys, thread=referral.thread, raised_at=concern.raised_at, at=answered)

    concern.refresh_from_db()
    assert concern.acknowledged_at == answered


def test_whoever_raised_it_follows_it_until_somebody_works_with_the_person(
    kit_browser: Client, signed_in: Callable[..., Client], referral: Referral
) -> None:
    noor = factories.account(name="Noor Hale")
    kit_browser.post(address(referral), FORM)
    listed = kit_browser.get("/concerns/")
    assert "UNIQUE-WHAT" in text(listed)
    assert f'href="/referrals/{referral.ref}' not in listed.content.decode()
    assert "UNIQUE-WHAT" not in text(signed_in(account=noor).get("/concerns/"))

    episode = factories.episode(referral=referral, practitioner=factories.practitioner(account=noor))

    assert "UNIQUE-WHAT" not in text(kit_browser.get("/concerns/"))
    assert text(signed_in(account=noor).get("/concerns/")).count("UNIQUE-WHAT") == 1
    assert f'href="/episodes/{episode.ref}/"' in signed_in(account=noor).get("/concerns/").content.decode()


def test_it_is_listed_once_whoever_worked_with_the_person_before(
    kit_browser: Client, kit: Account, referral: Referral
) -> None:
    factories.concern(referral=referral, raised_by=kit.ref, what="Rang and threatened")
    practitioner = factories.practitioner(account=kit)
    episode = factories.episode(referral=referral, practitioner=practitioner)
    episode.allocations.update(ended_at=factories.NOW, reason="other")
    Allocation.objects.create(
        episode=episode, practitioner=practitioner, made_by="carol", made_at=factories.NOW
    )

    assert text(kit_browser.get("/concerns/")).count("Rang and threatened") == 1


def test_a_practitioner_who_takes_a_call_for_somebody_else_raises_it_too(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    noor = signed_in(account=factories.account(name="Noor Hale"))

    answer = noor.post(address(episode.referral), FORM, follow=True)

    assert "The concern has been recorded" in text(answer)
    assert "UNIQUE-WHAT" not in text(answer)  # it is for whoever works with the person
    assert "Open concern" in text(signed_in().get(f"/episodes/{episode.ref}/"))


def test_a_supervisor_raises_it_from_the_page_of_the_person(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    supervisor = signed_in(role=Role.SUPERVISOR, account=factories.account(name="Sol Arden"))
    page = supervisor.get(f"/episodes/{episode.ref}/").content.decode()
    assert f"/concerns/of/{episode.ref}/raise/" in page
    assert "Change the person’s contact details" not in page

    supervisor.post(f"/concerns/of/{episode.ref}/raise/", FORM)

    assert Concern.objects.get().referral == episode.referral


@pytest.mark.parametrize("typed", ["Exam", "28/2/1990", "reference"])
def test_whom_a_call_was_about_is_found_among_everybody_referred(
    kit_browser: Client, referral: Referral, typed: str
) -> None:
    assert "/concerns/find/" in kit_browser.get("/concerns/").content.decode()
    search = spoken(referral.ref) if typed == "reference" else typed

    page = kit_browser.post("/concerns/find/", {"search": search})

    assert address(referral) in page.content.decode()
    assert "Robin Example" in text(page)


def test_two_letters_find_whole_names_and_one_finds_nobody(kit_browser: Client, referral: Referral) -> None:
    for name in ("Ng", "Ngata"):
        factories.referral(given_names="Alex", family_name=name)

    short = text(kit_browser.post("/concerns/find/", {"search": "ng"}))
    letter = text(kit_browser.post("/concerns/find/", {"search": "E"}))

    assert "Alex Ng " in short
    assert "Alex Ngata" not in short
    assert "Robin Example" not in letter
    assert "Type at least two letters of the name" in letter


def test_whoever_finds_nobody_is_told_not_to_wait(kit_browser: Client, referral: Referral) -> None:
    assert "Nobody found" in text(kit_browser.post("/concerns/find/", {"search": "Nobody"}))
    assert "ring the duty numbers or the police" in text(
        kit_browser.post("/concerns/find/", {"search": "Nobody"})
    )
    refused = kit_browser.post("/concerns/find/", {"search": "31/2/1990"})
    assert (refused.status_code, "31/2/1990" in refused.content.decode()) == (422, True)


def test_more_people_than_a_page_holds_are_said_to_be_more(kit_browser: Client, referral: Referral) -> None:
    for _ in range(50):
        factories.referral()

    assert "There are more than 50." in text(kit_browser.post("/concerns/find/", {"search": "Exam"}))


@pytest.mark.parametrize("kept", ["excluded", "restricted", "another area"])
def test_whoever_is_kept_from_a_case_neither_finds_it_nor_raises_nor_reads(
    signed_in: Callable[..., Client], referral: Referral, kept: str
) -> None:
    noor = factories.account(name="Noor Hale")
    factories.concern(referral=referral, raised_by=noor.ref, what="Rang and threatened")
    if kept == "excluded":
        Exclusion.objects.create(
            case=referral.ref,
            account=noor.ref,
            allowed=False,
            reason="x",
            made_by="carol",
            made_at=factories.NOW,
        )
    elif kept == "restricted":
        Restriction.objects.create(case=referral.ref, reason="x", made_by="carol", made_at=factories.NOW)
    else:
        Referral.objects.update(area=staff.ELSEWHERE)

    for role in CLINICAL:
        browser = signed_in(role=role, account=noor)
        assert browser.get(address(referral)).status_code == 404
        assert browser.post(address(referral), FORM).status_code == 404
        assert "Robin" not in text(browser.post("/concerns/find/", {"search": "Exam"}))
        assert "Rang and threatened" not in text(browser.get("/concerns/"))
    assert Concern.objects.count() == 1


def test_nobody_who_only_looks_on_raises_anything(
    signed_in: Callable[..., Client], referral: Referral
) -> None:
    observer = signed_in(role=Role.OBSERVER, account=factories.account(name="Ola Reed"))

    assert observer.get(address(referral)).status_code == 403
    assert observer.get("/concerns/find/").status_code == 403


def test_only_a_telephone_number_goes_with_its_alert(
    actor: Actor, kit_browser: Client, referral: Referral
) -> None:
    refused = kit_browser.post(address(referral), {**FORM, "contact": "at the mill"})
    words = Raised(**{**vars(RAISED), "contact": "at the mill"})

    with pytest.raises(NotANumber):
        commands.raise_concern(
            actor=actor,
            raised_from=RaisedFrom.REFERRED,
            ref=referral.ref,
            raised=words,
            submission="a",
            at=factories.NOW,
        )

    assert (refused.status_code, "UNIQUE-WHAT" in text(refused)) == (422, True)
    assert not Concern.objects.exists()


def test_the_second_of_two_clicks_does_nothing_and_raising_leaves_its_event(
    actor: Actor, referral: Referral
) -> None:
    for _ in range(2):
        commands.raise_concern(
            actor=actor,
            raised_from=RaisedFrom.REFERRED,
            ref=referral.ref,
            raised=RAISED,
            submission="a",
            at=factories.NOW,
        )

    events = AuditEvent.objects.filter(allowed=True).values_list("action", "row", "who")
    asked = ("programme.raise_concern_of_referred", f"programme.referral:{referral.ref}", actor.who)
    assert asked in events
    assert (Concern.objects.count(), Outbox.objects.count()) == (1, 1)


def test_what_the_participant_may_read_says_nothing_of_it(
    kit_browser: Client, kit: Account, referral: Referral
) -> None:
    factories.concern(referral=referral, what="Rang and threatened")
    episode = factories.episode(referral=referral, practitioner=factories.practitioner(account=kit))
    session = factories.session(episode=episode)

    shared = text(kit_browser.get(f"/sessions/{session.ref}/shared/"))

    assert "concern" not in shared.lower()
    assert "Rang and threatened" not in shared


@pytest.mark.parametrize("way", ["referred", "about", "session"])
def test_other_words_are_never_taken_for_what_was_raised_before(
    kit_browser: Client, session: Session, way: str
) -> None:
    episode = session.episode
    where = {
        "referred": address(episode.referral),
        "about": f"/concerns/of/{episode.ref}/raise/",
        "session": f"/concerns/{session.ref}/raise/",
    }[way]
    sent = {**FORM, "form_submission": "once"}

    first, again = kit_browser.post(where, sent), kit_browser.post(where, sent)
    other = kit_browser.post(where, {**sent, "what": "He knows where to wait"})

    assert (first.status_code, again.status_code, other.status_code) == (302, 302, 422)
    assert Concern.objects.count() == 1
    assert "already been sent with other words" in text(other)
    assert "He knows where to wait" in other.content.decode()
