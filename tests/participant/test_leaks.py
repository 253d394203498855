"""Three people walk every page of their own: each finds their own words alone, and none of what staff know about anyone."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.participant.conftest import coping, on_the_programme
from tests.programme import factories

from desist.programme.episodes.models import Episode
from desist.programme.sessions.diary.models import DiaryTarget
from desist.programme.sessions.models import Session

#: in every word that staff wrote for themselves
PLANTED = "Zyxquill"
PEOPLE = ("Robin", "Merle", "Bryon")
CODES = ("aaaaccccdddd", "eeeeffffgggg", "hhhhjjjjkkkk")


@pytest.fixture
def three(db: None, may_call: None, begun: Callable[..., Client]) -> dict[str, Client]:
    """Three people with a phone each, and as much known about them as staff may know."""
    episodes = {given: on_the_programme(given, f"{PLANTED}son") for given in PEOPLE}
    for given, episode in episodes.items():
        known_to_staff(given, episode)
    return {
        given: begun(episode, code) for (given, episode), code in zip(episodes.items(), CODES, strict=True)
    }


def known_to_staff(given: str, episode: Episode) -> None:
    notes = ("agenda", "diary_review", "risk_note", "homework_review", "work_done", "next_steps", "others")
    held = factories.attended(episode=episode, homework_set=f"Homework of {given}")
    Session.objects.filter(pk=held.pk).update(**dict.fromkeys(notes, PLANTED), module=PLANTED, about=PLANTED)
    factories.rating(episode=episode)
    factories.contact(referral=episode.referral, who=PLANTED, words=PLANTED)
    factories.goal(episode=episode, words=f"Goal of {given}", serves=PLANTED)
    factories.order(referral=episode.referral, requirements=[PLANTED], exclusions=[PLANTED])
    factories.notice_given(episode=episode, understood=PLANTED)
    factories.measure(episode=episode)
    factories.assessment(episode=episode, needs=PLANTED, risk=PLANTED, others=PLANTED)
    coping(episode, f"Plan of {given}")
    DiaryTarget.objects.create(
        episode=episode, name=f"Target of {given}", submission=given, added_by="x", added_at=timezone.now()
    )


def walk(browser: Client) -> dict[str, str]:
    """Follow every link from the first page; return each page's text with its headers."""
    waiting, seen = ["/"], dict[str, str]()
    while waiting:
        address = waiting.pop()
        answer = browser.get(address)
        seen[address] = f"{answer.content.decode()} {dict(answer.headers)}"
        waiting += [
            one
            for one in re.findall(r'href="(/[^"]*)"', seen[address])
            if one not in seen and "/static/" not in one
        ]
    return seen


def test_each_finds_their_own_words_and_nobody_elses(three: dict[str, Client]) -> None:
    for given, browser in three.items():
        browser.post("/", {"note": f"Diary of {given}"})
        browser.post("/skills/ride/", {"ago": "0", "helped": "yes", "note": f"Practice of {given}"})
        browser.post("/rights/", {"kind": "complaint", "words": f"Complaint of {given}"})
    for given, browser in three.items():
        pages = walk(browser)
        whole = " ".join(pages.values())

        assert {"/", "/homework/", "/skills/ride/", "/plan/", "/questions/", "/rights/notice/"} <= set(pages)
        assert f"Homework of {given}" in whole
        assert f"Diary of {given}" in whole
        for own in ("Goal", "Target", "Plan"):
            assert f"{own} of {given}" in whole, own
        for other in PEOPLE:
            assert other == given or other not in whole
        # The notice is the one that they were given on paper, and the words of a skill are everyone's.
        fixed = ("/rights/notice/", "/skills/")
        plain = " ".join(text for address, text in pages.items() if not address.startswith(fixed))
        for word in ("Northmere", "risk", "police", "victim", "stalk"):
            assert word.casefold() not in plain.casefold(), word
        assert PLANTED not in whole
        assert "Wintergreen" not in whole


def test_a_word_of_staff_on_a_page_is_found(three: dict[str, Client]) -> None:
    Session.objects.update(homework_set=PLANTED)

    assert PLANTED in walk(three["Robin"])["/homework/"]


def test_the_same_pages_come_whatever_else_is_known(three: dict[str, Client]) -> None:
    """Twins: what staff know of a person changes no byte of that person's pages."""
    first, second = (plain(walk(three[given]), given) for given in ("Merle", "Bryon"))

    assert first.keys() == second.keys()
    for address, text in first.items():
        assert text.splitlines() == second[address].splitlines()


def plain(pages: dict[str, str], given: str) -> dict[str, str]:
    """Pages without the name of their person and the tokens of their forms."""
    tokens = (
        r'value="[^"]{16,}"|value="[a-z0-9]{10}"|own_[a-z0-9]{10}|data-passkey-question="[^"]*"|nonce-[^\']+'
    )
    return {address: re.sub(tokens, "", text).replace(given, "") for address, text in pages.items()}
