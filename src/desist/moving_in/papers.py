"""The files beside the tables of a caseload: an archive, each file of which a row names. Pure; nothing lies on a disk."""

import io
import zipfile

from desist.referral import files, table
from desist.referral.files import Accepted
from desist.refusals import Refused

MOST_FILES = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
#: what programs put into an archive beside what was chosen
BESIDE = ("__macosx/", ".ds_store", "thumbs.db")
BROKEN = "Files: this is no archive that can be opened. Save the files as one .zip without a password."


class Papers:
    """The files of an archive by their names in it; none without an archive. Raises table.Unreadable."""

    def __init__(self, content: bytes) -> None:
        """Open the archive: nothing is unpacked yet."""
        self._archive, self._parts = None, {}
        if not content:
            self.unnamed: dict[str, None] = {}
            return
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise table.Unreadable(BROKEN) from None
        parts = [
            one
            for one in self._archive.infolist()
            if not one.is_dir() and not any(name in one.filename.lower() for name in BESIDE)
        ]
        if any(one.flag_bits & 1 for one in parts):
            raise table.Unreadable(BROKEN)
        if len(parts) > MOST_FILES or sum(one.file_size for one in parts) > MOST_UNPACKED:
            raise table.Unreadable(
                f"Files: the archive holds more than {MOST_FILES:,} files, or more than "
                f"{MOST_UNPACKED // 1024 // 1024} MB. Split the import."
            )
        self._parts = {one.filename: one for one in parts}
        #: files that no row has named so far
        self.unnamed = dict.fromkeys(self._parts)

    def inspected(self, name: str) -> Accepted:
        """The file of this name, looked through as one that is sent by itself. Raises Refused."""
        part = self._parts.get(name)
        if part is None or self._archive is None:
            raise Refused("No file of this name is in the archive")
        self.unnamed.pop(name, None)
        if part.file_size > files.MOST_BYTES:
            raise Refused(f"The file is larger than {files.MOST_BYTES // 1024 // 1024} MB")
        try:
            content = self._archive.read(part)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError):
            raise Refused("The file is broken. Put it into the archive again") from None
        return files.inspect(name=name, content=content)
