"""How often a person may search for people, and who is told when they search for themselves.

What was typed is kept nowhere. The searches of the last hour are counted in the database, as attempts to sign in are,
so that every web process of the site knows of them (docs/adr/searches-are-counted.md).
"""

import re
from datetime import timedelta

from desist.accounts import queries as accounts
from desist.accounts.alerts import commands as alerts
from desist.accounts.alerts.states import Kind
from desist.accounts.throttle.commands import Attempts
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


def allowed(request: StaffRequest, form: Form, *, typed: str) -> bool:
    """Count a search, and say whether it may be made; where it may not, the form says why and keeps what was typed."""
    who = request.actor.who
    if _own_name(typed, request.called) or _own_address(typed, who):
        alerts.raise_(kind=Kind.OWN_SEARCH, about=who, at=request.at)
    if Attempts(request.at).count("search", who, LIMIT, within=WINDOW):
        return True
    alerts.raise_(kind=Kind.SEARCHES, about=who, at=request.at)
    form.keep(TOO_MANY)
    return False


def _own_name(typed: str, name: str) -> bool:
    """Whether a person typed their own family name, or their whole name in any order."""
    words, own = _words(typed), _words(name)
    return bool(words) and (words == own[-1:] or (len(words) > 1 and sorted(words) == sorted(own)))


def _own_address(typed: str, who: str) -> bool:
    """Whether a person typed the e-mail address of their own account; no number or home of theirs is known here."""
    return "@" in typed and accounts.contact(ref=who).email in typed.casefold()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
