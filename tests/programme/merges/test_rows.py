"""All that a person has goes along with the second record, and comes back from it, whatever both records hold."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.merges import commands, records
from desist.merges.models import Merge
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.references import spoken
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
#: what can be written about a person, and the table that it is a row of; two of one kind may have no room beside each other
MAKERS: dict[str, Callable[[Episode], Any]] = {
    "programme_order": lambda row: factories.order(referral=row.referral, token="one"),
    "programme_concern": lambda row: factories.concern(referral=row.referral),
    "programme_contact": lambda row: factories.contact(referral=row.referral),
    "programme_policejudgement": lambda row: factories.police_judgement(referral=row.referral),
    "programme_attachment": lambda row: factories.attachment(referral=row.referral),
    "programme_circumstance": lambda row: factories.circumstance(episode=row),
    "programme_selfharm": lambda row: factories.self_harm(episode=row),
    "programme_relative": lambda row: factories.relative(episode=row),
    "programme_document": lambda row: factories.document(episode=row),
    "programme_letter": lambda row: factories.letter(episode=row),
    "programme_dayahead": lambda row: factories.day_ahead(episode=row),
    "programme_riskrating": lambda row: factories.rating(episode=row),
    "programme_acutefactor": lambda row: factories.acute(episode=row),
    "programme_riskform": lambda row: factories.risk_form(episode=row),
    "tasks_task": lambda row: factories.own_task(about=row),
    "programme_agreement": lambda row: factories.agreement(episode=row),
    "programme_assessment": lambda row: factories.assessment(episode=row),
    "programme_busytime": lambda row: factories.busy_time(episode=row),
    "programme_measure": lambda row: factories.measure(episode=row),
    "programme_readiness": lambda row: factories.readiness(episode=row),
    "programme_goal": lambda row: factories.goal(episode=row),
    "programme_supportoverride": lambda row: factories.override(episode=row),
    "programme_supportreferral": lambda row: factories.support(episode=row),
    "programme_report": lambda row: factories.report(episode=row),
    "programme_followup": lambda row: factories.later(episode=row),
}


def leader(name: str) -> Actor:
    account = staff.account(name=name)
    staff.grant(account=account, role=Role.MANAGER)
    return Actor(who=account.ref, role=Role.MANAGER, area=factories.AREA, correlation=uuid.uuid4())


def browser(actor: Actor) -> Client:
    return staff.browser(account=Account.objects.get(ref=actor.who), role=actor.role)


@pytest.fixture
def ola(db: None) -> Actor:
    return leader("Ola Reed")


@pytest.fixture
def noor(db: None) -> Actor:
    return leader("Noor Hale")


@pytest.fixture
def kept(practitioner: Practitioner) -> Episode:
    """The course of the first record, which goes on."""
    row = factories.episode(referral=factories.referral(pnc=""), practitioner=practitioner)
    return at_begin(row, "allocated")


@pytest.fixture
def other(practitioner: Practitioner) -> Episode:
    """The course of the second record: entered twice, and ended for that."""
    second = factories.practitioner(account=staff.account(name="Wyn Holt"))
    return factories.ended(
        episode=factories.episode(referral=factories.referral(), practitioner=second), state="left"
    )


def at_begin(row: Episode, state: str) -> Episode:
    row.state = state
    row.save()
    return row


def merge(one: Actor, two: Actor, kept: Episode, other: Episode) -> Merge:
    ref = commands.ask(
        actor=one,
        first=kept.referral.ref,
        second=other.referral.ref,
        taken=[],
        reason="Same date of birth",
        submission=uuid.uuid4().hex,
        agreed=True,
        at=NOW,
    )
    commands.confirm(actor=two, ref=ref, version=1, at=NOW)
    return Merge.objects.get(ref=ref)


def split(actor: Actor, row: Merge) -> None:
    row.refresh_from_db()
    commands.split(actor=actor, ref=row.ref, seconds=[], reason="Two", version=row.version, at=NOW)


def rows(episode: Episode) -> dict[str, dict[Any, dict[str, Any]]]:
    """Every row that could go along with a person's record, as it stands."""
    (kind,) = records.of_zone()
    record = Referral.objects.get(pk=episode.referral_id)
    return {along.table: {one["id"]: one for one in along.of(record).values()} for along in kind.along}


SOME = st.sets(st.sampled_from(sorted(MAKERS)))


@given(which=st.tuples(SOME, SOME, SOME))
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_merge_loses_no_row_and_its_split_gives_the_same_rows_back(
    ola: Actor, noor: Actor, kept: Episode, other: Episode, which: tuple[set[str], set[str], set[str]]
) -> None:
    first, second, since = which
    begin = transaction.savepoint()
    try:
        for name in sorted(first):
            MAKERS[name](kept)
        for name in sorted(second):
            MAKERS[name](other)
        before = rows(kept), rows(other)
        row = merge(ola, noor, kept, other)
        during = rows(kept), rows(other)
        new = [(name, MAKERS[name](kept).pk) for name in sorted(since - first - second)]
        split(ola, row)
        after = rows(kept), rows(other)
    finally:
        transaction.savepoint_rollback(begin)

    for table in before[0]:
        ours, theirs = set(before[0][table]), set(before[1][table])
        assert set(during[0][table]) | set(during[1][table]) == ours | theirs
        assert ours <= set(during[0][table])
        if not ours:
            assert not during[1][table], table
        written = {pk for name, pk in new if name == table}
        assert after[1][table] == before[1][table]
        assert {pk: one for pk, one in after[0][table].items() if pk in ours} == before[0][table]
        assert set(after[0][table]) - ours >= written


def test_the_sessions_of_a_course_entered_twice_go_along_and_the_course_is_in_sessions(
    ola: Actor, noor: Actor, kept: Episode, other: Episode
) -> None:
    done = factories.attended(episode=other)
    chain = factories.chain(session=done, links=2)

    row = merge(ola, noor, kept, other)
    done.refresh_from_db()
    kept.refresh_from_db()
    during, state = done.episode, kept.state
    later = factories.attended(episode=kept, number=2)
    page = text(browser(ola).get(f"/merges/{row.ref}/split/"))
    split(ola, row)

    assert (during, state, chain.session) == (kept, "in_sessions", done)
    assert f"stays with {spoken(kept.referral.ref)}: Sessions (1)" in page
    for one in (done, later, kept):
        one.refresh_from_db()
    assert (done.episode, later.episode, kept.state) == (other, kept, "in_sessions")


def test_a_course_is_before_its_sessions_again_once_the_only_one_went_back(
    ola: Actor, noor: Actor, kept: Episode, other: Episode
) -> None:
    factories.attended(episode=other)

    split(ola, merge(ola, noor, kept, other))

    kept.refresh_from_db()
    assert kept.state == "allocated"


def test_a_form_that_was_signed_since_the_merge_stays_with_the_first(
    ola: Actor, noor: Actor, kept: Episode, other: Episode
) -> None:
    form = factories.risk_form(episode=other)
    row = merge(ola, noor, kept, other)
    form.refresh_from_db()
    during = form.episode
    form.state, form.offered_by, form.offered_at = "signed", "kit", NOW
    form.signed_by, form.signed_at = "noor", NOW
    form.save()

    page = text(browser(ola).get(f"/merges/{row.ref}/split/"))
    split(ola, row)

    form.refresh_from_db()
    assert (during, form.episode) == (kept, kept)
    assert "Risk forms (1)" in page


def test_an_earlier_course_stays_whole_and_what_is_about_the_person_goes_along(
    ola: Actor, noor: Actor, kept: Episode, other: Episode
) -> None:
    Episode.objects.filter(pk=kept.pk).update(opened_at=NOW + timedelta(days=30))
    session = factories.attended(episode=other)
    risk = factories.circumstance(episode=other)

    page = text(browser(ola).get(f"/merges/{kept.referral.ref}/with/{other.referral.ref}/"))
    merge(ola, noor, kept, other)

    assert "Goes along Risks to staff and needs (1)" in page
    assert f"Stays with {spoken(other.referral.ref)} Session of" in page
    for one in (session, risk):
        one.refresh_from_db()
    assert (session.episode, risk.episode) == (other, kept)


def test_what_stays_is_said_first_and_asked(ola: Actor, kept: Episode, other: Episode) -> None:
    factories.risk_form(episode=kept)
    factories.risk_form(episode=other)
    page = f"/merges/{kept.referral.ref}/with/{other.referral.ref}/"
    chosen = {"given_names": "first", "pnc": "first", "reason": "Same date of birth"}

    shown = text(browser(ola).get(page))
    refused = text(browser(ola).post(page, chosen | {"left": "no"}))
    asked = text(browser(ola).post(page, chosen | {"left": "yes"}, follow=True))

    assert f"What stays with {spoken(other.referral.ref)} is read there alone. Is that right?" in shown
    assert "Risk form of" in shown
    assert "some rows would stay with the second record" in refused
    assert "A colleague has to confirm it" in asked
    assert "Risk form of" in asked


def test_a_merge_of_an_earlier_version_is_split_as_it_was_made(
    ola: Actor, noor: Actor, kept: Episode, other: Episode
) -> None:
    row = merge(ola, noor, kept, other)
    Merge.objects.update(rows={name: row.rows[name] for name in ("programme_contact", "walls")})
    factories.circumstance(episode=kept)

    assert browser(ola).get(f"/merges/{row.ref}/split/").status_code == 200
    split(ola, row)

    assert Merge.objects.get().state == "split"


def test_nothing_is_asked_without_an_answer_about_what_stays(
    ola: Actor, kept: Episode, other: Episode
) -> None:
    factories.risk_form(episode=kept)
    factories.risk_form(episode=other)

    with pytest.raises(Refused, match="say whether that is right"):
        commands.ask(
            actor=ola,
            first=kept.referral.ref,
            second=other.referral.ref,
            taken=[],
            reason="x",
            submission="x",
            at=NOW,
        )
