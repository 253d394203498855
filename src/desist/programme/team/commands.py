"""The declarations of practitioners, and obstacles between them and a person. Settings edits the register itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from desist.programme.curriculum.outline import TWELVE
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.policy import Action as EpisodesAction
from desist.programme.episodes.states import OPEN
from desist.programme.practitioners import fitness
from desist.programme.practitioners.models import Declaration, Practitioner, SupervisionArrangement
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import Kind, State
from desist.programme.team.policy import Action
from desist.references import typed
from desist.ui import dates
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.models import Exclusion, Restriction
from desist.wall.statements import Instances, Question, Slot, Statement, among, of_role, texts

NO_TIES = fitness.Ties()


@dataclass(frozen=True)
class Places:
    """The places of an area: those taken, and those free. `waiting` people of the taken have no practitioner yet.

    `next_on` is the day on which the first of the last sessions ends, where no place is free and one is planned.
    """

    taken: int
    free: int
    waiting: int
    next_on: date | None = None

    @property
    def words(self) -> str:
        """The count in one sentence, the same on every page."""
        total = self.taken + self.free
        said = (
            f"{total} {'place' if total == 1 else 'places'}: {self.taken} taken, {self.free or 'none'} free."
        )
        if self.waiting:
            said += f" {self.waiting} of those taken {'is' if self.waiting == 1 else 'are'} for people without a practitioner."
        if self.next_on:
            said += f" The next place comes free on {dates.weekday(self.next_on)}."
        return said


@dataclass(frozen=True)
class Declared:
    """A link to a person: by reference (`case`), or by name."""

    kind: str
    case: str
    given_names: str
    family_name: str
    born: date | None


def declare(*, actor: Actor, declared: Declared, submission: str, at: datetime) -> None:
    """Declare a link; a form sent twice is kept once. The answer never says whether the person is known here."""
    with gate.change(actor, Action.DECLARE_LINK, Practitioner, actor.who, at=at) as row:
        if Declaration.objects.filter(submission=submission).exists():
            return
        Declaration.objects.create(
            practitioner=row,
            kind=declared.kind,
            case=_case(declared.case) if declared.case else "",
            given_names="" if declared.case else declared.given_names,
            family_name="" if declared.case else declared.family_name,
            born=None if declared.case else declared.born,
            submission=submission,
            declared_at=at,
        )


def end_declaration(*, actor: Actor, ref: str, at: datetime) -> str:
    """End a declared link; twice changes nothing. Return the practitioner's reference."""
    with gate.change(actor, Action.END_DECLARATION, Declaration, ref, at=at) as row:
        row.ended_at = row.ended_at or at
        row.save(update_fields=["ended_at"])
        return str(row.practitioner.ref)


def checked(
    rows: QuerySet[Practitioner],
    referral: Referral,
    *,
    actor: Actor,
    at: datetime,
    standing_in: bool = False,
) -> list[tuple[Practitioner, tuple[str, ...]]]:
    """Return these practitioners with all that keeps them from a person, those without an obstacle first."""
    return checked_for(rows, [referral], actor=actor, at=at, standing_in=standing_in)[referral.pk]


def checked_for(
    rows: QuerySet[Practitioner],
    referrals: Sequence[Referral],
    *,
    actor: Actor,
    at: datetime,
    standing_in: bool = False,
) -> dict[int, list[tuple[Practitioner, tuple[str, ...]]]]:
    """Return the same by the key of each of several people, in as many queries as for one."""
    found = list(counted(rows, actor).order_by("name", "pk"))
    return answers(found, referrals, at=at, standing_in=standing_in)


def company(episode: Episode, *, at: datetime) -> list[tuple[Practitioner, tuple[str, ...]]]:
    """Return the practitioners of an area with whom the person does not work, with all that keeps them from attending."""
    found = BESIDE.rows(area=episode.area, people=[episode.pk])
    return answers(found, [episode.referral], at=at, standing_in=True)[episode.referral_id]


def answers(
    found: Sequence[Practitioner], referrals: Sequence[Referral], *, at: datetime, standing_in: bool
) -> dict[int, list[tuple[Practitioner, tuple[str, ...]]]]:
    """Return what `checked_for` finds of practitioners who were read already; one who stands in needs no count of people."""
    today = day_of(at)
    known = [(row, standing(row)) for row in found]
    said = {}
    for referral, ties in _ties(found, referrals):
        answered = [
            (row, fitness.obstacles(standing=one, ties=ties[row.ref], today=today, standing_in=standing_in))
            for row, one in known
        ]
        said[referral.pk] = sorted(answered, key=lambda answer: bool(answer[1]))
    return said


def counted(rows: QuerySet[Practitioner], actor: Actor) -> QuerySet[Practitioner]:
    """Return practitioners with their supervisor and the number of their people, among those the actor may see.

    A person who left is still theirs to write about, and takes up no room; nor does one for whom they stand in. A restricted case is in no count of an actor who is not named for it.
    """
    return counted_among(rows, visible(actor))


def counted_among(rows: QuerySet[Practitioner], seen: QuerySet[Episode]) -> QuerySet[Practitioner]:
    """Return the same, counted among these people."""
    current = Allocation.objects.filter(
        practitioner=OuterRef("pk"),
        ended_at=None,
        leave=None,
        episode__in=seen.filter(ended_at=None),
    )
    people = current.order_by().values("practitioner").annotate(number=Count("pk")).values("number")
    return rows.annotate(people=Coalesce(Subquery(people), 0), supervisor=supervisor())


def supervisor() -> Subquery:
    """Return the account that supervises a practitioner by the present arrangement; none where there is none."""
    arranged = SupervisionArrangement.objects.filter(practitioner=OuterRef("pk"), ended_at=None)
    return Subquery(arranged.values("supervisor"))


def _beside() -> QuerySet[Practitioner]:
    own = Allocation.objects.filter(episode__in=among("people"), ended_at=None, leave=None)
    rows = Practitioner.objects.filter(area=Slot("area"), left_on=None)
    rows = rows.exclude(pk__in=own.values("practitioner")).annotate(supervisor=supervisor())
    return rows.order_by("name", "pk")


BESIDE = Instances(
    _beside,
    *("ref", "name", "registration", "registered_until", "trained_on", "capacity", "left_on", "supervisor"),
)


def visible(actor: Actor) -> QuerySet[Episode]:
    """Return the people that the actor may see."""
    return Episode.objects.filter(policy.rule(EpisodesAction.SEE_EPISODES).scope(actor))


def standing(row: Practitioner) -> fitness.Standing:
    """Return what is known of a practitioner who was `counted`."""
    return fitness.Standing(
        name=row.name,
        registration=row.registration,
        registered_until=row.registered_until,
        trained_on=row.trained_on,
        supervised=bool(getattr(row, "supervisor", None)),
        capacity=row.capacity,
        people=int(getattr(row, "people", 0)),
        left_on=row.left_on,
    )


#: the columns of a practitioner who was `counted` that `stood` reads
STANDING = (
    *("name", "registration", "registered_until", "trained_on", "supervisor"),
    *("capacity", "people", "left_on"),
)


def stood(columns: Sequence[Any]) -> fitness.Standing:
    """Return the same of a row of the columns STANDING."""
    name, registration, registered_until, trained_on, supervisor, capacity, people, left_on = columns
    return fitness.Standing(
        name=name,
        registration=registration,
        registered_until=registered_until,
        trained_on=trained_on,
        supervised=bool(supervisor),
        capacity=capacity,
        people=people,
        left_on=left_on,
    )


def room(one: fitness.Standing, today: date) -> int:
    """Return how many more people a practitioner can take: none while anything keeps them from taking a person."""
    return 0 if fitness.obstacles(standing=one, ties=NO_TIES, today=today) else one.capacity - one.people


def places(*, actor: Actor, at: datetime) -> Places:
    """Return the places of the actor's area, counted over the people whom the actor may see."""
    return places_of([stood(one) for one in _among_seen(TEAM, actor)], actor=actor, at=at)


def places_of(team: Iterable[fitness.Standing], *, actor: Actor, at: datetime) -> Places:
    """Return the places of practitioners whose standing is known already."""
    today = dates.day_of(at)
    here = [one for one in team if one.left_on is None or one.left_on > today]
    taken = sum(number for (number,) in _among_seen(TAKEN, actor))
    waiting = max(taken - sum(one.people for one in here), 0)
    free = max(sum(room(one, today) for one in here) - waiting, 0)
    return Places(taken, free, waiting, None if free else _next(actor))


def _among_seen(question: Question, actor: Actor) -> list[tuple[Any, ...]]:
    """Return the answer of a question about the people whom the actor may see."""
    scope = policy.rule(EpisodesAction.SEE_EPISODES).scope
    asked = of_role(question, scope, actor.role, in_emergency=bool(actor.reach))
    return asked.rows(who=actor.who, area=actor.area, reach=actor.reach)


def _team(seen: QuerySet[Episode]) -> QuerySet[Any]:
    rows = counted_among(Practitioner.objects.filter(area=Slot("area")), seen)
    return rows.order_by("pk").values_list(*STANDING)


def _taken(seen: QuerySet[Episode]) -> QuerySet[Any]:
    open_still = seen.filter(state__in=OPEN).order_by()
    return open_still.values(every=Value(1)).annotate(number=Count("pk")).values_list("number")


TEAM, TAKEN = Question(Episode, _team), Question(Episode, _taken)


def _next(actor: Actor) -> date | None:
    """Return the day of the earliest last session that is planned."""
    last = Session.objects.filter(
        episode__in=visible(actor).filter(state__in=OPEN),
        number=TWELVE[-1],
        kind=Kind.CORE,
        state=State.PLANNED,
    )
    period = last.order_by("period").values_list("period", flat=True).first()
    return dates.day_of(period.upper) if period else None


def _ties(
    found: Sequence[Practitioner], referrals: Sequence[Referral]
) -> Iterator[tuple[Referral, dict[str, fitness.Ties]]]:
    cases = [referral.ref for referral in referrals]
    said = KEPT_FROM.rows(cases=cases) if found else []
    named = {(case, account): allowed for case, account, allowed in said if account}
    restricted = {case for case, account, _ in said if not account}
    declarations = DECLARED.rows(people=[one.pk for one in found]) if found else []
    for referral in referrals:
        declared = {one.practitioner_id for one in declarations if _links(one, referral)}
        yield (
            referral,
            {
                row.ref: fitness.Ties(
                    kept_from=named.get((referral.ref, row.ref)) is False,
                    not_named=referral.ref in restricted and named.get((referral.ref, row.ref)) is not True,
                    declared=row.pk in declared,
                )
                for row in found
            },
        )


def _kept_from() -> QuerySet[Any]:
    """Return who is kept from some cases or named for them; a row without an account says that the case is restricted."""
    shut = Restriction.objects.filter(case__in=texts("cases"), ended_at=None)
    restricted = shut.values_list("case", Value(""), Value(value=False))
    said = Exclusion.objects.filter(case__in=texts("cases")).values_list("case", "account", "allowed")
    return said.union(restricted, all=True)


KEPT_FROM = Statement(_kept_from)
DECLARED = Instances(
    lambda: Declaration.objects.filter(practitioner__in=among("people"), ended_at=None),
    *("practitioner", "case", "given_names", "family_name", "born"),
)


def _links(one: Declaration, referral: Referral) -> bool:
    if one.case:
        return one.case == referral.ref
    known = fitness.Named(one.given_names, one.family_name, one.born)
    return fitness.same(known, fitness.Named(referral.given_names, referral.family_name, referral.born))


def _case(text: str) -> str:
    """Return the referral's reference, from it or from the episode's; an unknown reference stays as typed."""
    ref = typed(text)
    of_episode = Referral.objects.filter(episode__ref=ref).values_list("ref", flat=True).first()
    return (of_episode or ref)[:12]
