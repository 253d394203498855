"""Inputs that are drawn once for all values: only the value differs between two drawings of the same field.

The macro of an input takes longer than all else on a small page. Only what all forms of a class share is kept: a label
or a hint of one form alone may name somebody.
"""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.forms.boundfield import BoundField
from markupsafe import Markup, escape

#: the name, among the macros, of an input that every form of its class has alike
SHARED_INPUT = "an input that all forms share"
#: where the value stands in the drawing that is kept
VALUE = "the-value-stands-here"


def drawn_once(macro: Callable[..., str]) -> Callable[[dict[str, Any]], str]:
    """The macro of an input, asked once for all that is typed in it."""

    @functools.lru_cache(maxsize=512)
    def kept(params: str) -> str:
        return str(macro(json.loads(params)))

    def drawn(params: dict[str, Any]) -> str:
        html = kept(json.dumps({**params, "value": VALUE}))
        return Markup(html.replace(f'"{VALUE}"', f'"{escape(params["value"])}"'))  # noqa: S704 -- escaped

    return drawn


def is_shared(bound: BoundField) -> bool:
    """Whether a field is drawn as in every other form of the class, but for its value."""
    own, common = bound.field, getattr(type(bound.form), "base_fields", {}).get(bound.name)
    return (
        common is not None
        and not bound.errors
        and type(own.help_text) is str  # a marked one would lose its mark on the way
        and (own.label, own.help_text, own.widget.attrs)
        == (common.label, common.help_text, common.widget.attrs)
    )
