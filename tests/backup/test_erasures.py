"""A backup of an advocacy service is not brought back without the list of those whose data was destroyed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from desist.advocacy.vault import erasure
from desist.backup import erasures
from desist.backup.archive import Manifest
from desist.backup.erasures import ErasuresMissing
from desist.keys import keyfile
from desist.sites import Site, Zone

HARBOUR = Site("harbour-advocacy", Zone.ADVOCACY, "Harbour")
PROGRAMME = Site("northmere-programme", Zone.PROGRAMME, "Northmere service")
ADA, BO = "ada234 2026-03-01T09:00:00+00:00", "bob345 2026-03-02T09:00:00+00:00"


def backed_up(*lines: str) -> Manifest:
    return Manifest((HARBOUR,), None, lines)


def listed(folder: Path, *lines: str) -> None:
    kept = erasures.path(folder, HARBOUR)
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("".join(f"{line}\n" for line in lines))


def test_a_list_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ErasuresMissing, match=r"is not there.*Copy the newest one.*--without-erasures"):
        erasures.check(tmp_path, [backed_up()])


def test_a_list_that_lacks_somebody_the_backup_knows_is_too_old(tmp_path: Path) -> None:
    listed(tmp_path, ADA)

    with pytest.raises(ErasuresMissing, match="is older than the backup"):
        erasures.check(tmp_path, [backed_up(ADA, BO)])


@pytest.mark.parametrize("known", [(), (ADA,), (ADA, BO)])
def test_a_list_that_went_on_since_the_backup_will_do(tmp_path: Path, known: tuple[str, ...]) -> None:
    listed(tmp_path, ADA, BO)

    erasures.check(tmp_path, [backed_up(*known)])


def test_a_site_that_erases_nobody_needs_no_list(tmp_path: Path) -> None:
    erasures.check(tmp_path, [Manifest((PROGRAMME,), None)])


def test_what_the_backup_knows_is_added_once(tmp_path: Path) -> None:
    listed(tmp_path, ADA)

    erasures.put_back(tmp_path, backed_up(ADA, BO))
    erasures.put_back(tmp_path, backed_up(ADA, BO))

    assert erasures.read(tmp_path, HARBOUR) == (ADA, BO)


def test_it_is_the_list_that_the_vault_writes(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DESIST_SITE, settings.DESIST_ZONE = HARBOUR.name, "advocacy"
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    keyfile.create(folder=tmp_path, site=HARBOUR.name, on=datetime(2026, 3, 1, tzinfo=UTC).date())

    erasure.complete([])
    empty = erasures.read(tmp_path, HARBOUR)
    erasures.check(tmp_path, [backed_up()])
    erasure.note(person="ada234", at=datetime(2026, 3, 1, 9, tzinfo=UTC))
    erasure.complete([])

    assert (empty, erasures.read(tmp_path, HARBOUR)) == ((), (ADA,))
