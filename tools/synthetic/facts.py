"""The planted facts, which a leak would show: each secret is a string that appears nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from tools.synthetic import names
from tools.synthetic.numbering import Numbering


class Side(StrEnum):
    """The zone that holds a fact: no other zone may."""

    ADVOCACY = "advocacy"
    PROGRAMME = "programme"
    PARTNERSHIP = "partnership"
    SHARED = "shared"  # crosses in the referral: the police and the programme both have it


@dataclass(frozen=True)
class Fact:
    """One planted secret, its kind, and its zone."""

    secret: str
    kind: str
    side: Side


def victim(*, rng: Random, numbering: Numbering) -> tuple[Fact, ...]:
    """Return who a person's victim is and where she lives: no table of the programme or the police ever holds this."""
    name = f"{rng.choice(names.VICTIM_GIVEN)} {rng.choice(names.FAMILY)}"
    return (
        Fact(f"{name} {numbering.ref()}", "victim_name", Side.ADVOCACY),
        Fact(f"Flat {numbering.ref()}, {rng.choice(names.STREETS)}", "victim_address", Side.ADVOCACY),
        Fact(f"{numbering.ref()}@harbour.example", "victim_email", Side.ADVOCACY),
        Fact(f"{rng.choice(names.WORKPLACES)}, unit {numbering.ref()}", "victim_workplace", Side.ADVOCACY),
        Fact(f"diary page {numbering.ref()}", "victim_report", Side.ADVOCACY),
        Fact(f"the blue book {numbering.ref()}", "victim_code_word", Side.ADVOCACY),
        Fact(f"the neighbour at {numbering.ref()}", "victim_plan", Side.ADVOCACY),
        Fact(f"my own worry {numbering.ref()}", "victim_note", Side.ADVOCACY),
    )


def ways(number: int) -> tuple[Fact, ...]:
    """Return the locators of victim `number` of the demo: numbers kept free, and a postcode that does not exist.

    Both are too few for thousands of people, so victims drawn by lot have none.
    """
    letters = "ABDEFGHJLN"
    inward = f"{number % 9 + 1}{letters[number // 10 % 10]}{letters[number % 10]}"
    return (
        Fact(f"01632 960{200 + number}", "victim_phone", Side.ADVOCACY),
        Fact(f"NM{10 + number} {inward}", "victim_postcode", Side.ADVOCACY),
    )


def plain(number: int) -> Mapping[str, str]:
    """Return the facts of person `number` of the demo by their kinds, in words that people use.

    Each stands nowhere else, since a number or a family name in it is used once; the demo has fewer than 79 people.
    """
    given, family = (
        names.VICTIM_GIVEN[number % len(names.VICTIM_GIVEN)],
        names.VICTIM_FAMILY[number % len(names.VICTIM_FAMILY)],
    )
    own = 21 + number  # always two digits, so that none is part of another
    return {
        "victim_name": f"{given} {family}",
        "victim_address": f"{own} {names.STREETS[number % len(names.STREETS)]}",
        "victim_email": f"{given}.{family}@harbour.example".lower(),
        "victim_workplace": f"{family} {names.TRADES[number % len(names.TRADES)]}",
        "victim_report": f"the list of {own} calls in the kitchen drawer",
        "victim_code_word": f"the {own} bus is early",
        "victim_plan": f"the neighbour at number {own}, through the garden",
        "victim_note": f"has not slept through for {own} nights",
        "draft": f"log entry 31{own} of this year",
        "account": f"crime record 48{own} of this year",
        "session_note": f"worksheet {own} on the file",
        "concern": f"file note 7{own}",
        "alert_note": f"call log 5{own}",
    }
