"""Links to clients that advocates declare, and the one place with the reasons against an allocation."""

from datetime import date, datetime

from django.db import IntegrityError

from desist.accounts import queries as accounts
from desist.advocacy.team.models import Advocate, Declaration
from desist.advocacy.team.policy import Action
from desist.advocacy.team.states import ABOUT_A_CLIENT, REFUSALS, LinkKind
from desist.merges import records
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion

NEEDED = "Enter the reference of the client the link is about"
NOT_AN_ADVOCATE = "Not saved: this person has since been put on the register, or lost the role"
STILL_HAS_CLIENTS = "Give their {} clients to others first, then record that they left"
NOT_NEEDED = "This link keeps the advocate from every client: leave the reference empty"


def declare(
    *, actor: Actor, advocate: str, kind: LinkKind, person: str, submission: str, at: datetime
) -> None:
    """Keep an advocate from one client or from all, from now on. The manager ends an allocation that stands.

    An advocate who declares a link to a party no longer sees that case in any list.
    """
    if (kind in ABOUT_A_CLIENT) != bool(person):
        raise Refused(NEEDED if kind in ABOUT_A_CLIENT else NOT_NEEDED, field="person")
    with gate.change(actor, Action.DECLARE_LINK, Advocate, advocate, at=at) as row:
        if Declaration.objects.filter(submission=submission).exists():
            return
        Declaration.objects.create(
            advocate=row,
            kind=kind,
            person=person,
            declared_by=actor.who,
            declared_at=at,
            submission=submission,
        )
        if person:
            Exclusion.objects.update_or_create(
                case=person,
                account=row.ref,
                defaults={
                    "allowed": False,
                    "reason": kind.value,
                    "made_by": actor.who,
                    "made_at": at,
                },
            )


def register(*, actor: Actor, account: str, trained_on: date | None, capacity: int, at: datetime) -> None:
    """Put an account with an advocate's role on the register: from now on clients can be allocated to them.

    The same form twice does it once. Raises Refused.
    """
    name = dict(accounts.holders(role=Role.ADVOCATE, area=actor.area)).get(account)
    if name is None:
        raise Refused(NOT_AN_ADVOCATE)
    row = Advocate(ref=account, name=name, area=actor.area, trained_on=trained_on, capacity=capacity)
    try:
        with gate.create(actor, Action.REGISTER_ADVOCATE, row, at=at):
            pass
    except IntegrityError:
        raise Refused(NOT_AN_ADVOCATE) from None


def edit(
    *,
    actor: Actor,
    ref: str,
    trained_on: date | None,
    capacity: int,
    left_on: date | None,
    at: datetime,
) -> None:
    """Change what the register says of an advocate. Raises Refused where one who leaves still has clients."""
    with gate.change(actor, Action.EDIT_ADVOCATE, Advocate, ref, at=at) as row:
        clients = row.allocations.filter(ended_at=None).count()
        if left_on and clients:
            raise Refused(STILL_HAS_CLIENTS.format(clients), field="left_on")
        row.trained_on, row.capacity, row.left_on = trained_on, capacity, left_on
        row.save(update_fields=["trained_on", "capacity", "left_on"])


def refusals(*, advocate: Advocate, person: str) -> tuple[str, ...]:
    """Every reason why an advocate may not work with a client, each a sentence; empty if there is none."""
    links = Declaration.objects.filter(
        advocate=advocate, person__in=["", *records.together(person)], ended_at=None
    )
    found = [
        REFUSALS[LinkKind(kind)].format(name=advocate.name)
        for kind in links.order_by("declared_at").values_list("kind", flat=True)
    ]
    if (
        person
        and Exclusion.objects.filter(case=person, account=advocate.ref, allowed=False).exists()
        and not found
    ):
        found.append(f"This client is kept from {advocate.name}")
    if advocate.left_on:
        found.append(f"{advocate.name} has left the service")
    if advocate.trained_on is None:
        found.append(f"The training of {advocate.name} is not signed off")
    return tuple(found)


def own_entry(*, actor: Actor) -> Advocate | None:
    """The actor's own entry in the team; None for an actor who works with no client."""
    return Advocate.objects.filter(ref=actor.who).first() if actor.role is Role.ADVOCATE else None
