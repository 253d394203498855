"""`./desist status`: what a person who runs sites wants to know of them, and what needs doing."""

import http.client
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

import typer

from desist import deployment, sites
from desist.cli.plain import OPTION, in_words, sites_of
from desist.running import deploy, status
from desist.running.status import Database
from desist.sites import Site, Zone
from desist.zones import alive
from desist.zones.alive import Living, Process

app = typer.Typer(add_completion=False)

#: From these on something needs attention.
LATE = {
    "outbox": timedelta(minutes=10),
    "inbox": timedelta(minutes=10),
    "emails": timedelta(hours=1),
    "texts": timedelta(hours=1),
}
UNSEALED, SILENT, OLD_BACKUP = timedelta(minutes=5), timedelta(minutes=2), timedelta(hours=26)
LEAST_ROOM = 2_000_000_000  # bytes
ANSWER_WITHIN, TELL_WITHIN = 3.0, 20.0  # seconds
QUEUES = {
    "outbox": ("envelope to partners", "Open Post as an administrator: it says why each waits"),
    "inbox": ("envelope that arrived", "Look at the log of its worker"),
    "emails": (
        "e-mail",
        "Look at the mail server or GOV.UK Notify, and at DESIST_EMAIL_HOST or DESIST_NOTIFY_KEY and their neighbours",
    ),
    "texts": ("text message", "Look at GOV.UK Notify, and at DESIST_TEXT_KEY and DESIST_TEXT_TEMPLATE"),
}


@dataclass(frozen=True)
class Seen:
    """What was found out about a site."""

    site: Site
    answers: bool
    running: tuple[Living, ...]
    database: Database
    backup: datetime | None
    sealed: datetime | None
    room: int
    at: datetime


@app.command()
def main(
    *, data: Path | None = typer.Option(None, help="The data folder; DESIST_DATA otherwise.", file_okay=False)
) -> None:
    """Say of every site whether it runs and what needs attention. Exits 0 where all is well, 1 otherwise."""
    folder = (data or sites.data_folder()).absolute()
    os.environ["DESIST_DATA"] = str(folder)
    with in_words(OSError):
        listed = sites_of(folder, told_by=OPTION)
    wrong = 0
    for site in listed:
        seen = _look(site, folder)
        typer.echo(f"{site.title} ({site.name}): {_running(seen)}")
        for line in _facts(seen):
            typer.echo(f"  {line}")
        for sentence in (found := list(attention(seen))):
            typer.echo(f"  ! {sentence}")
        wrong += len(found)
    typer.echo("All is well." if not wrong else f"{_many(wrong, 'thing')} to attend to: the lines with !.")
    raise SystemExit(1 if wrong else 0)


def attention(seen: Seen) -> Iterator[str]:
    """What needs doing, a sentence each."""
    if not seen.answers:
        yield from _not_answering(seen)
    if seen.site.zone is not Zone.PUBLIC:
        yield from _of_processes(seen)
        yield from _of_database(seen)
        if seen.backup and seen.at - seen.backup > OLD_BACKUP:
            yield f"The last backup is {_long(seen.at - seen.backup)} old. Run `./desist backup` and look at its timer."
    if seen.room < LEAST_ROOM:
        yield f"{_bytes(seen.room)} of disk are left. Make room: without it nothing can be read or saved."


def _look(site: Site, folder: Path) -> Seen:
    is_public = site.zone is Zone.PUBLIC
    told = "" if is_public else deploy.hear(site, folder, "desist.running.status", seconds=TELL_WITHIN)
    head = folder / "heads" / site.name
    return Seen(
        site=site,
        answers=_answers(site),
        running=alive.living(site=site.name),
        database=status.read(told),
        backup=deployment.last_backup(site.name),
        sealed=datetime.fromtimestamp(head.stat().st_mtime, UTC) if head.exists() else None,
        room=shutil.disk_usage(folder).free,
        at=datetime.now(UTC),
    )


def _answers(site: Site) -> bool:
    address = os.environ.get("DESIST_ADDRESS", "127.0.0.1")
    with closing(http.client.HTTPConnection(address, site.port or 0, timeout=ANSWER_WITHIN)) as wire:
        try:
            wire.request("GET", "/health")
            return wire.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


def _running(seen: Seen) -> str:
    web = [one for one in seen.running if one.process is Process.WEB]
    if not seen.answers:
        return "not answering" if web else "not running"
    if not web:
        return "running"
    since = min(one.since for one in web).astimezone()
    versions = ", ".join(sorted({one.version for one in web}))
    return f"running since {since:%-d %B %Y, %H:%M}, version {versions}, {_many(len(web), 'web process')}"


def _facts(seen: Seen) -> Iterator[str]:
    yield f"{_bytes(seen.room)} of disk left"
    if seen.site.zone is Zone.PUBLIC:
        return
    if seen.database.answers and not seen.database.tables:
        yield "the database answers, with the tables of this version"
        waiting = [
            f"{_many(number, QUEUES[name][0])} (oldest: {_long(timedelta(seconds=seen.database.oldest[name]))})"
            for name, number in seen.database.numbers.items()
            if number
        ]
        yield f"waiting: {', '.join(waiting) or 'nothing'}"
    yield f"last seal of the audit: {_ago(seen.sealed, seen.at)}"
    yield f"last backup by `./desist backup`: {_ago(seen.backup, seen.at)}"


def _not_answering(seen: Seen) -> Iterator[str]:
    log = f"log/{seen.site.name}-web.log"
    if any(one.process is Process.WEB for one in seen.running):
        yield f"It runs, and does not answer on port {seen.site.port}. {log} may say why; restart it."
    else:
        yield f"Nothing answers on port {seen.site.port}. Start it: `./desist up`. If it ends at once, {log} says why."


def _of_processes(seen: Seen) -> Iterator[str]:
    workers = [one for one in seen.running if one.process is Process.WORKER]
    if seen.answers and not workers and seen.site.shares is None:
        yield f"No worker runs: nothing that arrives is handled. log/{seen.site.name}-worker.log may say why."
    if workers and seen.at - max(one.beat for one in workers) > SILENT:
        yield f"The worker has done nothing for {_long(seen.at - max(one.beat for one in workers))}. Restart the site."
    if others := sorted({one.version for one in seen.running} - {version("desist")}):
        yield f"Version {', '.join(others)} runs, and {version('desist')} is installed. Restart the site."


def _of_database(seen: Seen) -> Iterator[str]:
    found = seen.database
    if not found.answers:
        yield f"The database does not answer: {found.reason}. Start the database, or mend its address."
    yield from found.tables
    for name, seconds in found.oldest.items():
        oldest, (what, todo) = timedelta(seconds=seconds), QUEUES[name]
        if oldest > LATE[name]:
            article = "A" if name == "texts" else "An"
            yield f"{article} {what} has waited for {_long(oldest)}. {todo}."
    if found.dead:
        yield f"{_many(found.dead, 'envelope')} could not be handled. Open Post as an administrator: it says why."
    if timedelta(seconds=found.unsealed) > UNSEALED:
        yield "The audit is not sealed. Run `./desist verify` and read docs/howto/audit.md."


def _ago(moment: datetime | None, at: datetime) -> str:
    return f"{_long(at - moment)} ago" if moment else "none is known here"


def _long(time: timedelta) -> str:
    seconds = int(time.total_seconds())
    for name, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size:
            return _many(seconds // size, name)
    return _many(seconds, "second")


def _many(number: int, what: str) -> str:
    noun, _, rest = what.partition(" ") if what.startswith("envelope") else (what, "", "")
    plural = noun if number == 1 else f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number:,} {plural} {rest}".strip()


def _bytes(size: int) -> str:
    return f"{size / 1e9:,.1f} GB"
