"""A function's arguments as they arrive in JSON: checked by name, with `about` read into its dataclass."""

import inspect
from collections.abc import Callable, Mapping
from datetime import date

from desist_evaluation import registry
from desist_evaluation.checks import InvalidInputError, choice, count
from desist_evaluation.columns import from_published
from desist_evaluation.design import About, Analysis, Design, Estimand
from desist_evaluation.episodes import read_day
from desist_evaluation.result import Result


def answer(*, function: str, arguments: Mapping[str, object], as_of: date | None = None) -> Result:
    """Return the result of a function called by name with JSON arguments.

    `as_of` is the day of the analysis: a data cut after it is refused. Raises `ValueError`, which names the
    field and the rule.
    """
    called = registry.find(function)
    given = dict(arguments)
    if "dataset" in given:
        given = from_published(function=function, arguments=given)
    about = read_about(given.pop("about", {}), as_of=as_of)
    _check_names(called, given)
    return called(**given, about=about)


def parameters(function: str) -> list[str]:
    """Return the names of a function's arguments, in order."""
    return list(inspect.signature(registry.find(function)).parameters)


def _check_names(called: Callable[..., Result], given: Mapping[str, object]) -> None:
    parameters = inspect.signature(called).parameters
    known = ", ".join(name for name in parameters if name != "about")
    for name in given:
        if name not in parameters:
            raise InvalidInputError(
                f"{name:.60}", f"is not an argument of {called.__name__}, which takes {known}"
            )
    for name, parameter in parameters.items():
        if parameter.default is parameter.empty and name not in given:
            raise InvalidInputError(name, f"is needed; {called.__name__} takes {known}")


def read_about(value: object, *, as_of: date | None) -> About:
    """Return `about` as an object: population, time_zero, outcome, censoring, analysis, design, data_cut, missing."""
    if not isinstance(value, Mapping):
        raise InvalidInputError("about", "must be an object")
    texts = {"population", "time_zero", "outcome", "censoring"}
    for name in value:
        choice(field="about", value=name, options=texts | {"analysis", "design", "data_cut", "missing"})
    analysis = choice(
        field="about.analysis", value=value.get("analysis", Analysis.ITT), options=list(Analysis)
    )
    design = value.get("design")
    if design is not None:
        design = Design(choice(field="about.design", value=design, options=list(Design)))
    return About(
        estimand=Estimand(
            **{name: str(value[name]) for name in texts & set(value)}, analysis=Analysis(analysis)
        ),
        design=design,
        data_cut=read_day(field="about.data_cut", value=value["data_cut"]) if "data_cut" in value else None,
        missing=count(field="about.missing", value=value.get("missing", 0)),
        as_of=as_of,
    )
