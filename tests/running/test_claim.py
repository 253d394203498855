"""A folder and ports belong to one deployment: a second is refused by name before anything starts."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.processes import free_port

from desist.running.claim import Taken, claimed
from desist.sites import Site, Zone

ELSEWHERE = "Choose another."


def site(port: int) -> Site:
    return Site("northmere-programme", Zone.PROGRAMME, "Northmere service", port)


def refusal(folder: Path, *listed: Site) -> str:
    with pytest.raises(Taken) as refused, claimed(folder, listed, elsewhere=ELSEWHERE):
        pass
    return str(refused.value)


def test_a_port_that_another_program_would_share_is_refused_by_name(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the web server does
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        said = refusal(tmp_path, site(port))

    assert said == (
        f"Nothing was started. Port {port} of 127.0.0.1, for Northmere service, is in use by another program. "
        "Choose another."
    )


def test_two_sites_at_one_port_are_refused(tmp_path: Path) -> None:
    port = free_port()

    assert refusal(tmp_path, site(port), site(port)).count("is in use by another program") == 1


def test_an_address_that_this_machine_does_not_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESIST_ADDRESS", "2001:db8::1")

    assert "cannot be used (" in refusal(tmp_path, site(free_port()))


def test_a_folder_in_use_is_refused_and_is_free_again_afterwards(tmp_path: Path) -> None:
    hold = (
        "import sys; from pathlib import Path; from desist.running.claim import claimed\n"
        "with claimed(Path(sys.argv[1]), [], elsewhere=''): print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        said = refusal(tmp_path)
        other.communicate("\n")

    assert said.startswith(f"Another Desist is using the data in {tmp_path}. Stop it first")
    with claimed(tmp_path, [site(free_port())], elsewhere=ELSEWHERE):
        pass
