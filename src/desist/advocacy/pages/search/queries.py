"""The search among the clients whom the actor may see: by name, and by the whole of what leads to them."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from desist.accounts.searching import Found, Hit, ranked
from desist.advocacy.clients import queries as clients
from desist.advocacy.pages.search.policy import Action
from desist.advocacy.vault import boxes, normal
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import Locator
from desist.advocacy.vault.policy import Action as Vault
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Victim
from desist.referral.finding import Wanted
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 30
#: names are locked, so that a search unlocks them one by one: those of so many clients, the newest first
MOST = 2_000


def search(*, actor: Actor, wanted: Wanted, at: datetime) -> Found:
    """Return the clients to whom exactly this value or number leads; else those with the name or date of birth."""
    rows = gate.see(actor, Action.SEARCH, Victim, at=at)
    numbered = Q(ref=wanted.ref or wanted.text) | ~Q(crime_reference="") & Q(crime_reference=wanted.number)
    why = dict.fromkeys(rows.filter(numbered).values_list("ref", flat=True)[: PAGE + 1], "reference")
    why |= _leading(actor, wanted.text, at)
    if why:
        found = _hits(rows, why, at)
        return Found(found[:PAGE], more=len(found) > PAGE, exact=True)
    return _named(rows, wanted, at)


def _leading(actor: Actor, text: str, at: datetime) -> dict[str, str]:
    """Reference of a client -> kind of the locator that is exactly this value."""
    marks = {mark for kind in Kind for mark in _marks(kind, text)}
    rows = gate.see(actor, Vault.SEARCH_LOCATORS, Locator, at=at).filter(mark__in=marks)
    return {
        one.victim.ref: f"{'earlier ' if one.ended_at else ''}{Kind(one.kind).label}".lower()
        for one in rows.select_related("victim").order_by("added_at")[: PAGE + 1]
    }


def _marks(kind: Kind, text: str) -> list[bytes]:
    try:
        return boxes.marks(kind, text)
    except normal.NotANumber:
        return []


def _named(rows: QuerySet[Victim], wanted: Wanted, at: datetime) -> Found:
    """The clients whose name or date of birth it is, the best first."""
    if not (wanted.words or wanted.born):
        return Found()
    known = dict(rows.order_by("-received_at", "-pk").values_list("ref", "identity")[:MOST])
    opened = vault.boxes_of(persons=list(known))
    people = {ref: boxes.unlock(box, FIELD, ref, known[ref], Identity) for ref, box in opened.items()}
    if wanted.born:
        born = {ref: "date of birth" for ref, one in people.items() if one.born == wanted.born.isoformat()}
        found = _hits(rows, born, at)
        return Found(found[:PAGE], more=len(found) > PAGE)
    best = ranked(
        people.items(),
        wanted,
        most=PAGE,
        names=lambda one: (one[1].name, [one[1].called] if one[1].called else []),
        hit=lambda one, why: Hit(one[1].name, "", (), why, "", one[0]),
    )
    lines = {hit.ref: hit for hit in _hits(rows, {hit.ref: hit.why for hit in best.hits}, at)}
    return Found(tuple(lines[hit.ref] for hit in best.hits), best.more)


def _hits(rows: QuerySet[Victim], why: Mapping[str, str], at: datetime) -> tuple[Hit, ...]:
    chosen = rows.filter(ref__in=list(why)).order_by("-received_at", "-pk")[: PAGE + 1]
    return tuple(
        Hit(one.name, one.spoken, (one.state_label, one.advocate), why[one.ref], "victims:victim", one.ref)
        for one in clients.listed(chosen, at=at)
    )
