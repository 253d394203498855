"""All that a client has goes along with the second record, locked anew with the key of the first, and comes back from it."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests import staff
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.evidence import blocks, keeping
from desist.advocacy.evidence import chores as evidence
from desist.advocacy.evidence import commands as files
from desist.advocacy.evidence.models import Original
from desist.advocacy.exhibits import chores as exhibits
from desist.advocacy.exhibits import commands as making
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
    "made": lambda ref: factories.finished_exhibit(victim=ref),
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


def asked(first: Victim, second: Victim) -> str:
    return commands.ask(
        actor=leader("Ola Reed"),
        first=first.ref,
        second=second.ref,
        taken=[],
        reason="She said so",
        submission=uuid.uuid4().hex,
        agreed=True,
        at=AT,
    )


def merge(first: Victim, second: Victim) -> Merge:
    ref = asked(first, second)
    commands.confirm(actor=leader("Noor Hale"), ref=ref, version=1, at=AT)
    return Merge.objects.get(ref=ref)


def worked() -> None:
    """The worker locks anew what waits for it."""
    evidence.go_on(at=AT)
    exhibits.go_on(at=AT)


def split(row: Merge) -> None:
    row.refresh_from_db()
    commands.split(
        actor=leader("Ola Reed"), ref=row.ref, seconds=[], reason="Two", version=row.version, at=AT
    )


def opened(client: Victim) -> dict[str, Any]:
    """Every locked word and byte of a client's rows, opened with that client's own key, by table, column and row.

    What waits for the worker is opened with either of the two keys that it knows.
    """
    own, (kind,) = vault.box(person=client.ref), records.of_zone()
    found: dict[str, Any] = {}
    for along in kind.along:
        for one in along.of(client):
            found[f"{along.table} {one.pk}"] = True
    for one in locked.LOCKED:
        path = f"{one.above}__victim" if one.above else "victim"
        rows = one.model._default_manager.filter(**{path: client})
        for row in rows.select_related(*filter(None, [one.above])):
            if sealed := bytes(getattr(row, one.column) or b""):
                above: Any = getattr(row, one.above) if one.above else row
                former = one.later and above.locked_with and vault.box(person=above.locked_with.ref)
                for box in filter(None, (own, former)):
                    read = box.open_bytes if one.content else box.open
                    with suppress(CannotOpen):
                        said = read(field=one.word, row=one.row(row, client.ref), sealed=sealed)
                        found[f"{one.model._meta.db_table}.{one.column} {row.pk}"] = said
    return found


SOME = st.sets(st.sampled_from(sorted(MAKERS)))


@given(which=st.tuples(SOME, SOME, SOME), works=st.tuples(st.booleans(), st.booleans()))
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_merge_loses_no_word_and_its_split_gives_the_same_words_back(
    first: Victim, second: Victim, which: tuple[set[str], set[str], set[str]], works: tuple[bool, bool]
) -> None:
    begin = transaction.savepoint()
    try:
        for names, client in zip(which, (first, second), strict=False):
            for name in sorted(names):
                MAKERS[name](client.ref)
        closed(second)
        before = opened(first), opened(second)
        row = merge(first, second)
        if works[0]:
            worked()
        during = opened(first), opened(second)
        for name in sorted(which[2] - which[0] - which[1] - {"letter"}):
            MAKERS[name](first.ref)
        more = opened(first)
        split(row)
        if works[1]:
            worked()
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
    worked()

    after = opened(first)
    assert not Original.objects.exclude(locked_with=None).exists()
    assert before.items() <= after.items()
    assert opened(second) == {}
    note.refresh_from_db()
    with pytest.raises(CannotOpen):
        vault.box(person=second.ref).open(field=incidents.FIELD, row=note.ref, sealed=bytes(note.words))
    export = next(one for one in first.originals.all() if one.records.exists())
    assert (export.records.count(), export.hours.count()) == (3, 2)
    assert {one.victim for one in export.records.all()} == {first}
    assert {one.victim for one in export.hours.all()} == {first}
    assert [
        said.text
        for said in blocks.opened(vault.box(person=first.ref), export, 0, export.blocks.get().sealed)
    ]
    assert b"".join(keeping.contents(vault.box(person=first.ref), export))
    assert keeping.name(vault.box(person=first.ref), export) == "Chat with Sam.txt"


def test_the_request_locks_no_bytes_and_nobody_reads_them_until_the_worker_did(
    first: Victim, second: Victim
) -> None:
    export, exhibit = factories.kept_export(victim=second.ref), factories.finished_exhibit(victim=second.ref)
    asking = factories.export(victim=second.ref)
    sealed = bytes(export.pieces.get().sealed)
    browser = staff.browser(account=staff.account(name="Wyn Holt"), role=Role.ADVOCACY_MANAGER)

    merge(first, closed(second))

    assert bytes(export.pieces.get().sealed) == sealed
    file, own = (
        browser.get(reverse(name, args=[one.ref]))
        for name, one in (("evidence:file", export), ("exhibits:exhibit", exhibit))
    )
    for page in (file, own):
        assert "is locked anew with the key of this one" in text(page)
        assert "Save" not in text(page)
    saved = {"part": "0", "form_submission": "s"}
    assert "being worked on" in text(
        browser.post(reverse("evidence:save", args=[export.ref]), saved, follow=True)
    )
    assert "Answer me" not in text(browser.get(reverse("chronology:chronology", args=[first.ref])))
    worked()
    assert "Answer me" in text(browser.get(reverse("chronology:chronology", args=[first.ref])))
    for row, state in ((export, "kept"), (asking, "asking"), (exhibit, "made")):
        row.refresh_from_db()
        assert (row.state, row.locked_with) == (state, None)
    log = export.custody.order_by("position").last()
    assert log
    assert (log.action, log.by, log.what) == ("relocked", "", "pieces: 1, blocks of rows: 1")
    assert keeping.log_is_whole(export)


def test_an_exhibit_with_a_file_that_is_locked_anew_is_not_finished_and_loses_nothing(
    first: Victim, second: Victim
) -> None:
    exhibit, actor = factories.exhibit(victim=second.ref), leader("Carol Byrne")
    merge(first, closed(second))
    browser = staff.browser(account=staff.account(name="Wyn Holt"), role=Role.ADVOCACY_MANAGER)

    shown = text(browser.get(reverse("exhibits:exhibit", args=[exhibit.ref])))
    assert "1 rows of an export Being locked anew" in shown
    assert "Removed" not in shown
    with pytest.raises(Refused, match="is being locked anew"):
        making.finish(actor=actor, ref=exhibit.ref, version=1, at=AT)
    worked()
    making.finish(actor=actor, ref=exhibit.ref, version=1, at=AT)


def test_a_third_record_waits_until_the_worker_has_locked_everything(first: Victim, second: Victim) -> None:
    factories.original(victim=second.ref)
    third = factories.victim()
    merge(first, closed(second))
    closed(first)

    ref = asked(third, first)
    with pytest.raises(Refused, match="still being locked anew"):
        commands.confirm(actor=leader("Noor Hale"), ref=ref, version=1, at=AT)
    worked()
    commands.confirm(actor=leader("Noor Hale"), ref=ref, version=1, at=AT)

    assert third.originals.count() == 1


def test_a_key_that_still_locks_files_of_another_record_is_not_destroyed(
    first: Victim, second: Victim
) -> None:
    factories.original(victim=second.ref)
    merge(first, closed(second))

    with pytest.raises(Refused, match="this key still locks files"):
        vault.destroy(actor=leader("Ivy Nash"), victim=second.ref, at=AT)
    worked()
    vault.destroy(actor=leader("Ivy Moor"), victim=second.ref, at=AT)

    assert b"".join(keeping.contents(vault.box(person=first.ref), first.originals.get()))


def test_what_cannot_be_opened_is_told_and_stops_no_other_file(first: Victim, second: Victim) -> None:
    bad, good = (factories.original(victim=second.ref, content=one) for one in (b"bad", b"good"))
    altered = factories.original(victim=second.ref, content=b"altered")
    exhibit = factories.finished_exhibit(victim=second.ref)
    bad.pieces.update(sealed=b"\x01 other bytes than were locked")
    altered.pieces.update(digest="0" * 64)
    exhibit.pieces.update(sealed=b"\x01 other bytes than were locked")
    merge(first, closed(second))

    worked()

    states = {row.ref: row.state for row in Original.objects.all()}
    assert (states[bad.ref], states[altered.ref], states[good.ref]) == ("spoilt", "spoilt", "kept")
    exhibit.refresh_from_db()
    assert exhibit.state == "made"
    assert not Original.objects.exclude(locked_with=None).exists()


def test_a_file_removed_meanwhile_is_not_locked_anew(first: Victim, second: Victim) -> None:
    row = factories.original(victim=second.ref)
    merge(first, closed(second))
    files.drop(actor=leader("Ivy Nash"), ref=row.ref, at=AT)

    worked()

    row.refresh_from_db()
    assert (row.state, row.locked_with, row.pieces.count()) == ("dropped", None, 0)
    with files.locking(row, at=AT) as held:
        assert held is None


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
