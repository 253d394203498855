"""A site's own settings in `site.yaml`, by a force, commissioner or charity."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from desist.public.awareness import Week
from desist.public.content import neutral, readable
from desist.public.fields import Fields, days, read
from desist.public.help import Route
from desist.public.languages import ENGLISH, NAMES
from desist.public.problems import Found

#: our own files: pages, tables, catalogue, templates
OURS = Path(__file__).parent
FILE = "site.yaml"
#: the folder of a deployment's own site, in its data folder
OWN = "public-site"
#: the target of Exit this page unless the site names another: dull, quick and widely known
NEUTRAL = "https://www.bbc.co.uk/weather"


#: an e-mail address that can stand in a link as it is
MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
#: a service of the area -> (its kind of help, the people it is for unless the settings say otherwise)
SERVICES = {
    "desk": ("local", "Anyone in the area who is being stalked, or who worries about someone"),
    "advocacy": ("local", "Anyone in the area who is being stalked: someone on your side"),
    "programme": ("behaviour", "People in the area who stalk, or fear they may, and want to stop"),
}


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
    """One site: its folder (None for the site as shipped) and the settings of its site.yaml.

    `services` are the area's own, by the names of SERVICES; `refer` and `self_refer` are the addresses of the
    programme's forms; `orders` is the e-mail address of who sends printed posters.
    """

    folder: Path | None
    name: str
    organisation: str
    contact: str
    referrals: str
    services: Mapping[str, Route]
    refer: str
    self_refer: str
    area: Area | None
    exit_to: str
    address: str
    checker: str
    orders: str
    week: Week | None
    languages: tuple[str, ...]

    def folders(self, *parts: str) -> list[Path]:
        """Our folder of that kind and then the site's own, whose files replace ours of the same name."""
        ours = OURS.joinpath("content", *parts)
        return [ours] if self.folder is None else [ours, self.folder.joinpath(*parts)]


def load(folder: Path | None, *, today: dt.date, found: Found) -> Site:
    """The settings of a folder, or of the site as shipped when there is none."""
    path = OURS / FILE if folder is None else folder / FILE
    if not path.is_file():
        found.error(path, 1, "is missing. `./desist public new-site` makes one, or copy it from another site")
        path = OURS / FILE
    fields = read(readable(path, found=found), path=path, found=found)
    site = Site(
        folder=folder,
        name=neutral(fields, "name"),
        organisation=fields.text("organisation"),
        contact=fields.optional("contact"),
        referrals=fields.optional("referrals"),
        services=services(fields, today=today),
        refer=fields.address("refer"),
        self_refer=fields.address("self_refer"),
        area=area(fields),
        exit_to=exit_to(fields),
        address=fields.optional("address"),
        checker=fields.optional("checker"),
        orders=orders(fields),
        week=week(fields),
        languages=languages(fields),
    )
    fields.nothing_else()
    return site


def services(fields: Fields, *, today: dt.date) -> dict[str, Route]:
    """The desk of the force, the advocacy service and the programme: those that the settings name."""
    entries = {name: fields.mapping(name) for name in SERVICES}
    return {name: service(name, entry, today=today) for name, entry in entries.items() if entry is not None}


def service(name: str, fields: Fields, *, today: dt.date) -> Route:
    """One service of the area as a help route, so that it is listed, checked and translated as the others are."""
    kind, who_for = SERVICES[name]
    site = fields.address("site")
    words = {word: fields.optional(word) for word in ("number", "hours", "text", "bsl", "interpreter")}
    checked = fields.date("checked_on")
    if not words["number"] and not site:
        fields.wrong("number", "is missing, and so is `site`: nobody could reach this service")
    if checked is not None and checked > today:
        fields.wrong("checked_on", f"is {checked}, which is still to come")
    title, who = fields.text("name"), fields.optional("who_for", default=who_for)
    fields.nothing_else()
    return Route(
        **words,
        id=name,
        kind=kind,
        name=title,
        who_for=who,
        site=site,
        area="",
        source=title,
        source_url=site,
        checked_on=checked,
        path=fields.path,
        line=fields.line,
    )


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


def orders(fields: Fields) -> str:
    """The e-mail address that orders of prints go to."""
    address = fields.optional("orders")
    if address and not MAIL.fullmatch(address):
        fields.wrong("orders", f"is {address!r}: write an e-mail address, such as posters@police.example")
        return ""
    return address


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
