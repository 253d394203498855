"""The courier by itself says in words what keeps it from an address, before it begins to carry."""

import os
import signal
import socket
import subprocess
import sys
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


@pytest.mark.processes
def test_ctrl_c_ends_it_while_a_database_does_not_answer(tmp_path: Path) -> None:
    sites.write_sites(folder=tmp_path, sites=(PROGRAMME, POLICE))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://courier:s3cret@127.0.0.1:{silent.getsockname()[1]}/any"
        known = {addresses.courier_variable(site): address for site in (PROGRAMME, POLICE)}
        process = subprocess.Popen(
            [sys.executable, "-m", "desist.cli", "post", "courier"],
            env={**os.environ, "DESIST_DATA": str(tmp_path), **known},
        )
        try:
            silent.settimeout(60)
            silent.accept()[0].close()
            for _ in range(3):
                silent.accept()[0].close()
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == -signal.SIGINT
        finally:
            process.kill()
            process.wait()
