"""Questions about extracts that came, each with a frozen answer."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from desist.accounts import queries as accounts
from desist.commission.extracts import commands, outcomes
from desist.commission.extracts.models import OutcomeExtract, PoliceOutcomes, Study
from desist.commission.extracts.policy import Action
from desist.commission.extracts.states import HORIZONS, LAGS, Sources, State, TimeZero
from desist.extracts import dictionary, police, words
from desist.extracts.dictionary import EVENTS, File
from desist.post import partners
from desist.refusals import Refused
from desist.returns.states import Why
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist_evaluation.study.paper import NotMadeError, as_pdf

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
PAGE, PAPER = "annex.html", "annex.pdf"
TYPES = {"html": "text/html", "csv": "text/csv", "json": "application/json", "pdf": "application/pdf"}
NO_PAPER = "There is no PDF: {}"


@dataclass(frozen=True)
class Listed:
    """One extract in the list; `people` is None for a reader who may not open it."""

    ref: str
    number: int
    service: str
    agreement: str
    evaluator: str
    until: date
    arrived_at: datetime
    label: str
    colour: str
    people: int | None
    studies: int
    opens: bool


@dataclass(frozen=True)
class Made:
    """A study: its plan in words, who made it, and its files."""

    ref: str
    number: int
    of: str
    extract: int
    service: str
    plan: tuple[tuple[str, str], ...]
    after_events: bool
    made_by: str
    made_at: datetime
    files: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What one force recorded, under which agreement of its own, and what is not in it."""

    force: str
    agreement: str
    until: date
    arrived_at: datetime
    people: int
    left_out: tuple[tuple[str, str], ...]
    ended_at: datetime | None
    ended_why: str


@dataclass(frozen=True)
class ExtractPage:
    """An extract, and what can be done with it."""

    ref: str
    number: int
    service: str
    agreement: str
    evaluator: str
    until: date
    joins: bool
    data_cut: date
    arrived_at: datetime
    people: int
    left_out: tuple[tuple[str, int], ...]
    recalled: bool
    ended_at: datetime | None
    ended_why: str
    over: bool
    edition: str
    files: tuple[File, ...]
    studies: tuple[Made, ...]
    events_read_at: datetime | None
    asked: bool
    told: tuple[Told, ...]
    recorded_files: tuple[File, ...]

    @property
    def readable(self) -> bool:
        """Whether its rows may be opened."""
        return not self.over and self.ended_at is None


def extracts(*, actor: Actor, at: datetime) -> tuple[Listed, ...]:
    """Return the extracts that came to the area, the newest first."""
    rows = gate.see(actor, Action.SEE_EXTRACTS, OutcomeExtract, at=at).order_by("-arrived_at", "-pk")
    opens = actor.role in policy.rule(Action.READ_EXTRACT).roles
    return tuple(_listed(row, dates.day_of(at), opens=opens) for row in rows.prefetch_related("studies"))


def kept_too_long(*, at: datetime) -> tuple[str, ...]:
    """Return the extracts of which rows are still here that nobody may open any more, the oldest first."""
    today = dates.day_of(at)
    of_police = PoliceOutcomes.objects.filter(until__lt=today).exclude(people_lines="")
    over = Q(until__lt=today) & ~Q(episode_lines="") | Q(pk__in=of_police.values("of"))
    return tuple(OutcomeExtract.objects.filter(over).order_by("until", "pk").values_list("ref", flat=True))


def one(*, actor: Actor, ref: str, at: datetime) -> ExtractPage:
    """Return one extract."""
    row = gate.open(actor, Action.READ_EXTRACT, OutcomeExtract, ref, at=at).get()
    return _page(row, at)


def to_study(*, actor: Actor, ref: str, at: datetime) -> ExtractPage:
    """Return an extract of which a study is about to be made."""
    return _page(gate.open(actor, Action.MAKE_STUDY, OutcomeExtract, ref, at=at).get(), at)


def as_file(*, actor: Actor, ref: str, name: str, at: datetime) -> tuple[str, bytes]:
    """Return the name and the bytes of a file of an extract; that of the events is noted. Raises gate.NotFound."""
    row = gate.open(actor, Action.READ_EXTRACT, OutcomeExtract, ref, at=at).get()
    recorded = outcomes.lines(row, today=dates.day_of(at))
    files = {**commands.lines(row).files, **(recorded.files if recorded.people else {})}
    text = files.get(name.upper())
    if text is None or not _page(row, at).readable:
        raise gate.NotFound(name)
    if name.upper() in {EVENTS.name, police.RECORDED.name}:
        commands.note_events_read(actor=actor, ref=ref, at=at)
    return f"{name.upper()}.csv", text.encode()


def study(*, actor: Actor, ref: str, at: datetime) -> Made:
    """Return one study."""
    row = gate.open(actor, Action.READ_STUDY, Study, ref, at=at).select_related("of").get()
    return _made(row, readable=_page(row.of, at).readable)


def of_study(*, actor: Actor, ref: str, name: str, at: datetime) -> tuple[bytes, str]:
    """Return a file of a study and its type. Raises gate.NotFound, and Refused where the PDF cannot be made."""
    row = gate.open(actor, Action.READ_STUDY, Study, ref, at=at).select_related("of").get()
    files = json.loads(row.files) if row.files and _page(row.of, at).readable else {}
    kind = TYPES.get(name.rpartition(".")[2], "")
    if name == PAPER and PAGE in files:
        try:
            return as_pdf(files[PAGE]), kind
        except NotMadeError as reason:
            raise Refused(NO_PAPER.format(reason)) from None
    if name not in files or not kind:
        raise gate.NotFound(name)
    return files[name].encode(), f"{kind}; charset=utf-8"


def guarded(page: bytes) -> str:
    """Return the Content-Security-Policy of an annex: its own style by its digest, and nothing else at all."""
    digests = [
        base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        for style in STYLE.findall(page.decode())
    ]
    styles = " ".join(f"'sha256-{one}'" for one in digests) or "'none'"
    return f"default-src 'none'; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _listed(row: OutcomeExtract, today: date, *, opens: bool) -> Listed:
    over = row.until < today
    label, colour = ("Its agreement is over", "grey") if over else (str(State.STANDS.label), "green")
    if row.state == State.RECALLED:
        label, colour = str(State.RECALLED.label), "red"
    return Listed(
        ref=row.ref,
        number=row.number,
        service=partners.title(name=row.sender),
        agreement=row.agreement,
        evaluator=row.evaluator,
        until=row.until,
        arrived_at=row.arrived_at,
        label=label,
        colour=colour,
        people=row.people if opens else None,
        studies=len(row.studies.all()),
        opens=opens,
    )


def _page(row: OutcomeExtract, at: datetime) -> ExtractPage:
    over = row.until < dates.day_of(at)
    readable = not over and row.ended_at is None
    return ExtractPage(
        ref=row.ref,
        number=row.number,
        service=partners.title(name=row.sender),
        agreement=row.agreement,
        evaluator=row.evaluator,
        until=row.until,
        joins=row.joins,
        data_cut=row.data_cut,
        arrived_at=row.arrived_at,
        people=row.people,
        left_out=words.left_out(words.read(tuple(row.left_out))),
        recalled=row.state == State.RECALLED,
        ended_at=row.ended_at,
        ended_why=str(Why(row.ended_why).label) if row.ended_why else "",
        over=over,
        edition=row.edition,
        files=dictionary.FILES,
        studies=tuple(_made(one, readable=readable) for one in row.studies.order_by("number")),
        events_read_at=row.events_read_at,
        asked=bool(row.token),
        told=tuple(_told(one) for one in row.outcomes.order_by("arrived_at", "pk")),
        recorded_files=police.FILES if outcomes.readable(row, today=dates.day_of(at)).exists() else (),
    )


def _told(row: PoliceOutcomes) -> Told:
    return Told(
        force=partners.title(name=row.sender),
        agreement=row.agreement,
        until=row.until,
        arrived_at=row.arrived_at,
        people=row.people,
        left_out=police.left_out(police.read_left_out(tuple(row.left_out))),
        ended_at=row.ended_at,
        ended_why=str(Why(row.ended_why).label) if row.ended_why else "",
    )


def _made(row: Study, *, readable: bool) -> Made:
    return Made(
        ref=row.ref,
        number=row.number,
        of=row.of.ref,
        extract=row.of.number,
        service=partners.title(name=row.of.sender),
        plan=(
            ("Time counts from", str(TimeZero(row.time_zero).label)),
            ("Followed for", dict(HORIZONS)[row.horizon]),
            ("What counts", str(Sources(row.sources).label)),
            ("Told to the service", dict(LAGS)[row.lag_days]),
        ),
        after_events=row.after_events,
        made_by=accounts.name(ref=row.made_by),
        made_at=row.made_at,
        files=tuple(json.loads(row.files)) if row.files and readable else (),
    )
