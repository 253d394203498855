"""Sources to records: finds the reader for each, adds up what it yields, and keeps on when one of them fails."""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import ijson

from desist_chronicle import sources
from desist_chronicle.errors import (
    ChronicleError,
    DateOrderNeededError,
    RefusedSourceError,
    UnrecognisedSourceError,
)
from desist_chronicle.ledger import Ledger, Tally
from desist_chronicle.limits import MAXIMUM_RECORDS
from desist_chronicle.looks import JSON, Look, is_document, is_thing, look_of
from desist_chronicle.options import Options
from desist_chronicle.readers import Reader, delimited, outlook_msg, reader_for, spreadsheet, sqlite_source
from desist_chronicle.readers.write_ahead_log import ENDING, WriteAheadLog, log_of
from desist_chronicle.records import Batch, Kind
from desist_chronicle.sources import Source

ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result for one source. `accounted` is None where a source has no byte order."""

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
    #: messages, mails and calls of which the source does not say who made them
    without_sender: int = 0
    #: of these, those of which it is not known whether they were sent or received
    without_direction: int = 0
    digest: str = ""
    declared: dict[str, int] = field(default_factory=dict)
    date_like_lines: list[int] = field(default_factory=list)
    date_like_count: int = 0
    #: each file in an archive, what it looks like, and whether it was read
    members: list[list[str]] = field(default_factory=list)
    #: what a photograph, recording or document looks like, which is an exhibit by itself; "" for every other source
    thing: str = ""
    #: files that may hold messages and were not read, each with what it looks like
    not_read: list[str] = field(default_factory=list)
    partial: bool = False
    refused: bool = False
    question: bool = False
    warnings: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome for the summary in JSON."""
        return asdict(self)


class Reading:
    """One reading of some files. Iterate over `blocks` to its end; then `outcomes` holds the results."""

    def __init__(self, *, paths: list[Path], options: Options, most: int = MAXIMUM_RECORDS) -> None:
        self._paths = paths
        self._options = options
        self._left = most
        self.outcomes: list[Outcome] = []

    def blocks(self) -> Iterator[Batch]:
        """The records of every source in turn, in lists of any length."""
        found = sources.files(self._paths)
        names = names_of(found)
        logs = {path for path in found if path.name.endswith(ENDING)}
        for path in found:
            log = path.with_name(path.name + ENDING)
            if path not in logs or path.with_name(path.name.removesuffix(ENDING)) not in names:
                yield from self._file(path, names[path], log if log in logs else None)

    def _file(self, path: Path, name: str, log: Path | None) -> Iterator[Batch]:
        try:
            source = sources.of_file(path, name=name)
            head = _described(source)
            beside = sources.of_file(log, name=log.name) if log else None
        except ChronicleError as error:
            self._refuse(name, error)
            return
        if head.startswith(ZIP) and not is_document(head):
            yield from self._archive(path, name)
            return
        look = look_of(head=head, name=name)
        if is_thing(look.words):
            self._thing(source, look)
            return
        yield from self._source(source, head, reader_for(head) or _table_reader(head, self._options))
        if beside is not None:
            yield from self._log(source, head, beside)

    def _thing(self, source: Source, look: Look) -> None:
        """Keep a photograph, recording or document as an exhibit; what may hold messages too is told as not read."""
        self.outcomes.append(
            Outcome(
                source=source.name,
                bytes=source.size,
                sha256=source.sha256(),
                thing=look.words,
                partial=look.may_hold,
                not_read=[f"{source.name} ({look.words})"] if look.may_hold else [],
                warnings=[_not_read(source, look)] if look.may_hold else [],
            )
        )

    def _archive(self, path: Path, name: str) -> Iterator[Batch]:
        ledger = Ledger()
        try:
            members = sources.archive(path, ledger, name=name)
        except ChronicleError as error:
            self._refuse(name, error)
            return
        by_name = {member.name: member for member in members}
        for member in members:
            if member.name.removesuffix(ENDING) == member.name or (
                member.name.removesuffix(ENDING) not in by_name
            ):
                yield from self._member(member, by_name.get(member.name + ENDING), ledger)
        self.outcomes.append(
            Outcome(
                source=name,
                format="zip archive",
                bytes=path.stat().st_size,
                sha256=sources.of_file(path, name=name).sha256(),
                warnings=ledger.notes,
                members=ledger.members,
                not_read=ledger.not_read,
                partial=bool(ledger.stopped),
            )
        )

    def _member(self, member: Source, log: Source | None, ledger: Ledger) -> Iterator[Batch]:
        """Read a file in an archive, or name it with what it looks like."""
        try:
            head = _described(member)
        except ChronicleError as error:
            ledger.leave(member.name, "damaged", str(error))
            return
        if not head and member.size:
            sentence = f"{member.name} is damaged at its first byte and was NOT read. Ask for the file again."
            ledger.leave(member.name, "damaged", sentence)
            return
        look = look_of(head=head, name=member.name)
        reader = reader_for(head) or (_table_reader(head, self._options) if look.may_hold else None)
        if reader and (not head.startswith(ZIP) or spreadsheet.recognises(head)):
            yield from self._source(member, head, reader)
            ledger.member(member.name, reader.FORMAT, read=bool(self.outcomes[-1].records))
            if log is not None:
                yield from self._log(member, head, log)
                ledger.member(log.name, "a database's write-ahead log", read=bool(self.outcomes[-1].records))
        elif look.may_hold:
            ledger.leave(member.name, look.words, _not_read(member, look))
        else:
            ledger.member(member.name, look.words, read=False)

    def _log(self, database: Source, head: bytes, log: Source) -> Iterator[Batch]:
        """Read what a database's log adds; where no reader recognises the database, its log was named with it."""
        if reader := reader_for(head):
            both = WriteAheadLog(reader=reader, database=database)
            yield from self._source(log_of(database=database, log=log), head, both)

    def _source(self, source: Source, head: bytes, reader: Reader | None) -> Iterator[Batch]:
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
            refused = not tally.counts
            self.outcomes.append(
                replace(
                    _outcome(source, ledger, tally, error),
                    refused=refused,
                    partial=True,
                    not_read=[source.name] if refused else [],
                )
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
        self.outcomes.append(Outcome(source=name, refused=True, not_read=[name], warnings=[str(error)]))


def names_of(paths: list[Path]) -> dict[Path, str]:
    """Return the names of the files in records: each name, or its path below the common folder where names repeat."""
    if len({path.name for path in paths}) == len(paths):
        return {path: path.name for path in paths}
    common = Path(os.path.commonpath([path.absolute().parent for path in paths]))
    return {path: path.absolute().relative_to(common).as_posix() for path in paths}


def _described(source: Source) -> bytes:
    """Return the beginning of a source; of a database or compound file, what its own table of contents names."""
    return outlook_msg.described(source, sqlite_source.described(source, source.head()))


def _table_reader(head: bytes, options: Options) -> Reader | None:
    """Return the reader for a table that no preset knows, if a person has named its columns."""
    return cast("Reader", delimited) if options.columns and head and b"\x00" not in head else None


def _unrecognised(source: Source, head: bytes) -> str:
    if not head:
        return f"{source.name} is empty (0 bytes). Ask for the file again."
    look = look_of(head=head, name=source.name)
    if look.words == JSON.words and (where := _damage_in(source)):
        return f"{source.name} is JSON that is damaged or cut short ({where}). Nothing was read. Ask for the file again."
    return (
        f"{source.name} is none of the formats that can be read (its first bytes were looked at, not its name). It looks "
        f"like {look.words}. Nothing was read. {look.advice if look.may_hold else 'Ask for another export.'}"
    )


def _not_read(source: Source, look: Look) -> str:
    if look.words == JSON.words and (where := _damage_in(source)):
        return f"{source.name} is JSON that is damaged or cut short ({where}). It was NOT read. Ask for the file again."
    return f"{source.name} looks like {look.words}. It may hold messages and was NOT read. {look.advice}"


def _damage_in(source: Source) -> str:
    """Return where JSON ends before it is whole, in the parser's words; "" where it is whole."""
    with source.open(Ledger()) as stream:
        try:
            for _ in ijson.basic_parse(stream, use_float=True):
                pass
        except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
            return " ".join(str(error).split()) or "the end is missing"
    return ""


def _compare(source: Source, ledger: Ledger, tally: Tally) -> None:
    """Compare the source's own counts with what was read, and list what could not be."""
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
        without_sender=tally.nameless,
        without_direction=tally.undirected,
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
