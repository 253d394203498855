"""The thinnest whole journey, in a real browser across the running zones."""

import os
import subprocess
import sys

import pytest
from tests.e2e.conftest import Area
from tests.e2e.programme_steps import accept, agree, episode_of, finish_the_record, hold_a_session
from tests.e2e.steps import SignIn, acknowledge, eventually, refer, reference

from desist.embedded import Cluster
from desist.references import spoken

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def verify(area: Area, status: int) -> str:
    """`./desist verify` over the running area."""
    told = {**os.environ, "DESIST_DATA": str(area.folder)}
    command = [sys.executable, "-m", "desist.cli", "verify"]
    result = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert result.returncode == status, result.stdout + result.stderr
    return result.stdout


def tamper(area: Area) -> None:
    """Someone with the server's superuser rewrites who sent the referral."""
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
    agree(practitioner, episode_of(practitioner, "Robin Examplewood"))
    hold_a_session(area, practitioner, "Robin Examplewood")
    acknowledge(somebody("partnership", "Emrys Kettlewick"), spoken(reference(officer.url)))

    concern = practitioner.get_by_role("row").filter(has_text="Robin Examplewood")
    eventually(practitioner, concern.filter(has_text="Acknowledged"), "Concerns")
    finish_the_record(practitioner, "Robin Examplewood")
    eventually(officer, "1 of 12 sessions attended, 11 planned")
    assert "none edited, removed or cut off" in verify(area, 0)
    tamper(area)
    assert "an event was edited" in verify(area, 1)
