"""Questions about the circumstances of a client, each with a frozen answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value

from desist.accounts import queries as accounts
from desist.advocacy.circumstances.models import Circumstance, SelfHarm
from desist.advocacy.circumstances.policy import Action
from desist.advocacy.circumstances.words import CIRCUMSTANCE, SELF_HARM, Words
from desist.advocacy.clients import queries as clients
from desist.advocacy.screenings import queries as screenings
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State
from desist.circumstances import texts
from desist.circumstances.states import RISKS, Kind, Over, gravest_first, label
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question, day

PAGE = 50
A_COLLEAGUE = "a colleague"  # whose account is not known here
ERASED, HARM = "Erased", "Self-harm and the crisis plan"


@dataclass(frozen=True)
class Row:
    """A risk or need as it was noted. `over` says why it is no longer in force, else it is empty."""

    ref: str
    kind: str
    label: str
    words: str
    said_by: str
    since: date | None
    review_on: date
    overdue: bool
    noted_by: str
    noted_at: datetime
    over: str
    ended_by: str
    ended_at: datetime | None


@dataclass(frozen=True)
class CircumstancesPage:
    """The risks to staff and the needs of a client: in force, and as they were."""

    victim: clients.Page
    risks: tuple[Row, ...]
    needs: tuple[Row, ...]
    past: tuple[Row, ...]


@dataclass(frozen=True)
class SelfHarmVersion:
    """What was known of self-harm, as it was saved."""

    number: int
    said: texts.SelfHarm
    review_on: date
    saved_by: str
    saved_at: datetime

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Each part that says something, with its title."""
        said = ((title, str(getattr(self.said, name))) for name, title in texts.PARTS.items())
        return tuple((title, words) for title, words in said if words)


@dataclass(frozen=True)
class SelfHarmPage:
    """The versions of what is known of a client's self-harm, the newest first."""

    victim: clients.Page
    versions: tuple[SelfHarmVersion, ...]


@dataclass(frozen=True)
class InForce:
    """What is in force of a client: each risk and need in a line, and the reviews that are due."""

    risks: tuple[str, ...]
    needs: tuple[str, ...]
    due: tuple["Due", ...]


@dataclass(frozen=True)
class Due:
    """A review that is due. `ref` is of the risk or need; "" for self-harm and for a screening."""

    victim: str
    ref: str
    words: str
    review_on: date

    @property
    def route(self) -> str:
        """The page that does it."""
        if self.ref:
            return "circumstances:review"
        return "circumstances:self-harm" if self.words == HARM else "screenings:client"


@dataclass(frozen=True)
class Reviewed:
    """The days of a client's reviews, as a statement about clients asks for them."""

    today: date
    harm_on: date | None  # of what is known of self-harm
    screen_on: date | None  # by when a screening is due, if it is
    screen_since: bool  # because of an incident


def circumstances(*, actor: Actor, ref: str, at: datetime) -> CircumstancesPage:
    """Return the risks to staff and the needs of a client."""
    return _page(gate.open(actor, Action.SEE_CIRCUMSTANCES, Victim, ref, at=at), actor, at)


def to_note(*, actor: Actor, ref: str, at: datetime) -> CircumstancesPage:
    """Return the same, to note another."""
    return _page(gate.open(actor, Action.NOTE_CIRCUMSTANCES, Victim, ref, at=at), actor, at)


def to_change(*, actor: Actor, ref: str, at: datetime) -> tuple[clients.Page, Row]:
    """Return one risk or need, to review or end it."""
    one = (
        gate.open(actor, Action.CHANGE_CIRCUMSTANCE, Circumstance, ref, at=at).select_related("victim").get()
    )
    page = clients.page_of(Victim.objects.filter(pk=one.victim_id), actor=actor, at=at)
    return page, _row(one, vault.box_if_kept(person=one.victim.ref), _names([one]), dates.day_of(at))


def to_write(*, actor: Actor, ref: str, at: datetime) -> SelfHarmPage:
    """Return what is known of a client's self-harm, to write it anew."""
    rows = gate.open(actor, Action.NOTE_CIRCUMSTANCES, Victim, ref, at=at)
    box, found = vault.box_if_kept(person=ref), list(rows.get().self_harm.order_by("-number"))
    names = accounts.names(refs=[one.saved_by for one in found])
    versions = (
        SelfHarmVersion(
            number=one.number,
            said=_self_harm(box, ref, one) if box else texts.SelfHarm(history=ERASED),
            review_on=one.review_on,
            saved_by=names.get(one.saved_by, A_COLLEAGUE),
            saved_at=one.saved_at,
        )
        for one in found
    )
    return SelfHarmPage(clients.page_of(rows, actor=actor, at=at), tuple(versions))


def in_force(*, victim: Victim, box: Box | None, reviewed: Reviewed | None = None) -> InForce:
    """Return what is in force of a client whose row the gate opened; with `reviewed` it says as well what is due."""
    rows = list(victim.circumstances.filter(over="").order_by("noted_at", "pk"))
    order = gravest_first(one.kind for one in rows)
    rows.sort(key=lambda one: order.index(Kind(one.kind)))
    return InForce(
        risks=tuple(label(one.kind, _words(box, one).words) for one in rows if one.kind in RISKS),
        needs=tuple(label(one.kind, _words(box, one).words) for one in rows if one.kind not in RISKS),
        due=tuple(_due(victim.ref, rows, reviewed)) if reviewed else (),
    )


def _due(victim: str, rows: Iterable[Circumstance], reviewed: Reviewed) -> Iterator[Due]:
    if reviewed.screen_on:
        yield Due(victim, "", screenings.why(since=reviewed.screen_since), reviewed.screen_on)
    for one in rows:
        if one.review_on <= reviewed.today:
            yield Due(victim, one.ref, label(one.kind, ""), one.review_on)
    if reviewed.harm_on and reviewed.harm_on <= reviewed.today:
        yield Due(victim, "", HARM, reviewed.harm_on)


def harm_reviewed() -> Subquery:
    """What a statement about clients asks: the review of what is known of self-harm."""
    rows = SelfHarm.objects.filter(victim=OuterRef("pk")).order_by("-number")
    return Subquery(rows.values("review_on")[:1])


def due(*, actor: Actor, at: datetime) -> tuple[Due, ...]:
    """Return the reviews that are due of the actor's clients, the longest overdue first; at most PAGE."""
    found = gate.read(actor, Action.SEE_CIRCUMSTANCE_REVIEWS, DUE, at=at, today=dates.day_of(at))
    return tuple(Due(victim, ref, label(kind, "") if ref else kind, on) for victim, ref, kind, on in found)


def _to_review(rows: QuerySet[Victim]) -> QuerySet[Any]:
    victims, today = rows.exclude(state=State.CLOSED), day("today")
    told = ("victim__ref", "ref", "kind", "review_on")
    later = SelfHarm.objects.filter(victim=OuterRef("victim"), number__gt=OuterRef("number"))
    harm = SelfHarm.objects.filter(~Exists(later), victim__in=victims, review_on__lte=today)
    both = harm.annotate(ref=Value(""), kind=Value(HARM)).values_list(*told)
    noted = Circumstance.objects.filter(victim__in=victims, over="", review_on__lte=today)
    screened = screenings.due(victims, today)
    return noted.values_list(*told).union(both, screened, all=True).order_by("review_on")[:PAGE]


DUE = Question(Victim, _to_review)


def records(victim: Victim, box: Box) -> Iterator[str]:
    """Yield the texts about a client's circumstances, one by one."""
    for one in victim.circumstances.all():
        yield from astuple(_words(box, one))
    for version in victim.self_harm.order_by("-number")[:1]:
        yield from astuple(_self_harm(box, victim.ref, version))


def _page(rows: QuerySet[Victim], actor: Actor, at: datetime) -> CircumstancesPage:
    victim, today = rows.get(), dates.day_of(at)
    box = vault.box_if_kept(person=victim.ref)
    noted = list(victim.circumstances.order_by("-noted_at", "-pk"))
    names = _names(noted)
    found = [_row(one, box, names, today) for one in noted]
    now = [one for one in found if not one.over]
    return CircumstancesPage(
        victim=clients.page_of(rows, actor=actor, at=at),
        risks=tuple(one for one in now if one.kind in RISKS),
        needs=tuple(one for one in now if one.kind not in RISKS),
        past=tuple(one for one in found if one.over),
    )


def _names(rows: Iterable[Circumstance]) -> Mapping[str, str]:
    return accounts.names(refs=[ref for one in rows for ref in (one.noted_by, one.ended_by) if ref])


def _row(one: Circumstance, box: Box | None, names: Mapping[str, str], today: date) -> Row:
    said = _words(box, one)
    return Row(
        ref=one.ref,
        kind=one.kind,
        label=label(one.kind, ""),
        words=said.words,
        said_by=said.said_by,
        since=one.since,
        review_on=one.review_on,
        overdue=not one.over and one.review_on <= today,
        noted_by=names.get(one.noted_by, A_COLLEAGUE),
        noted_at=one.noted_at,
        over=str(Over(one.over).label) if one.over else "",
        ended_by=names.get(one.ended_by, ""),
        ended_at=one.ended_at,
    )


def _words(box: Box | None, one: Circumstance) -> Words:
    return boxes.unlock(box, CIRCUMSTANCE, one.ref, one.words, Words) if box else Words(ERASED, ERASED)


def _self_harm(box: Box, victim: str, one: SelfHarm) -> texts.SelfHarm:
    return boxes.unlock(box, SELF_HARM, f"{victim}:{one.number}", one.words, texts.SelfHarm)
