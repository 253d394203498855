"""The search of a finished masked edition: its files are read back from their bytes for what they must not hold."""

from pathlib import Path

from pypdf import PdfReader

from desist_chronicle.masking import Mask, leaks


class LeakError(Exception):
    """A term that was to be masked is still in an output, so nothing was handed over."""


def search(*, folder: Path, mask: Mask) -> None:
    """Search every file of a finished bag for masked terms. Raises LeakError."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(("manifest-", "tagmanifest-")):
            found = leaks(mask=mask, output=readable(path))
            if found:
                raise LeakError(
                    f"The masked edition was not written: {path.name} still holds {', '.join(sorted(set(found)))}. "
                    "If it is the subject's own, name it with --subject. If it is nobody's (a reference, a file's "
                    "name), give it to --mask together with the words around it, exactly as they are written. Else "
                    "leave out the conversation or the days that it is in."
                )


def readable(path: Path) -> str:
    """Return the text of an output as a reader gets it, from the bytes of the file; of a PDF also its properties."""
    if path.suffix != ".pdf":
        return path.read_bytes().decode("utf-8")
    pdf = PdfReader(path)
    properties = [str(value) for value in (pdf.metadata or {}).values()]
    return "\n".join([*properties, *(page.extract_text() for page in pdf.pages)])
