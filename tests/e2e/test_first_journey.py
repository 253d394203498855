"""The thinnest whole journey, in a real browser across the running zones."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Area
from tests.e2e.programme_steps import SECRET, accept, hold_a_session
from tests.e2e.steps import SignIn, eventually, picture, refer

from desist.embedded import Cluster

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def acknowledge(page: Page) -> None:
    """The switchboard's person takes the alert up."""
    page.get_by_role("link", name="Alerts").click()
    eventually(page, "01632 960555")
    assert SECRET not in page.content()
    page.get_by_role("row", name="01632 960555").get_by_role("link", name="Acknowledge").click()
    picture(page, "alert")
    page.get_by_label("What did you do?").fill("Called, and told the advocate.")
    page.get_by_role("button", name="I have taken it up").click()
    expect(page.locator("main")).to_contain_text("Taken up")


def verify(area: Area, status: int) -> str:
    """`./desist verify` over the running area."""
    told = {**os.environ, "DESIST_DATA": str(area.folder)}
    command = [sys.executable, "-m", "desist.cli", "verify"]
    result = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert result.returncode == status, result.stdout + result.stderr
    return result.stdout


def tamper(area: Area) -> None:
    """Somebody with the server's superuser rewrites who sent the referral."""
    with Cluster(area.folder).connect("northmere_police") as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "UPDATE wall_auditevent SET who = 'nobody' WHERE action = 'partnership.send_referral'"
        )


def test_from_the_referral_to_the_acknowledged_alert(somebody: SignIn, area: Area) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    refer(officer, "Examplewood")
    accept(somebody("programme", "Morgan Fernwell"), "Examplewood")
    eventually(officer, "0 of 12 sessions attended, 12 planned")

    practitioner = somebody("programme", "Ashby Quillon")
    hold_a_session(practitioner, "Robin Examplewood")
    acknowledge(somebody("partnership", "Emrys Kettlewick"))

    practitioner.goto("/concerns/")
    eventually(practitioner, "Taken up")
    assert "none edited, removed or cut off" in verify(area, 0)
    tamper(area)
    assert "an event was edited" in verify(area, 1)
