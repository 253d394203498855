"""docs/howto/go-to-production.md is carried out word for word: two organisations, from nothing to a referral that crosses.

Every command is taken out of the page. What differs from a reader's machine stands in `Organisation.on_this_machine`.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.processes import free_port, until
from tests.running.visitor import Visitor, digits
from tests.servers import PASSWORD, Server, own_server

pytestmark = [pytest.mark.slow, pytest.mark.processes]

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "howto" / "go-to-production.md").read_text("utf-8")
DESIST = f"{sys.executable} -m desist.cli"
AREA = "Northmere"
PERSON = {"given_names": "Robin", "family_name": "Examplewick"}
BORN = {"born-day": "28", "born-month": "2", "born-year": "1990"}
#: section of a referral -> its answers
ANSWERS: dict[str, dict[str, Any]] = {
    "reach": {"contact_by": "through_referrer", "lives_in": "own"},
    "route": {"route": "police_voluntary", "legal_basis": "agreement", "proceedings": "none"},
    "behaviour": {
        "behaviours": ["following"],
        "channels": ["in_person"],
        "methods": ["none"],
        "relationship": "ex_partner",
        "behaviour_account": "Waited outside on nine evenings.",
    },
    "offence": {"offence_kind": "stalking", "orders": ["none"]},
    "safety": {"need_kinds": ["none"], "risk_kinds": ["none"]},
    "risk": {"risk_tool": "none", "risk_to": ["victim"]},
    "contact": {
        "referrer_kind": "police",
        "referrer_name": "Rowan Thistlewood",
        "referrer_phone": "01632 960123",
    },
}


def blocks(heading: str, kind: str = "sh") -> list[str]:
    """The blocks of one part of the page, below a heading and before the next one."""
    part = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", PAGE, re.M | re.S)
    assert part, f"the page has no part {heading!r}"
    return re.findall(rf"^```{kind}\n(.*?)^```$", part[1], re.M | re.S)


@dataclass
class Machine:
    """A machine on which someone follows the page: a folder, and what is called otherwise here."""

    machine: Path
    exports: list[str] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.machine / "desist"

    def names(self) -> dict[str, str]:
        """Words of the page -> words of this machine."""
        return {
            "/var/lib/desist/courier": str(self.data),
            "/var/lib/desist/northmere": str(self.data),
            "/etc/desist": str(self.machine),
            "./desist": DESIST,
        }

    def on_this_machine(self, block: str) -> str:
        """A block of the page, as it is typed here."""
        own = self.names()
        return re.sub("|".join(map(re.escape, own)), lambda found: own[found[0]], block)

    def run(self, block: str, *, given: str = "", expected: int = 0) -> str:
        """Run a block as a reader does who sets variables once; return what it printed."""
        mine = self.on_this_machine(block)
        exports = [line for line in mine.splitlines() if line.startswith("export ")]
        self.exports += exports
        rest = "\n".join(line for line in mine.splitlines() if line not in exports)
        done = subprocess.run(
            ["/bin/sh", "-ec", "\n".join([*self.exports, rest])],
            cwd=self.machine,
            env=self._environment(),
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == expected, f"{mine}\n{done.stdout}{done.stderr}"
        return done.stdout

    @contextmanager
    def serving(self, block: str, ready: str) -> Iterator[None]:
        """Run a command that serves until it is told to stop; the block begins once it says that it is ready."""
        *exports, command = self.on_this_machine(block).splitlines()
        script = "\n".join([*self.exports, *exports, f"exec {command}"])
        log = self.machine / f"serving-{len(list(self.machine.glob('serving-*')))}"
        with log.open("wb") as output:
            process = subprocess.Popen(
                ["/bin/sh", "-ec", script],
                cwd=self.machine,
                env=self._environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            until(lambda: ready in log.read_text() or process.poll() is not None, 120)
            assert process.poll() is None, log.read_text()
            yield
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(60)
            finally:
                process.kill()
                process.wait()

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not re.match("DESIST_(?!TESTS_)", name)}
        return {**kept, "PATH": f"{self.machine / 'bin'}:{kept['PATH']}", "PGPASSWORD": PASSWORD}


@dataclass
class Organisation(Machine):
    """One organisation with its site, and perhaps a PostgreSQL of its own."""

    name: str = ""
    zone: str = ""
    title: str = ""
    server: Server | None = None
    port: int = field(default_factory=free_port)

    @property
    def host(self) -> str:
        return f"{self.zone.replace('partnership', 'police')}.northmere.example"

    def names(self) -> dict[str, str]:
        own = {
            "northmere-programme": self.name,
            "northmere_programme": self.name.replace("-", "_"),
            "--zone programme": f"--zone {self.zone} --port {self.port}",
            "Northmere service": self.title,
            "programme.northmere.example": self.host,
        }
        if self.server:
            programs = self.server.programs / "bin"
            own |= {"psql": str(programs / "psql"), "db.internal": f"127.0.0.1:{self.server.port}"}
        return {**super().names(), **own}

    def visitor(self) -> Visitor:
        return Visitor(host=self.host, port=self.port)


@dataclass
class Courier(Machine):
    """Anyone who carries between the two servers."""

    programme: Organisation | None = None
    police: Organisation | None = None

    def names(self) -> dict[str, str]:
        assert self.programme
        assert self.police
        assert self.programme.server
        assert self.police.server
        servers = {
            "db.police.internal": f"127.0.0.1:{self.police.server.port}",
            "db.internal": f"127.0.0.1:{self.programme.server.port}",
        }
        return {**super().names(), **servers}


@contextmanager
def two(*servers: Server | None) -> Iterator[tuple[Organisation, Organisation]]:
    """A programme and a police force, each on a machine without anything of ours."""
    folder = Path(tempfile.mkdtemp(prefix="desist-production-"))
    folder.chmod(0o711)  # the embedded server runs as another user
    found = []
    for (name, zone, title), server in zip(
        (
            ("northmere-programme", "programme", "Northmere service"),
            ("northmere-police", "partnership", "Northmere Police"),
        ),
        servers,
        strict=True,
    ):
        machine = folder / zone
        (machine / "bin").mkdir(parents=True)
        printer = machine / "bin" / "lp"
        printer.write_text('#!/bin/sh\ncat > "$(dirname "$0")/../printed"\n')
        printer.chmod(0o755)
        found.append(Organisation(machine, [], name, zone, title, server))
    try:
        yield found[0], found[1]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def begin(one: Organisation) -> None:
    for block in blocks("Go to production"):
        one.run(block)


def prepare_and_start(one: Organisation, running: ExitStack) -> Visitor:
    """Parts 2 to 4 of the page: keys, tables, start, the first administrator. Returns them at their browser."""
    for block in blocks("2. Print the recovery shares, make the tables"):
        one.run(block)
    assert "DESIST RECOVERY SHARE 3 OF 3" in (one.machine / "printed").read_text()
    (start,) = blocks("3. Start it")
    running.enter_context(one.serving(start, f"{one.title}: https://{one.host}/"))
    (invite,) = blocks("4. The first administrator")
    said = one.run(invite, given=f"Ada Linnet\nada@{one.host}\n{AREA}\n")
    administrator = one.visitor()
    administrator.join(said)
    return administrator


def introduce(one: Organisation, administrator: Visitor, other: Organisation, *, transport: str) -> None:
    """Part 5 of the page: the other's file is chosen, and its digits are typed as they are read out."""
    (block,) = blocks("5. The partner")
    other.run(block)
    file = (other.machine / f"{other.name}.json").read_text("utf-8")
    said = administrator.send(
        "/post/partners/add/", file=file, fingerprint=digits(file), transport=transport, phone="", area=""
    )
    assert f"{other.title} is in the partner register" in said


def colleague(one: Organisation, administrator: Visitor, role: str) -> Visitor:
    """Invite a member of staff, who joins."""
    person = one.visitor()
    person.join(administrator.invite(name=f"Sam {role}", email=f"{role}@{one.host}", role=role, area=AREA))
    return person


def refer(officer: Visitor, programme: str) -> None:
    """Refer a person, as an officer does."""
    started = officer.send("/referrals/start/", programme=programme, **PERSON, **BORN)
    found = re.search(r"/referrals/([a-z0-9]{10})/\"", started)
    assert found, started
    place = f"/referrals/{found[1]}"
    for section, answers in ANSWERS.items():
        officer.send(f"{place}/{section}/", **answers)
    assert "Sent to the programme" in officer.send(f"{place}/check/")


def test_two_organisations_with_their_own_postgresql_exchange_a_referral_by_the_courier() -> None:
    with (
        own_server() as one,
        own_server() as other,
        two(one, other) as (programme, police),
        ExitStack() as running,
    ):
        asking, running_it, at_once = blocks("With a PostgreSQL of your own")
        begin(programme)
        programme.run(asking, expected=1)  # it says what is missing
        programme.run(running_it)
        begin(police)
        word = police.machine / "administrator"
        word.write_text(other.administrator)
        word.chmod(0o600)
        police.run(at_once)

        administrators = [prepare_and_start(site, running) for site in (programme, police)]
        introduce(programme, administrators[0], police, transport="courier")
        introduce(police, administrators[1], programme, transport="courier")
        manager = colleague(programme, administrators[0], "manager")
        officer = colleague(police, administrators[1], "officer")
        running.enter_context(courier(programme, police))

        refer(officer, programme.name)
        manager.until("/triage/", "Examplewick")


@contextmanager
def courier(programme: Organisation, police: Organisation) -> Iterator[None]:
    """A courier by itself: a list of the two sites, and the password that each side copied for it."""
    machine = programme.machine.with_name("courier")
    one = Courier(machine, [], programme, police)
    one.data.mkdir(parents=True)
    (listing,) = blocks("Carried by the courier", "toml")
    (one.data / "sites.toml").write_text(listing)
    for site in (programme, police):
        shutil.copy(site.data / "passwords" / "courier", machine / f"courier-{site.name}")
    (block,) = blocks("Carried by the courier")
    with one.serving(block, ""):
        yield


def test_two_pilots_exchange_a_referral_as_files() -> None:
    with two(None, None) as (programme, police), ExitStack() as running:
        for site in (programme, police):
            begin(site)
            for block in blocks("With the embedded PostgreSQL, for a pilot"):
                site.run(block)
        administrators = [prepare_and_start(site, running) for site in (programme, police)]
        introduce(programme, administrators[0], police, transport="file")
        introduce(police, administrators[1], programme, transport="file")
        manager = colleague(programme, administrators[0], "manager")
        officer = colleague(police, administrators[1], "officer")

        refer(officer, programme.name)
        sending, taking = blocks("Carried as files")
        police.run(sending)
        carry(police.data / "post" / police.name / "out" / programme.name, programme)
        programme.run(taking)

        manager.until("/triage/", "Examplewick")


def carry(folder: Path, to: Organisation) -> None:
    """Bring the files of an organisation to another."""
    into = to.data / "post" / to.name / "in"
    into.mkdir(parents=True, exist_ok=True)
    files = list(folder.iterdir())
    assert files, folder
    for file in files:
        shutil.copy(file, into)
