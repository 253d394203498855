"""Turns an editor's Markdown into HTML: no raw HTML, no number without a source, no address unchecked.

Editors name figures, legal facts and phone numbers, `{figure csew-2024}`, instead of typing them: so each can be traced
to its row and corrected in one place.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from desist.public.fields import nearest
from desist.public.numbers import MENDING, untraced
from desist.public.problems import Found

REFERENCE = re.compile(r"\{([a-z]+)((?: [^{}\s]+)*)\}")
#: references whose words are those of other pages, where the search finds them
ELSEWHERE = {"cards"}
SLUG = re.compile(r"[^a-z0-9]+")


class Unknown(Exception):
    """The reference names no row; the text gives the possible names."""


@dataclass(frozen=True)
class Reference:
    """A kind of thing that may be named in braces: its HTML, and whether it stands alone."""

    html: Callable[..., str]
    alone: bool = False


@dataclass(frozen=True)
class Links:
    """The possible targets of a page's links: the addresses of pages by name, and the images beside the page."""

    pages: Mapping[str, str]
    images: Mapping[str, str]


@dataclass(frozen=True)
class Section:
    """One heading and the words below it, for the search."""

    anchor: str
    heading: str
    words: str


@dataclass(frozen=True)
class Rendered:
    """A page's HTML, its sections (above the first heading the anchor is empty), and the editor's own text."""

    html: str
    sections: tuple[Section, ...]
    words: str


def reference_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Recognise `{name argument ...}` while the line is parsed."""
    if state.src[state.pos] != "{":
        return False
    match = REFERENCE.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.meta = {"kind": match[1], "arguments": match[2].split()}
    state.pos = match.end()
    return True


def already_html(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    """Return the HTML of a resolved reference unchanged."""
    return tokens[index].content


def parser() -> MarkdownIt:
    """CommonMark with tables, without raw HTML, with references."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.inline.ruler.before("link", "reference", reference_rule)
    markdown.add_render_rule("reference", already_html)
    return markdown


class Writer:
    """Renders one page; mistakes are remembered with their lines."""

    def __init__(
        self, *, path: Path, references: Mapping[str, Reference], links: Links, found: Found
    ) -> None:
        self.path = path
        self.references = references
        self.links = links
        self.found = found

    def render(self, text: str, *, first_line: int) -> Rendered:
        """The HTML of a Markdown text whose first line is line `first_line` of its file."""
        markdown = parser()
        tokens = markdown.parse(text)
        for index, token in enumerate(tokens):
            if token.type == "inline":
                self.resolve(token, line=first_line + (token.map or [0])[0])
                self.stand_alone(tokens, index, line=first_line + (token.map or [0])[0])
            elif token.type == "heading_open":
                token.attrSet("id", slug(plain(tokens[index + 1])))
            elif token.type == "table_open":
                token.attrSet("class", "plain-table")
        sections = tuple(split(tokens))
        return Rendered(markdown.renderer.render(tokens, markdown.options, {}), sections, prose(tokens))

    def resolve(self, inline: Token, *, line: int) -> None:
        """Give references their HTML and links their address; find numbers without a source."""
        for child in inline.children or []:
            if child.type in {"softbreak", "hardbreak"}:
                line += 1
            elif child.type == "reference":
                child.content = self.reference(child, line)
            elif child.type == "link_open":
                self.link(child, line)
            elif child.type == "image":
                self.image(child, line)
            elif child.type in {"text", "code_inline"}:
                self.traced(child.content, line)

    def reference(self, token: Token, line: int) -> str:
        """The HTML of `{kind ...}`."""
        kind, arguments = token.meta["kind"], token.meta["arguments"]
        if kind not in self.references:
            self.found.error(
                self.path,
                line,
                f"{{{kind}}} is not known{nearest(kind, self.references)}. Known are: "
                f"{', '.join(sorted(self.references))}",
            )
            return ""
        try:
            return self.references[kind].html(*arguments)
        except Unknown as error:
            self.found.error(self.path, line, str(error))
        except TypeError:
            self.found.error(self.path, line, f"{{{kind}}} was given too few or too many names")
        return ""

    def stand_alone(self, tokens: list[Token], index: int, *, line: int) -> None:
        """Unwrap a chart or a table, which is no part of a sentence, or report it."""
        children = tokens[index].children or []
        blocks = [child for child in children if child.type == "reference" and self.alone(child)]
        if not blocks:
            return
        if len(children) > 1 or tokens[index - 1].type != "paragraph_open":
            self.found.error(
                self.path,
                line,
                f"{{{blocks[0].meta['kind']}}} needs a line of its own, with an empty line around it",
            )
            return
        tokens[index - 1].hidden = tokens[index + 1].hidden = True

    def alone(self, token: Token) -> bool:
        """Whether a reference stands alone."""
        reference = self.references.get(token.meta["kind"])
        return reference is not None and reference.alone

    def link(self, token: Token, line: int) -> None:
        """Check a link: it leads to a page by its name, to a part of this page, or to a whole web address."""
        target = str(token.attrGet("href") or "")
        if target.startswith("page:"):
            name, hash_sign, anchor = target.removeprefix("page:").partition("#")
            if name not in self.links.pages:
                self.found.error(
                    self.path,
                    line,
                    f"the link to page {name!r} leads nowhere{nearest(name, self.links.pages)}",
                )
                return
            token.attrSet("href", self.links.pages[name] + hash_sign + anchor)
        elif target.startswith("https://"):
            token.attrSet("rel", "noopener noreferrer")
        elif not target.startswith(("#", "/figures.csv")):
            self.found.error(
                self.path, line, f"the link {target!r} should be page:NAME, #PART or begin with https://"
            )

    def image(self, token: Token, line: int) -> None:
        """Check an image: it lies beside the page and has a description in words."""
        name = str(token.attrGet("src") or "")
        if name not in self.links.images:
            self.found.error(
                self.path,
                line,
                f"there is no image {name!r} in the folder `images`{nearest(name, self.links.images)}",
            )
            return
        if not token.content:
            self.found.error(
                self.path, line, f"the image {name!r} has no words: say between the brackets what it shows"
            )
        token.attrSet("src", self.links.images[name])
        token.attrSet("loading", "lazy")

    def traced(self, text: str, line: int) -> None:
        """Report typed numbers, which must be named instead."""
        number = untraced(text)
        if number:
            self.found.error(self.path, line, f"{number!r} {MENDING}")


def plain(inline: Token) -> str:
    """The words of a line, without marks."""
    parts = [
        without_tags(child.content) if child.type == "reference" else child.content
        for child in inline.children or []
        if child.meta.get("kind") not in ELSEWHERE
    ]
    return " ".join(" ".join(parts).split())


def without_tags(html: str) -> str:
    """The words of a small piece of our own HTML."""
    return re.sub(r"<[^>]*>", " ", html)


def slug(words: str) -> str:
    """An anchor: small letters, digits and hyphens."""
    return SLUG.sub("-", words.casefold()).strip("-") or "part"


def split(tokens: list[Token]) -> Iterator[Section]:
    """The sections of a parsed page."""
    anchor, heading, words = "", "", list[str]()
    in_heading = False
    for token in tokens:
        if token.type == "heading_open":
            yield Section(anchor, heading, " ".join(words))
            anchor, words, in_heading = str(token.attrGet("id")), [], True
        elif token.type == "heading_close":
            in_heading = False
        elif token.type == "inline" and in_heading:
            heading = plain(token)
        elif token.type == "inline":
            words.append(ended(plain(token)))
    yield Section(anchor, heading, " ".join(words))


def prose(tokens: list[Token]) -> str:
    """The editor's text, without the lists and charts that stand alone."""
    return " ".join(
        ended(plain(token))
        for index, token in enumerate(tokens)
        if token.type == "inline" and not tokens[index - 1].hidden
    )


def ended(words: str) -> str:
    """Words with a full stop where they have no end of their own, as the lines of a list have none."""
    return words if words.endswith((".", "!", "?", ":")) else f"{words}."
