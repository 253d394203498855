"""The names in braces on a page: legal facts, help routes, figures, and the lists that stand alone."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlsplit

from jinja2 import Environment

from desist.public.drawings import Drawing, unknown
from desist.public.fields import nearest
from desist.public.figures import Figures
from desist.public.frame import Frame, cards
from desist.public.help import KINDS, Route
from desist.public.languages import Language
from desist.public.markdown import Reference, Unknown
from desist.public.settings import Site
from desist.public.sources import Fact


class References:
    """The references of one page; it remembers the sources of its facts."""

    def __init__(
        self,
        *,
        page_language: str,
        language: Language,
        site: Site,
        facts: Mapping[str, Fact],
        routes: Mapping[str, Route],
        figures: Figures,
        drawings: Mapping[str, Drawing],
        frame: Frame,
        templates: Environment,
        lists: Mapping[str, object],
    ) -> None:
        self.page_language = page_language
        self.language = language
        self.site = site
        self.facts = facts
        self.routes = routes
        self.figures = figures
        self.drawings = drawings
        self.frame = frame
        self.templates = templates
        self.lists = lists
        #: source -> the places in it, in the order of the page
        self.used: dict[str, list[str]] = {}

    def table(self) -> dict[str, Reference]:
        """Every possible name in braces."""
        known = self.known()
        if self.page_language == self.language.code:
            return known
        return {
            name: self.marked(reference) if reference.alone else reference
            for name, reference in known.items()
        }

    def marked(self, reference: Reference) -> Reference:
        """Mark a list in the frame's language on a page that is still in another."""
        code = self.language.code
        return Reference(lambda *names: f'<div lang="{code}">{reference.html(*names)}</div>', alone=True)

    def known(self) -> dict[str, Reference]:
        """Every reference, in the frame's language."""
        return {
            "fact": Reference(self.fact),
            "call": Reference(self.call),
            "figure": Reference(self.figures.value),
            "onein": Reference(self.figures.one_in),
            "people": Reference(self.figures.people),
            "period": Reference(self.figures.period),
            "organisation": Reference(lambda: escape(self.site.organisation)),
            "area": Reference(
                lambda: escape(self.site.area.name if self.site.area else self.say("your area"))
            ),
            "desk": Reference(self.desk),
            "refer": Reference(lambda: self.block("refer", site=self.site, form=self.site.refer), alone=True),
            "join": Reference(
                lambda: self.block("refer", site=self.site, form=self.site.self_refer), alone=True
            ),
            "exit": Reference(lambda: escape(urlsplit(self.site.exit_to).netloc.removeprefix("www."))),
            "drawing": Reference(self.drawing, alone=True),
            "onward": Reference(self.onward, alone=True),
            "help": Reference(lambda *kinds: self.help("help", *kinds), alone=True),
            "numbers": Reference(lambda *kinds: self.help("numbers", *kinds), alone=True),
            "cards": Reference(self.cards, alone=True),
            "weeks": Reference(self.weeks, alone=True),
            "checks": Reference(lambda: self.block("checks"), alone=True),
            "find": Reference(lambda: self.block("find"), alone=True),
            "search": Reference(lambda: self.block("search"), alone=True),
            "chart": Reference(self.figures.chart, alone=True),
            "lines": Reference(self.figures.lines, alone=True),
            "entry": Reference(self.figures.entry, alone=True),
            "figures": Reference(self.figures.listed, alone=True),
            "claims": Reference(self.figures.claims, alone=True),
            "need": Reference(self.figures.need, alone=True),
        }

    def fact(self, name: str) -> str:
        """A legal fact's words; its source joins the page's sources."""
        fact = self.facts.get(name)
        if fact is None:
            raise Unknown(f"there is no fact {name!r} in facts.csv{nearest(name, self.facts)}")
        self.used.setdefault(fact.source, []).append(fact.where)
        return escape(fact.words.get(self.page_language) or fact.words["en"])

    def call(self, name: str) -> str:
        """A phone number to press, from its row."""
        route = self.route(name)
        if not route.number:
            raise Unknown(f"{route.name} has no number in help.csv: name it in words, or use {{help}}")
        dialled = route.number.replace(" ", "")
        return f'<a class="call" href="tel:{escape(dialled)}">{escape(route.number)}</a>'

    def drawing(self, name: str) -> str:
        """A drawing beside the words below it, which say the same: readers of screens pass it over."""
        if name not in self.drawings:
            raise Unknown(f"the drawing {unknown(name, self.drawings)}")
        return f'<div class="drawn">{self.drawings[name].inline}</div>'

    def say(self, words: str) -> str:
        """Words inside a sentence, in the language that the page is written in."""
        return self.language.say(words) if self.page_language == self.language.code else words

    def route(self, name: str) -> Route:
        """A help route by its id."""
        if name not in self.routes:
            raise Unknown(f"there is no row {name!r} in help.csv{nearest(name, self.routes)}")
        return self.routes[name]

    def desk(self) -> str:
        """Whom to ring about stalking when it is not urgent: the force's own desk, or the police anywhere."""
        if "desk" not in self.routes or not self.routes["desk"].number:
            return self.say("the police on %(number)s") % {"number": self.call("police")}
        words = {
            "name": escape(self.routes["desk"].name),
            "desk": self.call("desk"),
            "number": self.call("police"),
        }
        return self.say("%(name)s on %(desk)s, or the police on %(number)s when it is closed") % words

    def onward(self) -> str:
        """The links from the first page into the site."""
        words = self.language.say("Go on to the site")
        return f'<p><a class="onward" href="{self.frame.home}">{escape(words)}</a></p>'

    def help(self, block: str, *kinds: str) -> str:
        """The help routes of some kinds, in the order of the kinds and the table, at length or as numbers alone."""
        for kind in kinds:
            if kind not in KINDS:
                raise Unknown(
                    f"{kind!r} is no kind of help{nearest(kind, KINDS)}: known are {', '.join(KINDS)}"
                )
        routes = [route for kind in kinds for route in self.routes.values() if route.kind == kind]
        return self.block(block, shown=routes)

    def weeks(self, when: str = "ahead") -> str:
        """The campaigns of now and later, or the past ones."""
        if when not in {"ahead", "past"}:
            raise Unknown(f"{{weeks}} shows `ahead` or `past`, not {when!r}")
        return self.block("weeks", when=when)

    def cards(self, menu: str) -> str:
        """The pages of a menu as cards."""
        return self.block("cards", cards=cards(self.frame, menu), menu=menu)

    def block(self, name: str, **more: object) -> str:
        """A list that stands alone, drawn by its template."""
        template = self.templates.get_template(f"blocks/{name}.html")
        return template.render(language=self.language, **self.lists, **more)
