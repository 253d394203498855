"""What the programme does with one person, one function for each step."""

import itertools
import re
from contextlib import suppress
from datetime import timedelta

from playwright.sync_api import Page, expect
from psycopg.errors import ExclusionViolation
from tests.e2e.conftest import Area
from tests.e2e.steps import (
    SECRET,
    back,
    eventually,
    every,
    fill_date,
    follow,
    menu,
    picture,
    reference,
    tab,
    today,
)

from desist import working_days
from desist.embedded import Cluster
from desist.references import spoken

CHAIN = (
    ("vulnerability", "body", "Slept three hours"),
    ("prompt", "event", "Saw her car in the high street"),
    ("link", "thought", "She owes me an answer"),
    ("link", "urge", "Wanted to see the house"),
    ("short", "feeling", "Relief for an hour"),
    ("long", "event", "Broke the order again"),
)
#: how many weeks back, and at which hour of the day or night; the hour is in London time
EARLIER = """
UPDATE programme_session SET period = tstzrange(
    (lower(period) AT TIME ZONE 'Europe/London' - %(weeks)s::interval - interval '12 hours')
        AT TIME ZONE 'Europe/London',
    (upper(period) AT TIME ZONE 'Europe/London' - %(weeks)s::interval - interval '12 hours')
        AT TIME ZONE 'Europe/London')
WHERE episode_id = (SELECT id FROM programme_episode WHERE ref = %(episode)s)
    AND kind = 'core' AND state = 'planned' AND number <= %(sessions)s
"""


def accept(page: Page, family_name: str) -> None:
    """Decide on the referral, allocate the person, and plan twelve sessions."""
    menu(page, "Referrals")
    eventually(page, family_name)
    page.get_by_role("row", name=family_name).get_by_role("link").first.click()
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("Accept", exact=True).check()
    page.get_by_role("button", name="Send the decision").click()
    page.get_by_role("button", name="Open the person’s page").click()
    page.get_by_role("button", name="Allocate").click()
    page.get_by_label("Ashby Quillon").check()
    page.get_by_role("button", name="Allocate").click()
    page.get_by_role("link", name="Dates of the sessions").click()
    page.get_by_role("button", name="Plan the twelve sessions").click()
    propose(page)
    page.get_by_role("button", name="Plan these sessions").click()
    expect(page.locator("main")).to_contain_text("Session 12")
    picture(page, "person")


def propose(page: Page) -> None:
    """Propose the sessions from the first time on that is offered."""
    page.get_by_role("button", name="Propose sessions").click()
    expect(page.get_by_role("button", name="Plan these sessions")).to_be_visible()


def weeks_go_by(area: Area, episode: str, sessions: int) -> None:
    """Move a person's first sessions into the past, to hold them: at night, in weeks that no journey took."""
    for weeks in itertools.count(20, 20):
        with suppress(ExclusionViolation), Cluster(area.folder).connect("northmere_programme") as superuser:
            superuser.execute(EARLIER, {"weeks": f"{weeks} weeks", "episode": episode, "sessions": sessions})
            return


def hold_a_session(area: Area, page: Page, name: str) -> None:
    """Record the first session with one chain, and raise a concern."""
    weeks_go_by(area, episode_of(page, name), 1)
    page.reload()
    page.get_by_role("button", name="Record what happened").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Diary review").fill("Six of seven days filled in.")
    page.get_by_label("A concern: someone must be told").check()
    page.get_by_label("Work done in the session").fill("A chain of Saturday night.")
    page.get_by_label("Worked in the session", exact=True).check()
    page.get_by_label("Homework set").fill("Fill in the diary every evening.")
    page.get_by_role("button", name="Save and work on a chain").click()
    make_a_chain(page)
    to_the_record(page)

    page.get_by_role("button", name="Save and raise a concern").click()
    page.get_by_label("What is it about?").select_option("A child")
    page.get_by_label("What concerns you?").fill(SECRET)
    page.get_by_label("Who did you tell?").fill("The duty sergeant")
    fill_date(page, today() - timedelta(days=1))
    page.get_by_label("The time you told them").fill("9:30am")
    page.get_by_label("What did they answer?").fill("A patrol goes by.")
    page.get_by_label("Telephone number").fill("01632 960555")
    page.get_by_role("button", name="Record the concern and send the alert").click()
    expect(page).not_to_have_url(re.compile("/raise/$"))


def to_the_record(page: Page) -> None:
    """Go from a chain to the record of the session in which it was made."""
    follow(page.get_by_role("button", name="Work on the chain"))
    back(page)


def finish_the_record(page: Page, name: str) -> None:
    """Read the record of the first session once more and close it."""
    episode_of(page, name)
    tab(page, "Sessions")
    follow(page.get_by_role("link", name="Session 1", exact=True))
    follow(page.get_by_role("button", name="Record the session"))
    page.get_by_role("button", name="Save and finish").click()
    page.get_by_role("button", name="Finish the record").click()
    expect(page.locator(".govuk-tag", has_text="Attended").first).to_be_visible()


def make_a_chain(page: Page) -> None:
    """Make one whole chain: from vulnerability to consequence, the skill that fits, and what would have broken it.

    Repair that is contact is refused.
    """
    page.get_by_label("What happened?").fill("Drove past the house twice")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Start the chain").click()
    for part, kind, words in CHAIN:
        line = page.locator(f"[data-part={part}] form[data-line]")
        line.locator("[name=words]").fill(words)
        line.get_by_label("Type", exact=True).select_option(kind)
        line.get_by_label("0 to 5").select_option("3")
        line.get_by_role("button").click()
        expect(page.locator(".chain-card__words", has_text=words)).to_be_visible()

    picture(page, "chain-editor")
    page.get_by_role("link", name=re.compile("^Change urge")).click()
    page.get_by_label("The skill in their own words").fill("Walk another way home")
    page.get_by_role("button", name="Save the link").click()
    expect(page.locator(".chain-card__skill", has_text="Walk another way home")).to_be_visible()
    page.get_by_role("link", name="Behaviour and solution analysis").click()
    page.get_by_label("What makes them less vulnerable?").fill("In bed by eleven")
    page.get_by_label("What prevents the prompting event?").fill("Shop at the other end of town")
    page.get_by_label("Repair").fill("Write her a letter to apologise")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").first.click()
    expect(page.locator("main")).to_contain_text("never contact")
    page.get_by_label("Repair").fill("Tell my brother the truth about Saturday")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").first.click()


def episode_of(page: Page, name: str) -> str:
    """Return the reference of the episode that bears this name."""
    menu(page, "People")
    follow(page.get_by_role("link", name=name))
    return reference(page.url)


def person(page: Page, episode: str) -> None:
    """Open the page of a person who is on the programme."""
    menu(page, "People")
    follow(page.get_by_role("row", name=spoken(episode)).get_by_role("link").first)


def hold_sessions(area: Area, page: Page, episode: str, count: int, *, chain_in: int = 0) -> None:
    """Record each session as attended with nothing new; one of a given number also holds a chain."""
    weeks_go_by(area, episode, count)
    for number in range(1, count + 1):
        person(page, episode)
        tab(page, "Sessions")
        follow(page.get_by_role("link", name=f"Session {number}", exact=True))
        follow(page.get_by_role("button", name="Record the session"))
        page.get_by_label("Yes", exact=True).check()
        page.get_by_label("Nothing new").check()
        page.get_by_label("Work done in the session").fill("Looked at what came before the urge.")
        page.get_by_label("Worked in the session", exact=True).check()
        if number == chain_in:
            page.get_by_role("button", name="Save and work on a chain").click()
            make_a_chain(page)
            to_the_record(page)
        page.get_by_role("button", name="Save and finish").click()
        page.get_by_role("button", name="Finish the record").click()
        expect(page.locator(".govuk-tag", has_text="Attended").first).to_be_visible()


def write_the_report(page: Page) -> None:
    """Write the practitioner's part, reached from any page about the person."""
    tab(page, "Plan", "Ending the programme")
    follow(page.get_by_role("link", name="Exit report"))
    follow(page.get_by_role("button", name="Start the exit report"))
    page.get_by_role("button", name="Start", exact=True).click()
    for part in every(page.locator("textarea")):
        if not part.input_value():
            part.fill("Nothing to add.")
    page.get_by_role("button", name="Save and send for review").click()
    page.get_by_role("button", name="Send for review", exact=True).click()
    expect(page.locator("main")).to_contain_text("Waiting for review and signature")


def agree(page: Page, episode: str) -> None:
    """Give the notice first, then record the person's agreement."""
    person(page, episode)
    tab(page, "Plan", "Agreement")
    follow(page.get_by_role("button", name="Give the notice"))
    page.get_by_label("Read out and talked through").check()
    page.get_by_label("What did they understand").fill("That a concern is passed on, whatever was agreed.")
    page.get_by_role("button", name="Record that it was given").click()
    page.get_by_role("button", name="Record the answer").click()
    page.get_by_label("Agrees to take part").check()
    page.get_by_label("Signed on paper").check()
    page.get_by_role("button", name="Record the answer").click()
    expect(page.locator("main")).to_contain_text("Agreed to take part")


def assess(page: Page, episode: str) -> None:
    """Make an appointment, write every part, and finish the assessment."""
    person(page, episode)
    tab(page, "Plan", "Assessment")
    follow(page.get_by_role("button", name="Make an appointment"))
    page.get_by_label("Another time or place").check()
    fill_date(page, working_days.before(today() - timedelta(days=1), 0))
    page.get_by_label("The time").fill("6am")  # before the first session of the day
    page.get_by_label("By video").check()
    page.get_by_role("button", name="Make the appointment").click()
    page.get_by_role("button", name="Write the assessment").click()
    for part in every(page.locator("main textarea")):
        part.fill("Said in a few words.")
    page.get_by_role("button", name="Save and finish").click()
    page.get_by_role("button", name="Finish the assessment").click()
    expect(page.locator("main")).to_contain_text("Finished")


def set_a_goal(page: Page, episode: str) -> None:
    """Set one goal in the person's words, with how it serves the survivor's safety."""
    person(page, episode)
    tab(page, "Plan")
    follow(page.get_by_role("button", name="Add a goal"))
    page.get_by_label("The goal, in the person’s words").fill("I look at no profile for a week")
    page.get_by_label("How does it support the survivor’s safety?").fill("Fewer contacts")
    page.get_by_role("button", name="Add the goal").click()
    expect(page.locator("main")).to_contain_text("I look at no profile for a week")


def judge(page: Page, episode: str) -> None:
    """Record what a tool concluded of the risk."""
    person(page, episode)
    follow(page.get_by_role("link", name=re.compile("judgement", re.IGNORECASE)).first)
    follow(page.get_by_role("button", name="Record a judgement"))
    page.get_by_label("Which tool?").select_option(label="Stalking Risk Profile (SRP)")
    page.get_by_label("Its version").fill("2")
    page.get_by_label("What was concluded?").fill("Moderate")
    page.get_by_label("Why?", exact=True).fill("Urges after every letter of the court")
    page.get_by_label("Name of the person who rated").fill("Ashby Quillon")
    page.get_by_role("group", name="Is the rater trained in this tool?").get_by_label("Yes").check()
    for name, day in (("rated_on", today()), ("review_on", today() + timedelta(days=60))):
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            page.locator(f"[name={name}-{part}]").fill(str(value))
    page.get_by_label("There is none before").check()
    page.get_by_role("button", name="Record the judgement").click()
    expect(page.locator("main")).to_contain_text("Moderate")


def measure(page: Page, episode: str, occasion: str, figure: int) -> None:
    """Enter GAD-7 from paper, with the same figure for every answer."""
    person(page, episode)
    tab(page, "Measures")
    follow(page.get_by_role("link", name="GAD-7", exact=True))
    page.get_by_label(occasion, exact=True).check()
    for item in every(page.locator(f"main input[name^=item_][value='{figure}']")):
        item.check()
    page.get_by_role("button", name="Save the form").click()
    expect(page).not_to_have_url(re.compile("/gad-7/$"))


def leave(page: Page, episode: str, *answers: str, contact: str = "") -> None:
    """Record how a person leaves; `contact` is the number of an alert, where one goes out."""
    person(page, episode)
    tab(page, "Plan", "Ending the programme")
    follow(page.get_by_role("button", name="End the programme"))
    for answer in answers:
        page.get_by_role("radio", name=re.compile(f"^{answer}")).check()
    if contact:
        page.get_by_label("Telephone number where you can be reached").locator("visible=true").fill(contact)
    page.get_by_role("button", name="See what happens").click()
    page.get_by_role("button", name="Record the leaving").click()
    expect(page).not_to_have_url(re.compile("/end/$"))


def half_a_year_goes_by(area: Area, episode: str) -> None:
    """Make the follow-up at 6 months due today."""
    with Cluster(area.folder).connect("northmere_programme") as superuser:
        superuser.execute(
            "UPDATE programme_followup SET due_on = %s WHERE months = 6"
            " AND episode_id = (SELECT id FROM programme_episode WHERE ref = %s)",
            [today(), episode],
        )


def ask_after(page: Page, episode: str) -> None:
    """Record the follow-up at 6 months from To do: the person was reached, and the police were asked."""
    menu(page, "To do")
    due(page, episode, "6 months")
    page.get_by_label("Contact made").check()
    page.get_by_label("How many attempts were made?").fill("1")
    page.get_by_label("What was said or done").fill("Rang in the evening: works again, and sleeps.")
    page.get_by_label("Those asked knew of nothing").check()
    page.get_by_role("group", name="Who was asked?").get_by_label("The police").check()
    page.get_by_role("button", name="Record the follow-up").click()
    expect(page.locator("main")).to_contain_text("Contact made")


def due(page: Page, episode: str, words: str) -> None:
    """Open the task of the first page about a person, also where the page folds what is less urgent."""
    for folded in page.locator("main summary", has_text=re.compile(r"^And \d+ more")).all():
        folded.click()
    page.get_by_role("listitem").filter(has_text=spoken(episode)).get_by_role("link", name=words).click()


def sign(page: Page, episode: str) -> None:
    """Read the report that waits on the first page and sign it, as a second person."""
    due(page, episode, "read and sign the exit report")
    page.get_by_role("button", name="Sign").click()
    page.get_by_role("button", name="Sign").click()
    expect(page.locator("main")).to_contain_text("Signed")
