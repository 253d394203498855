"""A whole area, really running: nothing leaks in it, every page is reached, and what is planted afterwards is found."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tools.cli.leaks import app

pytestmark = [pytest.mark.slow, pytest.mark.processes]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def searched() -> dict[str, Any]:
    """What was found in a fresh area, and in the same one after leaks were planted in it."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.leaks.there_and_back"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ["PYTHONPATH"]])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return found


def test_nothing_leaks_in_the_synthetic_area(searched: dict[str, Any]) -> None:
    assert searched["clean"]["findings"] == [], "\n".join(map(str, searched["clean"]["findings"]))
    assert searched["clean"]["read"] > 1_000


def test_every_page_of_every_zone_is_reached_or_has_its_reason(searched: dict[str, Any]) -> None:
    assert searched["clean"]["missed"] == [], "\n".join(searched["clean"]["missed"])


def test_every_kind_of_secret_was_seen_where_it_may_be(searched: dict[str, Any]) -> None:
    assert searched["clean"]["blind"] == []
    assert searched["clean"]["sound"]


@pytest.mark.parametrize(
    ("zone", "medium", "where", "kind"),
    [
        ("programme", "page", "referrals:referral", "victim_address"),
        ("programme", "database", "programme_referral", "victim_address"),
        ("programme", "database", "programme_session", "victim_email"),
        ("advocacy", "database", "post_outbox", "victim_name"),
        ("partnership", "log", "log/northmere-police-web.log", "victim_phone"),
        ("", "e-mail", "mail/a-message.log", "victim_report"),
        ("", "file of the data folder", "letters/letter.pdf", "victim_postcode"),
    ],
)
def test_a_planted_leak_is_found(
    searched: dict[str, Any], zone: str, medium: str, where: str, kind: str
) -> None:
    found = {
        (one["zone"], one["medium"], one["where"].partition(" ")[0], one["kind"])
        for one in searched["leaking"]["findings"]
    }

    assert (zone, medium, where, kind) in found
    assert not searched["leaking"]["sound"]


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("mine:homework", "victim_email"),
        ("mine:appointments", "surname"),
        ("mine:appointments", "a word of staff"),
        ("mine:plan", "typed in participant"),
    ],
)
def test_a_planted_leak_is_found_on_a_phone(searched: dict[str, Any], where: str, kind: str) -> None:
    found = {(one["zone"], one["where"].partition(" ")[0], one["kind"]) for one in searched["phones"]}

    assert ("participant", where, kind) in found


def test_a_folder_without_a_demo_is_refused_with_the_way_out(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--data", str(tmp_path)])

    assert result.exit_code == 2
    assert "holds no demo. Start one there: ./desist demo --data" in result.output


def test_a_demo_that_does_not_run_is_refused_with_the_way_out(tmp_path: Path) -> None:
    from desist import sites
    from tools.synthetic import area

    (tmp_path / "desist-demo").touch()
    sites.write_sites(folder=tmp_path, sites=area.sites())

    result = CliRunner().invoke(app, ["--data", str(tmp_path)])

    assert result.exit_code == 2
    assert "does not run. Start it: ./desist demo --data" in result.output
