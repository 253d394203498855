"""The cases that each account opened lately, by the audit's own references, without any content of a case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max, Q
from django.utils.module_loading import import_string

from desist.audit.watching.states import CLOSING, FINISHING, WINDOW, Case
from desist.wall.actors import SYSTEM_ROLES
from desist.wall.models import AuditEvent


@dataclass(frozen=True)
class Look:
    """One case that an account looked at lately, with the moment of the last look."""

    row: str
    at: datetime
    case: Case


def opened(*, at: datetime) -> dict[str, list[Look]]:
    """Account -> the cases that it looked at within the last hour, each once."""
    zone = getattr(settings, "DESIST_WATCHED", "")
    if not zone:
        return {}
    tables: tuple[str, ...] = import_string(f"{zone}.WATCHED")
    seen = _looks(at, tables)
    cases: dict[str, Case] = import_string(f"{zone}.watched")(rows={row for _, row, _ in seen})
    found: defaultdict[str, list[Look]] = defaultdict(list)
    for who, row, last in sorted(seen):
        if row in cases:
            found[who].append(Look(row, last, cases[row]))
    return dict(found)


def unassigned(who: str, looks: Iterable[Look]) -> int:
    """The number of these cases that are not assigned to an account."""
    return sum(who not in look.case.whose for look in looks)


def revisited(who: str, looks: Iterable[Look], *, at: datetime) -> int:
    """The number of closed cases that an account opened again, neither assigned to it nor its own work to finish."""
    back = {
        look.row: look.case.closed_at
        for look in looks
        if look.case.closed_at and look.at > look.case.closed_at and who not in look.case.whose
    }
    return len(back.keys() - _finishing(who, back, at))


def _finishing(who: str, back: Mapping[str, datetime], at: datetime) -> set[str]:
    """Rows closed lately, on which the account did more than look until then."""
    lately = {row: closed_at for row, closed_at in back.items() if closed_at > at - FINISHING}
    if not lately:
        return set()
    since = min(lately.values()) - FINISHING
    events = AuditEvent.objects.filter(who=who, row__in=lately, at__gt=since, allowed=True)
    work = events.exclude(action__contains=".see_").values_list("row", "at")
    return {row for row, moment in work if moment < lately[row] + CLOSING}


def _looks(at: datetime, tables: Iterable[str]) -> set[tuple[str, str, datetime]]:
    of_cases = Q()
    for table in tables:
        of_cases |= Q(row__startswith=f"{table}:")
    events = AuditEvent.objects.filter(of_cases, at__gt=at - WINDOW, at__lte=at, allowed=True)
    people = events.filter(action__contains=".see_").exclude(role__in=sorted(SYSTEM_ROLES))
    return set(people.order_by().values_list("who", "row").annotate(last=Max("at")))
