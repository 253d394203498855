"""The pages' sourced figures: in a sentence, as a chart with its table, as entries and as a file.

The rows are those of `desist_evaluation.figures`; this module has no number of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from jinja2 import Environment

from desist.public import charts
from desist.public.fields import nearest
from desist.public.languages import ENGLISH, Language
from desist.public.markdown import Unknown
from desist.public.need import Need
from desist_evaluation.figures import Basis, Figure, Topic, Unit, Verdict, load, select

#: the page that lists the figures of a topic
PAGES = {
    Topic.CLAIM: "claims",
    Topic.PREVALENCE: "figures",
    Topic.POPULATION: "figures",
    Topic.RECORDED: "recorded",
    Topic.ORDERS: "recorded",
    Topic.EVIDENCE: "evidence",
    Topic.OPERATION: "evidence",
    Topic.COST: "evidence",
}
TITLES = {
    Topic.PREVALENCE: "What the survey finds",
    Topic.POPULATION: "How many people live there",
    Topic.RECORDED: "What the police record",
    Topic.ORDERS: "Orders made",
    Topic.EVIDENCE: "What the studies found",
    Topic.OPERATION: "How the programme is run",
    Topic.COST: "What it costs",
}
VERDICTS = {
    Verdict.HOLDS: "It holds",
    Verdict.OUT_OF_DATE: "Out of date",
    Verdict.MISDESCRIBED: "Wrongly described",
    Verdict.NOT_SUPPORTED: "Not supported",
}
BASES = {
    Basis.SOURCE: "Read in the source itself.",
    Basis.SECOND_HAND: "Read where others quote the source.",
    Basis.DERIVED: "Worked out from what the source says.",
    Basis.PROVIDER: "Reported by a service about its own work.",
}


def by_claim(figures: Sequence[Figure]) -> Mapping[str, list[list[Figure]]]:
    """The figures of each claim, those together that come from one place; all in the order in which they come first."""
    claims: dict[str, dict[tuple[object, ...], list[Figure]]] = {}
    for one in figures:
        place = (one.source_url, one.basis, one.licence, one.note, one.superseded_by)
        claims.setdefault(one.claim, {}).setdefault(place, []).append(one)
    return {claim: list(places.values()) for claim, places in claims.items()}


def table() -> bytes:
    """The whole table as a file to download."""
    return files("desist_evaluation.figures").joinpath("figures.csv").read_bytes()


@dataclass(frozen=True)
class Figures:
    """The figures in one language, and the addresses of their pages."""

    templates: Environment
    language: Language
    addresses: Mapping[str, str]
    needs: Sequence[Need]

    def row(self, name: str) -> Figure:
        """A figure by its key."""
        rows = load()
        if name not in rows:
            raise Unknown(f"there is no figure {name!r} in figures.csv{nearest(name, rows)}")
        return rows[name]

    def address(self, figure: Figure) -> str:
        """The address of a figure's entry."""
        return f"{self.addresses[PAGES[figure.topic]]}#{figure.key}"

    def value(self, name: str) -> str:
        """A figure's value as a link to its entry."""
        figure = self.row(name)
        return self.link(figure, figure.written)

    def one_in(self, name: str) -> str:
        """A share as '1 in 5', as a link to its entry."""
        figure = self.row(name)
        if figure.unit is not Unit.PERCENT or not figure.value:
            raise Unknown(f"figure {name!r} is no share of a whole: name it with {{figure}}")
        words = self.language.say("1 in %(many)s") % {"many": round(100 / figure.value)}
        return self.link(figure, words)

    def link(self, figure: Figure, words: str) -> str:
        """Words that lead to a figure's entry."""
        return f'<a class="figure" href="{self.address(figure)}">{escape(words)}</a>'

    def people(self, name: str) -> str:
        """The people that a figure counts, in the words of its row."""
        return self.english(self.row(name).population)

    def period(self, name: str) -> str:
        """The period of a figure, in the words of its row."""
        return self.english(self.row(name).period)

    def english(self, words: str) -> str:
        """Words of a row, marked as English on a page that is not."""
        return escape(words) if self.language.code == ENGLISH else f'<span lang="en">{escape(words)}</span>'

    def chart(self, *names: str) -> str:
        """Figures of one unit as bars with intervals, and as a table."""
        rows = self.of_one_unit(names)
        labels = charts.labels(rows)
        return self.drawn("chart", rows, labels, charts.bars(rows, labels))

    def lines(self, *names: str) -> str:
        """Figures of one unit over time, a line for each area with intervals, and as a table."""
        rows = self.of_one_unit(names)
        undated = [row.key for row in rows if row.period_end is None]
        if undated:
            raise Unknown(f"lines need the last day of each period; {undated[0]!r} has none")
        return self.drawn("lines", rows, charts.labels(rows), charts.lines(rows))

    def of_one_unit(self, names: Sequence[str]) -> list[Figure]:
        """The figures of a chart, which shows one unit."""
        rows = [self.row(name) for name in names]
        if len({figure.unit for figure in rows}) > 1:
            raise Unknown(
                f"a chart shows one unit; these are {', '.join(sorted({row.unit for row in rows}))}"
            )
        return rows

    def drawn(
        self, block: str, rows: Sequence[Figure], labels: Sequence[str], chart: charts.Bars | charts.Lines
    ) -> str:
        """A chart by its template, under the claim of its figures or their period."""
        claims = list(dict.fromkeys(row.claim for row in rows))
        title = claims[0] if len(claims) == 1 else rows[0].period
        return self.block(
            block,
            title=title[:1].upper() + title[1:],
            id=f"{block}-{rows[0].key}",
            chart=chart,
            rows=list(zip(labels, rows, strict=True)),
        )

    def entry(self, name: str) -> str:
        """One figure with every field of its row, for the place that mentions it."""
        return self.block("entry", figure=self.row(name))

    def listed(self, *topics: str) -> str:
        """Every figure of some topics, a table for each claim, with every field of its row; links lead here."""
        known = {topic.value: topic for topic in Topic}
        for topic in topics:
            if topic not in known or known[topic] is Topic.CLAIM:
                raise Unknown(f"{topic!r} is no topic of figures{nearest(topic, known)}")
        groups = [(TITLES[known[topic]], by_claim(select(topic=known[topic]))) for topic in topics]
        return self.block("figures", groups=groups)

    def claims(self) -> str:
        """Every claim of the article with its verdict."""
        return self.block("claims", claims=select(topic=Topic.CLAIM))

    def need(self) -> str:
        """The synthetic estimates of local need."""
        return self.block("need", needs=self.needs)

    def block(self, name: str, **shown: object) -> str:
        """A list of figures, drawn by its template."""
        template = self.templates.get_template(f"blocks/{name}.html")
        words = {"verdicts": VERDICTS, "bases": BASES}
        return template.render(
            language=self.language, address=self.address, rows_by_key=load(), **{**words, **shown}
        )
