"""The skills: a name and two sentences each, one alone on the shared screen."""

import re

import pytest
from django.test import Client
from tests.programme.reading import text

from desist.skills import catalogue


@pytest.mark.parametrize("skill", catalogue.SKILLS, ids=lambda skill: skill.key)
def test_a_skill_is_told_in_two_sentences(skill: catalogue.Skill) -> None:
    assert len(re.findall(r"[.!?](?= |$)", skill.words)) == 2


def test_every_skill_has_its_own_key_and_stands_under_its_module() -> None:
    listed = [skill for _, skills in catalogue.by_module() for skill in skills]

    assert len(catalogue.BY_KEY) == len(listed) == len(catalogue.SKILLS)


def test_a_key_that_is_no_longer_known_is_told_as_it_is() -> None:
    assert catalogue.name("gone") == "gone"


@pytest.mark.django_db
def test_the_list_names_every_skill(kit_browser: Client) -> None:
    page = text(kit_browser.get("/skills/"))

    assert all(skill.name in page for skill in catalogue.SKILLS)


@pytest.mark.django_db
def test_a_shared_skill_stands_alone(kit_browser: Client) -> None:
    page = kit_browser.get("/skills/shared/?skill=ride")

    assert "Ride the urge" in text(page)
    assert "Referrals" not in text(page)


@pytest.mark.django_db
def test_an_unknown_skill_leads_back_to_the_list(kit_browser: Client) -> None:
    assert kit_browser.get("/skills/shared/?skill=nothing")["Location"] == "/skills/"


@pytest.mark.django_db
def test_a_skill_is_read_in_depth_and_says_that_nobody_reviewed_it(kit_browser: Client) -> None:
    page = text(kit_browser.get("/skills/ride/"))

    assert "Reidio’r ysfa" in page
    assert "Not reviewed yet: Plain English, Easy read, Welsh" in page
    assert kit_browser.get("/skills/notice/").status_code == 404
