"""The changes of a restricted case, and of the list of accounts kept from a case."""

from collections.abc import Iterable
from datetime import datetime
from itertools import product

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Q

from desist.audit import cases
from desist.merges import records
from desist.refusals import Refused
from desist.restrictions.policy import Action
from desist.sites import Zone
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion, Restriction, Reviewer

#: zone -> the action whose scope says which cases a leader sees
SEEN_BY = {
    Zone.PROGRAMME: "programme.see_referral",
    Zone.PARTNERSHIP: "partnership.see_referral",
    Zone.ADVOCACY: "advocacy.see_victim",
}


NO_CASE = "No case that you can see has this reference. Check it against the page it is shown on"
RESTRICTED = "This case is already restricted to named people. Ask the administrator to change who they are"


def restrict(*, actor: Actor, case: str, reason: str, people: Iterable[str], at: datetime) -> str:
    """Restrict a case, with all records merged with it, to these accounts and the leader who decides it.

    Return the restriction's reference.
    """
    ref = _case(actor, case)
    named = {*people} if actor.role is Role.ADMINISTRATOR else {*people, actor.who}
    row = Restriction(case=ref, reason=reason, made_by=actor.who, made_at=at)
    try:
        with gate.create(actor, Action.RESTRICT_CASE, row, at=at):
            for each in records.together(ref):
                if each != ref:
                    Restriction.objects.create(case=each, reason=reason, made_by=actor.who, made_at=at)
                for account in named:
                    _answer(each, account, allowed=True, reason=reason, by=actor, at=at)
    except IntegrityError:
        raise Refused(RESTRICTED) from None
    return row.ref


def name_people(*, actor: Actor, ref: str, people: Iterable[str], at: datetime) -> None:
    """Replace the accounts that see a restricted case. Accounts kept from the case stay kept from it."""
    with gate.change(actor, Action.NAME_PERSON, Restriction, ref, at=at) as row:
        if row.ended_at is not None:
            raise Refused("A colleague ended this restriction first")
        wanted = set(people)
        every = records.together(row.case)
        Exclusion.objects.filter(case__in=every, allowed=True).exclude(account__in=wanted).delete()
        for case, account in product(every, wanted):
            _answer(case, account, allowed=True, reason=row.reason, by=actor, at=at)


def end(*, actor: Actor, ref: str, at: datetime) -> None:
    """Let every account with the role and area see the case again; accounts kept from it stay kept from it."""
    with gate.change(actor, Action.END_RESTRICTION, Restriction, ref, at=at) as row:
        if row.ended_at is not None:
            raise Refused("A colleague ended this restriction first")
        every = records.together(row.case)
        Restriction.objects.filter(case__in=every, ended_at=None).update(ended_at=at)
        Exclusion.objects.filter(case__in=every, allowed=True).delete()


def keep_from(*, actor: Actor, case: str, account: str, reason: str, at: datetime) -> None:
    """Keep an account from a case, whether it is restricted or not."""
    ref = _case(actor, case)
    every = records.together(ref)
    Exclusion.objects.filter(case__in=every, account=account, allowed=True).delete()
    row = Exclusion(case=ref, account=account, allowed=False, reason=reason, made_by=actor.who, made_at=at)
    try:
        with gate.create(actor, Action.KEEP_FROM_CASE, row, at=at):
            for each in every - {ref}:
                _answer(each, account, allowed=False, reason=reason, by=actor, at=at)
    except IntegrityError:  # an account kept from the case already is no error
        return


def keep_oneself_from(*, actor: Actor, named: str, reason: str, at: datetime) -> str:
    """Keep the actor from the case of a reference, inside a change that the gate records; return the case.

    It is empty where there is none: a page must not say which, for the actor may not be allowed to know of the case.
    """
    found = cases.case_of(ref=named)
    every = records.together(found[1]) if found else frozenset()
    Exclusion.objects.filter(case__in=every, account=actor.who, allowed=True).delete()
    for each in every:
        _answer(each, actor.who, allowed=False, reason=reason, by=actor, at=at)
    return found[1] if found else ""


def name_reviewer(*, actor: Actor, name: str, phone: str, at: datetime) -> None:
    """Name the person whom staff ask when they do not find a case that they expect."""
    if Reviewer.objects.filter(name=name, phone=phone, ended_at=None).exists():
        return
    row = Reviewer(name=name, phone=phone, named_by=actor.who, named_at=at)
    with gate.create(actor, Action.NAME_REVIEWER, row, at=at):
        Reviewer.objects.filter(ended_at=None).exclude(pk=row.pk).update(ended_at=at)


def _case(actor: Actor, typed: str) -> str:
    """The reference of the case of a typed reference, where the actor may know of it."""
    found = cases.case_of(ref=typed)
    named = SEEN_BY.get(Zone(settings.DESIST_ZONE))
    action = next((one for one in policy.rules() if one == named), None)
    if found is None or action is None:
        raise Refused(NO_CASE, field="case")
    model, ref = found
    seen = Q() if actor.role is Role.ADMINISTRATOR else policy.rule(action).scope(actor)
    if not model._default_manager.filter(seen, ref=ref).exists():
        raise Refused(NO_CASE, field="case")
    return ref


def _answer(case: str, account: str, *, allowed: bool, reason: str, by: Actor, at: datetime) -> None:
    """Record one answer for a case and account: a list never lets in an account that is kept from the case."""
    Exclusion.objects.get_or_create(
        case=case,
        account=account,
        defaults={"allowed": allowed, "reason": reason, "made_by": by.who, "made_at": at},
    )
