"""Who is kept from one record is kept from every record merged with it, and a restriction of one is one of all."""

from datetime import datetime
from typing import Any

from desist.refusals import Refused
from desist.wall.models import Exclusion, Restriction

APART = (
    "Not merged: both records are restricted, to different people. "
    "Let the administrator name the same people for both first"
)


def join(first: str, second: str, *, by: str, at: datetime) -> dict[str, Any]:
    """Let what keeps accounts from either record hold for both; return what was changed, for `part`. Raises Refused."""
    made, turned = [], []
    for one, other in ((first, second), (second, first)):
        for row in Exclusion.objects.filter(case=one, allowed=False):
            told = {"allowed": False, "reason": row.reason, "made_by": by, "made_at": at}
            held, new = Exclusion.objects.get_or_create(case=other, account=row.account, defaults=told)
            if new:
                made.append(held.ref)
            elif held.allowed:
                Exclusion.objects.filter(pk=held.pk).update(allowed=False)
                turned.append(held.ref)
    standing = list(Restriction.objects.filter(case__in=[first, second], ended_at=None))
    if len(standing) == 2 and _named(first) != _named(second):
        raise Refused(APART)
    restricted = ""
    if len(standing) == 1:
        other = second if standing[0].case == first else first
        reason = standing[0].reason
        restricted = Restriction.objects.create(case=other, reason=reason, made_by=by, made_at=at).ref
        for account in _named(standing[0].case):
            told = {"allowed": True, "reason": reason, "made_by": by, "made_at": at}
            made.append(Exclusion.objects.create(case=other, account=account, **told).ref)
    return {"made": made, "turned": turned, "restricted": restricted}


def part(changed: dict[str, Any], *, at: datetime) -> None:
    """Undo what `join` changed; what was decided about both records since then stays with both."""
    Exclusion.objects.filter(ref__in=changed["made"]).delete()
    Exclusion.objects.filter(ref__in=changed["turned"]).update(allowed=True)
    Restriction.objects.filter(ref=changed["restricted"], ended_at=None).update(ended_at=at)


def _named(case: str) -> set[str]:
    return set(Exclusion.objects.filter(case=case, allowed=True).values_list("account", flat=True))
