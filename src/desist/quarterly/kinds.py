"""What each zone says about its return: settings.DESIST_RETURNS names it."""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from desist.quarterly.models import Counting
from desist.returns.counted import Counted
from desist.returns.definitions import Edition
from desist.returns.quarters import Quarter
from desist.sites import Zone
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Kind:
    """The return of a zone: its tables, how it counts quarters as they are known now, and its words."""

    side: Zone
    model: type[Any]  # of models.Counting
    new: Callable[..., Counting]
    questions: type[Any]  # of models.Asking
    counted: Callable[[Actor, Sequence[Quarter], Edition, datetime], Sequence[Counted]]
    back: str  # the page from which its list is opened
    complete: str  # what the person who counts is asked


def kind() -> Kind:
    """Return the return of this zone."""
    module, _, name = settings.DESIST_RETURNS[Zone(settings.DESIST_ZONE)].rpartition(".")
    found: Kind = getattr(importlib.import_module(module), name)
    return found
