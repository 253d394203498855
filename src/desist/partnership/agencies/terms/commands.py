"""Commands for the terms of agencies: the police set them, an agency accepts them, and each of its accounts does."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.partnership.agencies.models import Agency, AgencyTerms
from desist.partnership.agencies.terms.policy import Action
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor

NONE = "Nothing was saved: no terms are set yet. Set them first"
CHANGED = "The terms have changed since you opened this page. Read them again"


@dataclass(frozen=True)
class Signed:
    """Who accepted the terms for an agency, and on which day."""

    signed_by: str
    on: date


def set_terms(*, actor: Actor, words: str, submission: str, at: datetime) -> None:
    """Set the terms that count from now on: each account reads and accepts them before it reads anything else.

    A form that is sent twice sets them once; the same words set nothing.
    """
    known = present(actor.area)
    if known and known.words == words:
        return
    row = AgencyTerms(area=actor.area, words=words, submission=submission, set_by=actor.who, set_at=at)
    try:
        with gate.create(actor, Action.SET_AGENCY_TERMS, row, at=at):
            pass
    except gate.Twice:
        return


def accept(*, actor: Actor, agency: str, terms: str, at: datetime) -> None:
    """Accept the present terms for one's own account. Twice is once. Raises Refused where they changed meanwhile."""
    with gate.change(actor, Action.ACCEPT_AGENCY_TERMS, Agency, agency, at=at) as row:
        now = present(row.area)
        if now is None or now.ref != terms:
            raise Refused(CHANGED)
        said = {"on": day_of(at), "recorded_by": actor.who, "recorded_at": at}
        row.accepted.get_or_create(terms=now, account=actor.who, defaults=said)


def record(*, actor: Actor, agency: str, signed: Signed, at: datetime) -> None:
    """Record that an agency accepted the present terms, with its agreement. Twice is once. Raises Refused."""
    with gate.change(actor, Action.RECORD_AGENCY_TERMS, Agency, agency, at=at) as row:
        now = present(row.area)
        if now is None:
            raise Refused(NONE)
        said = {
            "signed_by": signed.signed_by,
            "on": signed.on,
            "agreement": row.agreement,
            "recorded_by": actor.who,
            "recorded_at": at,
        }
        row.accepted.get_or_create(terms=now, account="", defaults=said)


def present(area: str) -> AgencyTerms | None:
    """The terms that count in an area now."""
    return AgencyTerms.objects.filter(area=area).order_by("-set_at", "-pk").first()
