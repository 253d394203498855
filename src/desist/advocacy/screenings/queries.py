"""Questions about screenings, each with a frozen answer. None of it leaves this zone, and nothing is computed."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Least, TruncDate

from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as clients
from desist.advocacy.incidents.models import Incident
from desist.advocacy.incidents.texts import span
from desist.advocacy.screenings.models import Screening
from desist.advocacy.screenings.policy import Action
from desist.advocacy.screenings.states import Source
from desist.advocacy.screenings.words import SCREENING, STRUCK, Words
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.codes import RiskTool
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

ERASED = Words("", "Erased", "")
#: what is due, by the reason: an incident that no screening follows, or the day of the review
SINCE, REVIEW = "Screening of risk since the last incident", "Screening of risk"


@dataclass(frozen=True)
class Row:
    """One screening. `struck` says why it does not count, else it is empty; `overdue` the review of the newest one alone."""

    ref: str
    tool: str
    words: Words
    rater_trained: bool
    rated_on: date
    review_on: date | None
    overdue: bool
    source: str
    incident: tuple[str, str]  # the reference and the day of the incident that it followed; empty without one
    recorded_by: str
    recorded_at: datetime
    struck: str


@dataclass(frozen=True)
class ScreeningsPage:
    """A client's screenings, the newest first, and the incidents that none of them follows."""

    victim: clients.Page
    rows: tuple[Row, ...]
    unscreened: tuple[tuple[str, str], ...]  # the reference and the day of each
    tool: str  # code and version of the newest one, for the next
    version: str


def screenings(*, actor: Actor, ref: str, at: datetime) -> ScreeningsPage:
    """Return the screenings of a client."""
    return _page(gate.open(actor, Action.SEE_SCREENINGS, Victim, ref, at=at), actor, at)


def to_record(*, actor: Actor, ref: str, at: datetime) -> ScreeningsPage:
    """Return the same, to record another."""
    return _page(gate.open(actor, Action.RECORD_SCREENING, Victim, ref, at=at), actor, at)


def to_record_after(*, actor: Actor, incident: str, at: datetime) -> tuple[ScreeningsPage, str]:
    """Return the same and the day of an incident, to record the screening after it."""
    one = gate.open(actor, Action.SCREEN_AFTER_INCIDENT, Incident, incident, at=at).get()
    return _page(Victim.objects.filter(pk=one.victim_id), actor, at), _when(one)


def screening(*, actor: Actor, ref: str, at: datetime) -> tuple[clients.Page, Row]:
    """Return one screening, to read it or strike it out."""
    rows = gate.open(actor, Action.STRIKE_SCREENING, Screening, ref, at=at)
    one = rows.select_related("victim", "incident").get()
    page = clients.page_of(Victim.objects.filter(pk=one.victim_id), actor=actor, at=at)
    return page, _row(one, vault.box_if_kept(person=one.victim.ref), dates.day_of(at), newest=False)


def newest(*, victim: Victim, box: Box | None, today: date) -> Row | None:
    """Return the newest screening that counts, of a client whom the gate opened."""
    rows = victim.screenings.filter(struck_at=None).select_related("victim", "incident")
    one = rows.order_by("-rated_on", "-recorded_at").first()
    return _row(one, box, today, newest=True, named=False) if one else None


def owed_on(today: date | Cast) -> Least:
    """What a statement about clients asks: by when a screening is due, None if none is.

    It is due for an incident that no screening follows: none was rated on its last day or later and recorded after it.
    It is due on the day of the newest one's review, and at once where the police sent it.
    """
    came = TruncDate("recorded_at", tzinfo=dates.LONDON)
    since = Subquery(_late().order_by("recorded_at").values(day=came)[:1])
    counted = Screening.objects.filter(victim=OuterRef("pk"), struck_at=None)
    by = Case(When(review_on=None, then=came), When(review_on__lte=today, then=F("review_on")))
    return Least(since, Subquery(counted.order_by("-rated_on", "-recorded_at").values(by=by)[:1]))


def owed_since() -> Exists:
    """What a statement about clients asks: whether there is an incident that no screening follows."""
    return Exists(_late())


def due(victims: QuerySet[Victim], today: date | Cast) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the clients whose screening is due, as rows of reference, "", the reason and the day."""
    rows = victims.annotate(none=Value(""), screen_on=owed_on(today), since=owed_since())
    words = Case(When(since=True, then=Value(SINCE)), default=Value(REVIEW))
    late = rows.annotate(words=words).filter(screen_on__isnull=False)
    return late.values_list("ref", "none", "words", "screen_on")


def why(*, since: bool) -> str:
    """Return what is due: after an incident, or by its day."""
    return SINCE if since else REVIEW


def _late() -> QuerySet[Incident]:
    return unfollowed().filter(victim=OuterRef("pk"))


def unfollowed() -> QuerySet[Incident]:
    """Return the incidents that no screening follows."""
    after = Screening.objects.filter(
        victim=OuterRef("victim"),
        struck_at=None,
        rated_on__gte=Coalesce(OuterRef("ended_on"), OuterRef("happened_on")),
        recorded_at__gte=OuterRef("recorded_at"),
    )
    return Incident.objects.filter(~Exists(after))


def records(victim: Victim, box: Box) -> Iterator[str]:
    """Yield the texts of a client's screenings, one by one."""
    for one in victim.screenings.all():
        yield from astuple(boxes.unlock(box, SCREENING, one.ref, one.words, Words))


def _page(rows: QuerySet[Victim], actor: Actor, at: datetime) -> ScreeningsPage:
    victim, today = rows.get(), dates.day_of(at)
    box = vault.box_if_kept(person=victim.ref)
    kept = victim.screenings.select_related("victim", "incident").order_by("-rated_on", "-recorded_at")
    found = list(kept)
    counted = [one for one in found if not one.struck_at]
    last = next((one for one in counted if one.source == Source.HERE), None)
    late = unfollowed().filter(victim=victim).order_by("-happened_on", "-pk")
    return ScreeningsPage(
        victim=clients.page_of(rows, actor=actor, at=at),
        rows=tuple(_row(one, box, today, newest=one in counted[:1]) for one in found),
        unscreened=tuple((one.ref, _when(one)) for one in late),
        tool=last.tool if last else "",
        version=_words(last, box).version if last else "",
    )


def _row(one: Screening, box: Box | None, today: date, *, newest: bool, named: bool = True) -> Row:
    why = box.open(field=STRUCK, row=one.ref, sealed=bytes(one.struck_words)) if box and one.struck_at else ""
    return Row(
        ref=one.ref,
        tool=str(RiskTool(one.tool).label),
        words=_words(one, box),
        rater_trained=one.rater_trained,
        rated_on=one.rated_on,
        review_on=one.review_on,
        overdue=newest and (one.review_on is None or one.review_on <= today),
        source=str(Source(one.source).label) if one.source == Source.POLICE else "",
        incident=(one.incident.ref, _when(one.incident)) if one.incident else ("", ""),
        recorded_by=accounts.name(ref=one.recorded_by) if named and one.source == Source.HERE else "",
        recorded_at=one.recorded_at,
        struck=(why or "Erased") if one.struck_at else "",
    )


def _words(one: Screening, box: Box | None) -> Words:
    return boxes.unlock(box, SCREENING, one.ref, one.words, Words) if box else ERASED


def _when(one: Incident) -> str:
    return span(one.happened_on, one.happened_time, one.ended_on, one.ended_time)
