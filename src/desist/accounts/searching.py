"""The one search of a zone: its page, the limit on searches, and the alert about accounts that search for themselves.

The site keeps no search text. It counts the searches of the last hour in the database, as it counts attempts to sign
in, so that every web process knows of them (docs/adr/searches-are-counted.md). The typed text is sent in the body; the
address of what it found holds it sealed for its account alone, so that Back and a reload work and no list of visited
pages, proxy or log holds a name (docs/adr/searches-in-sealed-addresses.md).
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac

from desist.accounts import queries as accounts
from desist.accounts.alerts import commands as alerts
from desist.accounts.alerts.states import Kind
from desist.accounts.throttle.commands import Attempts
from desist.referral.finding import Search, Wanted, how
from desist.ui.bridge import showable
from desist.ui.forms import Form
from desist.wall.actors import Actor
from desist.wall.requests import StaffRequest

#: Within this time ...
WINDOW = timedelta(hours=1)
#: ... one account may search so often, on all pages together.
LIMIT = 60
TOO_MANY = (
    f"You have searched {LIMIT} times within an hour, which is as often as anyone may. Wait, and use the lists "
    "meanwhile. The data protection officer has been told"
)

FILLED_TO = 32
Row = TypeVar("Row")


@dataclass(frozen=True)
class Hit:
    """One row that was found: its name and reference, how it stands, why it was found, and the route that leads to it."""

    name: str
    spoken: str
    says: tuple[str, ...]
    why: str
    route: str
    ref: str


@dataclass(frozen=True)
class Found:
    """The best hits of a search, whether there are more, and whether a whole reference or number named the only one."""

    hits: tuple[Hit, ...] = ()
    more: bool = False
    exact: bool = False


class Find(Protocol):
    """A zone's query for what an actor's search finds among the rows that they may see."""

    def __call__(self, *, actor: Actor, wanted: Wanted, at: datetime) -> Found:
        """Return what was found, best first."""


def answer(request: StaffRequest, *, find: Find, form_class: type[Search] = Search) -> HttpResponse:
    """Take what was typed to the sealed address of its results; there, show them, or go to the only one."""
    sent = request.method == "POST"
    sealed = request.GET.get("found", "")
    form = form_class(request.POST if sent else {"search": opened(sealed, who=request.actor.who)})
    wanted = form.wanted() if form.is_valid() else None
    if sent and wanted and allowed(request, form, typed=wanted.text):
        return redirect(f"{request.path}?found={seal(wanted.text, who=request.actor.who)}")
    found = find(actor=request.actor, wanted=wanted, at=request.at) if wanted and not sent else Found()
    if found.exact and len(found.hits) == 1:
        return redirect(found.hits[0].route, found.hits[0].ref)
    context = {
        "found": found,
        "asked": bool(wanted) and not sent,
        "advice": form_class.advice,
        "search_words": showable(form.data.get("search", "")),
        "search_error": " ".join(str(one) for errors in form.errors.values() for one in errors),
    }
    return render(request, "ui/search.html", context, status=422 if form.errors else 200)


def ranked(
    rows: Iterable[Row],
    wanted: Wanted,
    *,
    most: int,
    names: Callable[[Row], tuple[str, Iterable[str]]],
    hit: Callable[[Row, str], Hit],
) -> Found:
    """Return the rows whose names match, the best first and then by name; `names` gives a row's name and other names."""
    matching = [(how(wanted.words, *names(row)), row) for row in rows]
    best = sorted(
        ((*known, row) for known, row in matching if known), key=lambda one: (one[0], names(one[2])[0])
    )
    return Found(tuple(hit(row, why) for _, why, row in best[:most]), more=len(best) > most)


def seal(text: str, *, who: str) -> str:
    """The text for an address, so that only the account that typed it can read it."""
    plain = text.encode()
    sealed = AESSIV(_key(who)).encrypt(plain + bytes(-len(plain) % FILLED_TO), None)
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def opened(sealed: str, *, who: str) -> str:
    """The text of an address; "" where this account did not type it, or before the site's keys changed."""
    try:
        known = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        return AESSIV(_key(who)).decrypt(known, None).rstrip(b"\x00").decode()
    except (InvalidTag, ValueError):
        return ""


def _key(who: str) -> bytes:
    return salted_hmac("desist.accounts.searching", who, algorithm="sha256").digest()


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
