"""The compose example runs commands that there are, with settings that are read, and no secret in the environment."""

import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import yaml
from tests.deploy.files import DEPLOY, not_understood, settings

from desist.sites import Zone

TEXT = (DEPLOY / "compose" / "compose.yaml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: one for name, one in SERVICES.items() if one["image"].startswith("desist:")}
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")


def command(service: dict[str, Any]) -> list[str]:
    """Return the words after `desist` that a service runs: its entry is desist, or a shell that executes it."""
    if service.get("entrypoint") == ["/bin/sh", "-c"]:
        words = str(service["command"][0]).split()
        assert words[:2] == ["exec", "desist"]
        return words[2:]
    return [*service["command"]]


def test_every_service_runs_a_command_that_there_is() -> None:
    assert {name: told for name, one in OURS.items() if (told := not_understood(command(one)))} == {}
    assert {command(one)[0] for one in OURS.values()} == {"up", "migrate", "backup", "post"}
    assert 'ENTRYPOINT ["desist"]' in CONTAINERFILE


def test_each_secret_is_a_file_that_its_service_is_given() -> None:
    for name, one in SERVICES.items():
        given = set(one.get("secrets", ()))
        named = {
            value.removeprefix("/run/secrets/")
            for key, value in one.get("environment", {}).items()
            if key.endswith("_FILE")
        }
        assert named == given, name
        assert given <= set(COMPOSE["secrets"])
    assert "postgresql://" not in TEXT


def test_each_database_is_reached_by_its_own_site_and_the_courier_alone() -> None:
    reached = {
        network: {name for name, one in OURS.items() if network in one["networks"]}
        for network in ("programme", "police")
    }

    assert reached == {
        site: {site, f"{site}-migrate", f"{site}-backup", "courier"} for site in ("programme", "police")
    }
    assert SERVICES["caddy"]["networks"] == ["front"]


def test_what_serves_comes_back_and_may_write_in_its_data_alone() -> None:
    for name, one in OURS.items():
        assert one["restart"] == ("no" if "profiles" in one else "unless-stopped"), name
        assert (one["read_only"], one["cap_drop"]) == (True, ["ALL"])
        assert one["security_opt"] == ["no-new-privileges:true"]
    assert SERVICES["courier"]["volumes"] == ["./courier:/var/lib/desist:ro"]


@pytest.mark.parametrize("name", ["programme", "police"])
def test_each_site_is_asked_for_its_health_by_its_own_name(name: str) -> None:
    *words, code = SERVICES[name]["healthcheck"]["test"]

    assert words == ["CMD", "python", "-c"]
    compile(code, "healthcheck", "exec")
    assert "/health" in code
    assert SERVICES[name]["environment"]["DESIST_HOSTS"] in code


@pytest.mark.parametrize("name", ["programme", "police"])
def test_the_check_of_health_ends_well_while_the_site_answers_and_badly_when_it_does_not(name: str) -> None:
    *_, code = SERVICES[name]["healthcheck"]["test"]
    with ThreadingHTTPServer(("127.0.0.1", 0), Health) as server:
        here = re.sub(r"127\.0\.0\.1:\d+", f"127.0.0.1:{server.server_port}", code)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        answered = subprocess.run([sys.executable, "-c", here], check=False, capture_output=True)
        server.shutdown()
        thread.join()
    silent = subprocess.run([sys.executable, "-c", here], check=False, capture_output=True)

    assert (answered.returncode, answered.stderr) == (0, b"")
    assert silent.returncode == 1


class Health(BaseHTTPRequestHandler):
    """A site that answers for its health alone."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_the_image_takes_what_it_installs_by_hash_and_runs_as_nobody_who_can_change_it() -> None:
    assert "--require-hashes" in CONTAINERFILE
    assert "sha256sum --check SHA256SUMS" in CONTAINERFILE
    assert CONTAINERFILE.index("USER desist") < CONTAINERFILE.index("ENTRYPOINT")


def test_an_environment_file_names_the_same_settings_for_a_zone_that_there_is() -> None:
    named = settings((DEPLOY / "environment" / "web.env").read_text("utf-8"))

    assert named["DJANGO_SETTINGS_MODULE"].removeprefix("desist.zones.") in set(Zone)
