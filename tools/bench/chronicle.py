"""How fast exports are read, beside the libraries that people use, on the same made-up files, in one run."""

import email.message
import email.policy
import json
import mailbox
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from packages.chronicle.tests.made_up.chat_exports import STYLES, WORDS, chat
from packages.chronicle.tests.made_up.export_samples import imessage_database, whatsapp_database
from packages.chronicle.tests.made_up.mails import mails
from rich.console import Console
from rich.table import Table

from desist_chronicle.readers.mail_text import contents_of
from tools.bench import chronicle_peers
from tools.bench.environment import python_with
from tools.bench.paired import order, ratio

REQUIREMENTS = ("whatstk==0.9.1", "chat-miner==0.6.0", "mail-parser==4.8.0")
CHAT_MESSAGES, SMS_MESSAGES, MAILS = 1_000_000, 100_000, 5_000
DATABASE_ROWS, ROWS_A_SECOND = 500_000, 100_000
#: readings so close that they are compared turn by turn, four turns a round
SMS_ROUNDS = 4
#: seconds between messages: a million in five years
STEPS = (0, 7, 61, 200, 600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One measured run; `processor` is its own processor time, whatever else the machine was doing."""

    seconds: float
    processor: float
    peak_mb: float
    count: int


#: a peer that could not read the file
FAILED = Run(seconds=float("inf"), processor=float("inf"), peak_mb=float("inf"), count=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One requirement, the finding, and whether it holds."""

    asked: str
    found: str
    holds: bool


def run(*, console: Console) -> bool:
    """Measure everything, print it, and say whether every target holds."""
    with console.status("making the peers' environment"):
        peers = python_with(name="chronicle", requirements=REQUIREMENTS)
    with tempfile.TemporaryDirectory() as folder:
        with console.status("making the files"):
            files = _files(Path(folder))
        targets = [
            *_chats(console, peers, files["chat"]),
            *_messages(console, peers, files["sms"]),
            *_databases(console, files),
            *_mails(console, peers, files["mail"]),
        ]
    for target in targets:
        console.print(
            f"{'ok' if target.holds else 'MISSED':<7} {target.asked}: {target.found}", highlight=False
        )
    return all(target.holds for target in targets)


def _chats(console: Console, peers: Path, file: Path) -> Iterator[Target]:
    own, lowest, whole, drawn = (
        _own(console, what, file) for what in ("read", "floor", "summarise", "picture")
    )
    whatstk, miner = (_peer(console, peers, name, file) for name in ("whatstk", "chat-miner"))
    table = {
        "read": own,
        "floor": lowest,
        "read, de-duplicate, group": whole,
        "the same, with summary and pictures": drawn,
        "whatstk": whatstk,
        "chat-miner": miner,
    }
    console.print(_table(f"WhatsApp, {CHAT_MESSAGES:,} messages, {_megabytes(file)}", table))
    smaller = whatstk.peak_mb / own.peak_mb
    yield _as_fast("six times as fast as whatstk", own, whatstk, least=6)
    yield Target(asked="a tenth of whatstk's memory", found=f"{smaller:.1f} times less", holds=smaller >= 10)
    yield Target(asked="every message", found=f"{own.count:,}", holds=own.count == CHAT_MESSAGES)
    yield Target(
        asked="summary and pictures of a million messages in 6 s and 400 MB, reading included",
        found=f"{drawn.seconds:.1f} s, {drawn.peak_mb:.0f} MB",
        holds=drawn.seconds <= 6 and drawn.peak_mb <= 400,
    )


def _messages(console: Console, peers: Path, file: Path) -> Iterator[Target]:
    commands = {"A": _peers_command(peers, "etree", file), "B": _own_command("read", file)}
    turns: dict[str, list[Run]] = {"A": [], "B": []}
    for whose in order(SMS_ROUNDS):
        turns[whose].append(_measure(console, "an SMS backup, in turn with etree", commands[whose], runs=1))
    table = {"read": _best(turns["B"]), "etree": _best(turns["A"])}
    console.print(_table(f"SMS backup, {SMS_MESSAGES:,} messages, {_megabytes(file)}", table))
    by_clock, by_processor = (
        ratio(*([getattr(run, what) for run in turns[whose]] for whose in "AB"))
        for what in ("seconds", "processor")
    )
    yield Target(
        asked="SMS at least as fast as etree",
        found=f"{by_clock} times by the clock, {by_processor} by the processor",
        holds=by_clock.middle >= 1,
    )


def _databases(console: Console, files: dict[str, Path]) -> Iterator[Target]:
    table = {kind: _own(console, "read", files[kind]) for kind in ("iMessage", "WhatsApp")}
    console.print(_table(f"Databases of telephones, {DATABASE_ROWS:,} messages each", table))
    for kind, own in table.items():
        rows = own.count / own.seconds
        yield Target(
            asked=f"{ROWS_A_SECOND:,} rows a second of a database of {kind}",
            found=f"{rows:,.0f} of {own.count:,}",
            holds=rows >= ROWS_A_SECOND and own.count > DATABASE_ROWS,
        )


def _mails(console: Console, peers: Path, file: Path) -> Iterator[Target]:
    own = _own(console, "read", file)
    parser, policy = (_peer(console, peers, name, file) for name in ("mail-parser", "policy.default"))
    table = {"read": own, "mail-parser": parser, "policy.default": policy}
    console.print(_table(f"Mailbox, {MAILS:,} mails, {_megabytes(file)}", table))
    yield _as_fast("mail 1.8 times as fast as mail-parser", own, parser, least=1.8)
    unlike = sum(map(_differs_from_policy, mailbox.mbox(file)))
    yield Target(
        asked="bodies and attachments equal to policy.default", found=f"{unlike} unlike", holds=not unlike
    )


def _as_fast(asked: str, own: Run, peer: Run, *, least: float) -> Target:
    by_clock, by_processor = peer.seconds / own.seconds, peer.processor / own.processor
    found = f"{by_clock:.2f} times by the clock, {by_processor:.2f} by the processor"
    return Target(asked=asked, found=found, holds=by_clock >= least)


def _differs_from_policy(mail: email.message.Message) -> bool:
    """Return whether the body or attachments found differ from those of the standard library's newer, slower policy."""
    found = contents_of(mail)
    slow = email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)
    body = slow.get_body(preferencelist=("plain", "html"))
    names = [part.get_filename() or part.get_content_type() for part in slow.iter_attachments()]
    return found.text != (body.get_content() if body else "") or list(found.attachments) != names


def _own(console: Console, what: str, file: Path) -> Run:
    return _measure(console, what, _own_command(what, file))


def _peer(console: Console, python: Path, name: str, file: Path) -> Run:
    return _measure(console, name, _peers_command(python, name, file))


def _own_command(what: str, file: Path) -> list[str]:
    return [sys.executable, "-m", "tools.bench.chronicle_runs", what, str(file)]


def _peers_command(python: Path, name: str, file: Path) -> list[str]:
    return [str(python), chronicle_peers.__file__, name, str(file)]


def _measure(console: Console, what: str, command: list[str], *, runs: int = 2) -> Run:
    """Return the best of some runs, so that a busy machine distorts the figure less."""
    with console.status(f"measuring {what}"):
        found = []
        for _ in range(runs):
            printed = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            if printed.returncode:
                return FAILED
            found.append(Run(**json.loads(printed.stdout.splitlines()[-1])))
    return _best(found)


def _best(runs: list[Run]) -> Run:
    return min(runs, key=lambda one: one.seconds)


def _table(title: str, runs: dict[str, Run]) -> Table:
    table = Table("", "seconds", "processor s", "peak MB", "found", title=title, title_justify="left")
    for name, one in runs.items():
        table.add_row(
            name, f"{one.seconds:.2f}", f"{one.processor:.2f}", f"{one.peak_mb:.0f}", f"{one.count:,}"
        )
    return table


def _megabytes(file: Path) -> str:
    return f"{file.stat().st_size / 1e6:.1f} MB"


def _files(folder: Path) -> dict[str, Path]:
    files = {
        "chat": folder / "chat.txt", "sms": folder / "sms.xml", "mail": folder / "mail.mbox",
        "iMessage": folder / "chat.db", "WhatsApp": folder / "ChatStorage.sqlite",
    }  # fmt: skip
    with files["chat"].open("w", encoding="utf-8", newline="") as written:
        for line, _ in chat(style=STYLES[0], seed=1, messages=CHAT_MESSAGES, steps=STEPS):
            written.write(line)
    with files["sms"].open("w", encoding="utf-8") as written:
        written.writelines(_sms())
    with files["mail"].open("w", encoding="utf-8") as written:
        written.writelines(mails(MAILS))
    _database(files["iMessage"], imessage_database(), "message", "ROWID, text, handle_id, date, is_from_me")
    _database(
        files["WhatsApp"],
        whatsapp_database(),
        "ZWAMESSAGE",
        "Z_PK, ZTEXT, ZCHATSESSION, ZMESSAGEDATE, ZISFROMME, ZMESSAGETYPE",
    )
    return files


def _database(file: Path, sample: bytes, table: str, columns: str) -> None:
    """Write a sample with messages that are as long as people's, after its own few."""
    file.write_bytes(sample)
    dice = random.Random(3)  # noqa: S311  made-up messages need no secrecy
    kind = (0,) * columns.endswith("TYPE")
    with closing(sqlite3.connect(file)) as database, database:
        database.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * (columns.count(',') + 1))})",  # noqa: S608  names of our own
            (
                (
                    number + 1000,
                    " ".join(dice.choices(WORDS, k=dice.randint(1, 20))),
                    1,
                    700_000_000 + number,
                    number % 2,
                    *kind,
                )
                for number in range(DATABASE_ROWS)
            ),
        )


def _sms() -> Iterator[str]:
    """A backup without emoji, at which ElementTree would stop."""
    dice = random.Random(2)  # noqa: S311  made-up messages need no secrecy
    words = [word for word in WORDS if word.isascii() and "'" not in word]
    yield f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"{SMS_MESSAGES}\">\n"
    for number in range(SMS_MESSAGES):
        text = " ".join(dice.choices(words, k=dice.randint(1, 20)))
        yield (
            f'  <sms protocol="0" address="+447700900002" date="{1_700_000_000_000 + number * 60_000}" '
            f'type="{1 + number % 2}" subject="null" body="{text}" toa="null" sc_toa="null" read="1" status="-1" '
            f'locked="0" date_sent="{1_700_000_000_000 + number * 60_000}" readable_date="" contact_name="Bob" />\n'
        )
    yield "</smses>\n"
