"""The clock's watch over the audit: accounts that open many cases without working on them, or closed cases."""

from datetime import datetime

from desist.accounts.alerts.commands import raise_
from desist.accounts.alerts.states import Kind
from desist.audit.watching import queries
from desist.audit.watching.states import UNASSIGNED


def look(*, at: datetime) -> None:
    """Raise an account alert about each account that opened too many cases within the last hour, or a closed one."""
    for who, cases in queries.opened(at=at).items():
        many, closed = queries.unassigned(who, cases), queries.revisited(who, cases, at=at)
        if many >= UNASSIGNED:
            raise_(kind=Kind.UNASSIGNED, about=who, at=at, count=many)
        if closed:
            raise_(kind=Kind.CLOSED_CASE, about=who, at=at, count=closed)
