"""Every evaluation function by name; nothing is imported before it is asked for."""

import importlib
from collections.abc import Callable
from typing import cast

from desist.evaluation.checks import InvalidInputError
from desist.evaluation.result import Result

#: function -> (the module that holds it, one line of help)
FUNCTIONS = {
    "clopper_pearson": ("proportions", "A proportion with its exact interval"),
    "proportion": ("proportions", "A proportion with Wilson's interval"),
    "wilson": ("proportions", "A proportion with Wilson's score interval"),
}


def find(name: str) -> Callable[..., Result]:
    """The function of that name. Raises `InvalidInputError` where there is none."""
    if name not in FUNCTIONS:
        raise InvalidInputError("function", f"must be one of {', '.join(FUNCTIONS)}, not {name!r:.60}")
    module = importlib.import_module(f"desist.evaluation.{FUNCTIONS[name][0]}")
    return cast("Callable[..., Result]", getattr(module, name))
