"""Shares with Wilson's interval: how much of the contact came at night."""

from dataclasses import dataclass
from math import sqrt

from desist.chronicle.corpus import wall_clock
from desist.chronicle.occasions import Occasions

#: the two-sided 95 % point of the normal distribution
Z_95 = 1.959963984540054
#: night by the wall clock: from 23:00 to before 07:00
NIGHT_BEGINS, NIGHT_ENDS = 23, 7


@dataclass(frozen=True)
class Share:
    """`part` of `whole` with a 95 % interval."""

    part: int
    whole: int
    low: float
    high: float


def wilson(*, part: int, whole: int, z: float = Z_95) -> Share:
    """Wilson's score interval (E. B. Wilson, JASA 1927, 22:209-212). Of nothing it is 0 to 1."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is not a share.")
    if whole == 0:
        return Share(part=0, whole=0, low=0.0, high=1.0)
    share, spread = part / whole, z * z / whole
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / whole + spread / (4 * whole)) / (1 + spread)
    return Share(part=part, whole=whole, low=max(0.0, centre - half), high=min(1.0, centre + half))


def night_share(*, occasions: Occasions) -> Share:
    """Of all occasions, those whose first contact came at night by the wall clock."""
    clocks = [wall_clock(local) for local in occasions.first_local.tolist()]
    night = sum(clock.hour >= NIGHT_BEGINS or clock.hour < NIGHT_ENDS for clock in clocks if clock)
    return wilson(part=night, whole=len(clocks))
