"""The kinds of orders, with their standard names. Pure.

The police tell of a Stalking Protection Order where they can; any other order is typed in from its copy.
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
    """Return the name of a kind of order; an unknown kind is a Stalking Protection Order."""
    return KINDS.get(kind, PROTECTION["full"])


def in_force(kind: str, *, served: bool) -> bool:
    """Return whether an order is in force: a Stalking Protection Order once served, any other once made."""
    return served or kind not in PROTECTION


def offered(*, told: bool, now: str = "") -> tuple[tuple[str, str], ...]:
    """Return the kinds to type in; where the police tell (`told`), no Stalking Protection Order but one `now`."""
    return tuple(pair for pair in KINDS.items() if not told or pair[0] not in PROTECTION or now in PROTECTION)


def of_referral(said: OrderKind) -> str:
    """Return the kind of an order as the referral says it."""
    return _REFERRED.get(said, said.value)


def replaced(kind: str, *, known: Iterable[str]) -> bool:
    """Return whether a known full order replaced one of this kind."""
    return kind == "interim" and "full" in known
