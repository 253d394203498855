"""What is planted, where a leak would show: each secret is a string that is nowhere else."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from desist.synthetic import names
from desist.synthetic.numbering import Numbering


class Side(StrEnum):
    """Whose a fact is: no other zone may hold it."""

    ADVOCACY = "advocacy"
    PROGRAMME = "programme"
    PARTNERSHIP = "partnership"
    SHARED = "shared"  # crosses in the referral: the police and the programme both have it


@dataclass(frozen=True)
class Fact:
    """One planted secret, what it is, and whose."""

    secret: str
    kind: str
    side: Side


def victim(*, rng: Random, numbering: Numbering) -> tuple[Fact, ...]:
    """Who somebody stalks and where she is: no table of the programme or the police ever holds it."""
    name = f"{rng.choice(names.VICTIM_GIVEN)} {rng.choice(names.FAMILY)}"
    return (
        Fact(f"{name} {numbering.ref()}", "victim_name", Side.ADVOCACY),
        Fact(f"Flat {numbering.ref()}, {rng.choice(names.STREETS)}", "victim_address", Side.ADVOCACY),
        Fact(f"{numbering.ref()}@harbour.example", "victim_email", Side.ADVOCACY),
        Fact(f"{rng.choice(names.WORKPLACES)}, unit {numbering.ref()}", "victim_workplace", Side.ADVOCACY),
    )
