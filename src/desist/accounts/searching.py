"""The limit on searches for people, and the alert about accounts that search for themselves.

The site keeps no search text. It counts the searches of the last hour in the database, as it counts attempts to sign
in, so that every web process knows of them (docs/adr/searches-are-counted.md).
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
#: ... one account may search so often, on all pages together.
LIMIT = 60
TOO_MANY = (
    f"You have searched {LIMIT} times within an hour, which is as often as anybody may. Wait, and use the lists "
    "meanwhile. The data protection officer has been told"
)


def allowed(request: StaffRequest, form: Form, *, typed: str) -> bool:
    """Count a search and say whether it is allowed; where it is not, the form gives the reason and keeps its text."""
    who = request.actor.who
    if _own_name(typed, request.called) or _own_address(typed, who):
        alerts.raise_(kind=Kind.OWN_SEARCH, about=who, at=request.at)
    if Attempts(request.at).count("search", who, LIMIT, within=WINDOW):
        return True
    alerts.raise_(kind=Kind.SEARCHES, about=who, at=request.at)
    form.keep(TOO_MANY)
    return False


def _own_name(typed: str, name: str) -> bool:
    """Whether the actor typed their own family name, or their whole name in any order."""
    words, own = _words(typed), _words(name)
    return bool(words) and (words == own[-1:] or (len(words) > 1 and sorted(words) == sorted(own)))


def _own_address(typed: str, who: str) -> bool:
    """Whether the actor typed their own e-mail address; the site knows no telephone number or home of theirs."""
    return "@" in typed and accounts.contact(ref=who).email in typed.casefold()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
