"""The search among the people whom the actor may see, from their referral on."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import DateField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from desist.accounts.searching import Found, Hit, ranked
from desist.merges import records
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.states import State as Stage
from desist.programme.pages.search.policy import Action
from desist.programme.referrals.contact_details.models import KEYS as OWN_KEYS
from desist.programme.referrals.contact_details.models import OwnContact
from desist.programme.referrals.models import KEYS, Referral
from desist.programme.referrals.states import State
from desist.references import spoken
from desist.referral.finding import Wanted, keyed, named
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question, Slot

PAGE = 30
#: so many people with a name alike are read; where there are more, those with the very words are looked for too
MOST_ALIKE = 2 * (PAGE + 1)
QUERIES = ("whole", "begun", "near")


def search(*, actor: Actor, wanted: Wanted, at: datetime) -> Found:
    """Return the people found, the best first, on the programme or not."""
    for question, values, why in _ways(wanted):
        if found := gate.read(actor, Action.SEARCH, question, at=at, **values):
            hits = sorted((_hit(row, why) for row in found[:PAGE]), key=lambda hit: hit.name)
            return Found(tuple(hits), more=len(found) > PAGE, exact=question is not BY_BIRTH)
    if not wanted.words:
        return Found()
    values = dict(zip(QUERIES, wanted.queries, strict=True))
    rows = gate.read(actor, Action.SEARCH, ALIKE, at=at, **values)
    if len(rows) == MOST_ALIKE:
        rows = gate.read(actor, Action.SEARCH, BY_NAME, at=at, **values)
    return ranked(rows, wanted, most=PAGE, names=lambda row: (f"{row[1]} {row[2]}", row[3]), hit=_hit)


def _ways(wanted: Wanted) -> Iterator[tuple[Question, dict[str, object], str]]:
    """The questions by which a text may name one person, each with its values and what was found by it."""
    if wanted.born:
        yield BY_BIRTH, {"born": wanted.born.isoformat()}, "date of birth"
    if wanted.key:
        yield BY_KEY, {"sought": wanted.key}, "e-mail" if "@" in wanted.text else "telephone"
    if wanted.ref:
        yield BY_REFERENCE, {"ref": records.leading(wanted.ref)}, "reference"
    if wanted.pnc:
        yield BY_PNC, {"pnc": wanted.pnc}, "PNC number"


def _hit(row: tuple[Any, ...], why: str) -> Hit:
    referral, given, family, _, state, born, episode, stage, practitioner = row
    said = Stage(stage).label if stage else f"Referral: {State(state).label}"
    return Hit(
        name=f"{given} {family}",
        spoken=spoken(episode or referral),
        says=(f"born {dates.on(born)}", said, practitioner or ""),
        why=why,
        route="episodes:episode" if episode else "referrals:referral",
        ref=episode or referral,
    )


def _line(rows: QuerySet[Referral]) -> QuerySet[Any]:
    """Return what a line says of each, in no order: the best are chosen by their names."""
    current = Allocation.objects.filter(episode__referral=OuterRef("pk"), ended_at=None, leave=None)
    said = rows.annotate(who=Subquery(current.values("practitioner__name")[:1])).order_by()
    return said.values_list(
        *("ref", "given_names", "family_name", "aliases", "state", "born"),
        *("episode__ref", "episode__state", "who"),
    )


def _by_birth(rows: QuerySet[Referral]) -> QuerySet[Any]:
    return _line(rows.filter(area=Slot("area"), born=Cast(Slot.value("born"), DateField())))[: PAGE + 1]


def _by_reference(rows: QuerySet[Referral]) -> QuerySet[Any]:
    """Return the person with either reference: the person's own, or the one of the referral that the police quote."""
    named = Referral.objects.filter(ref=Slot("ref")).values("pk")
    return _line(rows.filter(pk__in=named.union(Episode.objects.filter(ref=Slot("ref")).values("referral"))))[
        : PAGE + 1
    ]


def _by_pnc(rows: QuerySet[Referral]) -> QuerySet[Any]:
    return _line(rows.exclude(pnc="").filter(pnc=Slot("pnc")))[: PAGE + 1]


def _by_key(rows: QuerySet[Referral]) -> QuerySet[Any]:
    """Return the people with the number or address, as the referrer says it or as the service changed it."""
    said = Referral.objects.filter(keyed(KEYS, Slot.value("sought"))).values("pk")
    changed = ~Q(own_phone=KT("beside__own_phone")) | ~Q(own_email=KT("beside__own_email"))
    own = OwnContact.objects.filter(changed, keyed(OWN_KEYS, Slot.value("sought"))).values("referral")
    return _line(rows.filter(pk__in=said.union(own)))[: PAGE + 1]


def _alike(rows: QuerySet[Referral]) -> QuerySet[Any]:
    """Return the people whom the widest query finds: the others find some of these."""
    return _line(rows.filter(keyed(KEYS, Slot.value("near"))))[:MOST_ALIKE]


def _by_name(rows: QuerySet[Referral]) -> QuerySet[Any]:
    """Return the people whom each query finds; what a line says of them is read once they are known."""
    found = named(rows.values_list("pk"), KEYS, map(Slot.value, QUERIES), most=PAGE + 1)
    return _line(rows.filter(pk__in=found)).order_by("pk")


BY_BIRTH, BY_KEY = Question(Referral, _by_birth), Question(Referral, _by_key)
BY_REFERENCE, BY_PNC = Question(Referral, _by_reference), Question(Referral, _by_pnc)
ALIKE, BY_NAME = Question(Referral, _alike), Question(Referral, _by_name)
