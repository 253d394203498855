"""Reads the small YAML mappings that editors write, field by field, naming the line of every mistake."""

import datetime as dt
import difflib
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from desist.public.problems import Found

MISSING = "is missing: add it"
UNREADABLE = (
    "cannot be read. Close every bracket and quote, let the lines of a group begin with the same number of spaces, and put "
    "text that has a colon or a hash in it between quotes"
)


class Fields:
    """One mapping of a YAML file: ask for each field by name, then refuse all others.

    Of one that cannot be read (`unread`) no field is said to be missing.
    """

    def __init__(
        self, *, path: Path, line: int, values: dict[str, yaml.Node], found: Found, unread: bool = False
    ) -> None:
        self.path = path
        self.line = line
        self.values = values
        self.found = found
        self.unread = unread
        self.asked: set[str] = set()

    def line_of(self, name: str) -> int:
        """The line a field stands on, or the mapping's own when it is absent."""
        node = self.values.get(name)
        return self.line if node is None else node.start_mark.line + 1

    def wrong(self, name: str, says: str) -> None:
        """Remember a mistake in a field."""
        if not self.unread:
            self.found.error(self.path, self.line_of(name), f"`{name}` {says}")

    def optional(self, name: str, *, default: str = "") -> str:
        """A field's words, or the default when it is absent or empty."""
        self.asked.add(name)
        node = self.values.get(name)
        if node is None:
            return default
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(name, "should be one piece of text, not a list")
            return default
        return " ".join(node.value.split()) or default

    def text(self, name: str) -> str:
        """A field's words; a mistake when there are none."""
        words = self.optional(name)
        if not words:
            self.wrong(name, MISSING)
        return words

    def date(self, name: str) -> dt.date | None:
        """A field's day, written 2027-04-19; None when it is absent."""
        words = self.optional(name)
        if not words:
            return None
        try:
            return dt.date.fromisoformat(words)
        except ValueError:
            self.wrong(
                name,
                f"is {words!r}, which is not a day of the calendar: write it as year-month-day, 2027-04-19",
            )
            return None

    def whole(self, name: str) -> int | None:
        """A field's whole number, with or without commas; None when it is absent."""
        words = self.optional(name)
        digits = words.replace(",", "").replace("_", "")
        if words and not digits.isdecimal():
            self.wrong(name, f"is {words!r}: write a whole number, for example 812000")
        return int(digits) if digits.isdecimal() else None

    def address(self, name: str, *, default: str = "") -> str:
        """A field's web address, which must be a whole https one."""
        words = self.optional(name, default=default)
        parts = urlsplit(words)
        if words and (parts.scheme not in {"https", "http"} or not parts.netloc):
            self.wrong(name, f"is {words!r}: write a whole web address that begins with https://")
            return default
        return words

    def choice(self, name: str, choices: Iterable[str], *, default: str) -> str:
        """A field that is one of a few words."""
        words = self.optional(name, default=default)
        if words not in set(choices):
            self.wrong(
                name, f"is {words!r}: it should be one of {', '.join(choices)}{nearest(words, choices)}"
            )
            return default
        return words

    def texts(self, name: str) -> list[str]:
        """A field that is a list of texts; one text counts as a list of one."""
        self.asked.add(name)
        node = self.values.get(name)
        if node is None:
            return []
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if not all(isinstance(item, yaml.ScalarNode) for item in items):
            self.wrong(name, "should be a plain list of texts, each on its own line after a dash")
            return []
        return [" ".join(item.value.split()) for item in items]

    def mapping(self, name: str) -> "Fields | None":
        """A field that has fields of its own; None when it is absent."""
        self.asked.add(name)
        node = self.values.get(name)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.wrong(name, "should have fields of its own, each on a line that begins with two spaces")
            return None
        return mapping(node, path=self.path, found=self.found)

    def mappings(self, name: str) -> list["Fields"]:
        """A field that is a list of mappings, each with its own line."""
        self.asked.add(name)
        node = self.values.get(name)
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        if node is not None and not (items and all(isinstance(item, yaml.MappingNode) for item in items)):
            self.wrong(name, "should be a list: each entry begins with a dash and has fields of its own")
            return []
        return [mapping(item, path=self.path, found=self.found) for item in items]

    def nothing_else(self) -> None:
        """Remember a mistake for every field that was not asked for: most often a misspelt name."""
        for name in self.values.keys() - self.asked:
            self.wrong(name, f"is not a field that is known here{nearest(name, self.asked)}")


def days(fields: Fields, first: str, last: str) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day of a week or a campaign, in fields of those names; either both or neither."""
    given = [bool(fields.optional(name)) for name in (first, last)]
    begins, ends = fields.date(first), fields.date(last)
    if any(given) and not all(given):
        fields.wrong(
            first, f"and `{last}` go together: give both days, or leave both out until they are announced"
        )
    if begins and ends:
        _check_order(fields, last, begins, ends)
    return begins, ends


def _check_order(fields: Fields, name: str, first: dt.date, last: dt.date) -> None:
    if last < first:
        fields.wrong(name, f"is {last}, before the campaign begins on {first}")
    elif (last - first).days > 92:
        fields.wrong(name, f"is {last}, more than three months after {first}: is the year right?")


def nearest(word: str, words: Iterable[str]) -> str:
    """' (did you mean `week`?)' when something like the word exists."""
    close = difflib.get_close_matches(word, list(words), n=1)
    return f" (did you mean `{close[0]}`?)" if close else ""


def mapping(node: yaml.MappingNode, *, path: Path, found: Found) -> Fields:
    """The fields of a YAML mapping; a name used twice is a mistake."""
    values: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in values:
            found.error(path, key.start_mark.line + 1, f"`{name}` stands here twice: keep one")
        values[name] = value
    return Fields(path=path, line=node.start_mark.line + 1, values=values, found=found)


def read(text: str, *, path: Path, found: Found) -> Fields:
    """The fields of a YAML text; an unreadable one is a mistake and gives no fields."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = 1 if mark is None else mark.line + 1
        found.error(path, line, UNREADABLE)
        return Fields(path=path, line=1, values={}, found=found, unread=True)
    if isinstance(node, yaml.MappingNode):
        return mapping(node, path=path, found=found)
    if node is not None:
        found.error(path, 1, "should be a list of fields, each written as `name: value`")
    return Fields(path=path, line=1, values={}, found=found)
