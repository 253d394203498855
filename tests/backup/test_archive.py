"""An archive shows whose it is and nothing else, and says so when it is not as it was written."""

import lzma
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from tests.upgrades.area import BACKUP, OLDEST, make_keys, staffed
from tests.upgrades.area import DUMP as STORED_DUMP

from desist.backup.archive import ArchiveError, DamagedArchive, Manifest, opened, read_cover, write
from desist.keys import keyfile
from desist.keys.sitekeys import UnknownKey, generate, rotate
from desist.sites import Site, Zone

NORTH = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", port=8701)
SHARER = Site("northmere-participant", Zone.PARTICIPANT, "Your sessions", shares=NORTH.name)
KEYS = generate(site=NORTH.name, on=date(2026, 3, 2))
MANIFEST = Manifest((NORTH, SHARER), '{"position": 7}', ("k7f2m9 2026-03-01T09:00:00+00:00",))
AT = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
DUMP = b"Ada Plainly-Invented, 3 Nowhere Lane"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "north.backup"
    write(path=target, keys=KEYS, manifest=MANIFEST, dump=[DUMP], at=AT)
    return target


def test_an_archive_comes_back_whole(path: Path) -> None:
    with opened(path=path, keys=rotate(keys=KEYS, on=date(2027, 3, 1))) as (cover, manifest, chunks):
        content = b"".join(chunks)

    assert (cover.site, cover.key, cover.made) == (NORTH.name, KEYS.current.id, AT)
    assert manifest == MANIFEST
    assert content == DUMP


def test_without_a_key_it_shows_its_site_and_moment_and_nothing_else(path: Path) -> None:
    assert read_cover(path=path).site == NORTH.name
    assert b"Ada" not in path.read_bytes()
    assert b"service" not in path.read_bytes()


def test_only_its_owner_may_read_it(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_keys_of_the_same_site_made_anew_do_not_open_it(path: Path) -> None:
    stranger = generate(site=NORTH.name, on=date(2026, 3, 2))

    with pytest.raises(UnknownKey, match=KEYS.current.id), opened(path=path, keys=stranger):
        pass


def test_every_changed_byte_is_found(path: Path) -> None:
    whole = path.read_bytes()

    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises((ArchiveError, UnknownKey)), opened(path=path, keys=KEYS) as (_, _, chunks):
            list(chunks)


def test_a_cut_off_archive_names_the_file(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])

    with (
        pytest.raises(DamagedArchive, match=f"{path} was changed or cut off"),
        opened(path=path, keys=KEYS),
    ):
        pass


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"DESIST-BACKUP-1\n{}", b"DESIST-BACKUP-1\n[]\n"])
def test_what_is_no_archive_says_so(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(DamagedArchive, match="is not a backup"):
        read_cover(path=path)


def test_a_newer_archive_asks_for_a_newer_desist(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"BACKUP-1", b"BACKUP-2"))

    with pytest.raises(ArchiveError, match="newer Desist"):
        read_cover(path=path)


def test_a_dump_that_breaks_off_leaves_no_archive(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield DUMP
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write(path=tmp_path / "north.backup", keys=KEYS, manifest=MANIFEST, dump=broken(), at=AT)

    assert list(tmp_path.iterdir()) == []


def test_an_archive_of_the_version_before_comes_back_whole(tmp_path: Path) -> None:
    make_keys(tmp_path, staffed())
    keys = keyfile.read(folder=tmp_path, site="northmere-police")
    older = tmp_path / "older.backup"
    older.write_bytes(lzma.decompress((OLDEST / BACKUP).read_bytes()))

    with opened(path=older, keys=keys) as (_, manifest, chunks):
        content = b"".join(chunks)

    assert (manifest.site.name, manifest.version, content) == ("northmere-police", "", STORED_DUMP)


def test_an_archive_of_a_newer_version_is_refused_in_words(tmp_path: Path) -> None:
    newer = tmp_path / "north.backup"
    write(path=newer, keys=KEYS, manifest=replace(MANIFEST, version="99.1.0"), dump=[DUMP], at=AT)

    with pytest.raises(ArchiveError) as refused, opened(path=newer, keys=KEYS):
        pass

    assert str(refused.value) == (
        f"{newer} was written by Desist 99.1.0, and this is {version('desist')}. Nothing was changed. Restore it with "
        "that version or a newer one."
    )
