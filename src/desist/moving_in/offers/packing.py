"""The record of one person as the tables of a caseload, packed into an archive to cross, and read again. Pure."""

import io
import zipfile
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desist.moving_in import tables
from desist.moving_in.tables import Person, Reading, Sheet
from desist.post import payloads
from desist.referral import table
from desist.refusals import Refused

#: the letters of one part of the tables; an envelope's field holds no more
PART = 20_000
#: the tables with their files, packed
MOST_BYTES = 8 * 1024 * 1024
TOO_LARGE = "The record with its files is larger than 8 MB. Leave files out, and hand them over another way"
NOT_READ = (
    "The record does not fit this version of Desist ({why}). Refuse the offer, and tell the other service"
)
NOT_WRITTEN = "Not offered: part of the record cannot be written into its table ({why}). Put that right first"


@dataclass(frozen=True)
class Record:
    """What goes along: the rows of each table, by column, and the files that a table names."""

    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    files: Mapping[str, bytes]
    given_names: str
    family_name: str


def opened(
    sheets: Sequence[Sheet], told: payloads.CaseOffer, at: datetime, refusal: str = NOT_READ
) -> tuple[Person, Reading]:
    """The offered person as the tables say, each cell taken as a form takes it. Raises Refused, in that sentence."""
    try:
        with zipfile.ZipFile(io.BytesIO(b64decode("".join(told.tables), validate=True))) as archive:
            if sum(one.file_size for one in archive.infolist()) > 4 * MOST_BYTES:
                raise Refused(refusal.format(why="it is too large"))
            contents = {name: archive.read(name) for name in archive.namelist()}
        reading = tables.opened(sheets, contents, now=at)
        reading.answered = True
        ((person, wrong),) = reading.read()
        for one in person.rows.get("documents", ()) if not wrong else ():
            reading.papers.inspected(one["file"])
    except (ValueError, KeyError, zipfile.BadZipFile, NotImplementedError, table.Unreadable):
        raise Refused(refusal.format(why="it cannot be opened")) from None
    if found := [*reading.problems, *wrong, *reading.left_over()]:
        first = found[0]
        raise Refused(refusal.format(why=f"{first.sheet} {first.row} {first.column}: {first.sentence}"))
    return person, reading


def packed(sheets: Sequence[Sheet], record: Record) -> bytes:
    """The tables of a record and its files as one archive. Raises Refused where it is too large."""
    files, out = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(files, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in record.files.items():
            archive.writestr(name, content)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            if rows := record.rows.get(sheet.key):
                archive.writestr(sheet.key, sheet.written(rows))
        if record.files:
            archive.writestr(tables.FILES, files.getvalue())
    if len(out.getvalue()) > MOST_BYTES:
        raise Refused(TOO_LARGE, field="papers")
    return out.getvalue()


def texts(sheets: Sequence[Sheet], record: Record) -> dict[str, str]:
    """Table -> its words, of the tables that hold any."""
    found = {
        sheet.title: "\n".join(
            str(row[name]) for row in record.rows.get(sheet.key, ()) for name in sheet.worded if row.get(name)
        )
        for sheet in sheets
    }
    return {title: text for title, text in found.items() if text}
