"""What a second person released of an order: exact words, told by their digest. The smallest edit is words that nobody released."""

import hashlib
import json

from desist.locators import Finding
from desist.partnership.orders.codes import AreaKind, Channel
from desist.partnership.orders.models import Condition, Order
from desist.refusals import Refused
from desist.ui import words

RELEASED = "released"


def digest(condition: Condition) -> str:
    """Names the words of a condition exactly: what is served, its area, why it is necessary and whom it protects."""
    said = [condition.text, sorted(condition.area_kinds), condition.area_words, condition.necessity]
    bound = json.dumps([*said, sorted(condition.protects)], ensure_ascii=False)
    return hashlib.sha256(bound.encode()).hexdigest()


def places(condition: Condition) -> tuple[Finding, ...]:
    """What in the words, the area or the reason of a condition looks as if it led somewhere."""
    try:
        return words.read(_said(condition))
    except words.NotRead:
        return ()


def is_checked(condition: Condition) -> bool:
    """Whether the words of a condition could be read at all: where not, nothing found says nothing."""
    try:
        words.read(_said(condition))
    except words.NotRead:
        return False
    return True


def leads(condition: Condition) -> bool:
    """Whether it may lead to somebody: an area in words always may, since what "where she works" means no reader knows."""
    return bool(condition.area_words.strip()) or may_lead(_said(condition))


def may_lead(text: str) -> bool:
    """Whether anything in a text looks as if it led to somebody. What could not be read may."""
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
    """The conditions whose words nobody released, by number."""
    known = released(order)
    return tuple(one for one in order.conditions.order_by("number") if digest(one) not in known)


def must_be_released(order: Order) -> None:
    """The gate before anything is served. Raises Refused."""
    numbers = [str(one.number) for one in waiting(order) if leads(one)]
    if numbers:
        raise Refused(
            f"A second person has not released the words of condition {', '.join(numbers)}. Ask for their release first"
        )


def area(condition: Condition) -> str:
    """The kinds of area in words."""
    return ", ".join(str(AreaKind(one).label) for one in condition.area_kinds)


def served(condition: Condition) -> str:
    """One condition in one text, as the person reads it."""
    parts = [area(condition), condition.area_words] if condition.channel == Channel.AREA else []
    told = ": ".join(part for part in parts if part)
    return f"{condition.text} Area: {told}." if told else condition.text


def protects(condition: Condition, crime_reference: str) -> bool:
    """Whether a condition protects the person of a crime; where the order protects one person, every condition does."""
    if condition.order.protected.count() == 1:
        return True
    return crime_reference.upper() in {one.upper() for one in condition.protects}
