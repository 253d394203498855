"""What `desist-chronicle read` does: reads in a sandbox, writes lines, adds up, and says it in words."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.reading import Outcome
from desist_chronicle.records import Flag
from desist_chronicle.sandbox import SandboxedReading
from desist_chronicle.sources import files as find_files


def read_files(*, files: list[Path], options: Options, jsonl: Path | None) -> list[Outcome]:
    """Read the files in a sandbox; write the records as lines of JSON if asked. Raises for unknown names."""
    clock_of(options.zone)
    find_files(files)
    with ExitStack() as stack:
        written = stack.enter_context(jsonl.open("wb")) if jsonl else None
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
        task = progress.add_task("Reading ...", total=None)
        reading = SandboxedReading(
            paths=files,
            options=options,
            on_progress=lambda source, records: progress.update(
                task, description=f"{source}: {records:,} records"
            ),
        )
        for line in reading.lines():
            if written:
                written.write(line)
    return reading.outcomes


def summary(outcomes: list[Outcome]) -> dict[str, Any]:
    """Add up everything that was read, with a verdict that the exit code follows."""
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for outcome in outcomes:
        counts.update(outcome.counts)
        sizes.update(outcome.bytes_by_kind)
    texts = [outcome for outcome in outcomes if outcome.accounted is not None]
    total = sum(outcome.bytes for outcome in texts)
    return {
        "verdict": _verdict(outcomes),
        "records": sum(counts.values()),
        "counts": dict(counts),
        "bytes": {
            "text": total,
            "accounted": sum(outcome.bytes_accounted or 0 for outcome in texts),
            "by_kind": dict(sizes),
        },
        "warnings": [
            f"{outcome.source}: {warning}".replace(f"{outcome.source}: {outcome.source}", outcome.source)
            for outcome in outcomes
            for warning in outcome.warnings
        ],
        "sources": [outcome.as_dict() for outcome in outcomes],
    }


def _verdict(outcomes: list[Outcome]) -> str:
    if any(outcome.question for outcome in outcomes):
        return "question"
    if not any(outcome.records for outcome in outcomes):
        return "refused"
    if any(outcome.partial or outcome.refused or "unread" in outcome.counts for outcome in outcomes):
        return "partial"
    return "read"


def _members(members: list[list[str]]) -> list[str]:
    """Return the files in an archive by name, under what they look like."""
    grouped: dict[str, list[str]] = {}
    for name, looks, read in members:
        grouped.setdefault(f"{read}, {looks}", []).append(name)
    return [f"    {group}: {len(names):,} ({', '.join(names)})" for group, names in grouped.items()]


def in_words(report: dict[str, Any]) -> str:
    """Return the summary for a person at a terminal."""
    lines = []
    for source in report["sources"]:
        if source["thing"]:
            lines.append(
                f"{source['source']}: {source['thing']}, {source['bytes']:,} bytes: an exhibit as it is"
            )
            lines += [f"    ! {warning}" for warning in source["warnings"]]
            continue
        lines.append(f"{source['source']}: {source['format'] or 'not read'}, {source['records']:,} records")
        lines += [f"    {kind:<14}{count:>12,}" for kind, count in source["counts"].items()]
        if source["accounted"] is not None:
            parts = " + ".join(f"{size:,} {kind}" for kind, size in source["bytes_by_kind"].items())
            equal = "=" if source["accounted"] else "IS NOT"
            lines.append(
                f"    bytes: {parts} = {source['bytes_accounted']:,} {equal} {source['bytes']:,} in the file"
            )
        lines += [f"    {name.replace('_', ' ')}: {value}" for name, value in source["facts"].items()]
        if source["digest"] and source["records"]:
            lines.append(f"    digest of the records: {source['digest']}")
        missing = {
            "a readable time": source["flags"].get(Flag.TIME_UNREADABLE, 0),
            "a sender": source["without_sender"],
            "a direction (name the phone's owner with --owner)": source["without_direction"],
        }
        lines += [f"    without {what}: {count:,}" for what, count in missing.items() if count]
        lines += _members(source["members"])
        lines += [f"    ! {warning}" for warning in source["warnings"]]
    lines.append(f"{report['records']:,} records in all.")
    return "\n".join(lines)
