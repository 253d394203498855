"""Campaigns: folders that a force or charity adds, each with a week, messages, pages, pictures and posters."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desist.public import awareness, drawings
from desist.public.awareness import Week
from desist.public.content import NAME, TELLING, Page, neutral, read_pages, readable, traced
from desist.public.fields import Fields, days, nearest, read
from desist.public.problems import Found

FILE = "campaign.yaml"
PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".webp")
#: a picture heavier than this makes the page slow on a poor connection
HEAVY = 60_000
#: the length that fits on a poster, in characters
HEADLINE, WORDS = 60, 180


@dataclass(frozen=True)
class Message:
    """One message of a campaign: a headline, a few words, and the help route and the drawing on its poster."""

    headline: str
    words: str
    help: str
    drawing: str


@dataclass(frozen=True)
class Campaign:
    """One campaign in one language. `first` and `last` are its days; both None while they are not announced.

    Days that are `expected` come from the pattern of earlier years.
    """

    name: str
    language: str
    path: Path
    title: str
    tab: str
    summary: str
    first: dt.date | None
    last: dt.date | None
    expected: bool
    theme: str
    organiser: str
    source_url: str
    messages: tuple[Message, ...]
    pages: Mapping[str, Page]
    pictures: Mapping[str, Path]

    def when(self, today: dt.date) -> str:
        """Whether the campaign's week is 'open', 'expected', 'now', 'ahead' or 'past'."""
        if self.first is None or self.last is None:
            return "open"
        if self.expected:
            return "expected"
        if today < self.first:
            return "ahead"
        return "past" if today > self.last else "now"


@dataclass(frozen=True)
class Setting:
    """What campaigns are read with: their language, help routes, drawings, the day, and the announced awareness week."""

    language: str
    helps: Mapping[str, object]
    drawings: Mapping[str, object]
    today: dt.date
    announced: Week | None
    found: Found


def read_campaigns(folders: Iterable[Path], *, setting: Setting) -> dict[str, Campaign]:
    """Every campaign of some folders by name, the latest week first; a later folder's replaces one of the same name."""
    paths = {path.parent.name: path.parent for folder in folders for path in sorted(folder.glob(f"*/{FILE}"))}
    campaigns = [read_campaign(path, setting=setting) for path in paths.values()]
    campaigns.sort(key=lambda campaign: campaign.first or dt.date.max, reverse=True)
    return {campaign.name: campaign for campaign in campaigns}


def read_campaign(folder: Path, *, setting: Setting) -> Campaign:
    """One folder; its twin in another language is campaign.LANGUAGE.yaml and a folder of pages."""
    language, found = setting.language, setting.found
    path = folder / FILE
    fields = read(readable(path, found=found), path=path, found=found)
    words = twin(folder, language=language, fields=fields, found=found)
    dates, expected = week(fields, today=setting.today, announced=setting.announced)
    campaign = Campaign(
        name=address_of(folder, found=found),
        language=language if words is not fields else "en",
        path=path,
        title=traced(words, "title"),
        tab=neutral(words, "tab"),
        summary=traced(words, "summary"),
        first=dates.first if dates else None,
        last=dates.last if dates else None,
        expected=expected,
        theme=dates.theme if dates else "",
        organiser=fields.text("organiser"),
        source_url=fields.address("source_url"),
        messages=tuple(read_messages(words, setting=setting)),
        pages=pages_of(folder, language=language, found=found),
        pictures=read_pictures(folder / "images", found=found),
    )
    words.nothing_else()
    fields.nothing_else()
    return campaign


def twin(folder: Path, *, language: str, fields: Fields, found: Found) -> Fields:
    """The fields with the words of a language: the twin's, or the English ones when there is none."""
    path = folder / f"campaign.{language}.yaml"
    if language == "en":
        return fields
    if not path.is_file():
        found.notice(
            folder / FILE, 1, f"has no twin {path.name}: readers of that language see the English words"
        )
        return fields
    fields.asked |= {"title", "tab", "summary", "messages"}
    return read(readable(path, found=found), path=path, found=found)


def pages_of(folder: Path, *, language: str, found: Found) -> dict[str, Page]:
    """The pages of a campaign by name, each in the language, or in English where it has no twin."""
    english = read_pages(folder / "en", language="en", found=found)
    if language == "en":
        return english
    twins = read_pages(folder / language, language=language, found=found)
    for name in english.keys() - twins.keys():
        found.notice(
            english[name].path,
            1,
            f"has no twin in {language}: readers see the English words and are told so",
        )
    return english | twins


def address_of(folder: Path, *, found: Found) -> str:
    """The folder's name, which is part of the address."""
    if not NAME.fullmatch(folder.name) or TELLING.search(folder.name):
        found.error(
            folder / FILE,
            1,
            f"the folder {folder.name!r} shows in the address bar: use small letters, digits and hyphens, and no "
            "word that gives the subject away",
        )
    return folder.name


def week(fields: Fields, *, today: dt.date, announced: Week | None) -> tuple[Week | None, bool]:
    """(the days, or None while they are not announced; whether they are only expected)."""
    if fields.choice("week", ("awareness", ""), default="") == "awareness":
        coming, sure = awareness.coming(today, announced)
        return coming, not sure
    if not (fields.optional("from") or fields.optional("to")):
        fields.found.notice(
            fields.path, fields.line, "has no days yet: add `from` and `to` when they are announced"
        )
    first, last = days(fields, "from", "to")
    return (Week(first, last, "") if first and last else None), False


def read_messages(fields: Fields, *, setting: Setting) -> Iterator[Message]:
    """The messages, each short enough for a poster and naming a help route that exists."""
    for entry in fields.mappings("messages"):
        message = Message(
            traced(entry, "headline"),
            traced(entry, "words"),
            entry.optional("help", default="emergency"),
            entry.optional("drawing", default=drawings.DEFAULT),
        )
        if message.help not in setting.helps:
            entry.wrong(
                "help", f"is {message.help!r}, no row of help.csv{nearest(message.help, setting.helps)}"
            )
        if message.drawing not in setting.drawings:
            entry.wrong("drawing", drawings.unknown(message.drawing, setting.drawings))
        for name, limit in (("headline", HEADLINE), ("words", WORDS)):
            length = len(getattr(message, name))
            if length > limit:
                entry.wrong(name, f"has {length} characters; a poster holds {limit}")
        entry.nothing_else()
        yield message


def read_pictures(folder: Path, *, found: Found) -> dict[str, Path]:
    """The pictures beside a campaign by file name."""
    pictures = {path.name: path for path in sorted(folder.glob("*")) if path.suffix.lower() in PICTURES}
    for path in pictures.values():
        size = path.stat().st_size
        if size > HEAVY:
            found.error(path, 1, f"weighs {size // 1000} kB; make it smaller than {HEAVY // 1000} kB")
    return pictures
