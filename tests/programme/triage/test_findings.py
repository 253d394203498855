"""What a service's criteria say: a table."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist import codes
from desist.programme.triage.findings import Facts, Settings, all_met, findings
from desist.referral.police_areas import lived_in

TODAY = date(2026, 3, 3)
SETTINGS = Settings("northmere", frozenset({"none", "sentenced"}), 18, frozenset({"southmere"}))
FACTS = Facts("none", date(1990, 2, 28), "northmere", 1, "20 places: 19 taken, 1 free.")


@pytest.mark.parametrize(
    ("changes", "criterion", "met"),
    [
        ({}, "proceedings", True),
        ({"proceedings": "under_investigation"}, "proceedings", False),
        ({"proceedings": ""}, "proceedings", None),
        ({}, "age", True),
        ({"born": date(2008, 3, 3)}, "age", True),  # eighteen today
        ({"born": date(2008, 3, 4)}, "age", False),
        ({"born": None}, "age", None),
        ({}, "area", True),
        ({"lives_in": "southmere"}, "area", True),
        ({"lives_in": "elsewhere"}, "area", False),
        ({"lives_in": ""}, "area", None),
        ({}, "capacity", True),
        ({"free": 0}, "capacity", False),
    ],
)
def test_a_criterion_is_met_not_met_or_not_known(
    changes: dict[str, object], criterion: str, met: bool | None
) -> None:
    facts = Facts(**{**vars(FACTS), **changes})

    found = {one.criterion.value: one.met for one in findings(settings=SETTINGS, facts=facts, today=TODAY)}

    assert found[criterion] is met


@pytest.mark.parametrize("site", ["Thames Valley", "thames valley", "THAMES VALLEY", "thames_valley"])
@pytest.mark.parametrize("lives_in", ["thames_valley", "the site's own"])
def test_the_area_of_a_site_is_the_police_area_that_it_is_called_like(site: str, lives_in: str) -> None:
    home = lives_in if lives_in == "thames_valley" else lived_in(answer="own", area=site)
    settings = replace(SETTINGS, area=site, other_areas=frozenset())
    facts = replace(FACTS, lives_in=home)

    area = findings(settings=settings, facts=facts, today=TODAY)[2]

    assert area.met is True
    assert area.words == "Lives in Thames Valley; people are accepted from Thames Valley"


def test_what_nobody_knows_stands_against_accepting() -> None:
    facts = Facts(**{**vars(FACTS), "born": None})

    assert all_met(findings(settings=SETTINGS, facts=FACTS, today=TODAY))
    assert not all_met(findings(settings=SETTINGS, facts=facts, today=TODAY))


@given(
    proceedings=st.sampled_from(["", *codes.Proceedings.values]),
    born=st.none() | st.dates(date(1920, 1, 1), TODAY),
    free=st.integers(0, 50),
)
def test_whatever_a_referral_says_every_criterion_is_told_once(
    proceedings: str, born: date | None, free: int
) -> None:
    found = findings(
        settings=SETTINGS, facts=Facts(proceedings, born, "northmere", free, "places"), today=TODAY
    )

    assert [one.criterion.value for one in found] == ["proceedings", "age", "area", "capacity"]
    assert all(one.words for one in found)
