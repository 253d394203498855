"""Makes the pages of one language: Markdown and templates in, files by address out."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from desist.public import frame, reading, search
from desist.public.campaigns import Campaign
from desist.public.checks import by_day
from desist.public.content import Page
from desist.public.figures import Figures
from desist.public.headers import GUARD, POLICY
from desist.public.help import Route
from desist.public.languages import ENGLISH, Language
from desist.public.markdown import Links, Rendered, Writer
from desist.public.material import Material, Written
from desist.public.need import Need
from desist.public.posters import Drawn, alternative, draw, reach
from desist.public.problems import Found
from desist.public.references import References

#: pages outside the search and the list of pages
APART = {frame.NOT_FOUND, frame.CHECKS, "search"}
#: the state of a campaign's week, in the reader's words
WHEN = {
    "open": "The days are not announced yet.",
    "expected": "Expected: %s. The days are not announced yet.",
    "ahead": "To come: %s.",
    "now": "Now: %s.",
    "past": "Past: %s.",
}


def searched(page: Page) -> bool:
    """Whether the search and the A to Z have a page; an easy read is found by its whole page, which links to it."""
    return page.name not in APART and page.menu != "easy"


def environment(language: Language) -> Environment:
    """The strict template environment of a language."""
    env = Environment(
        loader=PackageLoader("desist.public"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.filters["capitalize_first"] = lambda words: words[:1].upper() + words[1:]
    env.install_gettext_translations(language.words, newstyle=True)  # type: ignore[attr-defined]  # of the extension
    return env


@dataclass
class Edition:
    """The site in one language during a build."""

    material: Material
    written: Written
    needs: Sequence[Need]
    language: Language
    today: dt.date
    found: Found
    files: dict[str, bytes] = field(default_factory=dict)
    entries: list[search.Entry] = field(default_factory=list)

    def make(self) -> dict[str, bytes]:
        """Every file of the edition by its path."""
        self.templates = environment(self.language)
        self.root = "" if self.language.code == ENGLISH else f"{self.language.code}/"
        for page in self.written.pages.values():
            self.page(page)
        for campaign in self.written.campaigns.values():
            self.campaign(campaign)
        self.files[f"{self.root}search.json"] = search.index(self.entries, self.written.words)
        return self.files

    def page(self, page: Page) -> None:
        """One page of content."""
        around = self.around(page.name)
        rendered, sources = self.body(page, around)
        self.put(
            self.path(around.addresses[page.name]),
            "page.html",
            around,
            page=page,
            body=rendered,
            sources=sources,
            beside=self.beside(page.beside),
            wholes=[item for item in around.items if item.page.easy_read == page.name],
        )
        self.index(page, around.addresses[page.name], rendered)

    def campaign(self, campaign: Campaign) -> None:
        """A campaign's first page, its further pages, and its posters."""
        around = self.around("weeks")
        home = f"{around.addresses['weeks']}{campaign.name}/"
        drawn, first = self.drawn(campaign), campaign.pages.get("index")
        images = {name: f"/weeks/{campaign.name}/{name}" for name in campaign.pictures}
        self.files |= {
            f"weeks/{campaign.name}/{name}": path.read_bytes() for name, path in campaign.pictures.items()
        }
        self.files |= {f"{self.path(home, '')}{name}": content for name, content in drawn.files.items()}
        links = {name: home if name == "index" else f"{home}{name}/" for name in campaign.pages}
        body, sources = Rendered("", (), ""), list[object]()
        for page in campaign.pages.values():
            rendered, used = self.body(page, around, links=links, images=images)
            self.index(page, links[page.name], rendered)
            if page.name == "index":
                body, sources = rendered, used
            else:
                self.put(
                    self.path(links[page.name]), "page.html", around, page=page, body=rendered, sources=used
                )
        more = [
            {"address": links[page.name], "words": page.title}
            for page in campaign.pages.values()
            if page.name != "index"
        ]
        self.put(
            self.path(home),
            "campaign.html",
            around,
            campaign=campaign,
            body=body,
            written=first.language if first else self.language.code,
            sources=sources,
            days=self.days(campaign),
            more=more,
            posters=list(self.posters(campaign, drawn, home)),
            home=home,
            drawing=self.material.drawings[first.drawing if first and first.drawing else "loudspeaker"],
        )

    def drawn(self, campaign: Campaign) -> Drawn:
        """The campaign's posters; a site that will not be built gets none."""
        if self.found.errors:
            return Drawn({})
        return draw(
            campaign=campaign,
            site=self.material.site,
            language=self.language,
            routes=self.written.routes,
            drawings=self.material.drawings,
        )

    def body(
        self,
        page: Page,
        around: frame.Frame,
        *,
        links: Mapping[str, str] | None = None,
        images: Mapping[str, str] | None = None,
    ) -> tuple[Rendered, list[object]]:
        """A page's words as HTML, and its sources."""
        references = References(
            page_language=page.language,
            language=self.language,
            site=self.material.site,
            facts=self.material.facts,
            routes=self.written.routes,
            figures=Figures(self.templates, self.language, around.addresses, self.needs),
            drawings=self.material.drawings,
            frame=around,
            templates=self.templates,
            lists=self.lists(around),
        )
        writer = Writer(
            path=page.path,
            references=references.table(),
            links=Links({**around.addresses, **(links or {})}, images or {}),
            found=self.found,
        )
        rendered = writer.render(page.text, first_line=page.first_line)
        self.readable(page, rendered)
        return rendered, list(self.sources(page, references))

    def readable(self, page: Page, rendered: Rendered) -> None:
        """Tell the editor when a page for the public is hard to read."""
        age = reading.age(rendered.words)
        if page.language == ENGLISH and page.menu != "work" and age > reading.AGE:
            self.found.notice(
                page.path,
                1,
                f"reads as for age {age:.0f}; aim at {reading.AGE}: shorter sentences, shorter words",
            )

    def sources(self, page: Page, references: References) -> Iterator[object]:
        """The sources that a page names and those of its facts, each once, with the places in it."""
        for name in dict.fromkeys([*page.sources, *references.used]):
            source = self.material.sources.get(name)
            if source is not None:
                where = "; ".join(dict.fromkeys(references.used.get(name, [])))
                yield {**vars(source), "where": where}

    def lists(self, around: frame.Frame) -> dict[str, object]:
        """The data of the lists that stand alone."""
        weeks = [
            {
                "campaign": campaign,
                "address": f"{around.addresses['weeks']}{campaign.name}/",
                "days": self.days(campaign),
                "past": campaign.when(self.today) == "past",
            }
            for campaign in self.written.campaigns.values()
        ]
        checks = by_day(self.material.checks.values())
        pages = [(item.page, item.address) for item in around.items if searched(item.page)]
        return {
            "weeks": weeks,
            "letters": search.a_to_z(pages),
            "index": f"/{self.root}search.json",
            "all": around.addresses["search"],
            "routes": self.written.routes,
            "drawings": self.material.drawings,
            "today": self.today,
            "checks": checks,
            "unchecked": self.unchecked,
            "checker": self.material.site.checker,
        }

    def beside(self, kind: str) -> dict[str, object]:
        """What stands beside a page: a few numbers, the area's own first."""
        wanted = {
            "support": ("desk", "advocacy", "helpline"),
            "behaviour": ("programme", "respect", "samaritans"),
            "work": ("programme", "desk", "advocacy", "helpline"),
        }.get(kind, ())
        return {
            "kind": kind,
            "routes": [self.written.routes[name] for name in wanted if name in self.written.routes],
        }

    def unchecked(self, route: Route) -> bool:
        """Whether nobody checked a help route within a year: only a preview shows one."""
        return self.material.checks["help", route.id].overdue(self.today)

    def days(self, campaign: Campaign) -> str:
        """'Past: 25 April 2022 to 29 April 2022.'"""
        words = self.language.say(WHEN[campaign.when(self.today)])
        if campaign.first is None or campaign.last is None:
            return words
        between = self.language.say("%(first)s to %(last)s") % {
            "first": self.language.day(campaign.first),
            "last": self.language.day(campaign.last),
        }
        return words % between

    def posters(self, campaign: Campaign, drawn: Drawn, home: str) -> Iterator[dict[str, object]]:
        """Each message's poster to look at, with its words and its files to download."""
        kinds = {"poster": self.language.say("Poster"), "card": self.language.say("Card")}
        for number, message in enumerate(campaign.messages, start=1):
            yield {
                "message": message,
                "route": reach(self.written.routes[message.help]),
                "alternative": alternative(message, self.written.routes),
                "files": [
                    {"address": home + name, "words": f"{title} {number} ({name.rpartition('.')[2].upper()})"}
                    for kind, title in kinds.items()
                    for name in drawn.of(kind, number)
                ],
            }

    def around(self, name: str) -> frame.Frame:
        """The frame of the page called `name`."""
        return frame.make(
            name=name,
            language=self.language,
            pages=self.written.pages,
            languages=self.material.site.languages,
        )

    def index(self, page: Page, address: str, rendered: Rendered) -> None:
        """Add a page to the search."""
        if searched(page):
            self.entries.append(search.entry(page, address=address, sections=rendered.sections))

    def path(self, address: str, name: str = "index.html") -> str:
        """The path of an address among the files."""
        return address.lstrip("/") + ("" if address.endswith(".html") else name)

    def put(self, path: str, template: str, around: frame.Frame, **page: object) -> None:
        """Draw a template into a file; beside it stands who helps people who are stalked, unless the page says otherwise."""
        body = page.pop("body")
        page.setdefault("beside", self.beside("support"))
        page.setdefault("wholes", ())
        html = self.templates.get_template(template).render(
            site=self.material.site,
            language=self.language,
            frame=around,
            today=self.today,
            overdue=sum(check.overdue(self.today) for check in self.material.checks.values()),
            preview=self.material.preview,
            drawings=self.material.drawings,
            unchecked=self.unchecked,
            desk=self.written.routes.get("desk"),
            policy=POLICY,
            guard=Markup(GUARD),  # noqa: S704 - our own script, known by its hash
            body=Markup(body.html if isinstance(body, Rendered) else ""),  # noqa: S704 - made by Writer, which escapes
            **page,
        )
        self.files[path] = html.encode()
