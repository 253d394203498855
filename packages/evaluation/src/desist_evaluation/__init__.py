"""Does it work, and how many need it: statistics for an honest evaluation, as pure functions.

No clock, no disk, no Django; seeds are passed in. `evaluation.clopper_pearson(events=4, n=29)` finds the
function through the registry, so that importing the package costs nothing but numpy.
"""

from collections.abc import Callable

from desist_evaluation import registry
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Analysis, Design, Estimand, Grade
from desist_evaluation.result import Interval, Result, Unit
from desist_evaluation.wording import OverclaimError

__all__ = [
    "About",
    "Analysis",
    "Design",
    "Estimand",
    "Grade",
    "Interval",
    "InvalidInputError",
    "OverclaimError",
    "Result",
    "Unit",
]


def __getattr__(name: str) -> Callable[..., Result]:
    """An evaluation function, imported when it is first asked for."""
    if name not in registry.FUNCTIONS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return registry.find(name)


def __dir__() -> list[str]:
    """Return the names that the package offers, functions included."""
    return sorted([*__all__, *registry.FUNCTIONS])
