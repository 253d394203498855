"""Which words of an order a second person released, by digest. The smallest edit makes words that are not released."""

import hashlib
import json

from desist.locators import Finding
from desist.partnership.orders.codes import AreaKind, Channel
from desist.partnership.orders.models import Condition, Order
from desist.refusals import Refused
from desist.ui import words

RELEASED = "released"


def digest(condition: Condition) -> str:
    """Return the digest of a condition: its served words, its area, its necessity and the people it protects."""
    said = [condition.text, sorted(condition.area_kinds), condition.area_words, condition.necessity]
    bound = json.dumps([*said, sorted(condition.protects)], ensure_ascii=False)
    return hashlib.sha256(bound.encode()).hexdigest()


def places(condition: Condition) -> tuple[Finding, ...]:
    """Each part of a condition's words, area or reason that looks like a lead to a place."""
    try:
        return words.read(_said(condition))
    except words.NotRead:
        return ()


def is_checked(condition: Condition) -> bool:
    """Whether the reader could read the words of a condition. If not, an empty result proves nothing."""
    try:
        words.read(_said(condition))
    except words.NotRead:
        return False
    return True


def leads(condition: Condition) -> bool:
    """Whether a condition may lead to a person. An area in words always may: no reader can judge "her work"."""
    return bool(condition.area_words.strip()) or may_lead(_said(condition))


def may_lead(text: str) -> bool:
    """Whether a text may lead to a person. An unreadable text always may."""
    try:
        return bool(words.read(text))
    except words.NotRead:
        return True


def _said(condition: Condition) -> str:
    return f"{condition.text}\n{condition.area_words}\n{condition.necessity}"


def released(order: Order) -> frozenset[str]:
    """The digests of every word that a second person released for an order."""
    found = order.releases.filter(state=RELEASED).values_list("digests", flat=True)
    return frozenset(one for digests in found for one in digests)


def waiting(order: Order) -> tuple[Condition, ...]:
    """The conditions whose words no second person released, by number."""
    known = released(order)
    written = sorted(order.conditions.all(), key=lambda one: one.number)
    return tuple(one for one in written if digest(one) not in known)


def must_be_released(order: Order) -> None:
    """Stop service while words wait for release. Raises Refused."""
    numbers = [str(one.number) for one in waiting(order) if leads(one)]
    if numbers:
        raise Refused(
            f"A second person has not released the words of condition {', '.join(numbers)}. Ask for their release first"
        )


def area(condition: Condition) -> str:
    """The kinds of area in words."""
    return ", ".join(str(AreaKind(one).label) for one in condition.area_kinds)


def served(condition: Condition) -> str:
    """The text of one condition, as the person reads it."""
    parts = [area(condition), condition.area_words] if condition.channel == Channel.AREA else []
    told = ": ".join(part for part in parts if part)
    return f"{condition.text} Area: {told}." if told else condition.text


def protects(condition: Condition, crime_reference: str) -> bool:
    """Whether a condition protects the person of a crime. If the order protects one person, every condition does."""
    if condition.order.protected.count() == 1:
        return True
    return crime_reference.upper() in {one.upper() for one in condition.protects}
