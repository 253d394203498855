"""What is written: every state on both sides, one truth about each person, and nothing where it must not be."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection, transaction
from tests.synthetic.conftest import NOW

from desist import codes
from desist.desk.alerts.models import Alert
from desist.partnership.referrals import states as police_states
from desist.partnership.referrals.models import Referral as Sent
from desist.programme.chains.models import Chain, ChainLink
from desist.programme.concerns.models import Concern
from desist.programme.episodes import states as episode_states
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals import states as referral_states
from desist.programme.referrals.models import Referral
from desist.programme.sessions import states as session_states
from desist.programme.sessions.commands import missing
from desist.programme.sessions.models import Session
from tools.synthetic import cases, load, partnership_rows, programme_rows
from tools.synthetic.cases import Block
from tools.synthetic.facts import Side


def found_in(tables: Iterable[str], secrets: Iterable[str]) -> set[str]:
    """The secrets that any column of any of these tables holds."""
    text = ""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT coalesce(string_agg(t::text, chr(10)), $$$$) FROM "{table}" t')
            text += cursor.fetchone()[0]
    return {secret for secret in secrets if secret in text}


def tables(zone: str) -> list[str]:
    """The zone's tables, the row history with them."""
    return [name for name in connection.introspection.table_names() if name.startswith(zone)]


def secrets(block: Block, *sides: Side) -> set[str]:
    return {fact.secret for case in block.cases for fact in case.facts if fact.side in sides}


#: states that hold nothing to look at or to count
EMPTY = {police_states.State.DISCARDED}


def test_every_state_is_there_on_both_sides(loaded: Block) -> None:
    found = {
        police_states.State: set(Sent.objects.values_list("state", flat=True)),
        referral_states.State: set(Referral.objects.values_list("state", flat=True)),
        episode_states.State: set(Episode.objects.values_list("state", flat=True)),
        session_states.State: set(Session.objects.values_list("state", flat=True)),
    }

    for states, values in found.items():
        assert values == set(states.values) - EMPTY


def test_every_state_is_there_in_both_areas(loaded: Block) -> None:
    for area in ("North", "South"):
        states = set(Sent.objects.filter(area=area).values_list("state", flat=True))

        assert states == set(police_states.State.values) - EMPTY
        assert set(Episode.objects.filter(area=area).values_list("state", flat=True)) == set(
            codes.Stage.values
        )


def test_both_sides_say_the_same_of_each_person(loaded: Block) -> None:
    received = {row.thread: row for row in Referral.objects.all()}

    sent = list(Sent.objects.exclude(state="draft"))

    assert {row.thread for row in sent} == set(received)
    for row in sent:
        other = received[row.thread or ""]
        assert (other.family_name, other.born, other.area) == (row.family_name, row.born, row.area)
        assert other.completed_at == row.sent_at
        assert other.decided_at == row.decided_at
        assert other.state == ("received" if row.state == "sent" else row.state)


def test_the_police_were_told_the_counts_that_the_programme_holds(loaded: Block) -> None:
    told = Sent.objects.exclude(progress_at=None)

    for row in told:
        episode = Episode.objects.get(referral__thread=row.thread)
        assert row.stage == episode.state
        assert row.attended == episode.sessions.filter(state="attended").count()
        assert row.planned == episode.sessions.filter(state="planned").count()
    assert told.count() == Episode.objects.exclude(state="waiting").count()


def test_nobody_works_with_more_people_than_they_may(loaded: Block) -> None:
    for practitioner in Practitioner.objects.all():
        current = practitioner.allocations.filter(ended_at=None).count()

        assert current <= practitioner.capacity
        assert not current or practitioner.trained_on


def test_every_finished_record_is_complete(loaded: Block) -> None:
    finished = Session.objects.filter(state__in=["attended", "missed"])

    sentences = [missing(session, at=NOW) for session in finished]

    assert sentences
    assert not any(sentences)


def test_somebody_meets_today(loaded: Block) -> None:
    today = Session.objects.filter(state="planned", period__startswith__date=NOW.date())

    assert set(today.values_list("practitioner__name", flat=True)) >= {"Ashby Quillon", "Juno Marchetti-Vale"}


def test_one_concern_waits_and_one_is_acknowledged_and_each_has_its_alert(loaded: Block) -> None:
    concerns = {row.referral.thread: row for row in Concern.objects.select_related("alert", "referral")}

    alerts = {row.thread: row for row in Alert.objects.all()}

    assert set(alerts) == set(concerns)
    assert sorted(bool(row.acknowledged_at) for row in concerns.values()) == [False, True]
    for thread, alert in alerts.items():
        assert alert.acknowledged_at == concerns[str(thread)].acknowledged_at
        assert alert.raised_at == concerns[str(thread)].raised_at
        sent = concerns[str(thread)].alert
        assert sent
        assert sent.acknowledged_at == alert.acknowledged_at


def test_a_referral_that_rowan_began_waits_for_her(loaded: Block) -> None:
    draft = Sent.objects.get(state="draft", started_by="staffq01")

    assert draft.family_name
    assert not draft.referrer_phone


def test_chains_are_written_with_their_links(loaded: Block) -> None:
    meetings = [meeting for case in loaded.cases for meeting in case.course.meetings]
    chains = [meeting.chain for meeting in meetings if meeting.chain]

    assert Chain.objects.count() == len(chains) > 10
    assert ChainLink.objects.count() == sum(len(chain.links) for chain in chains) > 7 * len(chains)


def test_no_table_of_the_programme_or_the_police_holds_anything_of_a_victim(loaded: Block) -> None:
    theirs = secrets(loaded, Side.ADVOCACY)

    leaked = found_in([*tables("programme_"), *tables("partnership_")], theirs)

    assert theirs
    assert not leaked


def test_each_side_holds_its_own_secrets_and_none_of_the_other(loaded: Block) -> None:
    clinical, police = secrets(loaded, Side.PROGRAMME), secrets(loaded, Side.PARTNERSHIP)
    shared = secrets(loaded, Side.SHARED)

    assert found_in(tables("programme_"), clinical | police | shared) == clinical | shared
    at_the_police = [*tables("partnership_"), *tables("desk_")]
    facts = [fact for case in loaded.cases for fact in case.facts]
    locked = {fact.secret for fact in facts if fact.kind == "alert_note"}
    assert locked
    assert found_in(at_the_police, clinical | police | shared) == (police | shared) - locked


def test_a_planted_leak_is_found(loaded: Block) -> None:
    secret = next(iter(secrets(loaded, Side.ADVOCACY)))
    Session.objects.filter(pk=Session.objects.values_list("pk", flat=True)[0]).update(
        work_done=f"Met at {secret}."
    )

    leaked = found_in([*tables("programme_"), *tables("partnership_")], [secret])

    assert leaked == {secret}


def test_people_drawn_by_lot_hold_every_constraint(db: None) -> None:
    load._team()
    block = cases.drawn(seed=7, number=0, people=300, at=NOW)

    programme_rows.write(block)
    partnership_rows.write(block.cases)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Sent.objects.count() == 300
    assert Episode.objects.count() == sum(bool(case.story.stage) for case in block.cases)
    assert found_in(tables("programme_"), secrets(block, Side.ADVOCACY)) == set()


@pytest.mark.slow
def test_two_thousand_people_are_written_in_one_go(committed: Any) -> None:
    load._team()
    block = cases.drawn(seed=8, number=0, people=2_000, at=NOW)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # a busy machine says nothing about the rows
        programme_rows.write(block)
        partnership_rows.write(block.cases)

    assert Sent.objects.count() == 2_000
    assert Referral.objects.count() == Sent.objects.exclude(state="draft").count()
