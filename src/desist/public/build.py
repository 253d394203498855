"""Builds the public site: `build(out, today=...)` reads the editors' files, checks them, and writes plain files."""

import datetime as dt
import re
import time
from dataclasses import dataclass
from pathlib import Path

from desist.public import headers, output
from desist.public.figures import table
from desist.public.languages import load as load_language
from desist.public.material import read_material, read_written
from desist.public.need import estimates
from desist.public.problems import Found, Problem
from desist.public.render import Edition
from desist.public.settings import load as load_site

#: the GOV.UK component of that name, fetched while Desist is built
COMPONENT = Path(__file__).parents[1] / "ui/vendor/exit-this-page.bundle.mjs"
EXPORTS = re.compile(r"export\s*\{[^}]*\};?\s*$")


class NoComponents(Exception):
    """Desist was installed without its frontend files."""


@dataclass(frozen=True)
class Report:
    """The result of a build: its files and pages, their weight, the time taken, and the notices."""

    files: int
    pages: int
    bytes: int
    seconds: float
    notices: tuple[Problem, ...]


def build(out: Path, *, today: dt.date, site: Path | None = None, preview: bool = False) -> Report:
    """Build the site as shipped, or a folder's own, into `out`: for the public, or as a preview for its editors.

    Raises CannotBuild with every mistake by file and line, NotOurs when `out` holds other files; both leave the earlier
    files as they were.
    """
    began = time.perf_counter()
    found = Found()
    with found.stop_on_errors():
        files = editions(site=site, today=today, preview=preview, found=found)
    output.write(out, files)
    return Report(
        files=len(files),
        pages=sum(name.endswith(".html") for name in files),
        bytes=sum(map(len, files.values())),
        seconds=time.perf_counter() - began,
        notices=tuple(sorted(set(found.notices))),
    )


def editions(*, site: Path | None, today: dt.date, preview: bool, found: Found) -> dict[str, bytes]:
    """Every file of the site in every language."""
    settings = load_site(site, today=today, found=found)
    material = read_material(settings, today=today, preview=preview, found=found)
    needs = estimates(settings.area, found=found)
    files = {
        "site.css": (headers.STATIC / "site.css").read_bytes(),
        "site.js": script(),
        "figures.csv": table(),
        "_headers": headers.for_other_hosts().encode(),
    }
    for code in settings.languages:
        written = read_written(material, language=code, found=found)
        if not found.errors:
            language = load_language(code)
            files |= Edition(material, written, needs, language, today, found).make()
            language.warn_of_missing(found=found)
    return files


def script() -> bytes:
    """The GOV.UK component, the search and our own few lines as one module, so that a page asks for one file."""
    if not COMPONENT.is_file():
        raise NoComponents("The frontend files are missing. Run ./desist check once: it fetches them again.")
    component = EXPORTS.sub("", COMPONENT.read_text("utf-8"))
    ours = ((headers.STATIC / name).read_text("utf-8") for name in ("search.js", "site.js"))
    return "\n".join((component, *ours)).encode()
