"""The declarations of practitioners, and obstacles between them and a person. Settings edits the register itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from desist.programme.episodes.models import Episode
from desist.programme.episodes.policy import Action as EpisodesAction
from desist.programme.practitioners import fitness
from desist.programme.practitioners.models import Declaration, Practitioner, SupervisionArrangement
from desist.programme.referrals.models import Referral
from desist.programme.team.policy import Action
from desist.references import typed
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.models import Exclusion, Restriction


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
    today = day_of(at)
    found = list(counted(rows, actor).order_by("name", "pk"))
    ties = _ties(found, referral)
    answers = [
        (
            row,
            fitness.obstacles(
                standing=standing(row), ties=ties[row.ref], today=today, standing_in=standing_in
            ),
        )
        for row in found
    ]
    return sorted(answers, key=lambda answer: bool(answer[1]))


def counted(rows: QuerySet[Practitioner], actor: Actor) -> QuerySet[Practitioner]:
    """Return practitioners with their supervisor and the number of their people, among those the actor may see.

    A restricted case is in no count of an actor who is not named for it.
    """
    current = CURRENT & Q(allocations__episode__in=visible(actor))
    people = Count("allocations", filter=current, distinct=True)
    return rows.annotate(people=people, supervisor=supervisor())


def supervisor() -> Subquery:
    """Return the account that supervises a practitioner by the present arrangement; none where there is none."""
    arranged = SupervisionArrangement.objects.filter(practitioner=OuterRef("pk"), ended_at=None)
    return Subquery(arranged.values("supervisor"))


def visible(actor: Actor) -> QuerySet[Episode]:
    """Return the people that the actor may see."""
    return Episode.objects.filter(policy.rule(EpisodesAction.SEE_EPISODES).scope(actor))


#: who a practitioner works with now: a person who left is theirs to write about still, and takes up no room
CURRENT = Q(allocations__ended_at=None, allocations__leave=None, allocations__episode__ended_at=None) & Q(
    allocations__isnull=False
)


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


def _ties(found: Sequence[Practitioner], referral: Referral) -> dict[str, fitness.Ties]:
    answers = dict(Exclusion.objects.filter(case=referral.ref).values_list("account", "allowed"))
    restricted = Restriction.objects.filter(case=referral.ref, ended_at=None).exists()
    declared = {
        one.practitioner_id
        for one in Declaration.objects.filter(practitioner__in=found, ended_at=None)
        if _links(one, referral)
    }
    return {
        row.ref: fitness.Ties(
            kept_from=answers.get(row.ref) is False,
            not_named=restricted and answers.get(row.ref) is not True,
            declared=row.pk in declared,
        )
        for row in found
    }


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
