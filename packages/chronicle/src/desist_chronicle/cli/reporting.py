"""What `desist-chronicle report` and `verify` do: read in a sandbox, chart, pack, and tell."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from desist_chronicle import sources, verification
from desist_chronicle.analysis.findings import Questions
from desist_chronicle.bag import hash_file
from desist_chronicle.cli.answers import WrongOptionError
from desist_chronicle.corpus import Corpus
from desist_chronicle.course import chart
from desist_chronicle.local_time import clock_of
from desist_chronicle.machine_reading import machine
from desist_chronicle.masking import Mask, Masks
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.outputs.cover import Case, Exhibit, Original
from desist_chronicle.outputs.package import Order, Packed, pack
from desist_chronicle.people import People
from desist_chronicle.reading import Outcome
from desist_chronicle.records import Flag, Kind
from desist_chronicle.sandbox import SandboxedReading
from desist_chronicle.scope import Scope
from desist_chronicle.things import things_of


@dataclass(frozen=True)
class Edition:
    """The author and the recipient of the edition, and its contents."""

    initials: str
    by: str
    masked: bool
    terms: tuple[str, ...]
    with_originals: bool
    read_pictures: bool = False


@dataclass(frozen=True)
class Wanted:
    """All the choices that a person made."""

    files: Sequence[Path]
    options: Options
    people: People
    scope: Scope
    questions: Questions
    gap: float
    edition: Edition


@dataclass(frozen=True)
class Made:
    """The result of a report."""

    #: None where nothing could be made
    packed: Packed | None
    warnings: tuple[str, ...]
    exit: int


_QUESTION, _PARTIAL, _REFUSED = 3, 4, 5


def make(*, wanted: Wanted, out: Path) -> Made:
    """Read, chart and pack. Raises the library's errors for a wrong choice."""
    _consistent(wanted)
    clock_of(wanted.options.zone)
    with _progress("Reading ...") as (progress, task):
        corpus, outcomes = read(
            paths=list(wanted.files), options=wanted.options, progress=progress, task=task
        )
        warnings = tuple(warning for outcome in outcomes for warning in outcome.warnings)
        if any(outcome.question for outcome in outcomes):
            return Made(packed=None, warnings=warnings, exit=_QUESTION)
        if not len(corpus):
            return Made(packed=None, warnings=warnings, exit=_REFUSED)
        progress.update(task, description=f"Charting {len(corpus):,} records ...")
        course = chart(
            corpus=corpus,
            people=wanted.people,
            scope=wanted.scope,
            gap_hours=wanted.gap,
            today=datetime.now(UTC).date(),
            again=_given_twice(outcomes),
        )
        progress.update(task, description="Writing the bag ...")
        order = Order(
            course=course,
            case=_case(wanted, outcomes),
            questions=wanted.questions,
            mask=Mask(Masks(terms=wanted.edition.terms, allowed=wanted.people.subject))
            if wanted.edition.masked
            else None,
            read_pictures=wanted.edition.read_pictures,
        )
        packed = pack(order=order, folder=out, clock=lambda: datetime.now(UTC))
    partial = any(outcome.partial or outcome.refused or "unread" in outcome.counts for outcome in outcomes)
    return Made(packed=packed, warnings=warnings, exit=_PARTIAL if partial else 0)


def _consistent(wanted: Wanted) -> None:
    if wanted.edition.masked and wanted.edition.with_originals:
        raise WrongOptionError(
            "The edition that may reach the defendant never holds originals: leave out --originals."
        )
    if wanted.edition.masked and wanted.edition.read_pictures:
        raise WrongOptionError(
            "The edition that may reach the defendant holds no pictures: leave out --read-pictures."
        )
    if wanted.edition.read_pictures:
        machine()
    if wanted.edition.terms and not wanted.edition.masked:
        raise WrongOptionError("--mask masks only in the edition that --may-reach-defendant makes.")


@contextmanager
def _progress(what: str) -> Iterator[tuple[Progress, TaskID]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress, progress.add_task(what, total=None)


def read(
    *, paths: list[Path], options: Options, progress: Progress, task: TaskID
) -> tuple[Corpus, list[Outcome]]:
    """Read the files in a sandbox into a corpus."""
    reading = SandboxedReading(
        paths=paths,
        options=options,
        on_progress=lambda source, count: progress.update(task, description=f"{source}: {count:,} records"),
    )
    corpus = Corpus()
    corpus.extend(reading.records())
    return corpus, reading.outcomes


def _case(wanted: Wanted, outcomes: Sequence[Outcome]) -> Case:
    listed = [one for one in outcomes if (one.records or one.warnings) and not one.thing]
    exhibits = tuple(
        Exhibit(
            reference=f"{wanted.edition.initials}/{number}",
            name=outcome.source,
            sha256=outcome.sha256,
            size=outcome.bytes,
            records=outcome.records,
            digest=outcome.digest,
            remarks=tuple(outcome.warnings),
            format=outcome.format,
        )
        for number, outcome in enumerate(listed, start=1)
    )
    return Case(
        prepared_by=wanted.edition.by,
        prepared_at=datetime.now(UTC),
        zone=wanted.options.zone,
        exhibits=exhibits,
        program=f"Desist {version('desist-chronicle')}",
        options=asdict(wanted.options),
        originals=_originals(wanted.files, outcomes) if wanted.edition.with_originals else (),
        not_read=tuple(name for outcome in outcomes for name in outcome.not_read),
        members=tuple(tuple(member) for outcome in outcomes for member in outcome.members),
        missing=_missing(outcomes),
        things=()
        if wanted.edition.masked
        else things_of(
            paths=wanted.files,
            outcomes=outcomes,
            references={exhibit.name: exhibit.reference for exhibit in exhibits},
            initials=wanted.edition.initials,
        ),
    )


def _missing(outcomes: Sequence[Outcome]) -> tuple[tuple[str, int], ...]:
    """Return what the records of all sources lack, with how many of them lack it."""
    counts = {
        "without a readable time": sum(one.flags.get(Flag.TIME_UNREADABLE, 0) for one in outcomes),
        "without a sender": sum(one.without_sender for one in outcomes),
        "without a direction": sum(one.without_direction for one in outcomes),
        "unread stretches": sum(one.counts.get(Kind.UNREAD, 0) for one in outcomes),
    }
    return tuple((what, count) for what, count in counts.items() if count)


def _given_twice(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """Return, for each source that is byte for byte an earlier one, the earlier one's name."""
    first: dict[str, str] = {}
    read = [outcome for outcome in outcomes if outcome.records]
    names = {outcome.source: first.setdefault(outcome.sha256, outcome.source) for outcome in read}
    return {name: other for name, other in names.items() if name != other}


def _originals(paths: Sequence[Path], outcomes: Sequence[Outcome]) -> tuple[Original, ...]:
    found = []
    for path in sources.files(list(paths)):
        names = [
            outcome.source
            for outcome in outcomes
            if f"/{path.absolute().as_posix()}".endswith(f"/{outcome.source}")
        ]
        of_file = [
            outcome
            for outcome in outcomes
            if any(outcome.source == name or outcome.source.startswith(f"{name}/") for name in names)
        ]
        found.append(Original(path=path, sha256=hash_file(path), digest=digest_of(of_file)))
    return tuple(found)


def digest_of(outcomes: Sequence[Outcome]) -> str:
    """Return one digest over the records of all sources in a file."""
    return sha256("\n".join(outcome.digest for outcome in outcomes if outcome.records).encode()).hexdigest()


def told(made: Made, *, as_json: bool) -> str:
    """Return what was made, for a terminal or for a program."""
    packed = made.packed
    if as_json:
        return json.dumps(_as_json(made), ensure_ascii=False, indent=2)
    lines = [f"! {warning}" for warning in made.warnings]
    if packed is None:
        return "\n".join([*lines, "No report was made."])
    for finding in packed.findings:
        lines += ["", finding.title, *(f"    {sentence}" for sentence in finding.sentences)]
    lines += ["", f"Written to {packed.folder}: {', '.join(packed.files)}"]
    lines.append(f"Seal {packed.seal} (keep it apart from the bag; verify compares it)")
    return "\n".join(lines)


def _as_json(made: Made) -> dict[str, Any]:
    packed = made.packed
    facts: dict[str, Any] = {"made": packed is not None, "warnings": made.warnings}
    if packed is not None:
        facts |= {
            "folder": str(packed.folder),
            "files": packed.files,
            "seal": packed.seal,
            "custody_head": packed.custody_head,
            "findings": {finding.title: finding.sentences for finding in packed.findings},
        }
    return facts


def check(*, folder: Path, seal: str) -> verification.Verdict:
    """Check a bag; read its originals again in a sandbox."""
    return verification.verify(folder=folder, reread=_reread, seal=seal)


def _reread(path: Path, options: Mapping[str, Any]) -> str:
    again = Options(
        zone=options["zone"],
        date_order=DateOrder(options["date_order"]) if options["date_order"] else None,
        owners=tuple(options["owners"]),
        names=tuple(options["names"]),
        columns=tuple((field, heading) for field, heading in options["columns"]),
    )
    reading = SandboxedReading(paths=[path], options=again)
    for _ in reading.lines():
        pass
    return digest_of(reading.outcomes)
