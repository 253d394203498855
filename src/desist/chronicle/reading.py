"""Sources to records: finds the reader for each, adds up what it yields, and keeps on when one of them fails."""

import os
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from desist.chronicle import sources
from desist.chronicle.errors import (
    ChronicleError,
    DateOrderNeededError,
    RefusedSourceError,
    UnrecognisedSourceError,
)
from desist.chronicle.ledger import Ledger, Tally
from desist.chronicle.limits import MAXIMUM_RECORDS
from desist.chronicle.options import Options
from desist.chronicle.readers import Reader, delimited, reader_for, spreadsheet
from desist.chronicle.records import Batch, Kind
from desist.chronicle.sources import Source

ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one source. `accounted` is None where a source has no byte order."""

    source: str
    format: str = ""
    bytes: int = 0
    sha256: str = ""
    zone: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    records: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    bytes_by_kind: dict[str, int] = field(default_factory=dict)
    bytes_accounted: int | None = None
    accounted: bool | None = None
    flags: dict[str, int] = field(default_factory=dict)
    digest: str = ""
    declared: dict[str, int] = field(default_factory=dict)
    date_like_lines: list[int] = field(default_factory=list)
    date_like_count: int = 0
    partial: bool = False
    refused: bool = False
    question: bool = False
    warnings: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For the summary in JSON."""
        return asdict(self)


class Reading:
    """One reading of some files. Iterate over `blocks` to its end; then `outcomes` says what was read."""

    def __init__(self, *, paths: list[Path], options: Options, most: int = MAXIMUM_RECORDS) -> None:
        self._paths = paths
        self._options = options
        self._left = most
        self.outcomes: list[Outcome] = []

    def blocks(self) -> Iterator[Batch]:
        """The records of every source in turn, in lists of any length."""
        found = sources.files(self._paths)
        names = _names(found)
        for path in found:
            yield from self._file(path, names[path])

    def _file(self, path: Path, name: str) -> Iterator[Batch]:
        try:
            source = sources.of_file(path, name=name)
            head = source.head()
        except ChronicleError as error:
            self._refuse(name, error)
            return
        if head.startswith(ZIP) and not spreadsheet.recognises(head):
            yield from self._archive(path, name)
        else:
            yield from self._source(source, head)

    def _archive(self, path: Path, name: str) -> Iterator[Batch]:
        ledger = Ledger()
        try:
            members = sources.archive(path, ledger, name=name)
        except ChronicleError as error:
            self._refuse(name, error)
            return
        unread = yield from self._members(members, ledger)
        if unread:
            ledger.note(
                f"{unread:,} files in {name} are no messages (photographs, sound, pages) and were not read."
            )
        self.outcomes.append(
            Outcome(
                source=name,
                format="zip archive",
                bytes=path.stat().st_size,
                sha256=sources.of_file(path, name=name).sha256(),
                warnings=ledger.notes,
                partial=bool(ledger.stopped),
            )
        )

    def _members(self, members: list[Source], ledger: Ledger) -> Generator[Batch, None, int]:
        unread = 0
        for member in members:
            try:
                head = member.head()
            except ChronicleError as error:
                ledger.stop(str(error))
                continue
            if head.startswith(ZIP) and not spreadsheet.recognises(head):
                ledger.note(
                    f"{member.name} is an archive inside an archive. Unpack it and read it by itself."
                )
            elif reader_for(head):
                yield from self._source(member, head)
            else:
                unread += 1
        return unread

    def _source(self, source: Source, head: bytes) -> Iterator[Batch]:
        reader = reader_for(head) or _table_reader(head, self._options)
        ledger, tally = Ledger(), Tally()
        try:
            sha256 = source.sha256()
            if reader is None:
                raise UnrecognisedSourceError(_unrecognised(source, head))
            for records in reader.read(source=source, options=self._options, ledger=ledger):
                self._count(records)
                tally.add(records)
                yield records
        except DateOrderNeededError as error:
            self.outcomes.append(replace(_outcome(source, ledger, tally, error), question=True))
            return
        except ChronicleError as error:
            self.outcomes.append(
                replace(_outcome(source, ledger, tally, error), refused=not tally.counts, partial=True)
            )
            return
        except (MemoryError, RecursionError):
            ledger.stop(f"Reading {source.name} stopped: it needs more memory or depth than is allowed.")
            self.outcomes.append(_outcome(source, ledger, tally))
            return
        self.outcomes.append(self._finished(source, reader, ledger, tally, sha256))

    def _count(self, records: Batch) -> None:
        self._left -= len(records)
        if self._left < 0:
            raise RefusedSourceError(
                f"Reading stopped: there are more than {MAXIMUM_RECORDS:,} messages. "
                "Ask for the export in parts, by conversation or by year, and read those one by one."
            )

    def _finished(self, source: Source, reader: Reader, ledger: Ledger, tally: Tally, sha256: str) -> Outcome:
        accountable = ledger.accountable_bytes
        whole = None if accountable is None else tally.gaps == 0 and tally.end == accountable
        if whole is False:
            ledger.stop(
                f"The bytes do not add up: {tally.end:,} of {accountable:,} belong to a record, "
                f"with {tally.gaps:,} gaps. Do not rely on this reading."
            )
        _compare(source, ledger, tally)
        return replace(
            _outcome(source, ledger, tally),
            format=reader.FORMAT,
            sha256=sha256,
            zone=self._options.zone,
            accounted=whole,
            bytes_accounted=None if accountable is None else tally.end,
        )

    def _refuse(self, name: str, error: ChronicleError) -> None:
        self.outcomes.append(Outcome(source=name, refused=True, warnings=[str(error)]))


def _names(paths: list[Path]) -> dict[Path, str]:
    """What records call each file: its name, or its path below the common folder where names repeat."""
    if len({path.name for path in paths}) == len(paths):
        return {path: path.name for path in paths}
    common = Path(os.path.commonpath([path.absolute().parent for path in paths]))
    return {path: path.absolute().relative_to(common).as_posix() for path in paths}


def _table_reader(head: bytes, options: Options) -> Reader | None:
    """A table that no preset knows is read when a person has said which column is which."""
    return cast("Reader", delimited) if options.columns and head and b"\x00" not in head else None


def _unrecognised(source: Source, head: bytes) -> str:
    if not head:
        return f"{source.name} is empty (0 bytes). Ask for the file again."
    return (
        f"{source.name} is none of the formats that can be read (its first bytes were looked at, not its name). "
        "Nothing was read. If it is a table, say which column is which with --column; else ask for another export."
    )


def _compare(source: Source, ledger: Ledger, tally: Tally) -> None:
    """Set the source's own counts beside what was read, and list what could not be."""
    if not tally.counts:
        ledger.note(f"{source.name} holds no messages.")
    for what, count in ledger.declared.items():
        read = sum(tally.counts.values())
        if count != read:
            ledger.note(f"{source.name} says that it holds {count:,} {what}; {read:,} were read.")
    if ledger.date_like_count:
        lines = ", ".join(f"{line:,}" for line in ledger.date_like_lines)
        ledger.note(
            f"{ledger.date_like_count:,} lines begin with a date but are no messages of this file; "
            f"they were kept inside the message before them. Look at line {lines}."
        )
    if unread := tally.counts[Kind.UNREAD]:
        ledger.note(
            f"{unread:,} stretches ({tally.bytes[Kind.UNREAD]:,} bytes) could not be read; they are kept."
        )


def _outcome(source: Source, ledger: Ledger, tally: Tally, error: ChronicleError | None = None) -> Outcome:
    if error:
        ledger.note(str(error))
    return Outcome(
        source=source.name,
        bytes=source.size,
        facts=ledger.facts,
        records=sum(tally.counts.values()),
        counts={kind.value: count for kind, count in tally.counts.items()},
        bytes_by_kind=_by_kind(ledger, tally),
        flags={str(flag): count for flag, count in tally.flags.items()},
        digest=tally.digest.hexdigest(),
        declared=ledger.declared,
        date_like_lines=ledger.date_like_lines,
        date_like_count=ledger.date_like_count,
        partial=bool(ledger.stopped),
        warnings=ledger.notes,
    )


def _by_kind(ledger: Ledger, tally: Tally) -> dict[str, int]:
    """Bytes by kind; the later lines of messages stand by themselves as continuation."""
    sizes = {kind.value: size for kind, size in tally.bytes.items() if size}
    if ledger.continued_bytes:
        later = Kind.CONTINUATION.value
        sizes[Kind.MESSAGE.value] = sizes.get(Kind.MESSAGE.value, 0) - ledger.continued_bytes
        sizes[later] = sizes.get(later, 0) + ledger.continued_bytes
    return sizes
