"""The worker's part in bringing files in: it hashes, has exports read in a process of their own, and keeps what was chosen.

Looking changes nothing but the row of the file. What was chosen is kept in one change: a worker that is killed leaves
nothing of it, and the next one begins anew.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desist.advocacy.evidence import blocks, commands, keeping, scratch
from desist.advocacy.evidence.models import Block, Original
from desist.advocacy.evidence.states import State
from desist.advocacy.evidence.texts import Answers, Found
from desist.advocacy.vault.cipher import Box
from desist_chronicle.contacts import NOT_SENT
from desist_chronicle.conversations import Conversations, converse
from desist_chronicle.corpus import DIRECTIONS, KINDS, NO_TIME, PRECISIONS, Corpus, instant, wall_clock
from desist_chronicle.duplicates import fingerprints, merge_copies
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.people import Identities, People, UnknownPersonError, identify, senders
from desist_chronicle.reading import Outcome
from desist_chronicle.records import Kind, Precision
from desist_chronicle.sandbox import Limits, SandboxedReading

#: records between two notes of how far a reading is
NOTE = 50_000
#: room in memory for what an archive is unpacked to, beside the file itself
BESIDE, LEAST = 256 << 20, 8 << 20
#: rows that one statement copies, a multiple of blocks.ROWS: a statement of the worker's has little time
STEP = 20_000
MOST_WARNINGS = 50
#: column -> its codes in words, as rows keep them
CODES = {
    name: [str(one.value) for one in known]
    for name, known in (("precision", PRECISIONS), ("kind", KINDS), ("direction", DIRECTIONS))
}
MINUTE, HOUR, DAY = 60_000_000, 3_600_000_000, 86_400_000_000
LIMITS = Limits(memory=2 << 30, processor=1200, clock=1800)


def work(*, at: datetime) -> None:
    """Work on every file that waits, to its end."""
    with commands.one_worker():
        scratch.sweep()
        commands.sweep(at=at)
        for row, box in commands.waiting(at=at):
            try:
                _work_on(row, box, at)
            except scratch.NoRoom as reason:
                commands.wait(row.ref, why=str(reason), at=at)
            except keeping.UNREADABLE:
                commands.spoil(row.ref, at=at)
        commands.remove(at=at)


def _work_on(row: Original, box: Box, at: datetime) -> None:
    with scratch.folder(size=row.size + min(row.size, BESIDE) + LEAST) as folder:
        path = folder / (_plain(keeping.name(box, row)) or "file")
        digest = _write(box, row, path)
        if not commands.hashed(row.ref, digest=digest, at=at):
            return
        answers = keeping.answers(box, row)
        corpus, outcomes = _read(row.ref, path, answers, folder, at)
        found, conversations = _found(corpus, outcomes)
        if row.state == State.BRINGING and conversations and _same(found, keeping.found(box, row)):
            _keep(row, box, _Export(corpus, conversations, found, answers), at)
        else:
            commands.looked(row.ref, found=found, at=at)


def _same(found: Found, before: Found) -> bool:
    """Whether the answers are about what was found now: a new version of the library may find other conversations."""
    told = ([one[:2] for one in found.conversations], found.senders)
    return told == ([one[:2] for one in before.conversations], before.senders)


def _plain(name: str) -> str:
    return "".join(one for one in name if one.isprintable() and one not in "/\\\0").lstrip(".")[-80:]


def _write(box: Box, row: Original, path: Path) -> str:
    whole = sha256()
    with path.open("xb") as file:
        for content in keeping.contents(box, row):
            whole.update(content)
            file.write(content)
    return whole.hexdigest()


def _read(ref: str, path: Path, answers: Answers, folder: Path, at: datetime) -> tuple[Corpus, list[Outcome]]:
    order = DateOrder(answers.date_order) if answers.date_order else None
    options = Options(zone=answers.zone, date_order=order)
    noted = 0

    def note(_: str, read: int) -> None:
        nonlocal noted
        if read >= noted + NOTE:
            noted = read
            commands.note(ref, read=read, at=at)

    reading = SandboxedReading(paths=[path], options=options, limits=LIMITS, on_progress=note, scratch=folder)
    return reading.corpus(), reading.outcomes


class _Export:
    """An export as it was read, with what was found in it and said of it."""

    def __init__(self, corpus: Corpus, conversations: Conversations, found: Found, answers: Answers) -> None:
        self.corpus, self.conversations = corpus, conversations
        self.found, self.answers = found, answers


def _found(corpus: Corpus, outcomes: list[Outcome]) -> tuple[Found, Conversations | None]:
    formats = list(dict.fromkeys(one.format or one.thing for one in outcomes if one.format or one.thing))
    warnings = list(dict.fromkeys(sentence for one in outcomes for sentence in one.warnings))[:MOST_WARNINGS]
    question, program = (
        any(one.question for one in outcomes),
        f"desist-chronicle {version('desist-chronicle')}",
    )
    if not len(corpus):
        return Found(formats, warnings=warnings, question=question, program=program), None
    conversations = converse(corpus=corpus, identities=_identities(corpus, People(subject=())))
    rows = corpus.rows
    return Found(
        formats=formats,
        records=len(rows),
        without_time=int((rows["utc"] == NO_TIME).sum()),
        warnings=warnings,
        question=question,
        senders=[
            [name, count]
            for name, count in zip(
                corpus.handles,
                np.bincount(rows["sender"], minlength=len(corpus.handles)).tolist(),
                strict=True,
            )
        ],
        conversations=[
            [one.name, *_extent(rows["local"][conversations.of == number])]
            for number, one in enumerate(conversations.all)
        ],
        program=program,
    ), conversations


def _extent(local: NDArray[np.int64]) -> tuple[int, str, str]:
    dated = local[local != NO_TIME]
    days = [wall_clock(int(one)) for one in (dated.min(), dated.max())] if len(dated) else [None, None]
    first, last = (f"{day:%Y-%m-%d}" if day else "" for day in days)
    return len(local), first, last


def _identities(corpus: Corpus, people: People) -> Identities:
    """Who is who; where the person was not named or is in no source, every name stands for itself."""
    if people.subject:
        try:
            return identify(corpus=corpus, people=people)
        except UnknownPersonError:
            pass
    listed = senders(corpus=corpus)
    return identify(corpus=corpus, people=People(subject=(listed[0][0] if listed else "",)))


def _keep(row: Original, box: Box, export: _Export, at: datetime) -> None:
    """Keep what was chosen, in one change."""
    rows, answers = export.corpus.rows, export.answers
    left = _left_out(rows, export)
    left["twice"] = _copies(row, box, export) & ~np.logical_or.reduce(list(left.values()))
    kept = np.flatnonzero(~np.logical_or.reduce(list(left.values())))
    time = rows["utc"][kept]
    order = kept[np.lexsort((rows["seq"][kept], rows["source"][kept], time, time == NO_TIME))]
    counts = {"read": len(rows), "kept": len(order)} | {name: int(one.sum()) for name, one in left.items()}
    with commands.bringing(row.ref, found=export.found, answers=answers, counts=counts, at=at) as locked:
        if locked is not None:
            _copy_in(locked, box, export, order)


def _left_out(rows: NDArray[np.void], export: _Export) -> dict[str, NDArray[np.bool_]]:
    """Reason -> the records that are left out for it; each for one reason alone."""
    answers, local = export.answers, rows["local"]
    left = {"headings": rows["kind"] == KINDS.index(Kind.HEADING)}
    left["other"] = ~np.isin(export.conversations.of, answers.conversations) & ~left["headings"]
    stays = ~left["headings"] & ~left["other"]
    first = instant(datetime.fromisoformat(answers.first)) if answers.first else NO_TIME + 1
    after = instant(datetime.fromisoformat(answers.last)) + DAY if answers.last else 2**63 - 1
    bounded = bool(answers.first or answers.last)
    left["undated"] = stays & (local == NO_TIME) & bounded
    left["dates"] = stays & (local != NO_TIME) & ((local < first) | (local >= after))
    return left


def _copies(row: Original, box: Box, export: _Export) -> NDArray[np.bool_]:
    """Per record whether another export of this client holds it already, as the library tells copies."""
    copies = np.zeros(len(export.corpus), dtype=np.bool_)
    others = commands.kept_beside(row)
    if not others:
        return copies
    both, people = Corpus(), [(export.found, export.answers)]
    for other in others:
        people.append((keeping.found(box, other), keeping.answers(box, other)))
        for record in blocks.records(box, other, people[-1][0].names):
            both.add(record)
    before = len(both)
    for record in export.corpus.reader():
        both.add(record._replace(source=f"new {record.source}"))
    sides = People(
        subject=tuple(found.names[one] for found, said in people for one in said.person),
        owner=tuple(found.names[one] for found, said in people for one in said.client),
    )
    identities = _identities(both, sides)
    merged = merge_copies(
        corpus=both,
        identities=identities,
        conversations=converse(corpus=both, identities=identities),
        prints=fingerprints(corpus=both),
    ).copy_of
    copies |= merged[before:] >= 0
    kept = merged[
        :before
    ]  # of a longer new side the library would keep the new record: here the old one stays
    copies[kept[kept >= before] - before] = True
    return copies


def _copy_in(row: Original, box: Box, export: _Export, order: NDArray[np.int64]) -> None:
    rows, sent = export.corpus.rows, ~export.corpus.flagged(NOT_SENT)
    with ThreadPoolExecutor(1) as maker:  # the database takes a step while the next one is made
        steps = _steps(row, box, export, order, sent)
        coming = maker.submit(next, steps, None)
        while step := coming.result():
            coming = maker.submit(next, steps, None)
            blocks.keep(row, step[0])
            blocks.copy(step[1])
    blocks.count(row, _hours(rows, order[sent[order]]))


def _steps(
    row: Original, box: Box, export: _Export, order: NDArray[np.int64], sent: NDArray[np.bool_]
) -> Iterator[tuple[list[Block], bytes]]:
    """The words and the plain columns of the rows in this order, STEP of them at a time."""
    corpus = export.corpus
    rows, flags = corpus.rows, [[str(flag) for flag in flags] for flags in corpus.flags]
    for start in range(0, len(order), STEP):
        step = order[start : start + STEP]
        part = rows[step]
        texts = corpus.pieces(part["text_at"], part["text_size"] + part["found_size"])
        said = map(flags.__getitem__, part["flags"].tolist())
        words = list(zip(texts, part["text_size"].tolist(), said, strict=True))
        numbers = _numbers(part, export.conversations.of[step])
        yield (
            blocks.locked(row, box, start, words),
            blocks.lines(row, start, numbers, _words(part, sent[step])),
        )


def _ahead(utc: NDArray[np.int64], local: NDArray[np.int64]) -> NDArray[np.int64]:
    """Minutes by which the phone's clock was ahead of UTC, 0 where either is not known."""
    known = (utc != NO_TIME) & (local != NO_TIME)
    return np.asarray((np.where(known, local, 0) - np.where(known, utc, 0)) // 60_000_000)


def _hours(rows: NDArray[np.void], sent: NDArray[np.int64]) -> Iterator[tuple[Any, ...]]:
    """The counts by hour of the rows at the places `sent`, which are in order of time: the values of blocks.COUNTED."""
    if not len(sent):
        return
    utc = rows["utc"][sent]
    ahead = _ahead(utc, rows["local"][sent])
    timed = rows["precision"][sent] != PRECISIONS.index(Precision.DAY)
    hours = np.where(utc == NO_TIME, -1, (np.where(utc == NO_TIME, 0, utc) + ahead * MINUTE) // HOUR)
    names = (rows["sender"][sent], rows["kind"][sent], timed, ahead.astype("<i2"), hours.astype("<i4"))
    order = np.lexsort(names)  # stable: within an hour the rows stay in order of time
    keys = [one[order] for one in names]
    ends = np.append(np.flatnonzero(np.any([np.diff(one) != 0 for one in keys], axis=0)) + 1, len(sent))
    starts = np.append(0, ends[:-1])
    for few in range(0, len(starts), STEP):  # as plain numbers they take ten times the room
        begin, end = starts[few : few + STEP], ends[few : few + STEP]
        senders, kinds, timed, minutes = (one[begin].tolist() for one in keys[:4])
        first, last = (
            [None if one == NO_TIME else one for one in utc[order[at]].tolist()] for at in (begin, end - 1)
        )
        codes = map(CODES["kind"].__getitem__, kinds)
        yield from zip(senders, codes, timed, minutes, first, last, (end - begin).tolist(), strict=True)


def _numbers(part: NDArray[np.void], conversation: NDArray[np.int32]) -> dict[str, NDArray[Any]]:
    """The plain columns of rows that are numbers, by their names in blocks.NUMBERS."""
    own = {name: part[name] for name in ("sender", "line", "byte_start", "byte_end")}
    ahead = _ahead(part["utc"], part["local"])
    return {**own, "at": part["utc"], "minutes_ahead": ahead, "conversation": conversation}


def _words(part: NDArray[np.void], sent: NDArray[np.bool_]) -> Iterator[tuple[Any, ...]]:
    """The plain columns of rows that are words, in the order of blocks.WORDS: few differ, and rows share them."""
    known: list[Sequence[Any]] = [*CODES.values(), [False, True]]
    places = np.ravel_multi_index(
        [*(part[name] for name in CODES), sent.astype("u1")], [len(one) for one in known]
    )
    return map(list(product(*known)).__getitem__, places.tolist())
