"""systemd takes the units, they are hardened, and what they start is there."""

import importlib.util
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from tests.deploy.files import DEPLOY, PROGRAM, Unit, installed, not_understood, unit

UNITS = {path.name: unit(path.read_text("utf-8")) for path in sorted((DEPLOY / "systemd").iterdir())}
SERVICES = {name: one for name, one in UNITS.items() if name.endswith(".service")}
#: those that run Desist; the other one sends an e-mail, as root
OURS = {name: one for name, one in SERVICES.items() if name != "desist-tell@.service"}
ALWAYS = {"desist@.service", "desist-web@.service", "desist-courier.service"}
HARDENED = {
    **dict.fromkeys(("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome"), "yes"),
    **dict.fromkeys(("ProtectClock", "ProtectControlGroups", "ProtectHostname", "ProtectKernelLogs"), "yes"),
    **dict.fromkeys(("ProtectKernelModules", "ProtectKernelTunables", "RestrictNamespaces"), "yes"),
    **dict.fromkeys(("RestrictRealtime", "RestrictSUIDSGID", "LockPersonality", "RemoveIPC"), "yes"),
    **dict.fromkeys(("CapabilityBoundingSet", "AmbientCapabilities"), ""),
    "ProtectSystem": "strict",
    "ProtectProc": "invisible",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
}
#: a unit -> the environment file of another folder, which is needed before any site is
SHELL = re.compile(r"exec (/opt/\S+ .*)$")


def soft(service: Unit) -> list[str]:
    """Return what a service lets its process do and need not."""
    said = service["Service"]
    return [name for name, value in HARDENED.items() if said.get(name) != [value]]


def commands(service: Unit) -> list[list[str]]:
    """Return the commands of Desist that a service starts."""
    found = []
    for line in service["Service"]["ExecStart"]:
        words = shlex.split(line)
        if words[0] == "/bin/sh" and (inner := SHELL.match(words[2])):
            words = shlex.split(inner[1])
        if words[0].startswith(PROGRAM):
            found.append([words[0].removeprefix(PROGRAM), *words[1:]])
    return found


def wrong(command: list[str]) -> str:
    """Return why a command of a unit starts nothing."""
    if command[:2] == ["python", "-m"]:
        return "" if importlib.util.find_spec(command[2]) else f"no module {command[2]}"
    return not_understood(command[1:]) if command[0] == "desist" else f"no program {command[0]}"


def test_every_service_of_desist_may_do_nothing_that_it_need_not() -> None:
    assert {name: found for name, one in OURS.items() if (found := soft(one))} == {}


def test_a_service_that_may_do_more_is_found() -> None:
    planted = "[Service]\nNoNewPrivileges=yes\nProtectSystem=full\nCapabilityBoundingSet=CAP_CHOWN\n"

    assert {"ProtectSystem", "CapabilityBoundingSet", "UMask"} <= set(soft(unit(planted)))
    assert "NoNewPrivileges" not in soft(unit(planted))


def test_every_command_of_a_unit_is_one() -> None:
    started = {name: commands(one) for name, one in OURS.items()}

    assert all(started.values())
    assert [wrong(command) for found in started.values() for command in found if wrong(command)] == []
    assert ["desist", "post", "courier"] in started["desist-courier.service"]
    assert started["desist-backup@.service"][0][:2] == ["desist", "backup"]


@pytest.mark.parametrize(
    "planted",
    [
        "desist frobnicate",
        "desist up --no-such-option",
        "desist post frobnicate",
        "python -m desist.frobnicate",
        "uwsgi --ini site.ini",
    ],
)
def test_a_command_that_is_none_is_found(planted: str) -> None:
    assert wrong(planted.split())


def test_what_serves_is_started_again_for_ever_and_what_does_one_thing_ends() -> None:
    for name, one in OURS.items():
        said = one["Service"]
        assert said["Type"] == (["exec"] if name in ALWAYS else ["oneshot"])
        assert said.get("Restart") == (["always"] if name in ALWAYS else None)
        assert one["Unit"].get("StartLimitIntervalSec") == (["0"] if name in ALWAYS else None)


def test_each_service_runs_as_a_user_of_its_own_and_writes_in_its_own_folders_alone() -> None:
    for name, one in OURS.items():
        said = one["Service"]
        user = "desist-courier" if name == "desist-courier.service" else "desist-%i"
        assert said["User"] == said["Group"] == [user]
        places = said.get("ReadWritePaths", [""])[0].split()
        assert set(places) <= {"/var/lib/desist/%i", "/var/backups/desist/%i"}
    assert "ReadWritePaths" not in OURS["desist-courier.service"]["Service"]


def test_the_owners_and_the_backups_passwords_are_read_by_their_units_alone() -> None:
    grouped = {
        name: said.get("SupplementaryGroups") for name, one in OURS.items() if (said := one["Service"])
    }

    assert {name: groups for name, groups in grouped.items() if groups} == {
        "desist-migrate@.service": ["desist-owner"],
        "desist-backup@.service": ["desist-backup"],
    }


def test_every_environment_file_of_a_unit_is_here() -> None:
    named = [path for one in SERVICES.values() for path in one["Service"]["EnvironmentFile"]]

    assert {Path(path).name for path in named} == {path.name for path in (DEPLOY / "environment").iterdir()}


def test_each_timer_has_its_service_and_a_failure_is_told() -> None:
    timers = {name.removesuffix(".timer") for name in UNITS if name.endswith(".timer")}

    assert timers == {"desist-backup@", "desist-verify@"}
    for name in timers:
        assert UNITS[f"{name}.timer"]["Timer"]["Persistent"] == ["true"]
        assert SERVICES[f"{name}.service"]["Unit"]["OnFailure"] == ["desist-tell@%n.service"]


@pytest.mark.slow
def test_systemd_takes_every_unit(tmp_path: Path) -> None:
    program = installed("systemd-analyze")
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text("utf-8")
        text = re.sub(r"/opt/desist/current/bin/\w+|/usr/sbin/sendmail", "/bin/true", text)
        (tmp_path / name).write_text(text)
        (tmp_path / name.replace("@.", "@northmere.")).write_text(text)
    names = [str(tmp_path / name.replace("@.", "@northmere.")) for name in UNITS]
    command = [program, "verify", "--man=no", *names]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
