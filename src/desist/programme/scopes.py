"""Which rows of the programme an actor may reach: the scopes that its rules name."""

from collections.abc import Callable
from functools import cache

from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Exact

from desist.programme.episodes.models import Allocation
from desist.wall.actors import Actor, Role
from desist.wall.exclusions import unhindered


@cache
def own_area(case: str, area: str = "area") -> Callable[[Actor], Q]:
    """Rows of the actor's police area whose case nothing keeps the actor from; the post works in every area.

    `case` is the lookup from the row to the referral's reference, `area` the one to its area.
    """

    def scope(actor: Actor) -> Q:
        if actor.is_system:
            return Q()
        return Q(**{area: actor.area}) & unhindered(actor, case)

    return scope


@cache
def own_people(episode: str) -> Callable[[Actor], Q]:
    """Rows of the area; for a practitioner only those of people allocated to them now, and of one in an emergency.

    `episode` is the lookup prefix from the row to its episode: "" or "episode__".
    """

    def scope(actor: Actor) -> Q:
        rows = own_area(f"{episode}referral__ref", f"{episode}area")(actor)
        return rows & _worked_with(actor, episode) if actor.role is Role.PRACTITIONER else rows

    return scope


@cache
def own_referrals(referral: str) -> Callable[[Actor], Q]:
    """Referrals of the area: all for a manager, who decides on them; for others those of people whom they may see.

    `referral` is the lookup prefix from the row to its referral: "" or "referral__".
    """

    def scope(actor: Actor) -> Q:
        return own_area(f"{referral}ref", f"{referral}area")(actor) & _seen_by_role(actor, referral)

    return scope


def searched_referrals(actor: Actor) -> Q:
    """Referrals of the area that a search finds: all for a manager; for others those of people whom they may see.

    No index answers which area they are of. PostgreSQL cannot tell how few rows have the keys of a name: beside their index it
    would read the entries of the whole area in another, for 3.1 ms at 100,000 people instead of 0.6.
    """
    area = Q(Exact(Concat("area", Value("")), actor.area))
    return area & unhindered(actor, "ref") & _seen_by_role(actor, "")


def _seen_by_role(actor: Actor, referral: str) -> Q:
    if actor.role is Role.MANAGER:
        return Q()
    if actor.role is Role.PRACTITIONER:
        return _worked_with(actor, f"{referral}episode__")
    return Q(**{f"{referral}episode__isnull": False})


def own_drafts(actor: Actor) -> Q:
    """Drafts of the area: all for a manager, for others those that they began themselves."""
    rows = own_area("referral__ref")(actor)
    return rows if actor.role is Role.MANAGER else rows & Q(started_by=actor.who)


def _worked_with(actor: Actor, episode: str) -> Q:
    """People allocated to a practitioner now: to work with, to cover for a colleague; or opened in an emergency."""
    if actor.reach:
        now = Allocation.objects.filter(practitioner__ref=actor.who, ended_at=None).values("episode")
        return Q(**{f"{episode}pk__in": now}) | Q(**{f"{episode}referral__ref": actor.reach})
    return Q(
        **{
            f"{episode}allocations__practitioner__ref": actor.who,
            f"{episode}allocations__ended_at": None,
        }
    )


def own_concerns(actor: Actor) -> Q:
    """Concerns of the area; for a practitioner those about their people now, and their own about people nobody works with yet."""
    rows = own_area("referral__ref", "referral__area")(actor)
    if actor.role is not Role.PRACTITIONER:
        return rows
    nobody_yet = Q(raised_by=actor.who, referral__episode__allocations=None)
    return rows & (_worked_with(actor, "referral__episode__") | nobody_yet)


def concerns_to_ring_about(actor: Actor) -> Q:
    """Concerns that the actor may see, and their own about people with whom a colleague works: they may have to ring."""
    raised = own_area("referral__ref", "referral__area")(actor) & Q(raised_by=actor.who)
    return own_concerns(actor) | raised


def in_area(actor: Actor) -> Q:
    """Rows of the actor's area that are about no case."""
    return Q(area=actor.area)


def listed_in_area(actor: Actor) -> Q:
    """Rows of an area that are about no case and that a partner keeps; the post works in every area."""
    return Q() if actor.is_system else in_area(actor)


@cache
def in_area_of(owner: str) -> Callable[[Actor], Q]:
    """Rows of the actor's area by what they belong to, about no case; `owner` is the lookup to it."""

    def scope(actor: Actor) -> Q:
        return Q(**{f"{owner}__area": actor.area})

    return scope


def own_account(actor: Actor) -> Q:
    """Rows about one's own account."""
    return Q(account=actor.who)


@cache
def oneself(owner: str = "") -> Callable[[Actor], Q]:
    """What is one's own as a practitioner, in the area one works in; `owner` is the lookup prefix to the practitioner."""

    def scope(actor: Actor) -> Q:
        return Q(**{f"{owner}ref": actor.who, f"{owner}area": actor.area})

    return scope


@cache
def own_practice(practitioner: str) -> Callable[[Actor], Q]:
    """Rows of the area's practitioners; for a practitioner only those about themselves.

    `practitioner` is the lookup prefix from the row to its practitioner: "" or "practitioner__".
    """

    def scope(actor: Actor) -> Q:
        rows = Q(**{f"{practitioner}area": actor.area})
        return rows & Q(**{f"{practitioner}ref": actor.who}) if actor.role is Role.PRACTITIONER else rows

    return scope


@cache
def own_learning(practitioner: str) -> Callable[[Actor], Q]:
    """Rows about what practitioners of the area learn: for a practitioner their own, for a supervisor those they supervise now.

    `practitioner` is the lookup prefix: "" or "practitioner__".
    """

    def scope(actor: Actor) -> Q:
        rows = own_practice(practitioner)(actor)
        if actor.role is not Role.SUPERVISOR:
            return rows
        now = {"supervisor": actor.who, "ended_at": None}
        return rows & Q(**{f"{practitioner}arrangements__{name}": value for name, value in now.items()})

    return scope


def entries_to_strike(actor: Actor) -> Q:
    """Entries of training records that the actor may call mistaken: for a practitioner those that they made themselves."""
    rows = own_learning("practitioner__")(actor)
    return rows & Q(recorded_by=actor.who) if actor.role is Role.PRACTITIONER else rows


def learning_to_see_to(actor: Actor) -> Q:
    """Rows of the training record that are one's own, or of a practitioner whom one supervises now."""
    supervised = Q(
        practitioner__arrangements__supervisor=actor.who, practitioner__arrangements__ended_at=None
    )
    return Q(practitioner__ref=actor.who) | supervised


def reflections_to_read(actor: Actor) -> Q:
    """Entries of the reflective log: a practitioner's own, a supervisor's those that were shared with them."""
    if actor.role is Role.PRACTITIONER:
        return oneself("practitioner__")(actor)
    return Q(practitioner__area=actor.area, shared_with=actor.who)


def sampled_sessions(actor: Actor) -> Q:
    """Sampled sessions that were held, as far as is known today, of people whom the actor may know of."""
    return own_people("session__episode__")(actor) & Q(session__state="attended")


def own_sessions(actor: Actor) -> Q:
    """Sessions that a practitioner held themselves, with people who are theirs now."""
    return own_people("episode__")(actor) & Q(practitioner__ref=actor.who, state="attended")


def as_second(actor: Actor) -> Q:
    """Meetings with the actor as the second member of staff, of people whom nothing keeps from them."""
    return own_area("episode__referral__ref", "episode__area")(actor) & Q(second__ref=actor.who)


@cache
def asked_to_take(episode: str, request: str) -> Callable[[Actor], Q]:
    """What the actor is asked to take over, of people whom nothing keeps from them; without being allocated to them yet.

    `episode` is the lookup prefix from the row to its episode, `request` the one to the request.
    """

    def scope(actor: Actor) -> Q:
        rows = own_area(f"{episode}referral__ref", f"{episode}area")(actor)
        return rows & Q(**{f"{request}to__ref": actor.who})

    return scope
