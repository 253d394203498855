"""Questions about the team."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from desist.accounts import queries as accounts
from desist.accounts.beginning.queries import Missing
from desist.advocacy.team.models import Advocate
from desist.advocacy.team.policy import Action
from desist.advocacy.team.states import LinkKind
from desist.wall import gate
from desist.wall.actors import Actor, Role


@dataclass(frozen=True)
class Row:
    """One advocate with their number of clients and their declared links."""

    ref: str
    name: str
    trained_on: date | None
    clients: int
    capacity: int
    links: tuple[tuple[str, datetime], ...]

    @property
    def full(self) -> bool:
        """Whether the advocate has as many clients as one advocate should have."""
        return self.clients >= self.capacity


@dataclass(frozen=True)
class Entry:
    """What the register says of one advocate."""

    ref: str
    name: str
    trained_on: date | None
    capacity: int
    left_on: date | None


def team(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The advocates of the area."""
    rows = gate.see(actor, Action.SEE_TEAM, Advocate, at=at).filter(left_on=None)
    counted = rows.annotate(clients=Count("allocations", filter=Q(allocations__ended_at=None), distinct=True))
    return tuple(
        Row(
            ref=row.ref,
            name=row.name,
            trained_on=row.trained_on,
            clients=row.clients,
            capacity=row.capacity,
            links=tuple(
                (LinkKind(one.kind).label, one.declared_at)
                for one in sorted(row.declarations.all(), key=lambda one: one.declared_at)
                if one.ended_at is None
            ),
        )
        for row in counted.prefetch_related("declarations").order_by("name")
    )


def missing() -> Iterator[Missing]:
    """The areas with a manager and without an advocate to whom a client can be given."""
    for area, name in accounts.areas():
        fit = Advocate.objects.filter(area=area, left_on=None, trained_on__isnull=False)
        if accounts.holders(role=Role.ADVOCACY_MANAGER, area=area) and not fit.exists():
            yield (
                f"An advocate in {name} with training signed off: an advocacy manager enters it under Team",
                "",
            )


def to_register(*, actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """The advocates of the actor's area who are not on its register, without the actor: reference and name."""
    gate.see(actor, Action.REGISTER_ADVOCATE, Advocate, at=at)
    held = accounts.holders(role=Role.ADVOCATE, area=actor.area)
    known = set(Advocate.objects.filter(ref__in=[ref for ref, _ in held]).values_list("ref", flat=True))
    return tuple(one for one in held if one[0] not in {*known, actor.who})


def advocate(*, actor: Actor, ref: str, at: datetime) -> Entry:
    """What the register says of one advocate."""
    row = gate.open(actor, Action.EDIT_ADVOCATE, Advocate, ref, at=at).get()
    return Entry(row.ref, row.name, row.trained_on, row.capacity, row.left_on)


def declaring(*, actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """The people for whom the actor may declare a link: themselves or, for a manager, any advocate of the area."""
    rows = gate.see(actor, Action.DECLARE_LINK, Advocate, at=at).filter(left_on=None)
    return tuple(rows.order_by("name").values_list("ref", "name"))
