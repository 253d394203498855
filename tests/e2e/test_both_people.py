"""The police refer both people: he goes to the programme, she to advocacy, and she hears of it before he does."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests import clock, looking
from tests.e2e.advocacy_steps import allocate, ask_for_news, client_page, reach, tell_her
from tests.e2e.conftest import Area
from tests.e2e.programme_steps import accept, episode_of, hold_a_session, hold_sessions, leave, person
from tests.e2e.steps import (
    SignIn,
    acknowledge,
    eventually,
    follow,
    menu,
    refer,
    refer_the_victim,
    reference,
    tab,
)

from desist.embedded import Cluster
from desist.references import spoken

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PRACTITIONER = "01632 960556"
STARTED = "The person began a programme"
ENDING = "The person’s place on the programme is about to end"
ALERT = "The police or the programme raised an alert"
LEFT = "The person left the programme"


def refer_both(officer: Page, his_family_name: str, her_name: str) -> str:
    """Returns the reference of his referral. From the first page, both people take at most 14 clicks."""
    clicked = looking.clicks(officer)
    menu(officer, "To do")
    refer(officer, his_family_name)
    his = reference(officer.url)
    refer_the_victim(officer, her_name, "45/77123/26")
    assert len(clicked[1:]) <= 14, clicked
    return his


def get_to_know(somebody: SignIn, her_name: str) -> tuple[Page, str]:
    """Her advocate reached her safely, and knows that she wants to be told; returns the advocate's window."""
    client = allocate(somebody("advocacy", "Noor Quenington"), her_name)
    advocate = somebody("advocacy", "Fable Trelissick")
    reach(advocate, client)
    ask_for_news(advocate, client)
    return advocate, client


def test_police_refer_both_people_and_she_hears_that_he_began_and_that_somebody_is_concerned(
    somebody: SignIn, area: Area
) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    his = refer_both(officer, "Togetherly-Ivy", "Saskia Fairweather-Lane")
    advocate, client = get_to_know(somebody, "Saskia Fairweather-Lane")
    client_page(advocate, client)
    tab(advocate, "Orders and updates", "Updates")
    expect(advocate.locator("main")).to_contain_text("There is nothing to tell")

    accept(somebody("programme", "Morgan Fernwell"), "Togetherly-Ivy")
    eventually(advocate, f"Saskia Fairweather-Lane: tell them: {STARTED}", "Calls to make")
    tell_her(advocate, client, STARTED)
    expect(advocate.locator("main")).to_contain_text("There is nothing to tell")
    assert "Togetherly" not in advocate.content()

    practitioner = somebody("programme", "Ashby Quillon")
    hold_a_session(area, practitioner, "Robin Togetherly-Ivy")
    acknowledge(advocate, spoken(client))
    passed_on = officer.get_by_role("row", name="To Harbour Advocacy").filter(has_text=spoken(his))
    eventually(officer, passed_on.filter(has_text="Acknowledged"), "Alerts")
    passed_on.get_by_role("link").first.click()
    officer.get_by_role("link", name=spoken(his)).click()
    expect(officer.locator("main")).to_contain_text("Togetherly-Ivy")
    menu(practitioner, "Concerns")
    expect(practitioner.locator("main")).to_contain_text("Robin Togetherly-Ivy")
    for place in ("Concerns", "Alerts"):
        menu(practitioner, place)
        assert not re.search("Harbour|Saskia|Fable", practitioner.content())


def a_night_goes_by(area: Area, episode: str) -> None:
    """What was decided today was decided yesterday, and noon has come: no test waits for the hold."""
    with Cluster(area.folder).connect("northmere_programme") as superuser:
        superuser.execute(
            f"UPDATE programme_leaving SET held_until = {clock.in_sql()} - interval '1 minute',"
            " decided_at = decided_at - interval '1 day'"
            " WHERE episode_id = (SELECT id FROM programme_episode WHERE ref = %s)",
            [episode],
        )


def test_he_is_deselected_after_the_fifth_session_and_she_knows_before_he_or_the_referrer_does(
    somebody: SignIn, area: Area
) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    his = refer_both(officer, "Heldback-Holly", "Perpetua Easterbrook")
    advocate, client = get_to_know(somebody, "Perpetua Easterbrook")
    manager, practitioner = (
        somebody("programme", "Morgan Fernwell"),
        somebody("programme", "Ashby Quillon"),
    )
    accept(manager, "Heldback-Holly")
    episode = episode_of(practitioner, "Robin Heldback-Holly")
    hold_sessions(area, practitioner, episode, 5)

    leave(manager, episode, "By the service", "Attended but did not engage", contact=PRACTITIONER)
    tell_her(advocate, client, ENDING, ALERT)
    expect(advocate.locator("main")).to_contain_text("The person does not know yet")

    person(practitioner, episode)
    expect(practitioner.locator("main")).to_contain_text("In sessions")
    tab(practitioner, "Plan", "Ending the programme")
    leaving = practitioner.locator("main")
    expect(leaving).to_contain_text("Nobody has been told yet")
    expect(practitioner.get_by_role("button", name="Record that the person was told")).to_have_count(0)
    menu(officer, "Referrals")
    follow(officer.get_by_role("row", name=spoken(his)).get_by_role("link").first)
    eventually(officer, "5 of 12 sessions attended, 7 planned")

    a_night_goes_by(area, episode)
    eventually(practitioner, "The hold is over")
    practitioner.get_by_role("button", name="Record that the person was told").click()
    practitioner.get_by_label("By telephone").check()
    practitioner.get_by_role("button", name="Record that they were told").click()
    expect(leaving).to_contain_text("The person was told")
    eventually(officer, "5 of 12 sessions attended, 0 planned")
    tell_her(advocate, client, LEFT)
