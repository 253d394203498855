"""The editors' files, read and checked, in one language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from desist.public import search
from desist.public.campaigns import Campaign, read_campaigns
from desist.public.content import Page, read_pages
from desist.public.fields import nearest
from desist.public.figures import PAGES
from desist.public.help import Route, for_area, read_routes, translate
from desist.public.languages import ENGLISH
from desist.public.problems import Found
from desist.public.settings import Site
from desist.public.sources import Fact, Source, read_facts, read_sources

#: pages the site cannot do without
NEEDED = ("index", "start", "help", "weeks", "search", "not-found", *dict.fromkeys(PAGES.values()))


@dataclass(frozen=True)
class Material:
    """The tables that every language shares."""

    site: Site
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    routes: Mapping[str, Route]


@dataclass(frozen=True)
class Written:
    """One language's pages (an English one where there is no twin), help routes, campaigns and words of the search."""

    pages: Mapping[str, Page]
    words: Mapping[str, list[list[str]]]
    routes: Mapping[str, Route]
    campaigns: Mapping[str, Campaign]


def read_material(site: Site, *, today: dt.date, found: Found) -> Material:
    """Our tables and then the site's own, whose rows replace ours of the same id."""
    sources: dict[str, Source] = {}
    facts: dict[str, Fact] = {}
    routes: dict[str, Route] = {}
    for folder in site.folders():
        sources |= read_sources(folder / "sources.csv", found=found)
        facts |= read_facts(folder / "facts.csv", sources=sources, found=found)
        routes |= read_routes(folder / "help.csv", today=today, found=found)
    return Material(site, sources, facts, for_area(routes, site.area.name if site.area else ""))


def read_written(material: Material, *, language: str, found: Found) -> Written:
    """The texts of a language; English pages replace missing twins, and the build says so."""
    site = material.site
    pages = read_language(site, language=language, found=found)
    routes = dict(material.routes)
    if language != ENGLISH:
        english = read_language(site, language=ENGLISH, found=Found())
        pages = twins(english, pages, language=language, found=found)
        for folder in site.folders():
            routes = translate(routes, folder / f"help.{language}.csv", language=language, found=found)
    for name in NEEDED:
        if name not in pages:
            found.error(site.folders(language)[0], 1, f"has no page {name}.md, which the site needs")
    for page in pages.values():
        check_sources(page, material.sources, found=found)
    words: dict[str, list[list[str]]] = {kind: [] for kind in search.KINDS}
    for folder in site.folders():
        for kind, lines in search.read_words(folder / "words.csv", language=language, found=found).items():
            words[kind] += lines
    return Written(pages, words, routes, read_own_campaigns(material, language=language, found=found))


def read_language(site: Site, *, language: str, found: Found) -> dict[str, Page]:
    """Our pages of a language and then the site's own of the same language."""
    pages: dict[str, Page] = {}
    for folder in site.folders(language):
        pages |= read_pages(folder, language=language, found=found)
    return pages


def twins(
    english: Mapping[str, Page], pages: Mapping[str, Page], *, language: str, found: Found
) -> dict[str, Page]:
    """Each English page's twin, or the English page itself where there is none."""
    for name, page in pages.items():
        if name not in english:
            found.error(
                page.path,
                1,
                f"is the twin of no page: there is no {name}.md in English{nearest(name, english)}",
            )
    for name, page in english.items():
        if name not in pages:
            found.notice(
                page.path, 1, f"has no twin in {language}: readers see the English words and are told so"
            )
    return {name: pages.get(name, page) for name, page in english.items()}


def check_sources(page: Page, sources: Mapping[str, Source], *, found: Found) -> None:
    """Check that every source of a page has a row."""
    for name in page.sources:
        if name not in sources:
            found.error(
                page.path, 1, f"`sources` names {name!r}, no row of sources.csv{nearest(name, sources)}"
            )


def read_own_campaigns(material: Material, *, language: str, found: Found) -> dict[str, Campaign]:
    """The site's own campaigns, or the shipped example while it has none."""
    ours, *own = material.site.folders("campaigns")
    for folder in [*reversed(own), ours]:
        campaigns = read_campaigns(folder, language=language, helps=material.routes, found=found)
        if campaigns:
            return campaigns
    return {}
