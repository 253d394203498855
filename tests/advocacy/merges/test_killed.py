"""A worker that is killed at any statement while it locks merged files anew loses nothing; the next one goes on."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.advocacy import factories
from tests.advocacy.conftest import SITE
from tests.advocacy.merges.test_rows import closed, merge
from tests.advocacy.mortals import runs

from desist.advocacy.evidence import blocks, keeping
from desist.advocacy.evidence.models import HourCount, Original, Record
from desist.advocacy.exhibits.keeping import CONTENT
from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box, CannotOpen
from desist.advocacy.victims.models import Victim

pytestmark = [pytest.mark.processes, pytest.mark.slow]

WORKER = "tests.advocacy.merges.worker.work"
#: how often a worker dies, and the last statement at which one does
KILLS, LAST = 50, 80


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the worker is a process of its own."""


def sealed() -> Iterator[tuple[str, str, bytes]]:
    """The word, the name of the row and the bytes of all that the worker locks anew."""
    for file in Original.objects.order_by("pk"):
        for word, rows in ((keeping.CONTENT, file.pieces), (blocks.FIELD, file.blocks)):
            yield from ((word, f"{file.ref} {one.number}", bytes(one.sealed)) for one in rows.order_by("pk"))
    for exhibit in Exhibit.objects.all():
        pieces = exhibit.pieces.order_by("pk")
        yield from ((CONTENT, f"{exhibit.ref} {one.number}", bytes(one.sealed)) for one in pieces)


def opened(*boxes: Box) -> list[bytes]:
    """What lies in each, opened with the one of these keys that fits."""
    found = []
    for word, row, content in sealed():
        fitting = []
        for box in boxes:
            try:
                fitting.append(box.open_bytes(field=word, row=row, sealed=content))
            except CannotOpen:
                continue
        assert len(fitting) == 1
        found += fitting
    return found


def test_a_worker_killed_fifty_times_locks_each_piece_anew_and_loses_none(
    committed: Any, own_keys: Path
) -> None:
    first, second = factories.victim(), factories.victim()
    old, new = vault.box(person=second.ref), vault.box(person=first.ref)
    export, sound = factories.kept_export(victim=second.ref), factories.original(victim=second.ref)
    for number, content in enumerate((b"more", b"the end"), start=1):
        locked = keeping.lock_piece(old, sound, number, content)
        sound.pieces.create(number=number, digest=sha256(content).hexdigest(), sealed=locked)
    exhibit = factories.finished_exhibit(victim=second.ref)
    before = opened(old)
    merge(first, closed(second))
    assert opened(old) == before

    kills, dies_at = 0, [1 + LAST * kill // KILLS for kill in range(KILLS)]
    for _ in runs(committed.settings_dict, own_keys, SITE, WORKER, statements=dies_at):
        kills += 1
        assert opened(old, new) == before
        assert Record.objects.count() == 3
        for file in Original.objects.all():
            assert file.custody.filter(action="relocked").count() == (file.state == "kept")

    assert kills == KILLS
    assert opened(new) == before
    assert {(one.state, one.locked_with, one.victim) for one in Original.objects.all()} == {
        ("kept", None, first)
    }
    assert {*Record.objects.values_list("victim", flat=True)} == {first.pk}
    assert {*HourCount.objects.values_list("victim", flat=True)} == {first.pk}
    exhibit.refresh_from_db()
    assert (exhibit.state, exhibit.locked_with) == ("made", None)
    for file in (export, sound):
        assert keeping.log_is_whole(file)
    assert [one.what for one in sound.custody.filter(action="relocked")] == ["pieces: 3"]
    assert Victim.objects.count() == 2
