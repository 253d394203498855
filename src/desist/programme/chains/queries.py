"""Questions about chains, each with a frozen answer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from desist.accounts import queries as accounts
from desist.programme.chains import commands, patterns
from desist.programme.chains.commands import Analysis
from desist.programme.chains.links import Kind, Link, Links, Part, by_part, in_order
from desist.programme.chains.models import Chain, ChainLink
from desist.programme.chains.patterns import Patterns, ReadChain
from desist.programme.chains.policy import Action
from desist.programme.episodes.models import Episode
from desist.programme.sessions.diary import queries as diary
from desist.programme.sessions.diary.queries import Day
from desist.programme.sessions.models import Session
from desist.programme.sessions.policy import Action as SessionsAction
from desist.programme.sessions.states import State, title
from desist.references import spoken
from desist.wall import audit, clearances, gate, policy
from desist.wall.actors import Actor

#: the most words of earlier links that the editor offers
OFFERED = 60
#: the most chains that stand side by side
BESIDE = 3
#: the labels of the parts of an analysis
ANALYSIS = {
    "behaviour": "What happened",
    "reduce_vulnerability": "What makes them less vulnerable",
    "prevent_prompt": "What prevents the prompting event",
    "repair": "Repair",
}


@dataclass(frozen=True)
class ChainPage:
    """One chain, whole."""

    ref: str
    session: str
    session_title: str
    session_at: datetime
    spoken: str
    name: str
    version: int
    analysis: Analysis
    links: Links
    changed_by: str
    changed_at: datetime
    undoes: str
    undoes_shared: str  # what an undo reverts, where it was done on the participant's screen
    may_change: bool
    words_before: tuple[str, ...]  # of this person's chains, for the editor alone
    kept: Analysis  # the stored analysis, where the page shows less of it
    withheld: Mapping[str, str]  # what the person does not see: its label -> why
    week: tuple[Day, ...] = ()  # the diary of the seven days up to the behaviour, for staff

    @property
    def hidden(self) -> frozenset[str]:
        """Fields of the analysis of which the page shows nothing."""
        shown, kept = commands.seen(self.analysis), commands.seen(self.kept)
        return frozenset(name for name, text in kept.items() if text != shown[name])

    @property
    def parts(self) -> list[tuple[Part, list[Link]]]:
        """The links by part."""
        return by_part(self.links)

    def link(self, ref: str) -> Link | None:
        """Return the link of this reference, if the chain holds it."""
        return next((link for link in self.links if link.ref == ref), None)


@dataclass(frozen=True)
class Start:
    """Where a chain begins: in which session, and whose."""

    session: str
    session_title: str
    spoken: str
    name: str


@dataclass(frozen=True)
class Person:
    """A person's chains, and what recurs across them."""

    ref: str
    spoken: str
    name: str
    patterns: Patterns
    beside: tuple[ReadChain, ...]  # the chains that stand side by side, oldest first

    @property
    def newest_first(self) -> tuple[ReadChain, ...]:
        """The chains as a list shows them."""
        return self.patterns.chains[::-1]


def person(*, actor: Actor, ref: str, beside: Collection[str] = (), at: datetime) -> Person:
    """Return every chain of the person with this episode, and what recurs across them.

    `beside` are the references of chains to show side by side; without any the newest two.
    """
    rows = gate.open(actor, Action.SEE_CHAINS, Episode, ref, at=at)
    episode = rows.select_related("referral").get()
    told = of_episode(episode=episode)
    chosen = [one for one in told if one.ref in beside]
    return Person(
        ref=episode.ref,
        spoken=spoken(episode.ref),
        name=episode.referral.name,
        patterns=patterns.find(chains=told),
        beside=tuple(chosen[:BESIDE]) or tuple(told[-2:]),
    )


def chain(*, actor: Actor, ref: str, at: datetime, shared: bool = False) -> ChainPage:
    """A chain to read; `shared`: as the person sees it."""
    page = _page(actor, Action.SEE_CHAIN, ref, at)
    return as_shown(page) if shared else replace(page, week=_week(page))


def _week(page: ChainPage) -> tuple[Day, ...]:
    """Return the diary of the seven days up to the behaviour; the gate opened the chain."""
    last = page.analysis.behaviour.happened_on
    if last is None:
        return ()
    episode = Episode.objects.get(sessions__chains__ref=page.ref)
    return diary.days(episode=episode, first=last - timedelta(days=6), last=last)


def to_change(*, actor: Actor, ref: str, at: datetime, shared: bool = False) -> ChainPage:
    """A chain, to work on; `shared`: as the person sees it."""
    page = _page(actor, Action.WORK_ON_CHAIN, ref, at)
    return as_shown(page) if shared else page


def as_shown(page: ChainPage) -> ChainPage:
    """Return a chain without what is hidden from the person: neither the links nor the words of the analysis."""
    hidden = page.withheld
    links = tuple(one for one in page.links if not {_link_name(one), _skill_name(one)} & set(hidden))
    shown = {
        name: "" if ANALYSIS[name] in hidden else text for name, text in commands.seen(page.kept).items()
    }
    behaviour = replace(page.kept.behaviour, behaviour=shown.pop("behaviour"))
    return replace(page, links=links, analysis=replace(page.kept, behaviour=behaviour, **shown))


def begin(*, actor: Actor, session: str, at: datetime) -> Start:
    """Return the session in which a chain is begun."""
    rows = gate.open(actor, SessionsAction.RECORD_SESSION, Session, session, at=at)
    row = rows.select_related("episode__referral").get()
    return Start(session=row.ref, session_title=_title(row), spoken=spoken(row.episode.ref), name=_name(row))


def _page(actor: Actor, action: Action, ref: str, at: datetime) -> ChainPage:
    row = gate.open(actor, action, Chain, ref, at=at).select_related("session__episode__referral").get()
    links = commands.read(row)
    said, seen = row.steps.order_by("-pk").values_list("said", "shared").first() or ("", False)
    return ChainPage(
        ref=row.ref,
        session=row.session.ref,
        session_title=_title(row.session),
        session_at=row.session.period.lower,
        spoken=spoken(row.session.episode.ref),
        name=_name(row.session),
        version=row.version,
        analysis=commands.analysis_of(row),
        links=links,
        changed_by=accounts.as_read_by(actor, row.changed_by),
        changed_at=row.changed_at,
        undoes=said,
        undoes_shared=said if seen else "",
        may_change=actor.role in policy.rule(Action.WORK_ON_CHAIN).roles,
        words_before=_words_before(row) if action is Action.WORK_ON_CHAIN else (),
        kept=commands.analysis_of(row),
        withheld=_withheld(row, links),
    )


def _withheld(row: Chain, links: Links) -> dict[str, str]:
    texts = {ANALYSIS[name]: text for name, text in commands.seen(commands.analysis_of(row)).items()}
    for link in links:
        texts |= {_link_name(link): link.words, _skill_name(link): link.skill}
    named = audit.row_name(Episode, row.session.episode.ref)
    besides = {ANALYSIS[name]: reader for name, reader in commands.BESIDES.items()}
    return clearances.withheld(named=named, texts=texts, besides=besides)


def _link_name(link: Link) -> str:
    return f"Link “{link.words}”"


def _skill_name(link: Link) -> str:
    return f"Skill at the link “{link.words}”"


def _words_before(chain: Chain) -> tuple[str, ...]:
    """Return words of the person's links, most used first: words typed alike recur in the patterns."""
    links = ChainLink.objects.filter(chain__in=of_person(episode=chain.session.episode_id))
    used = links.values_list("words").annotate(times=Count("pk")).order_by("-times", "words")
    return tuple(words for words, _ in used[:OFFERED])


def of_person(*, episode: int) -> QuerySet[Chain]:
    """Return the chains of a person, without those of a finished record that was of another person or session."""
    chains = Chain.objects.filter(session__episode=episode)
    return chains.exclude(session__state=State.CANCELLED, session__recorded_at__isnull=False)


def of_episode(*, episode: Episode) -> list[ReadChain]:
    """Return the episode's chains, oldest first, in two statements however many there are."""
    links: dict[int, list[Link]] = {}
    told = of_person(episode=episode.pk)
    stored = ChainLink.objects.filter(chain__in=told).order_by("position")
    for chain, ref, part, kind, *said in stored.values_list("chain_id", *commands.LINK):
        links.setdefault(chain, []).append(Link(ref, Part(part), Kind(kind), *said))
    values = told.order_by("started_at", "pk").values_list(
        "pk", "ref", "behaviour", "resisted", "happened_on", "session__kind", "session__number", "hour"
    )
    return [
        ReadChain(ref, behaviour, resisted, on, title(session, number), in_order(links.get(pk, [])), hour)
        for pk, ref, behaviour, resisted, on, session, number, hour in values
    ]


def _title(session: Session) -> str:
    return title(session.kind, session.number)


def _name(session: Session) -> str:
    referral = session.episode.referral
    return referral.name
