"""Questions about papers, each with a frozen answer: the register, and the words of one paper."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db.models import Prefetch

from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as clients
from desist.advocacy.contacts import bars
from desist.advocacy.incidents import queries as incidents
from desist.advocacy.incidents.models import Addition, Incident
from desist.advocacy.papers import contents
from desist.advocacy.papers.commands import REASON
from desist.advocacy.papers.contents import LEFT_OUT, Contents, Section
from desist.advocacy.papers.models import Paper
from desist.advocacy.papers.policy import Action
from desist.advocacy.papers.states import Format, Kind, Part, Purpose
from desist.advocacy.safety import texts as safety
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.desk.duty import queries as duty
from desist.orders import crime_references
from desist.references import spoken
from desist.ui import dates
from desist.wall import audit, gate
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction

PAGE = 50
NO_NAME = "Their name, and how to reach them, are not in it."
#: part of the log -> the headings that go with it
OF_PART = {
    Part.EFFECT: ("Effect",),
    Part.WITNESSES: ("Witnesses",),
    Part.KEPT: ("Kept", "Where it is kept"),
    Part.TOLD: ("Reported to", "Crime reference"),
    Part.ADDITIONS: ("Added later",),
}


@dataclass(frozen=True)
class Row:
    """One paper in the register."""

    ref: str
    what: str
    purpose: str
    span: str
    without: tuple[str, ...]
    reason: str  # why it says exactly where; empty if it does not
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class PapersPage:
    """A client's register of papers, the newest first, and the number of entries in the log."""

    victim: clients.Page
    rows: tuple[Row, ...]
    entries: int


@dataclass(frozen=True)
class Fetched:
    """One paper to be drawn."""

    contents: Contents
    format: Format
    large: bool
    foot: str


def log(*, actor: Actor, ref: str, at: datetime) -> PapersPage:
    """Return the register of a client, to make a log."""
    return _page(actor, Action.MAKE_LOG, ref, at)


def theirs(*, actor: Actor, ref: str, at: datetime) -> PapersPage:
    """Return the register of a client, to make a paper for them."""
    return _page(actor, Action.MAKE_THEIR_PAPER, ref, at)


def fetch(*, actor: Actor, ref: str, at: datetime) -> Fetched:
    """Return one paper with the words that were written when it was made. Raises Shredded."""
    paper = gate.open(actor, Action.FETCH_PAPER, Paper, ref, at=at).select_related("victim").get()
    box = vault.box(person=paper.victim.ref)
    drawn = {Kind.LOG: _log, Kind.PLAN: _plan, Kind.RING: _ring, Kind.LEAFLET: _leaflet}[Kind(paper.kind)]
    foot = f"Reference {spoken(paper.ref)}" if paper.kind == Kind.LOG else ""
    return Fetched(drawn(actor, paper, box, at), Format(paper.format), paper.large, foot)


def _page(actor: Actor, action: BaseAction, ref: str, at: datetime) -> PapersPage:
    rows = gate.open(actor, action, Victim, ref, at=at)
    victim, box = rows.get(), vault.box_if_kept(person=ref)
    found = list(victim.papers.order_by("-made_at", "-pk")[:PAGE])
    names = accounts.names(refs=[one.made_by for one in found])
    return PapersPage(
        victim=clients.page_of(rows, actor=actor, at=at),
        rows=tuple(_row(one, box, names.get(one.made_by, "a colleague")) for one in found),
        entries=victim.incidents.count(),
    )


def _row(one: Paper, box: Box | None, by: str) -> Row:
    reason = "Erased"
    if box:
        reason = box.open(field=REASON, row=one.ref, sealed=bytes(one.words)) if one.places else ""
    log = one.kind == Kind.LOG
    return Row(
        ref=one.ref,
        what=f"{Kind(one.kind).label} ({Format(one.format).value.upper()})",
        purpose=str(Purpose(one.purpose).label),
        span=_span(one) if log else "",
        without=tuple(str(Part(code).label) for code in one.without),
        reason=reason if one.places else "",
        made_by=by,
        made_at=one.made_at,
    )


def _span(one: Paper) -> str:
    since = f"from {dates.on(one.since)}" if one.since else "from the beginning"
    return f"{since} to {dates.on(one.until or one.made_at)}"


def _log(actor: Actor, paper: Paper, box: Box, at: datetime) -> Contents:
    """The log in its span, oldest first. An entry keeps its number, so that a gap in the numbers can be seen."""
    then = Addition.objects.filter(added_at__lte=paper.made_at).order_by("added_at")
    kept = paper.victim.incidents.filter(recorded_at__lte=paper.made_at)
    every = kept.order_by("happened_on", "happened_time", "pk").prefetch_related(Prefetch("additions", then))
    numbered = list(enumerate(every, start=1))
    chosen = [(number, one) for number, one in numbered if _within(one, paper)]
    whose = clients.page_of(Victim.objects.filter(pk=paper.victim_id), actor=actor, at=at)
    sections, withheld = [], 0
    for number, one in chosen:
        page = incidents.page_of(one, list(one.additions.all()), victim=whose, box=box)
        said = page if paper.places else _cleared(page, one, paper.victim, box)
        facts = tuple(_facts(said, paper))
        withheld += any(words.startswith(LEFT_OUT) for _, words in facts)
        sections.append(Section(f"{number}. {page.row.when}", facts))
    return Contents(
        "Log of what happened",
        tuple(_said(paper, chosen=len(chosen), of=len(numbered), withheld=withheld)),
        tuple(sections),
    )


def _within(one: Incident, paper: Paper) -> bool:
    last = one.ended_on or one.happened_on
    return not (paper.since and last < paper.since) and not (paper.until and one.happened_on > paper.until)


def _said(paper: Paper, *, chosen: int, of: int, withheld: int) -> Iterator[str]:
    """What the paper is, and what it leaves out."""
    yield f"Made on {dates.at(paper.made_at)}, {_span(paper)}: {chosen} of {of} entries, the earliest first."
    yield "Each entry was written down by an advocate as it was told. A time that was not told is not given."
    out = [str(Part(code).label).lower() for code in paper.without]
    if not paper.places:
        out.append("exactly where it happened")
    if out:
        yield f"Left out of every entry: {'; '.join(out)}."
    if withheld:
        yield f"Words are left out of {withheld} entries, where it says so: they may lead to them."
    yield (
        NO_NAME
        if not paper.places
        else "It says exactly where things happened. Keep it from the person it is about."
    )


def _cleared(page: incidents.Page, one: Incident, victim: Victim, box: Box) -> incidents.Page:
    """The entry as others may read it: without words that may lead to the client and that nobody answered for."""
    said = page.account.crossing
    shown = vault.clear(victim=victim, named=audit.row_name(Incident, one.ref), texts=said, of=box)
    read = {place: shown[place] or (LEFT_OUT if words else "") for place, words in said.items()}
    account = replace(
        page.account,
        what=read["account"],
        place="",
        **{name: read[name] for name in ("effect", "witnesses", "kept")},
    )
    added = []
    for row, (when, by, words) in zip(one.additions.all(), page.additions, strict=True):
        named = audit.row_name(Addition, row.ref)
        clear = vault.clear(victim=victim, named=named, texts={"words": words}, of=box)["words"]
        added.append((when, by, clear or LEFT_OUT))
    reference = crime_references.known(page.row.crime_reference)
    return replace(
        page, account=account, additions=tuple(added), row=replace(page.row, crime_reference=reference)
    )


def _facts(page: incidents.Page, paper: Paper) -> Iterator[tuple[str, str]]:
    """The facts of an entry that have words, without the parts that are left out."""
    row, account = page.row, page.account
    told = {
        "When": row.when,
        "How many times": row.often,
        "Where": "; ".join(row.places),
        "Where exactly": account.place,
        "What was done": "; ".join(row.behaviours),
        "How it was done": f"{row.channel}, {page.through.lower()}",
        "What happened": account.what,
        "Also involved": "; ".join(row.marks),
        "Effect": account.effect,
        "Witnesses": account.witnesses,
        "Kept": "; ".join(page.evidence),
        "Where it is kept": account.kept,
        "Reported to": "; ".join(row.told),
        "Crime reference": row.crime_reference,
        "How it was told": page.heard,
        "Written down": f"{dates.at(page.recorded_at)}, by {page.recorded_by}",
        "Added later": "\n".join(f"{dates.at(when)}, {by}: {words}" for when, by, words in page.additions),
    }
    out = {name for code in paper.without for name in OF_PART[Part(code)]}
    yield from ((name, told[name]) for name in contents.COLUMNS if told[name] and name not in out)


def _plan(actor: Actor, paper: Paper, box: Box, at: datetime) -> Contents:  # noqa: ARG001 -- as the others
    words, review = _plan_of(paper, box)
    return contents.plan(list(asdict(words).items()), review)


def _ring(actor: Actor, paper: Paper, box: Box, at: datetime) -> Contents:
    words, _ = _plan_of(paper, box)
    return contents.ring(
        _numbers(duty.current(actor=actor, at=at)),
        say=bars.words(victim=paper.victim, box=box).say,
        crime_reference=crime_references.known(paper.victim.crime_reference),
        people=words.people,
    )


def _leaflet(actor: Actor, paper: Paper, box: Box, at: datetime) -> Contents:  # noqa: ARG001 -- as the others
    return contents.LEAFLET


def _numbers(known: Sequence[duty.Number]) -> list[str]:
    """The numbers alone: who answers them would tell what the service is."""
    return [one.number for one in known]


def _plan_of(paper: Paper, box: Box) -> tuple[safety.Plan, str]:
    """The safety plan when the paper was made, and the day of its review; an empty one without a plan."""
    one = paper.victim.plans.filter(saved_at__lte=paper.made_at).order_by("-number").first()
    if one is None:
        return safety.Plan(), ""
    row = f"{paper.victim.ref}:{one.number}"
    return boxes.unlock(box, safety.PLAN, row, one.words, safety.Plan), dates.on(one.review_on)
