"""Whether the words of a referral name the victim who stands behind it: asked inside the police's zone, before either goes on.

No name is kept. A side whose victim the police referred keeps keyed digests of the forms of the name, and loses them when
the client ends it. They are compared with the words of the referrals of the same case alone: those with its pair token, and
those that name its crime in their words or by an order. They never leave.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import F, Q, QuerySet, TextField, Value

from desist import names
from desist.accounts.alerts import commands as alerts
from desist.accounts.alerts.states import Kind
from desist.locators import Finding
from desist.partnership.pairs.models import Side
from desist.partnership.pairs.states import State
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import Happened
from desist.referral import answers as asked
from desist.ui.words import Found, Override, WordsFound
from desist.wall import audit, clearances
from desist.wall.actors import Actor

KIND = "victim’s name"


def digests(*parts: str) -> list[str]:
    """What a side keeps instead of the name of its client."""
    return sorted({_keyed(form) for form in names.forms(parts)})


def named(referral: Referral) -> dict[str, tuple[Finding, ...]]:
    """The answers of a referral that name a victim behind it, for which nobody answered, and the words. Nothing is kept."""
    return _merged(_by_side(referral))


def hold(referral: Referral, *, override: Override | None, actor: Actor, at: datetime) -> None:
    """Within the change that sends words of a referral: let them stay. Raises WordsFound.

    They name no victim behind it, or a colleague answers for exactly these words, and the data protection officer is told.
    """
    found = _by_side(referral)
    if found and override is None:
        raise WordsFound(_merged(found))
    for side, findings in found.items():
        texts = asked.free(asked.of(referral))
        clearances.answer(
            named=_row(side), texts=texts, found=findings, override=override, actor=actor, at=at
        )


def tell(*, sides: Iterable[Side], actor: Actor, at: datetime) -> None:
    """Within the change that links sides: what was sent already and names their clients is told.

    The officer reads it on the referral's page, and the data protection officer gets an alert about the sender.
    """
    known = [side for side in sides if side.name_digests]
    sent = {row.pk: row for side in known for row in _referrals(side).exclude(thread=None)}
    for referral in sent.values():
        if not _by_side(referral).keys() & {side.ref for side in known}:
            continue
        by = referral.happenings.filter(what__in=[Happened.SENT, Happened.AMENDED]).order_by("-at", "-pk")
        sender = by.values_list("by", flat=True).first() or referral.started_by
        referral.happened(Happened.NAME_FOUND, by=actor.who, at=at)
        alerts.raise_(kind=Kind.VICTIM_NAMED, about=sender, at=at)


def _referrals(side: Side) -> QuerySet[Referral]:
    crime = side.crime_reference
    by_crime = Q(offence__icontains=crime) | Q(protection_orders__protected__crime_reference__iexact=crime)
    same = Q(pair=side.pair) | by_crime if crime else Q(pair=side.pair)
    return Referral.objects.filter(same, area=side.area).distinct().order_by("pk")


def _sides(referral: Referral) -> QuerySet[Side]:
    crimes = referral.protection_orders.exclude(protected=None).values_list(
        "protected__crime_reference", flat=True
    )
    said = " ".join([referral.offence, *crimes])
    same = Q(pair=referral.pair) | (Q(said__icontains=F("crime_reference")) & ~Q(crime_reference=""))
    standing = Side.objects.filter(area=referral.area, state=State.STANDS).exclude(name_digests=[])
    return standing.annotate(said=Value(said, output_field=TextField())).filter(same).order_by("pk")


def _by_side(referral: Referral) -> Mapping[str, Found]:
    """Reference of a side -> the answers that name its client, and the words."""
    texts = asked.free(asked.of(referral))
    own = [referral.given_names, referral.family_name, *referral.aliases]
    found = {}
    for ref, known in _sides(referral).values_list("ref", "name_digests"):
        every = {place: _words(text, set(known), own) for place, text in texts.items()}
        left = clearances.left(named=_row(ref), texts=texts, found={k: v for k, v in every.items() if v})
        if left:
            found[ref] = left
    return found


def _words(text: str, known: set[str], own: list[str]) -> tuple[Finding, ...]:
    held = names.held_as(known, [text], besides=own, keyed=_keyed)
    return tuple(Finding(KIND, word, text.find(word)) for word in held)


def _merged(found: Mapping[str, Found]) -> dict[str, tuple[Finding, ...]]:
    merged: dict[str, tuple[Finding, ...]] = {}
    for each in found.values():
        for place, findings in each.items():
            merged[place] = tuple(dict.fromkeys((*merged.get(place, ()), *findings)))
    return merged


def _row(side: str) -> str:
    return audit.row_name(Side, side)


def _keyed(form: str) -> str:
    return clearances.keyed(form, purpose=b"the name of a victim").hex()[:32]
