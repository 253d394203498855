"""Repair is never contact: what the table of words refuses, what it lets through, and that nothing slips by spelling."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist.programme.chains import contact

REFUSED = [
    "Apologise to her",
    "I will apologize.",
    "Write her a letter",
    "Write a letter explaining everything",
    "Send flowers",
    "Leave a card at the door",
    "Call him and talk it through",
    "Ring them one last time",
    "Text her that I am sorry",
    "Message the victim on a new account",
    "Go and see her at work",
    "Visit my ex-wife",
    "Meet them to explain",
    "Ask my sister to tell her that I have changed",
    "Pass on a message through her mother",
    "Give her back her things",
    "Return the keys to her",
    "Post a present for her birthday",
    "Wait for her after work to say sorry",
    "Make it up to her",
    "Get back together",
    "Have closure",
    "Show her that I have changed",
    "Drive past to check on her",
    "Unblock her",
    "Speak with my former partner",
    "Contact the victim through a solicitor",
    "Not shout any more. Call her calmly instead.",
    "I will not be angry but write to her",
    "Comply with the order until I see her again",
    "No more visits, then send a letter",
    "Don't forget to call her",
    "Never forget to text her on Sundays",
    "Without fail phone her",
    "Phone her without delay",
    "Do not hesitate to write to her",
    "Call her no matter what",
    "I won't ever stop writing to her",
    "Phoning her every Sunday",
]
ACCEPTED = [
    "",
    "Comply with the order",
    "Not contact her in any way",
    "Never write to her again",
    "Don’t call her",
    "Stay away from her street",
    "Delete her number",
    "Tell my supervisor about Friday",
    "Pay the compensation that the court has set",
    "Delete the second account",
    "Hand over the pictures to the police",
    "Call my probation officer",
    "Write in the diary every evening",
    "Volunteer at the food bank on Saturdays",
    "Pay my brother back the money that I borrowed",
]
#: harmless, and refused all the same: a rewording costs little
REFUSED_IN_VAIN = [
    "Delete her number and the messages I sent her",
    "Give the police the letters that I kept from her",
    "Apologise to my sister",
]
#: contact, and not seen: the table reads words, and does not know anybody's name
MISSED = [
    "Put it right with Mandy",
    "Be at the station when the train from the office comes in",
    "I cannot not call her",
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_repair_that_means_contact_is_found(text: str) -> None:
    assert contact.finding(text=text)


@pytest.mark.parametrize("text", ACCEPTED)
def test_a_repair_without_contact_is_let_through(text: str) -> None:
    assert contact.finding(text=text) == ""


@pytest.mark.parametrize("text", REFUSED_IN_VAIN)
def test_the_table_errs_towards_refusing(text: str) -> None:
    assert contact.finding(text=text)


@pytest.mark.parametrize("text", MISSED)
def test_what_the_table_cannot_see_is_known(text: str) -> None:
    assert contact.finding(text=text) == ""


#: words that lie between; none ends a clause or denies anything
fillers = st.lists(st.sampled_from(["calmly", "today", "a", "long", "kind", "to", "with"]), max_size=5)
ways = st.sampled_from(
    ["apologise", "write", "call", "text", "message", "visit", "see", "phone", "e-mail", "contact", "meet"]
)
persons = st.sampled_from(["her", "him", "them", "the victim", "my ex", "my ex-girlfriend", "my wife"])
spellings = st.sampled_from(
    [
        str.upper,
        str.title,
        lambda text: text.replace(" ", "  \t"),
        lambda text: text.replace("e", "e\u200b"),
        lambda text: text.replace("e", "é"),
        lambda text: "".join(
            chr(ord(one) + 0xFEE0) if one.isascii() and one.isalpha() else one for one in text
        ),
    ]
)


@given(way=ways, between=fillers, person=persons, spelling=spellings)
def test_every_way_to_every_name_is_found_however_it_is_spelt(
    way: str, between: list[str], person: str, spelling: Callable[[str], str]
) -> None:
    text = " ".join(["I will", way, *between, person])

    assert contact.finding(text=spelling(text))


@given(
    way=ways,
    person=persons,
    denial=st.sampled_from(["I will not", "Never", "I won’t", "Stop trying to", "No longer"]),
)
def test_saying_that_it_is_not_done_is_let_through(way: str, person: str, denial: str) -> None:
    assert contact.finding(text=f"{denial} {way} {person}") == ""


@given(refused=st.sampled_from(REFUSED), more=st.text(max_size=60))
def test_nothing_added_on_a_line_of_its_own_makes_a_refused_repair_good(refused: str, more: str) -> None:
    assert contact.finding(text=f"{refused}\n{more}")
    assert contact.finding(text=f"{more}\n{refused}")


@given(text=st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    found = contact.finding(text=text)

    assert found in contact.plain(text)
