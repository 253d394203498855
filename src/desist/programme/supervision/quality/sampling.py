"""The choice of sessions to sample: pure, and repeatable at any time and place.

Every practitioner is a stratum. Within it, sessions stand in the order of the SHA-256 of "SEED:REFERENCE" in
hexadecimal, and the first ones are taken. No actor chooses, and any reader with the seed can check it with any tool.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256


def draw(sessions: Mapping[str, Iterable[str]], *, each: int, seed: str) -> tuple[str, ...]:
    """Return the references drawn: at most `each` per practitioner (a key of `sessions`), practitioners in order."""
    return tuple(ref for who in sorted(sessions) for ref in _ordered(sessions[who], seed)[:each])


def _ordered(refs: Iterable[str], seed: str) -> list[str]:
    return sorted(set(refs), key=lambda ref: sha256(f"{seed}:{ref}".encode()).hexdigest())
