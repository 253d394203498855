"""The rows of a case, found by their references alone, so that any of them leads to the case's audit."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db.models import Model, Q

from desist.wall.audit import row_name

#: More rows than any case has; a bound, so that a reference can never ask for a whole zone.
MOST = 5000


def rows_of(*, ref: str) -> frozenset[str]:
    """The audit's names for a row and for every row of its case: up to the case and down again."""
    found: dict[str, tuple[type[Model], int]] = {}
    waiting = [_top(model, pk) for model in _models() for pk in _with(model, Q(ref=ref))]
    while waiting and len(found) < MOST:
        model, pk = waiting.pop()
        name = row_name(model, _reference(model, pk))
        if name not in found:
            found[name] = (model, pk)
            waiting += list(_below(model, pk))
    return frozenset(found) or frozenset({row_name(model, ref) for model in apps.get_models()})


def case_of(*, ref: str) -> tuple[type[Model], str] | None:
    """The model and reference of the case that a row of this reference belongs to; None where there is none."""
    for model in _models():
        for pk in _with(model, Q(ref=ref)):
            top, above = _top(model, pk)
            return top, _reference(top, above)
    return None


def _models() -> list[type[Model]]:
    """The zone's own models that have references."""
    return [
        model for model in apps.get_app_config(settings.DESIST_ZONE).get_models() if _has_reference(model)
    ]


def _has_reference(model: type[Model]) -> bool:
    return any(field.name == "ref" for field in model._meta.get_fields())


def _with(model: type[Model], condition: Q) -> Iterator[int]:
    yield from model._default_manager.filter(condition).values_list("pk", flat=True)[:MOST]


def _reference(model: type[Model], pk: int) -> str:
    return str(model._default_manager.filter(pk=pk).values_list("ref", flat=True).get())


def _top(model: type[Model], pk: int) -> tuple[type[Model], int]:
    """The row at the top of this one: the first foreign key of each model leads to the row it belongs to."""
    for field in model._meta.concrete_fields:
        target = field.related_model
        if isinstance(target, type) and target in _models():
            above = model._default_manager.filter(pk=pk).values_list(field.attname, flat=True).get()
            return _top(target, above) if above else (model, pk)
    return model, pk


def _below(model: type[Model], pk: int) -> Iterator[tuple[type[Model], int]]:
    for relation in model._meta.related_objects:
        child = relation.related_model
        if isinstance(child, type) and child in _models():
            for below in _with(child, Q(**{relation.field.name: pk})):
                yield child, below
