"""What the demo shows of triage, agreement, assessment, measures, goals, risk and support."""

import pytest

from desist.partnership.support.models import SupportReferral as AtAgency
from desist.programme.agreement.models import Agreement, FollowUpTask
from desist.programme.agreement.states import State as AgreementState
from desist.programme.assessments.models import Assessment
from desist.programme.episodes.models import Episode
from desist.programme.measures.models import Measure
from desist.programme.plans.models import Goal
from desist.programme.plans.support.models import SupportReferral
from desist.programme.referrals.models import Referral
from desist.programme.risk.models import RiskRating
from desist.programme.triage.models import Advice, Decision, Delay
from tools.synthetic import assessment_rows
from tools.synthetic.cases import Block


@pytest.fixture
def assessed(loaded: Block) -> Block:
    assessment_rows.write(loaded.cases)
    return loaded


def test_every_decided_referral_has_its_signed_decision(assessed: Block) -> None:
    decided = Referral.objects.exclude(decided_at=None)

    assert decided.exists()
    assert set(Decision.objects.values_list("referral", flat=True)) == set(
        decided.values_list("pk", flat=True)
    )
    assert Advice.objects.exists()
    assert Delay.objects.exists()


def test_whoever_is_in_sessions_agreed_was_assessed_and_has_a_plan(assessed: Block) -> None:
    for episode in Episode.objects.filter(state="in_sessions"):
        assert episode.agreement.state in {AgreementState.AGREED, AgreementState.REQUIRED}
        assert episode.assessments.filter(state="finished").exists()
        assert episode.measures.filter(occasion="baseline").count() == 3
        assert episode.goals.count() == 2
        assert episode.risk_ratings.exists()
        assert episode.typologies.exists()
        assert episode.acute_factors.exists()
        assert episode.support.exists()


def test_every_stage_can_be_looked_at(assessed: Block) -> None:
    assert Agreement.objects.filter(state="withdrawn").exists()
    assert FollowUpTask.objects.filter(done_at=None).exists()
    assert Assessment.objects.filter(state="appointed").exists()
    assert Measure.objects.filter(occasion="closing").exists()
    assert Measure.objects.filter(flagged=True, safety_check=None).count() == 1
    assert Goal.objects.exists()
    assert RiskRating.objects.exists()
    assert set(SupportReferral.objects.values_list("state", flat=True)) == {"referred", "accepted"}


def test_what_was_referred_to_an_agency_stands_alike_on_both_sides(assessed: Block) -> None:
    read = AtAgency.objects.all()

    assert {row.state for row in read} == {"new", "accepted"}
    for row in read:
        sent = SupportReferral.objects.get(thread=row.thread)
        assert sent.episode.referral.name == row.name
        assert (sent.agency.listing, sent.need) == (row.agency.token, row.need)
        assert (sent.state == "accepted") == (row.state == "accepted")
        assert sent.news.exists() == (row.state == "accepted")
