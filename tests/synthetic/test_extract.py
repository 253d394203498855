"""The demo's extract is by the data dictionary, whatever day it is made on, and its study can be made."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commission import factories
from tests.synthetic.conftest import NOW

from desist.commission.extracts.models import OutcomeExtract, Study
from desist.extracts import rows
from desist.keys import sitekeys
from desist.post.models import Partner
from desist.programme.service.extracts.models import OutcomeExtract as Sent
from tools.synthetic import extract_rows, extracted, study_rows


@given(st.dates(date(2026, 1, 1), date(2031, 12, 31)))
@settings(max_examples=100, deadline=None)
def test_it_is_by_the_dictionary_on_every_day(cut: date) -> None:
    made = extracted.rows("North", cut)

    rows.check(made, area="North")
    assert len(made.episodes) >= 50
    assert made.events


@pytest.mark.django_db
def test_the_evaluator_of_the_demo_finds_an_extract_and_a_study() -> None:
    partner = factories.service()
    Partner.objects.filter(pk=partner.pk).update(area="")

    study_rows.write(at=NOW)

    assert OutcomeExtract.objects.get().people == Study.objects.get().of.people
    assert "annex.html" in Study.objects.get().files


@pytest.mark.django_db
def test_the_programme_of_the_demo_has_the_same_extract() -> None:
    partner = factories.service()
    Partner.objects.create(
        name="northmere-commission",
        zone="commission",
        title="Northmere Commissioner",
        transport="file",
        keys=sitekeys.generate(site="northmere-commission", on=date(2026, 1, 1)).public.to_json(),
        phone="01632 960 002",
        added_at=partner.added_at,
    )
    Partner.objects.filter(pk=partner.pk).update(area="")

    extract_rows.write(at=NOW)
    study_rows.write(at=NOW)

    assert Sent.objects.get().episode_lines == OutcomeExtract.objects.get().episode_lines
    assert Sent.objects.get().thread == OutcomeExtract.objects.get().thread
