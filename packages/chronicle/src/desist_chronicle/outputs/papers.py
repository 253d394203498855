"""Papers that an officer fills in: the list of exhibits and the draft of a statement that produces them."""

from collections.abc import Mapping, Sequence
from typing import TextIO

from desist_chronicle.analysis.findings import Finding
from desist_chronicle.chronology import day
from desist_chronicle.outputs.cover import Case
from desist_chronicle.outputs.tables import write_rows

_COLUMNS = (
    *("exhibit", "description", "file", "bytes", "SHA-256", "records", "time and what is said of it"),
    *("produced by", "where it is kept", "remarks"),
)


def write_exhibits(*, case: Case, captions: Mapping[str, str], to: TextIO) -> None:
    """Write every source, photograph, recording and document, numbered; the last columns are for a person."""
    rows: list[Sequence[str]] = [
        (
            *(one.reference, one.format or "a source", one.name, str(one.size), one.sha256, str(one.records)),
            *("", case.prepared_by, "", ""),
        )
        for one in case.exhibits
    ]
    rows += [
        (
            *(one.reference, one.looks, one.name, str(one.size), one.sha256, ""),
            *(captions[one.reference], case.prepared_by, "", ""),
        )
        for one in case.things
    ]
    write_rows(rows=[_COLUMNS, *rows], to=to)


_RECEIVED = (
    "On [day] I received the following. A SHA-256 hash is a number made of every byte of a file: another file has "
    "another one."
)


def statement(*, subject: str, case: Case, selection: str, findings: Sequence[Finding]) -> str:
    """Return a draft in which whatever only a person can say stands in square brackets."""
    amount = next(finding for finding in findings if finding.title == "How much")
    numbered = [
        "I am [name, role and place of work]. [How I come to have the files, from whom, and on what day.]",
        "\n".join([_RECEIVED, *_listed(case)]),
        (
            f"On {day(case.prepared_at)} I read them with {case.program}, on a computer of [my organisation]. The "
            "program sends nothing anywhere. How it reads and counts stands in methods.txt, which I produce with this."
        ),
        (
            f"{selection} The times are by the clock of the zone {case.zone}, as I stated it: [why that is the zone of "
            "the telephone]."
        ),
        f"Of {subject} the records say: {amount.sentences[0]} I have not judged any words.",
        "I have looked at [which pages, and what I checked against the telephone itself].",
        "[What of this supports the other side, or was left out, and where the schedule of unused material is.]",
    ]
    listed = "\n\n".join(f"{number}. {text}" for number, text in enumerate(numbered, start=1))
    return (
        "DRAFT OF A STATEMENT. Not a statement until a person has read every line, filled in what stands in [ ], and "
        "signed it.\n\n"
        "Statement of: [name]\nAge if under 18: [or: over 18]\nOccupation: [ ]\n\n"
        "[The declaration of truth in the words that the Criminal Procedure Rules prescribe, with the number of pages.]\n\n"
        f"{listed}\n\nSigned: [ ]     Date: [ ]\n"
    )


def _listed(case: Case) -> list[str]:
    return [
        f"    {reference}: {name}, {size:,} bytes, SHA-256 {sha256}"
        for reference, name, size, sha256 in case.listed
    ]
