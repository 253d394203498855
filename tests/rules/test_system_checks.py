"""Django finds nothing wrong with any model, setting or address: `migrate` by hand would refuse to begin."""

import pytest
from django.core.checks import Error, register, registry, run_checks


def complaints() -> list[str]:
    return [str(found) for found in run_checks()]


def test_django_has_nothing_to_say() -> None:
    assert complaints() == []


def test_a_complaint_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry.registry, "registered_checks", set(registry.registry.registered_checks))

    @register()
    def planted(**_: object) -> list[Error]:
        return [Error("planted")]

    assert any("planted" in one for one in complaints())
