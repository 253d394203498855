"""The content of a database's write-ahead log: the newest messages, which the database itself does not hold yet.

Database and log are copied and joined in the copy. The database is read by itself too, as it stands, and the log is a
source of its own with only what it adds or changes, so that a person sees what came from where.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from desist_chronicle.errors import RefusedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.options import Options
from desist_chronicle.readers import Reader
from desist_chronicle.records import Record
from desist_chronicle.sources import Source

#: the name of a log beside its database
ENDING = "-wal"


class WriteAheadLog:
    """A reader of one database's log, as the database's own reader would read it."""

    def __init__(self, *, reader: Reader, database: Source) -> None:
        self.FORMAT = f"{reader.FORMAT}: what its write-ahead log adds"
        self._reader = reader
        self._database = database

    def recognises(self, head: bytes) -> bool:
        """Return whether it is read at all: a log is recognised by its database, never by itself."""
        return self._reader.recognises(head)

    def read(self, *, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
        """The records that are in the joined copy and not in the database by itself."""
        before = {_content(one) for block in self._blocks(self._database, options) for one in block}
        after = set[tuple[object, ...]]()
        with joined(self._database, source, ledger) as copy:
            for block in self._reader.read(source=replace(source, path=copy), options=options, ledger=ledger):
                found = [(one, _content(one)) for one in block]
                after.update(content for _, content in found)
                if fresh := [one for one, content in found if content not in before]:
                    yield fresh
        if gone := len(before - after):
            ledger.note(
                f"{gone:,} records of {self._database.name} are changed or gone in its write-ahead log. Both states "
                "are here; look at both."
            )

    def _blocks(self, source: Source, options: Options) -> Iterator[Iterator[Record]]:
        for block in self._reader.read(source=source, options=options, ledger=Ledger()):
            yield iter(block)


def log_of(*, database: Source, log: Source) -> Source:
    """The log as a source under a name of its own."""
    return replace(log, name=f"{database.name} (write-ahead log)", path=None)


def _content(record: Record) -> tuple[object, ...]:
    """Return the content of a record, without the place it is read from."""
    return record[2:]


@contextmanager
def joined(database: Source, log: Source, ledger: Ledger) -> Iterator[Path]:
    """A copy of the database that holds what its log adds; neither of the two is touched."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        for one, to in ((database, copy), (log, copy.with_name(copy.name + ENDING))):
            with one.open(ledger) as stream, to.open("wb") as written:
                while piece := stream.read():
                    written.write(piece)
        try:
            with closing(sqlite3.connect(copy)) as joined:
                joined.execute("PRAGMA trusted_schema = OFF")
                # leaving the log's mode moves its content into the database
                joined.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.Error as error:
            raise RefusedSourceError(f"{log.name} could not be read ({error}).") from error
        yield copy
