"""All that a client has goes along with the second record, locked anew with the key of the first, and comes back from it."""

import uuid
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests import staff
from tests.advocacy import factories

from desist.advocacy.evidence import blocks, keeping
from desist.advocacy.incidents import texts as incidents
from desist.advocacy.pages.home import locked
from desist.advocacy.safety import texts as safety
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import CannotOpen
from desist.advocacy.vault.models import Locator, PersonKey
from desist.advocacy.victims.models import Victim
from desist.merges import commands, records
from desist.merges.models import Merge
from desist.refusals import Refused
from desist.tasks.models import Task
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = factories.NOW


def plan(victim: str) -> Any:
    said = safety.Plan(now="Stays with a friend")
    return Victim.objects.get(ref=victim).plans.create(
        number=1,
        words=boxes.lock(vault.box(person=victim), safety.PLAN, f"{victim}:1", said),
        review_on=AT.date(),
        saved_by="carol",
        saved_at=AT,
    )


def transcript(victim: str) -> Any:
    row = factories.original(victim=victim, content=b"A voicemail")
    words = vault.box(person=victim).lock(field=keeping.TRANSCRIPT, row=f"{row.ref} 1", text="I see you")
    return row.transcripts.create(number=1, words=words, written_by="carol", written_at=AT)


MAKERS: dict[str, Callable[[str], Any]] = {
    "incident": lambda ref: factories.incident(victim=ref),
    "attempt": lambda ref: factories.attempt(victim=ref),
    "need": lambda ref: factories.support(victim=ref),
    "child": lambda ref: factories.child(victim=ref),
    "circumstance": lambda ref: factories.circumstance(victim=ref),
    "screening": lambda ref: factories.screening(victim=ref),
    "paper": lambda ref: factories.paper(victim=ref),
    "measure": lambda ref: factories.measure(victim=ref),
    "letter": lambda ref: factories.letter(victim=ref),
    "update": lambda ref: factories.update(victim=ref),
    "plan": plan,
    "original": lambda ref: factories.original(victim=ref),
    "export": lambda ref: factories.kept_export(victim=ref),
    "transcript": transcript,
    "tag": lambda ref: factories.tag(victim=ref, incident=factories.incident(victim=ref)),
    "exhibit": lambda ref: factories.exhibit(victim=ref),
    "link": lambda ref: factories.submission_link(victim=ref, code=uuid.uuid4().hex[:12], ended_at=AT),
}


def leader(name: str) -> Actor:
    account = staff.account(name=name)
    staff.grant(account=account, role=Role.ADVOCACY_MANAGER)
    return Actor(who=account.ref, role=Role.ADVOCACY_MANAGER, area=staff.AREA, correlation=uuid.uuid4())


@pytest.fixture
def first(db: None) -> Victim:
    return factories.victim()


@pytest.fixture
def second(db: None) -> Victim:
    return factories.victim()


def closed(row: Victim) -> Victim:
    Locator.objects.filter(victim=row, ended_at=None).update(ended_at=AT)
    Victim.objects.filter(pk=row.pk).update(state="closed", closed_at=AT, close_reason="other")
    row.refresh_from_db()
    return row


def merge(first: Victim, second: Victim) -> Merge:
    ref = commands.ask(
        actor=leader("Ola Reed"),
        first=first.ref,
        second=second.ref,
        taken=[],
        reason="She said so",
        submission=uuid.uuid4().hex,
        agreed=True,
        at=AT,
    )
    commands.confirm(actor=leader("Noor Hale"), ref=ref, version=1, at=AT)
    return Merge.objects.get(ref=ref)


def split(row: Merge) -> None:
    row.refresh_from_db()
    commands.split(
        actor=leader("Ola Reed"), ref=row.ref, seconds=[], reason="Two", version=row.version, at=AT
    )


def opened(client: Victim) -> dict[str, Any]:
    """Every locked word and byte of a client's rows, opened with that client's own key, by table, column and row."""
    box, (kind,) = vault.box(person=client.ref), records.of_zone()
    found: dict[str, Any] = {}
    for along in kind.along:
        for one in along.of(client):
            found[f"{along.table} {one.pk}"] = True
    for one in locked.LOCKED:
        path = f"{one.above}__victim" if one.above else "victim"
        rows = one.model._default_manager.filter(**{path: client})
        for row in rows.select_related(*filter(None, [one.above])):
            if sealed := bytes(getattr(row, one.column) or b""):
                read = box.open_bytes if one.content else box.open
                said = read(field=one.word, row=one.row(row, client.ref), sealed=sealed)
                found[f"{one.model._meta.db_table}.{one.column} {row.pk}"] = said
    return found


SOME = st.sets(st.sampled_from(sorted(MAKERS)))


@given(which=st.tuples(SOME, SOME, SOME))
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_merge_loses_no_word_and_its_split_gives_the_same_words_back(
    first: Victim, second: Victim, which: tuple[set[str], set[str], set[str]]
) -> None:
    begin = transaction.savepoint()
    try:
        for names, client in zip(which, (first, second), strict=False):
            for name in sorted(names):
                MAKERS[name](client.ref)
        closed(second)
        before = opened(first), opened(second)
        row = merge(first, second)
        during = opened(first), opened(second)
        for name in sorted(which[2] - which[0] - which[1] - {"letter"}):
            MAKERS[name](first.ref)
        more = opened(first)
        split(row)
        after = opened(first), opened(second)
    finally:
        transaction.savepoint_rollback(begin)

    assert during[0] | during[1] == before[0] | before[1]
    assert not during[0].keys() & during[1].keys()
    assert after[1] == before[1]
    assert after[0] == before[0] | {key: said for key, said in more.items() if key not in during[0]}


def test_all_that_a_client_has_opens_with_the_key_of_the_first_alone(first: Victim, second: Victim) -> None:
    for make in MAKERS.values():
        make(second.ref)
    note = factories.incident(victim=second.ref)
    closed(second)
    before = opened(second)

    merge(first, second)

    after = opened(first)
    assert before.items() <= after.items()
    assert opened(second) == {}
    note.refresh_from_db()
    with pytest.raises(CannotOpen):
        vault.box(person=second.ref).open(field=incidents.FIELD, row=note.ref, sealed=bytes(note.words))
    export = next(one for one in first.originals.all() if one.records.exists())
    assert (export.records.count(), export.hours.count()) == (3, 2)
    assert {one.victim for one in export.records.all()} == {first}
    assert [
        said.text
        for said in blocks.opened(vault.box(person=first.ref), export, 0, export.blocks.get().sealed)
    ]
    assert b"".join(keeping.contents(vault.box(person=first.ref), export))
    assert keeping.name(vault.box(person=first.ref), export) == "Chat with Sam.txt"


def test_the_plan_of_the_first_holds_and_that_of_the_second_stays_readable(
    first: Victim, second: Victim
) -> None:
    kept, other = plan(first.ref), plan(second.ref)

    merge(first, closed(second))

    assert list(first.plans.all()) == [kept]
    assert list(second.plans.all()) == [other]
    assert opened(second)


def test_the_same_file_in_both_records_lets_all_files_and_exhibits_stay(
    first: Victim, second: Victim
) -> None:
    factories.original(victim=first.ref)
    same, alone = (
        factories.original(victim=second.ref),
        factories.original(victim=second.ref, content=b"Other"),
    )
    exhibit = factories.exhibit(victim=second.ref)

    merge(first, closed(second))

    for row in (same, alone, exhibit):
        row.refresh_from_db()
        assert row.victim == second
    assert same.digest == sha256(b"Answer me").hexdigest()


def test_how_a_client_is_reached_and_what_they_chose_is_never_inherited(
    first: Victim, second: Victim
) -> None:
    choice, time = factories.choice(victim=second.ref), factories.safe_time(victim=second.ref)

    merge(first, closed(second))

    for row in (choice, time):
        row.refresh_from_db()
        assert row.victim == second


def test_numbers_in_use_are_ended_first(first: Victim, second: Victim) -> None:
    Victim.objects.filter(pk=second.pk).update(state="closed", closed_at=AT, close_reason="other")

    with pytest.raises(Refused, match="has numbers or addresses in use"):
        merge(first, second)


def test_tasks_go_along(first: Victim, second: Victim) -> None:
    task = Task(
        case=second.ref,
        area=second.area,
        due_on=AT.date(),
        given_by="x",
        given_at=AT,
        held_by="x",
        submission="x",
    )
    task.words = "Ring the housing officer"
    task.save()

    row = merge(first, closed(second))
    task.refresh_from_db()
    during = task.case
    split(row)

    task.refresh_from_db()
    assert (during, task.case) == (first.ref, second.ref)


def test_the_keys_of_both_records_are_destroyed_together(first: Victim, second: Victim) -> None:
    merge(first, closed(second))
    closed(first)

    vault.destroy(actor=leader("Ola Reed"), victim=first.ref, at=AT)

    assert not PersonKey.objects.filter(destroyed_at=None).exists()
