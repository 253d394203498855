"""How often a person may search for people, and who is told when they search for themselves.

What was typed is kept nowhere. The searches of the last hour are counted in the memory of the site's one web process
(docs/adr/searches-are-counted-in-memory.md), so that a search costs no statement more.
"""

import re
from collections import defaultdict, deque
from datetime import datetime, timedelta
from threading import Lock

from desist.accounts import queries as accounts
from desist.accounts.alerts import commands as alerts
from desist.accounts.alerts.states import Kind
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

#: Within this time ...
WINDOW = timedelta(hours=1)
#: ... one person may look so often, in all pages together.
LIMIT = 60
TOO_MANY = (
    f"You have searched {LIMIT} times within an hour, which is as often as anybody may. Wait, and use the lists "
    "meanwhile. The data protection officer has been told"
)

_moments: defaultdict[str, deque[datetime]] = defaultdict(deque)
_lock = Lock()


def allowed(request: StaffRequest, form: Form, *, typed: str) -> bool:
    """Count a search, and say whether it may be made; where it may not, the form says why and keeps what was typed."""
    who = request.actor.who
    if _own_name(typed, request.called) or _own_address(typed, who):
        alerts.raise_(kind=Kind.OWN_SEARCH, about=who, at=request.at)
    if _counted(who, request.at):
        return True
    alerts.raise_(kind=Kind.SEARCHES, about=who, at=request.at)
    form.keep(TOO_MANY)
    return False


def _counted(who: str, at: datetime) -> bool:
    """Whether it is one of those that are allowed; one that is not does not count."""
    with _lock:
        moments = _moments[who]
        while moments and moments[0] <= at - WINDOW:
            moments.popleft()
        if len(moments) >= LIMIT:
            return False
        moments.append(at)
        return True


def _own_name(typed: str, name: str) -> bool:
    """Whether a person typed their own family name, or their whole name in any order."""
    words, own = _words(typed), _words(name)
    return bool(words) and (words == own[-1:] or (len(words) > 1 and sorted(words) == sorted(own)))


def _own_address(typed: str, who: str) -> bool:
    """Whether a person typed the e-mail address of their own account; no number or home of theirs is known here."""
    return "@" in typed and accounts.contact(ref=who).email in typed.casefold()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
