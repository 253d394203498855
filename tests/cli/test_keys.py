"""`./desist keys` as an administrator uses it: every way out of a lost key file is walked."""

import json
import re
import stat
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from desist.cli.keys import app
from desist.keys import keyfile
from desist.sites import Site, Zone, write_sites

NORTH = "northmere-programme"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    write_sites(folder=tmp_path, sites=[Site(NORTH, Zone.PROGRAMME, "Northmere service")])
    keyfile.create(folder=tmp_path, site=NORTH, on=date(2026, 3, 2))
    return tmp_path


def keys(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed)


def test_show_names_sets_and_a_fingerprint_but_no_secret(data: Path) -> None:
    kept = keyfile.read(folder=data, site=NORTH)

    shown = keys("show", NORTH).output

    assert f"{kept.current.id}  made 02 March 2026  in use" in shown
    assert kept.public.fingerprint in shown
    assert json.loads(keyfile.path(folder=data, site=NORTH).read_text())["sets"][0]["root"] not in shown


def test_public_prints_what_a_partner_pastes(data: Path) -> None:
    printed = keys("public", NORTH).stdout

    assert printed == keyfile.read(folder=data, site=NORTH).public.to_json()


def test_rotate_keeps_the_old_set_and_says_what_to_do_next(data: Path) -> None:
    old = keyfile.read(folder=data, site=NORTH).current

    result = keys("rotate", NORTH)

    kept = keyfile.read(folder=data, site=NORTH)
    assert kept.sets[1] == old
    assert "announce the new keys to every partner by themselves" in result.output
    assert f"{old.id}  made 02 March 2026  opens what was locked before" in keys("show", NORTH).output
    assert json.loads(keys("public", NORTH).stdout)["keys"][1]["id"] == old.id


def test_a_rotation_because_keys_may_be_known_lists_the_old_ones_to_nobody(data: Path) -> None:
    old = keyfile.read(folder=data, site=NORTH).current

    result = keys("rotate", NORTH, "--known-to-others")

    kept = keyfile.read(folder=data, site=NORTH)
    assert [row.exposed for row in kept.sets] == [False, True]
    assert "Stop all processes" in result.output
    assert f"keys public {NORTH}" in result.output
    assert (
        f"{old.id}  made 02 March 2026  may be known to others; opens what was locked before"
        in keys("show", NORTH).output
    )
    assert [row["id"] for row in json.loads(keys("public", NORTH).stdout)["keys"]] == [kept.current.id]


def test_two_files_of_sheets_rebuild_a_lost_key_file(data: Path) -> None:
    before = keyfile.read(folder=data, site=NORTH)
    keys("shares", NORTH, "--into", str(data / "sheets"))
    keyfile.path(folder=data, site=NORTH).unlink()
    one, _, three = sorted((data / "sheets").iterdir())

    result = keys("recover", NORTH, "--sheet", str(three), "--sheet", str(one))

    assert "Rebuilt 1 key sets" in result.output
    assert keyfile.read(folder=data, site=NORTH) == before
    assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_two_typed_sheets_do_too_and_a_slip_is_asked_again(data: Path) -> None:
    before = keyfile.read(folder=data, site=NORTH)
    sheets = [re.findall(r"^\d-\d\d/.*$", page, re.M) for page in keys("shares", NORTH).stdout.split("\f")]
    keyfile.path(folder=data, site=NORTH).unlink()
    slips = [sheets[0][0][:-1] + ("2" if sheets[0][0][-1] != "2" else "3"), "hello", *sheets[0], sheets[1][0]]
    typed = [*slips[:4], sheets[1][0], *slips[4:5], *sheets[1]]

    result = keys("recover", NORTH, typed="\n".join(typed) + "\n")

    assert "Line 1-01/03 is mistyped" in result.output
    assert "begins like 2-01/03" in result.output
    assert "different sheets" in result.output
    assert keyfile.read(folder=data, site=NORTH) == before


def test_recovery_never_overwrites_a_key_file(data: Path) -> None:
    before = keyfile.read(folder=data, site=NORTH)

    result = keys("recover", NORTH)

    assert result.exit_code == 1
    assert "nothing to recover" in result.output
    assert keyfile.read(folder=data, site=NORTH) == before


def test_a_new_site_gets_keys_once(data: Path) -> None:
    keyfile.path(folder=data, site=NORTH).unlink()

    first, second = keys("make", NORTH), keys("make", NORTH)

    assert f"keys shares {NORTH}" in first.output
    assert second.exit_code == 1
    assert "never overwritten" in second.output


@pytest.mark.parametrize("command", ["show", "public", "rotate", "shares", "make"])
def test_an_unknown_site_is_answered_with_the_names_there_are(command: str) -> None:
    result = keys(command, "southmere")

    assert result.exit_code == 1
    assert f"no site named 'southmere'. Its sites: {NORTH}." in result.output


def test_a_lost_key_file_is_answered_with_the_way_out(data: Path) -> None:
    keyfile.path(folder=data, site=NORTH).unlink()

    result = keys("shares", NORTH)

    assert result.exit_code == 1
    assert f"keys recover {NORTH}" in result.output


def test_a_sheet_file_that_is_not_there_is_answered_in_words(data: Path) -> None:
    keyfile.path(folder=data, site=NORTH).unlink()

    result = keys("recover", NORTH, "--sheet", "nowhere.txt", "--sheet", "nowhere.txt")

    assert result.exit_code == 1
    assert "No such file or directory: 'nowhere.txt'" in result.output
