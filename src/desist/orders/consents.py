"""The consents that a discharge needs before two years are over (section 4(4)(b))."""

from datetime import date
from enum import StrEnum

from desist.orders import clocks
from desist.orders.terms import Kind


class Side(StrEnum):
    """The applicant to the court."""

    POLICE = "police"
    DEFENDANT = "defendant"


class Consent(StrEnum):
    """The side that consents."""

    DEFENDANT = "defendant"
    APPLICANT = "applicant"
    ORIGINAL = "original"
    RESIDENCE = "residence"


WORDS = {
    Consent.DEFENDANT: "the person subject to the order",
    Consent.APPLICANT: "the chief officer who applied for the discharge",
    Consent.ORIGINAL: "the chief officer who applied for the order",
    Consent.RESIDENCE: "the chief officer of the area where the person lives",
}


def needed(*, kind: Kind, made: date, on: date, by: Side, lives_elsewhere: bool) -> tuple[Consent, ...]:
    """The consents that a discharge on a day needs.

    `lives_elsewhere`: the person lives in another police area of England or Wales than that of the original
    applicant. An interim order may be discharged at any time (section 5(7)-(8)).
    """
    if kind is Kind.INTERIM or on >= clocks.free_discharge(made=made):
        return ()
    if by is Side.POLICE:
        return (Consent.DEFENDANT, Consent.APPLICANT)
    local = (Consent.RESIDENCE,) if lives_elsewhere else ()
    return (Consent.DEFENDANT, Consent.ORIGINAL, *local)


def missing(*, needed: tuple[Consent, ...], given: frozenset[Consent]) -> str:
    """The sentence that refuses a discharge; empty where every consent is given."""
    lacking = [WORDS[one] for one in needed if one not in given]
    if not lacking:
        return ""
    return (
        "Before two years are over an order can be discharged only with consent (section 4(4)(b)). "
        f"Missing: {' and '.join(lacking)}."
    )
