"""Campaigns: folders that a force or charity adds, each with a week, messages, pages, pictures and posters."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desist.public.content import NAME, TELLING, Page, neutral, read_pages, readable, traced
from desist.public.fields import Fields, nearest, read
from desist.public.problems import Found

FILE = "campaign.yaml"
PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".webp")
#: a picture heavier than this makes the page slow on a poor connection
HEAVY = 60_000
#: the length that fits on a poster, in characters
HEADLINE, WORDS = 60, 180


@dataclass(frozen=True)
class Message:
    """One message of a campaign: a headline, a few words, and the help route on its poster."""

    headline: str
    words: str
    help: str


@dataclass(frozen=True)
class Campaign:
    """One campaign in one language. `first` and `last` are its days; both None while they are not announced."""

    name: str
    language: str
    path: Path
    title: str
    tab: str
    summary: str
    first: dt.date | None
    last: dt.date | None
    organiser: str
    source_url: str
    messages: tuple[Message, ...]
    pages: Mapping[str, Page]
    pictures: Mapping[str, Path]

    def when(self, today: dt.date) -> str:
        """Whether the campaign's week is 'open', 'now', 'ahead' or 'past'."""
        if self.first is None or self.last is None:
            return "open"
        if today < self.first:
            return "ahead"
        return "past" if today > self.last else "now"


def read_campaigns(
    folder: Path, *, language: str, helps: Mapping[str, object], found: Found
) -> dict[str, Campaign]:
    """Every campaign of a folder by name, the latest week first."""
    campaigns = [
        read_campaign(path.parent, language=language, helps=helps, found=found)
        for path in sorted(folder.glob(f"*/{FILE}"))
    ]
    campaigns.sort(key=lambda campaign: campaign.first or dt.date.max, reverse=True)
    return {campaign.name: campaign for campaign in campaigns}


def read_campaign(folder: Path, *, language: str, helps: Mapping[str, object], found: Found) -> Campaign:
    """One folder; its twin in another language is campaign.LANGUAGE.yaml and a folder of pages."""
    path = folder / FILE
    fields = read(readable(path, found=found), path=path, found=found)
    words = twin(folder, language=language, fields=fields, found=found)
    first, last = week(fields)
    campaign = Campaign(
        name=address_of(folder, found=found),
        language=language if words is not fields else "en",
        path=path,
        title=traced(words, "title"),
        tab=neutral(words, "tab"),
        summary=traced(words, "summary"),
        first=first,
        last=last,
        organiser=fields.text("organiser"),
        source_url=fields.address("source_url"),
        messages=tuple(read_messages(words, helps=helps)),
        pages=read_pages(folder / language, language=language, found=found)
        or read_pages(folder / "en", language="en", found=found),
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


def week(fields: Fields) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day; either both or neither."""
    given = [bool(fields.optional(name)) for name in ("from", "to")]
    first, last = fields.date("from"), fields.date("to")
    if any(given) and not all(given):
        fields.wrong(
            "from", "and `to` go together: give both days, or leave both out until they are announced"
        )
    elif not any(given):
        fields.found.notice(
            fields.path, fields.line, "has no days yet: add `from` and `to` when they are announced"
        )
    if first and last:
        _check_order(fields, first, last)
    return first, last


def _check_order(fields: Fields, first: dt.date, last: dt.date) -> None:
    if last < first:
        fields.wrong("to", f"is {last}, before the campaign begins on {first}")
    elif (last - first).days > 92:
        fields.wrong("to", f"is {last}, more than three months after {first}: is the year right?")


def read_messages(fields: Fields, *, helps: Mapping[str, object]) -> Iterator[Message]:
    """The messages, each short enough for a poster and naming a help route that exists."""
    for entry in fields.mappings("messages"):
        message = Message(
            traced(entry, "headline"), traced(entry, "words"), entry.optional("help", default="emergency")
        )
        if message.help not in helps:
            entry.wrong("help", f"is {message.help!r}, no row of help.csv{nearest(message.help, helps)}")
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
