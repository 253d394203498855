"""Which cases each account opened lately, by the audit's own references: nothing of what a case says."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from desist.audit.watching.states import CLOSED_FOR, WINDOW, Case
from desist.wall.actors import SYSTEM_ROLES
from desist.wall.models import AuditEvent


def opened(*, at: datetime) -> dict[str, list[Case]]:
    """Account -> the cases that it looked at within the last hour, each once."""
    zone = getattr(settings, "DESIST_WATCHED", "")
    if not zone:
        return {}
    tables: tuple[str, ...] = import_string(f"{zone}.WATCHED")
    seen = _looks(at, tables)
    cases: dict[str, Case] = import_string(f"{zone}.watched")(rows={row for _, row in seen})
    found: defaultdict[str, list[Case]] = defaultdict(list)
    for who, row in sorted(seen):
        if row in cases:
            found[who].append(cases[row])
    return dict(found)


def unassigned(who: str, cases: Iterable[Case]) -> int:
    """How many of these cases are not assigned to an account."""
    return sum(who not in case.whose for case in cases)


def closed(cases: Iterable[Case], *, at: datetime) -> int:
    """How many of these cases have been closed for a while."""
    return sum(case.closed_at is not None and case.closed_at < at - CLOSED_FOR for case in cases)


def _looks(at: datetime, tables: Iterable[str]) -> set[tuple[str, str]]:
    of_cases = Q()
    for table in tables:
        of_cases |= Q(row__startswith=f"{table}:")
    events = AuditEvent.objects.filter(of_cases, at__gt=at - WINDOW, at__lte=at, allowed=True)
    people = events.filter(action__contains=".see_").exclude(role__in=sorted(SYSTEM_ROLES))
    return set(people.order_by().values_list("who", "row").distinct())
