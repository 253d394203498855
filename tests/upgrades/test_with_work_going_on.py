"""Two linked sites of 0.1.0 are upgraded while people work at them, and upgraded again: nothing is lost or done twice."""

import lzma
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.deploy.files import DEPLOY, unit
from tests.processes import alive, below, free_ports, until
from tests.running.window import Window
from tests.upgrades.area import MADE, make_keys, restore, staffed, stored
from tests.upgrades.work import OldCourier, OldPolice, OldProgramme, Person, Worker, begin

from desist import addresses
from desist.backup import archive, restoring
from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.keys import keyfile
from desist.post.routes import Route
from desist.running import deploy
from desist.sites import Site, Zone

pytestmark = [pytest.mark.slow, pytest.mark.processes]

ROOT = Path(__file__).parents[2]
HOWTO = ROOT / "docs" / "howto" / "upgrade.md"
BASE = int(free_ports())
PROGRAMME, POLICE = (site for site in staffed(BASE) if site.zone in {Zone.PROGRAMME, Zone.PARTNERSHIP})
#: as pip writes it: the program of one version, whichever way it is called
SCRIPT = """#!{python}
import os, sys
sys.path.insert(0, {version!r})
os.environ["PYTHONPATH"] = os.pathsep.join([{version!r}, os.environ.get("PYTHONPATH", "")])
from desist.cli.__main__ import main
main()
"""
#: the next version: another look, and one more column
NEXT = "<!-- the next version -->"
PLANTED = """from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("desk", {last!r})]
    operations = [migrations.RunSQL("ALTER TABLE desk_dutynumber ADD planted varchar(4) NOT NULL DEFAULT ''")]
"""
#: how many people the police refer during the restart, and again after it
REFERRED = 5
ARRIVED = "SELECT count(*) FROM programme_referral WHERE family_name = 'Invented'"
CASE = (
    "SELECT s.ref, r.ref, p.name FROM programme_session s JOIN programme_episode e ON e.id = s.episode_id "
    "JOIN programme_referral r ON r.id = e.referral_id JOIN programme_allocation a ON a.episode_id = e.id "
    "JOIN programme_practitioner p ON p.id = a.practitioner_id "
    "WHERE s.state = 'planned' AND a.ended_at IS NULL AND p.ref LIKE 'staff%%' ORDER BY s.period LIMIT 1"
)


class Installed:
    """Two sites with a PostgreSQL of their own, and the versions of the program beside each other in their folders."""

    def __init__(self, cluster: Cluster, place: Path) -> None:
        self.cluster, self.place = cluster, place
        self.current = place / "current"

    def install(self, name: str, *, planted: bool) -> None:
        """Put a version in place."""
        version = self.place / name
        shutil.copytree(ROOT / "src" / "desist", version / "desist")
        script = version / "bin" / "desist"
        script.parent.mkdir()
        script.write_text(SCRIPT.format(python=sys.executable, version=str(version)))
        script.chmod(0o755)
        if planted:
            base = version / "desist" / "ui" / "templates" / "ui" / "base.html"
            base.write_text(base.read_text("utf-8").replace("</head>", f"{NEXT}</head>"), "utf-8")
            with (version / "desist" / "ui" / "static" / "ui" / "desist.css").open("a") as styles:
                styles.write("/* the next version */\n")
            migrations = version / "desist" / "desk" / "migrations"
            last = max(path.stem for path in migrations.glob("[0-9]*.py"))
            (migrations / "0099_planted.py").write_text(PLANTED.format(last=last))

    def use(self, name: str) -> None:
        """Make a version the current one."""
        fresh = self.place / "fresh"
        fresh.symlink_to(self.place / name)
        fresh.rename(self.current)

    def told(self, login: str = "app") -> dict[str, str]:
        """What the environment says; `login`: as whom the sites' databases are reached."""
        told = {**os.environ, "DESIST_DATA": str(self.cluster.folder), "DESIST_WEB_PROCESSES": "2"}
        for site in (PROGRAMME, POLICE):
            name = site.owner if login == "owner" else site.app
            told[addresses.variable(site)] = self.cluster.url(name, site.database)
            told[addresses.variable(site, what="BACKUP_URL")] = self.cluster.url("backup", site.database)
            told[addresses.courier_variable(site)] = self.cluster.url("courier", site.database)
        return told

    def run(self, *command: str, login: str = "app") -> tuple[int, str]:
        """How a command of the current version ends, and what it says."""
        return self.by(self.current, *command, login=login)

    def by(self, version: Path, *command: str, login: str = "app") -> tuple[int, str]:
        """How a command of a version ends, and what it says."""
        done = subprocess.run(
            [version / "bin" / "desist", *command],
            env=self.told(login),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    def signed_in(self, name: str, role: str) -> tuple[str, str]:
        """The cookie of a session: its name and its value."""
        told = {**self.told(), **deploy.environment(PROGRAMME, self.cluster.folder)}
        command = [sys.executable, "-m", "tests.upgrades.signed_in", name, role]
        said = subprocess.run(
            command, env=told, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        ).stdout
        cookie, _, value = said.strip().partition("=")
        return cookie, value

    def follow(self, line: str, *, main: int) -> tuple[int, str]:
        """How a line of the page ends, and what it says; `main`: the process of the service."""
        for ours, here in {"/opt/desist/0.2.0": self.place / "next", "/opt/desist": self.place}.items():
            line = line.replace(ours, str(here))
        done = subprocess.run(
            ["/bin/sh", "-c", line.replace("/var/backups/desist/northmere", str(self.place))],
            env={**self.told("owner" if line.endswith(" migrate") else "app"), "MAINPID": str(main)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    def refer(self, count: int) -> None:
        """As the police: refer people."""
        told = {**self.told(), **deploy.environment(POLICE, self.cluster.folder)}
        command = [sys.executable, "-m", "tests.post.town.refer", PROGRAMME.name, str(count)]
        subprocess.run(command, env=told, cwd=ROOT, check=True)

    @contextmanager
    def up(self) -> Iterator[subprocess.Popen[str]]:
        """The sites are served, once both answer."""
        with (
            (self.place / "up.out").open("w") as said,
            subprocess.Popen(
                [self.current / "bin" / "desist", "up"], env=self.told(), stdout=said, stderr=said, text=True
            ) as process,
        ):
            try:
                until(lambda: self.said().count("http://") == 2 or process.poll() is not None, 90)
                assert process.poll() is None, self.said()
                yield process
            finally:
                process.terminate()

    def said(self) -> str:
        """What `./desist up` said so far."""
        return (self.place / "up.out").read_text()

    def ask(self, site: Site, query: str) -> list[tuple[Any, ...]]:
        """What a database answers."""
        with self.cluster.connect(site.database) as superuser:
            return superuser.execute(query.encode()).fetchall()


def bring_back(cluster: Cluster, site: Site, place: Path) -> None:
    """Restore a site from a backup that 0.1.0 made."""
    archive.write(
        path=place / f"{site.name}{archive.SUFFIX}",
        keys=keyfile.read(folder=cluster.folder, site=site.name),
        manifest=archive.Manifest((site,), None),
        dump=[lzma.decompress(stored(site).read_bytes())],
        at=MADE,
    )
    (found,) = restoring.find(source=place, folder=cluster.folder, only=None, progress=lambda *_: None)
    restoring.restore(cluster=cluster, found=found, at=MADE, progress=lambda *_: None)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """The two sites as 0.1.0 left them."""
    with throwaway_cluster() as cluster:
        make_keys(cluster.folder, (PROGRAMME, POLICE))
        deploy.found(cluster.folder, [PROGRAMME], on=date(2026, 3, 2))
        restore(cluster, PROGRAMME)
        here = Installed(cluster, tmp_path_factory.mktemp("versions"))
        bring_back(cluster, POLICE, here.place)
        here.install("this", planted=False)
        here.install("next", planted=True)
        here.use("this")
        yield here


@dataclass
class Story:
    """What was done, what was said, and who worked meanwhile."""

    old: list[Worker]
    people: list[Person]
    migrated: tuple[int, str]
    too_early: str
    followed: dict[str, tuple[int, str]]
    began: float
    ended: float
    before: set[int]
    after: set[int]
    older: list[tuple[int, str]]


@pytest.fixture(scope="module")
def story(installed: Installed) -> Iterator[Story]:
    """0.1.0 is upgraded while its processes work, and this version while people are at its pages."""
    session, referral, name = map(str, installed.ask(PROGRAMME, CASE)[0])
    old = workers_of_0_1_0(installed.cluster, session)
    begin(old, until=lambda: all(one.acknowledged for one in old))
    migrated = installed.run("migrate", login="owner")
    with installed.up() as process:
        for one in old:
            one.stop()
        people = [person(number, referral, installed.signed_in(name, "practitioner")) for number in range(2)]
        begin(people, until=lambda: all(one.acknowledged for one in people))
        before = below(process.pid)
        installed.use("next")
        process.send_signal(signal.SIGUSR2)
        until(lambda: "Nothing was restarted" in installed.said(), 60)
        too_early = installed.said()
        followed, began, ended = follow(installed, before, process.pid)
        older = [installed.by(installed.place / "this", *one) for one in (["up", "--check"], ["migrate"])]
        installed.refer(REFERRED)
        until(lambda: installed.ask(PROGRAMME, ARRIVED) >= [(len(old[1].acknowledged) + 2 * REFERRED,)], 60)
        for one in people:
            one.stop()
        after = below(process.pid)
        yield Story(old, people, migrated, too_early, followed, began, ended, before, after, older)


def workers_of_0_1_0(cluster: Cluster, session: str) -> list[Worker]:
    source, target = (cluster.url("courier", site.database) for site in (POLICE, PROGRAMME))
    return [
        OldProgramme(url=cluster.url(PROGRAMME.app, PROGRAMME.database), session=session),
        OldPolice(url=cluster.url(POLICE.app, POLICE.database), receiver=PROGRAMME.name),
        OldCourier(source=source, target=target, route=Route(POLICE.name, PROGRAMME.name)),
    ]


def person(number: int, referral: str, cookie: tuple[str, str]) -> Person:
    window = Window(PROGRAMME.port or 0, cookies=dict([cookie]))
    return Person(window=window, page=f"/contacts/{referral}/note/", name=f"Person {number}")


def follow(
    installed: Installed, before: set[int], main: int
) -> tuple[dict[str, tuple[int, str]], float, float]:
    """What each line of the page says, and when the restart began and ended."""
    followed: dict[str, tuple[int, str]] = {}
    began = ended = 0.0
    for line in lines():
        if "-m venv" in line or " install " in line:  # tests/packaging installs wheels
            continue
        began = time.monotonic() if "reload" in line else began
        followed[line] = installed.follow(started_by(line), main=main)
        if "reload" in line:
            installed.refer(REFERRED)
            until(lambda: not alive(before), 90)
            ended = time.monotonic()
    return followed, began, ended


def lines() -> list[str]:
    """The commands of the page, in their order."""
    return re.findall(r"^ {7}(\S.*)$", HOWTO.read_text("utf-8"), re.M)


def started_by(line: str) -> str:
    """What systemd runs by a line of the page, as the unit in deploy/ says."""
    if not (asked := re.fullmatch(r"systemctl (start|reload) (\S+@)northmere(\.service)", line)):
        return line
    does = {"start": "ExecStart", "reload": "ExecReload"}[asked[1]]
    said = unit((DEPLOY / "systemd" / f"{asked[2]}{asked[3]}").read_text("utf-8"))["Service"][does][0]
    return said.replace("%i", "northmere").replace("%%", "%").replace("$$", "$")


def test_the_commands_of_the_page_do_what_it_says(story: Story) -> None:
    assert {line: code for line, (code, _) in story.followed.items() if code} == {}
    assert len(story.followed) == 5


def test_what_was_acknowledged_is_there_once(installed: Installed, story: Story) -> None:
    saved: dict[str, int] = dict(
        installed.ask(PROGRAMME, "SELECT words, count(*) FROM programme_contact GROUP BY words")
    )
    said = [words for one in (story.old[0], *story.people) for words in one.acknowledged]

    assert [(words, saved.get(words)) for words in said if saved.get(words) != 1] == []
    assert min(len(one.acknowledged) for one in story.people) > 5


def test_nobody_was_refused(story: Story) -> None:
    assert [failure for one in (*story.old, *story.people) for failure in one.failed] == []
    assert sum(one.again for one in story.people) <= 2  # of some thousand


def test_every_referral_arrived_once(installed: Installed, story: Story) -> None:
    found = installed.ask(PROGRAMME, ARRIVED)
    inbox = installed.ask(
        PROGRAMME, "SELECT count(*) FILTER (WHERE handled_at IS NOT NULL), count(*) FROM post_inbox"
    )

    sent = len(story.old[1].acknowledged) + 2 * REFERRED
    assert len(story.old[1].acknowledged) == 12
    assert found == [(sent,)]
    assert inbox[0][0] == inbox[0][1] >= sent


def test_a_restart_before_the_migration_is_refused_and_nothing_ends(story: Story) -> None:
    assert "desk.0099_planted is not applied. Run `./desist migrate`." in story.too_early
    assert story.too_early.endswith("send the signal again.\n")


def test_new_processes_answer_with_the_new_version_and_the_old_ones_end(story: Story) -> None:
    looks = [look for one in story.people for look in one.seen]

    assert story.before & story.after == set()
    assert len(story.after) >= len(story.before)
    assert [at for at, page in looks if NEXT in page and at < story.began] == []
    assert [at for at, page in looks if NEXT not in page and at > story.ended] == []
    assert [page for at, page in looks if at > story.ended]


def test_a_backup_of_0_1_0_is_restored_and_upgraded(installed: Installed, story: Story) -> None:
    assert story.migrated == (0, "Northmere service: up to date\nNorthmere Police: up to date\n")
    assert installed.ask(POLICE, "SELECT count(*) > 5 FROM partnership_order") == [(True,)]
    assert (installed.place / f"{POLICE.name}.backup").exists()


def test_an_older_program_refuses_the_newer_database(installed: Installed, story: Story) -> None:
    assert [code for code, _ in story.older] == [1, 1]
    assert "is newer than this program: it has desk.0099_planted" in story.older[0][1]
    assert "migrate.log says why" in story.older[1][1]
    log = (installed.cluster.folder / "log" / f"{PROGRAMME.name}-migrate.log").read_text("utf-8")
    assert "is newer than this program: it has desk.0099_planted" in log
