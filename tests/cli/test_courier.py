"""The courier by itself says in words what keeps it from an address, before it begins to carry."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from desist import addresses, sites
from desist.cli import post
from desist.sites import Site, Zone

PROGRAMME = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", 8701)
POLICE = Site("northmere-police", Zone.PARTNERSHIP, "Northmere Police", 8702)


def test_a_file_with_an_address_that_others_may_read_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sites.write_sites(folder=tmp_path, sites=(PROGRAMME, POLICE))
    address = tmp_path / "programme-url"
    address.write_text("postgresql://courier:s3cret@db.example/programme\n")
    address.chmod(0o644)
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    monkeypatch.setenv(f"{addresses.courier_variable(PROGRAMME)}_FILE", str(address))

    told = CliRunner().invoke(post.app, ["courier"])

    assert told.exit_code == 1
    assert told.stderr == (
        "desist: DESIST_COURIER_NORTHMERE_PROGRAMME_DATABASE_URL_FILE: Other users of this machine may read "
        f"{address}. Take that right away: chmod 600 {address}\n"
    )
