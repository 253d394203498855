"""The parts around every page: menus, the other language, addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desist.public.content import Page
from desist.public.languages import ENGLISH, NAMES, Language

#: menu -> its title in the footer
MENUS = {"help": "Help and advice", "safety": "Keeping safe", "facts": "Facts", "work": "For professionals"}
HOME = "index"
#: the page for an unknown address, which servers of plain files look for at a fixed place
NOT_FOUND = "not-found"

#: the page of what to check, in a preview alone
CHECKS = "checks"


@dataclass(frozen=True)
class Item:
    """A link of a menu or a card."""

    address: str
    words: str
    current: bool
    page: Page

    @property
    def title(self) -> str:
        """The page's own title."""
        return self.page.title

    @property
    def summary(self) -> str:
        """The page's subject."""
        return self.page.summary

    @property
    def language(self) -> str:
        """The language the page is written in."""
        return self.page.language


@dataclass(frozen=True)
class Tongue:
    """The page in another language."""

    code: str
    name: str
    address: str
    current: bool


@dataclass(frozen=True)
class Group:
    """A menu with its title."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Frame:
    """Everything around one page."""

    home: str
    addresses: Mapping[str, str]
    items: tuple[Item, ...]
    menu: tuple[Item, ...]
    groups: tuple[Group, ...]
    tongues: tuple[Tongue, ...]


def address(name: str, *, language: str) -> str:
    """The address of a page: /name/ in English, /cy/name/ in Welsh."""
    root = "/" if language == ENGLISH else f"/{language}/"
    return {HOME: root, NOT_FOUND: f"{root}404.html"}.get(name, f"{root}{name}/")


def make(*, name: str, language: Language, pages: Mapping[str, Page], languages: Iterable[str]) -> Frame:
    """The frame of the page called `name`."""
    addresses = {page: address(page, language=language.code) for page in pages}
    items = tuple(
        Item(addresses[page.name], label(page, language), page.name == name, page)
        for page in sorted(pages.values(), key=lambda page: (page.order, page.name))
    )
    return Frame(
        home=addresses["start"],
        addresses=addresses,
        items=items,
        menu=tuple(item for item in items if item.page.menu == "help"),
        groups=tuple(
            Group(language.say(title), tuple(item for item in items if item.page.menu == menu))
            for menu, title in MENUS.items()
        ),
        tongues=tuple(
            Tongue(code, NAMES[code], address(name, language=code), code == language.code)
            for code in languages
        ),
    )


def label(page: Page, language: Language) -> str:
    """A menu's label of a page: its tab's words, or their twin in the catalogue while the page has none."""
    return page.tab if page.language == language.code else language.say(page.tab)


def cards(frame: Frame, menu: str) -> list[Item]:
    """The pages of a menu, without the one that shows them and the search, which has its box there."""
    return [
        item
        for item in frame.items
        if item.page.menu == menu and not item.current and item.page.name != "search"
    ]
