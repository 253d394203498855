"""The editors' files, read and checked, in one language."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desist.public import frame, search
from desist.public.campaigns import Campaign, Setting, read_campaigns
from desist.public.checks import Check, read_checks, told
from desist.public.content import PLAIN, Page, read_pages, readable
from desist.public.drawings import FOLDER, Drawing, read_drawings, unknown
from desist.public.fields import nearest
from desist.public.figures import PAGES
from desist.public.help import Route, for_area, read_routes, translate
from desist.public.languages import ENGLISH, NAMES
from desist.public.problems import Found
from desist.public.scaffold import EXAMPLES
from desist.public.settings import SERVICES, Site
from desist.public.sources import Fact, Source, read_facts, read_sources

#: pages the site cannot do without
NEEDED = ("index", "start", "help", "weeks", "search", "not-found", *dict.fromkeys(PAGES.values()))


@dataclass(frozen=True)
class Material:
    """The tables that every language shares. A preview shows what is unchecked; the public never sees it."""

    site: Site
    today: dt.date
    preview: bool
    checks: Mapping[tuple[str, str], Check]
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    routes: Mapping[str, Route]
    drawings: Mapping[str, Drawing]


@dataclass(frozen=True)
class Written:
    """One language's pages (an English one where there is no twin), help routes, campaigns and words of the search."""

    pages: Mapping[str, Page]
    words: Mapping[str, list[list[str]]]
    routes: Mapping[str, Route]
    campaigns: Mapping[str, Campaign]


def read_material(site: Site, *, today: dt.date, preview: bool, found: Found) -> Material:
    """Our tables and then the site's own, whose rows replace ours of the same id."""
    sources: dict[str, Source] = {}
    facts: dict[str, Fact] = {}
    routes: dict[str, Route] = dict(site.services)
    for folder in site.folders():
        sources |= read_sources(folder / "sources.csv", found=found)
        facts |= read_facts(folder / "facts.csv", sources=sources, found=found)
        routes |= read_routes(folder / "help.csv", today=today, found=found)
    routes = for_area(routes, site.area.name if site.area else "")
    checks = read_checks(site.folders(), routes=routes, sources=sources, today=today, found=found)
    told(checks.values(), today=today, preview=preview, found=found)
    dated = {name: replace(route, checked_on=checks["help", name].on) for name, route in routes.items()}
    drawings = read_drawings(site.folders(FOLDER), found=found)
    return Material(site, today, preview, checks, sources, facts, dated, drawings)


def translated(routes: Mapping[str, Route], site: Site, *, language: str, found: Found) -> dict[str, Route]:
    """The routes in a language; a service of the area that stays in English is named to the administrator."""
    for folder in site.folders():
        routes = translate(routes, folder / f"help.{language}.csv", language=language, found=found)
    for name, route in routes.items():
        if name in SERVICES and route.language != language:
            words = f"`{name}` has no words in {NAMES[language]}: add its row to help.{language}.csv in your folder"
            found.notice(route.path, route.line, words)
    return dict(routes)


def read_written(material: Material, *, language: str, found: Found) -> Written:
    """The texts of a language; English pages replace missing twins, and the build says so."""
    site = material.site
    pages = read_language(site, language=language, found=found)
    routes = dict(material.routes)
    if language != ENGLISH:
        english = read_language(site, language=ENGLISH, found=Found())
        pages = twins(english, pages, language=language, found=found)
        routes = translated(routes, site, language=language, found=found)
    if not material.preview:
        pages.pop(frame.CHECKS, None)
    for name in NEEDED:
        if name not in pages:
            found.error(site.folders(language)[0], 1, f"has no page {name}.md, which the site needs")
    for page in pages.values():
        check_sources(page, material.sources, found=found)
    words = search.read_words(site.folders(), language=language, found=found)
    setting = Setting(language, material.routes, material.drawings, material.today, site.week, found)
    campaigns = read_campaigns(site.folders("campaigns"), setting=setting)
    if language == ENGLISH:
        check_written(campaigns.values(), preview=material.preview, found=found)
    own = [page for campaign in campaigns.values() for page in campaign.pages.values()]
    check_drawings([*pages.values(), *own], material.drawings, found=found)
    check_easy_reads([*pages.values(), *own], pages, found=found)
    return Written(pages, words, routes, campaigns)


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
        if name not in pages and name != frame.CHECKS:
            found.notice(
                page.path, 1, f"has no twin in {language}: readers see the English words and are told so"
            )
    twins = {name: pages.get(name, page) for name, page in english.items()}
    return {
        name: replace(
            page,
            drawing=page.drawing or english[name].drawing,
            easy_read=page.easy_read or english[name].easy_read,
        )
        for name, page in twins.items()
    }


def check_drawings(pages: Iterable[Page], drawings: Mapping[str, Drawing], *, found: Found) -> None:
    """Check that the drawing of every page is there."""
    for page in pages:
        if page.drawing and page.drawing not in drawings:
            found.error(page.path, 1, f"`drawing` {unknown(page.drawing, drawings)}")


def check_easy_reads(pages: Iterable[Page], known: Mapping[str, Page], *, found: Found) -> None:
    """Check that the easy read of every page is there, and tell the editor of a page for the public without one."""
    easy = {page.easy_read for page in known.values()}
    for page in pages:
        if page.easy_read and page.easy_read not in known:
            found.error(
                page.path,
                1,
                f"`easy_read` is {page.easy_read!r}, no page of the site{nearest(page.easy_read, known)}",
            )
        elif page.menu in PLAIN and not page.easy_read and page.name not in {"search", *easy}:
            found.notice(
                page.path, 1, "has no easy read: write one and name it here, such as `easy_read: NAME-easy`"
            )


def check_written(campaigns: Iterable[Campaign], *, preview: bool, found: Found) -> None:
    """Stop a site for the public while a new campaign still has our words in it; tell the editor of a preview."""
    tell = found.notice if preview else found.error
    for campaign in campaigns:
        for path in (campaign.path, *(page.path for page in campaign.pages.values())):
            for number, line in enumerate(readable(path, found=Found()).splitlines(), start=1):
                for words in EXAMPLES:
                    if words in line:
                        tell(path, number, f"still says {words!r}: write your own words")


def check_sources(page: Page, sources: Mapping[str, Source], *, found: Found) -> None:
    """Check that every source of a page has a row."""
    for name in page.sources:
        if name not in sources:
            found.error(
                page.path, 1, f"`sources` names {name!r}, no row of sources.csv{nearest(name, sources)}"
            )
