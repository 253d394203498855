"""A site's own settings in `site.yaml`, by a force, commissioner or charity."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from desist.public.awareness import Week
from desist.public.content import neutral, readable
from desist.public.fields import Fields, days, read
from desist.public.languages import ENGLISH, NAMES
from desist.public.problems import Found

#: our own files: pages, tables, catalogue, templates
OURS = Path(__file__).parent
FILE = "site.yaml"
#: the target of Exit this page unless the site names another: dull, quick and widely known
NEUTRAL = "https://www.bbc.co.uk/weather"


@dataclass(frozen=True)
class Area:
    """The area a site speaks to. `adults` (16 and over) is needed only where our own table has no such force."""

    name: str
    adults: int | None
    adults_source: str
    path: Path
    line: int


@dataclass(frozen=True)
class Site:
    """One site: its folder (None for the site as shipped) and the settings of its site.yaml."""

    folder: Path | None
    name: str
    organisation: str
    contact: str
    referrals: str
    area: Area | None
    exit_to: str
    address: str
    checker: str
    week: Week | None
    languages: tuple[str, ...]

    def folders(self, *parts: str) -> list[Path]:
        """Our folder of that kind and then the site's own, whose files replace ours of the same name."""
        ours = OURS.joinpath("content", *parts)
        return [ours] if self.folder is None else [ours, self.folder.joinpath(*parts)]


def load(folder: Path | None, *, found: Found) -> Site:
    """The settings of a folder, or of the site as shipped when there is none."""
    path = OURS / FILE if folder is None else folder / FILE
    if not path.is_file():
        found.error(
            path, 1, "is missing. `./desist public new-campaign` makes one, or copy it from another site"
        )
        path = OURS / FILE
    fields = read(readable(path, found=found), path=path, found=found)
    site = Site(
        folder=folder,
        name=neutral(fields, "name"),
        organisation=fields.text("organisation"),
        contact=fields.optional("contact"),
        referrals=fields.optional("referrals"),
        area=area(fields),
        exit_to=exit_to(fields),
        address=fields.optional("address"),
        checker=fields.optional("checker"),
        week=week(fields),
        languages=languages(fields),
    )
    fields.nothing_else()
    return site


def area(fields: Fields) -> Area | None:
    """The area by its name, or by its name and how many adults live there."""
    name = fields.optional("area")
    adults = fields.whole("adults")
    source = fields.optional("adults_source")
    if adults is not None and not source:
        fields.wrong("adults", "has no source: say in `adults_source` where the number comes from")
    if not name:
        return None
    return Area(name, adults, source, fields.path, fields.line_of("area"))


def week(fields: Fields) -> Week | None:
    """The days and theme of the awareness week, once they are announced."""
    first, last = days(fields, "week_from", "week_to")
    theme = fields.optional("week_theme")
    if first is None or last is None:
        if theme:
            fields.wrong("week_theme", "needs the days: give `week_from` and `week_to` too")
        return None
    return Week(first, last, theme)


def exit_to(fields: Fields) -> str:
    """The target of Exit this page: another site with a harmless name."""
    address = fields.address("exit_to", default=NEUTRAL)
    own = urlsplit(fields.optional("address")).netloc
    if own and urlsplit(address).netloc == own:
        fields.wrong("exit_to", "leads to this site itself: choose a dull page somewhere else")
    return address


def languages(fields: Fields) -> tuple[str, ...]:
    """The languages of the site; English is always one of them."""
    codes = fields.texts("languages") or list(NAMES)
    for code in codes:
        if code not in NAMES:
            fields.wrong("languages", f"has {code!r}: known are {', '.join(NAMES)}")
    return tuple(dict.fromkeys([ENGLISH, *(code for code in codes if code in NAMES)]))
