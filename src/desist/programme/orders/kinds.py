"""The kinds of orders, with their standard names. Pure.

A Stalking Protection Order is told by the police where they can; any other order is typed in from its copy.
"""

from collections.abc import Iterable

from desist.referral.lists import OrderKind

#: Stalking Protection Orders, by how the police tell of them
PROTECTION = {
    "full": str(OrderKind.STALKING_PROTECTION.label),
    "interim": str(OrderKind.INTERIM_STALKING_PROTECTION.label),
}
_REFERRED = {OrderKind.STALKING_PROTECTION: "full", OrderKind.INTERIM_STALKING_PROTECTION: "interim"}
KINDS = PROTECTION | {
    one.value: str(one.label) for one in OrderKind if one not in _REFERRED and one is not OrderKind.NONE
}


def name(kind: str) -> str:
    """What an order of a kind is called; one that this site does not know is a Stalking Protection Order."""
    return KINDS.get(kind, PROTECTION["full"])


def in_force(kind: str, *, served: bool) -> bool:
    """A Stalking Protection Order is looked at as in force once it is served, any other order from when it was made."""
    return served or kind not in PROTECTION


def offered(*, told: bool, now: str = "") -> tuple[tuple[str, str], ...]:
    """What may be typed in; where the police tell (`told`), no Stalking Protection Order but what is one `now`."""
    return tuple(pair for pair in KINDS.items() if not told or pair[0] not in PROTECTION or now in PROTECTION)


def of_referral(said: OrderKind) -> str:
    """The kind of an order as the referral says it."""
    return _REFERRED.get(said, said.value)


def replaced(kind: str, *, known: Iterable[str]) -> bool:
    """Whether a full order that is known took the place of one of this kind."""
    return kind == "interim" and "full" in known
