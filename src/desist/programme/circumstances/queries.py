"""Questions about the circumstances of a person, each with a frozen answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from desist.accounts import queries as accounts
from desist.circumstances import texts
from desist.circumstances.states import RISKS, Care, ContactOrder, Kind, Over, Tie, label
from desist.programme.circumstances import known
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.circumstances.policy import Action
from desist.programme.episodes.models import Episode
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 50
A_COLLEAGUE = "a colleague"  # whose account is not known here


@dataclass(frozen=True)
class Person:
    """Whose circumstances they are."""

    ref: str
    spoken: str
    name: str
    may_note: bool


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
    as_referred: bool
    noted_by: str
    noted_at: datetime
    over: str
    ended_by: str
    ended_at: datetime | None


@dataclass(frozen=True)
class CircumstancesPage:
    """Risks to staff and needs: in force, as the referral says, and as they were."""

    person: Person
    risks: tuple[Row, ...]
    needs: tuple[Row, ...]
    past: tuple[Row, ...]
    referred_risks: known.InForce  # what the referral says of them stands beside what the service noted
    referred_needs: known.InForce
    referred_on: date


@dataclass(frozen=True)
class SelfHarmVersion:
    """What was known of self-harm, as it was saved."""

    number: int
    said: texts.SelfHarm
    review_on: date
    overdue: bool
    saved_by: str
    saved_at: datetime

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Each part that says something, with its title."""
        said = ((title, str(getattr(self.said, name))) for name, title in texts.PARTS.items())
        return tuple((title, words) for title, words in said if words)


@dataclass(frozen=True)
class SelfHarmPage:
    """The versions of what is known of self-harm, the newest first, and what the referral says."""

    person: Person
    versions: tuple[SelfHarmVersion, ...]
    referred: str

    @property
    def newest(self) -> SelfHarmVersion | None:
        """The version that counts."""
        return next(iter(self.versions), None)


@dataclass(frozen=True)
class RelativeRow:
    """A child or relative as they were noted."""

    ref: str
    said: texts.Relative
    tie: str
    care: str
    contact_order: str
    noted_by: str
    noted_at: datetime
    over: str
    ended_at: datetime | None


@dataclass(frozen=True)
class FamilyPage:
    """The children and family of a person: those on the list, and what it said before."""

    person: Person
    rows: tuple[RelativeRow, ...]
    past: tuple[RelativeRow, ...]


@dataclass(frozen=True)
class Due:
    """A review that is due, of a risk, a need or what is known of self-harm."""

    episode: str
    name: str
    words: str
    review_on: date
    days: int


@dataclass(frozen=True)
class ChildLine:
    """A child or relative of a person on the programme."""

    episode: str
    person: str
    name: str
    tie: str
    contact_order: str
    order_on: date | None
    late: bool


def circumstances(*, actor: Actor, episode: str, at: datetime) -> CircumstancesPage:
    """Return the risks to staff and the needs of a person."""
    return _page(_open(actor, Action.SEE_CIRCUMSTANCES, episode, at), actor, at)


def to_note(*, actor: Actor, episode: str, at: datetime) -> CircumstancesPage:
    """Return the same, to note another or to end what the referral says."""
    return _page(_open(actor, Action.NOTE_CIRCUMSTANCES, episode, at), actor, at)


def to_change(*, actor: Actor, ref: str, at: datetime) -> tuple[Person, Row, texts.Circumstance]:
    """Return one risk or need, to review or end it."""
    rows = gate.open(actor, Action.CHANGE_CIRCUMSTANCE, Circumstance, ref, at=at)
    one = rows.select_related("episode__referral").get()
    said = texts.Circumstance(one.kind, one.words, one.said_by, one.since, one.review_on)
    return _person(one.episode, actor), _row(one, _names([one]), dates.day_of(at)), said


def self_harm(*, actor: Actor, episode: str, at: datetime) -> SelfHarmPage:
    """Return what is known of a person's self-harm."""
    return _self_harm(_open(actor, Action.SEE_CIRCUMSTANCES, episode, at), actor, at)


def to_write(*, actor: Actor, episode: str, at: datetime) -> SelfHarmPage:
    """Return the same, to write it anew."""
    return _self_harm(_open(actor, Action.NOTE_CIRCUMSTANCES, episode, at), actor, at)


def family(*, actor: Actor, episode: str, at: datetime) -> FamilyPage:
    """Return the children and family of a person."""
    row = _open(actor, Action.SEE_CIRCUMSTANCES, episode, at)
    rows = list(row.relatives.order_by("noted_at", "pk"))
    names = _names(rows)
    found = [_relative(one, names) for one in rows]
    return FamilyPage(
        person=_person(row, actor),
        rows=tuple(one for one in found if not one.over),
        past=tuple(one for one in reversed(found) if one.over),
    )


def to_add(*, actor: Actor, episode: str, at: datetime) -> Person:
    """Return the person whose child or relative is added."""
    return _person(_open(actor, Action.NOTE_CIRCUMSTANCES, episode, at), actor)


def to_change_relative(*, actor: Actor, ref: str, at: datetime) -> tuple[Person, RelativeRow]:
    """Return one child or relative, to change or take off the list."""
    rows = gate.open(actor, Action.CHANGE_RELATIVE, Relative, ref, at=at)
    one = rows.select_related("episode__referral").get()
    return _person(one.episode, actor), _relative(one, _names([one]))


def reviews(*, actor: Actor, at: datetime) -> tuple[tuple[Due, ...], tuple[ChildLine, ...]]:
    """Return the reviews that are due of people on the programme, the longest overdue first, and their children; PAGE of each."""
    episodes = gate.see(actor, Action.SEE_CIRCUMSTANCE_REVIEWS, Episode, at=at).filter(ended_at=None)
    today = dates.day_of(at)
    listed = ("episode__ref", "episode__referral__given_names", "episode__referral__family_name")
    due = Circumstance.objects.filter(to_review(today), episode__in=episodes)
    harm = SelfHarm.objects.filter(harm_to_review(today), episode__in=episodes)
    rows = due.values_list(*listed, "kind", "review_on").union(
        harm.annotate(kind=Value("")).values_list(*listed, "kind", "review_on"), all=True
    )
    lines = tuple(
        Due(ref, f"{given} {last}", review_words(kind), on, (today - on).days)
        for ref, given, last, kind, on in rows.order_by("review_on")[:PAGE]
    )
    children = Relative.objects.filter(over="", episode__in=episodes).order_by("order_on", "pk")
    return lines, tuple(
        ChildLine(
            episode=ref,
            person=f"{given} {last}",
            name=name,
            tie=str(Tie(tie).label),
            contact_order=str(ContactOrder(order).label),
            order_on=on,
            late=order == ContactOrder.HEARING and on is not None and on < today,
        )
        for ref, given, last, name, tie, order, on in children.values_list(
            *listed, "name", "tie", "contact_order", "order_on"
        )[:PAGE]
    )


def asked(episode: OuterRef) -> ArraySubquery:
    """What a statement asks of an episode, for `known.held`."""
    rows = Circumstance.objects.filter(known.COUNTING, episode=episode).order_by("noted_at", "pk")
    return ArraySubquery(rows.values(one=JSONObject(kind="kind", words="words", as_referred="as_referred")))


def review_words(kind: str) -> str:
    """What is to be reviewed: a risk or need by its kind, or self-harm for ""."""
    if not kind:
        return "Self-harm and the crisis plan"
    return f"{'Risk to staff' if kind in RISKS else 'Need'}: {Kind(kind).label}"


def to_review(today: date | Combinable) -> Q:
    """Return the risks and needs in force whose review is due."""
    return Q(over="", review_on__lte=today)


def harm_to_review(today: date | Combinable) -> Q:
    """Return what is known of self-harm now whose review is due."""
    later = SelfHarm.objects.filter(episode=OuterRef("episode"), number__gt=OuterRef("number"))
    return Q(~Exists(later), review_on__lte=today)


def hearings_past(today: date | Combinable) -> Q:
    """Return the children about whose contact a hearing was held and nothing noted since."""
    return Q(contact_order=ContactOrder.HEARING, order_on__lt=today)


def _open(actor: Actor, action: Action, episode: str, at: datetime) -> Episode:
    return gate.open(actor, action, Episode, episode, at=at).select_related("referral").get()


def _person(row: Episode, actor: Actor) -> Person:
    may_note = policy.opens(actor.role, "circumstances:risk")
    return Person(row.ref, spoken(row.ref), str(row.referral.name), may_note)


def _names(rows: Iterable[Circumstance | Relative]) -> Mapping[str, str]:
    return accounts.names(refs=[ref for one in rows for ref in (one.noted_by, one.ended_by) if ref])


def _page(row: Episode, actor: Actor, at: datetime) -> CircumstancesPage:
    today = dates.day_of(at)
    rows = list(row.circumstances.order_by("-noted_at", "-pk"))
    names = _names(rows)
    found = [_row(one, names, today) for one in rows]
    now = [one for one in found if not one.over]
    held = [
        known.Held(one.kind, one.words, one.as_referred) for one in rows if one.as_referred or not one.over
    ]
    return CircumstancesPage(
        person=_person(row, actor),
        risks=tuple(one for one in now if one.kind in RISKS),
        needs=tuple(one for one in now if one.kind not in RISKS),
        past=tuple(one for one in found if one.over),
        referred_risks=known.risks_of(row, held),
        referred_needs=known.needs_of(row, held),
        referred_on=dates.day_of(row.referral.completed_at),
    )


def _label(one: Circumstance) -> str:
    if not one.as_referred:
        return label(one.kind, "")
    if one.kind in known.WHOLE:
        return "Risks, as referred" if one.kind == Kind.OTHER else "Needs, as referred"
    return f"{Kind(one.kind).label}, as referred"


def _row(one: Circumstance, names: Mapping[str, str], today: date) -> Row:
    return Row(
        ref=one.ref,
        kind=one.kind,
        label=_label(one),
        words=one.words if one.kind in known.WHOLE or not one.as_referred else "",
        said_by=one.said_by,
        since=one.since,
        review_on=one.review_on,
        overdue=not one.over and one.review_on <= today,
        as_referred=one.as_referred,
        noted_by=names.get(one.noted_by, A_COLLEAGUE),
        noted_at=one.noted_at,
        over=str(Over(one.over).label) if one.over else "",
        ended_by=names.get(one.ended_by, ""),
        ended_at=one.ended_at,
    )


def _self_harm(row: Episode, actor: Actor, at: datetime) -> SelfHarmPage:
    today = dates.day_of(at)
    rows = list(row.self_harm.order_by("-number"))
    names = accounts.names(refs=[one.saved_by for one in rows])
    return SelfHarmPage(
        person=_person(row, actor),
        versions=tuple(
            SelfHarmVersion(
                number=one.number,
                said=known.self_harm(one),
                review_on=one.review_on,
                overdue=one is rows[0] and one.review_on <= today,
                saved_by=names.get(one.saved_by, A_COLLEAGUE),
                saved_at=one.saved_at,
            )
            for one in rows
        ),
        referred=row.referral.self_harm,
    )


def _relative(one: Relative, names: Mapping[str, str]) -> RelativeRow:
    said = texts.Relative(
        one.name,
        one.tie,
        one.born_in,
        one.care,
        one.contact_order,
        one.order_on,
        one.worker,
        one.words,
    )
    return RelativeRow(
        ref=one.ref,
        said=said,
        tie=str(Tie(one.tie).label),
        care=str(Care(one.care).label),
        contact_order=str(ContactOrder(one.contact_order).label),
        noted_by=names.get(one.noted_by, A_COLLEAGUE),
        noted_at=one.noted_at,
        over=str(Over(one.over).label) if one.over else "",
        ended_at=one.ended_at,
    )
