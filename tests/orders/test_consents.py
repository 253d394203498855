"""Section 4(4)(b): whose consent a discharge needs, case by case."""

from datetime import date

import pytest

from desist.orders.consents import Consent, Side, missing, needed
from desist.orders.terms import Kind

MADE = date(2026, 3, 1)
LAST_DAY_WITH_CONSENTS = date(2028, 2, 29)
DEF, APP, ORIG, RES = Consent.DEFENDANT, Consent.APPLICANT, Consent.ORIGINAL, Consent.RESIDENCE


@pytest.mark.parametrize(
    ("kind", "on", "by", "elsewhere", "consents"),
    [
        (Kind.FULL, LAST_DAY_WITH_CONSENTS, Side.POLICE, False, (DEF, APP)),
        (Kind.FULL, LAST_DAY_WITH_CONSENTS, Side.POLICE, True, (DEF, APP)),
        (Kind.FULL, LAST_DAY_WITH_CONSENTS, Side.DEFENDANT, False, (DEF, ORIG)),
        (Kind.FULL, LAST_DAY_WITH_CONSENTS, Side.DEFENDANT, True, (DEF, ORIG, RES)),
        (Kind.FULL, date(2028, 3, 1), Side.DEFENDANT, True, ()),
        (Kind.INTERIM, date(2026, 3, 2), Side.DEFENDANT, True, ()),
    ],
)
def test_the_consents_of_a_discharge(
    kind: Kind, on: date, by: Side, elsewhere: bool, consents: tuple[Consent, ...]
) -> None:
    assert needed(kind=kind, made=MADE, on=on, by=by, lives_elsewhere=elsewhere) == consents


def test_a_missing_consent_is_named_with_the_section() -> None:
    sentence = missing(needed=(DEF, ORIG, RES), given=frozenset({DEF}))

    assert "section 4(4)(b)" in sentence
    assert "the chief officer who applied for the order and the chief officer of the area" in sentence
    assert "the person subject to the order" not in sentence


def test_with_every_consent_nothing_is_missing() -> None:
    assert missing(needed=(DEF, APP), given=frozenset({DEF, APP, ORIG})) == ""
