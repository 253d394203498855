"""What an e-mail to staff can be about: whose rows, from which moment on, and how the policy says who may know of them.

A zone names in settings.DESIST_NUDGES the module with its kinds (ROLES) and where they come from (SOURCES).
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol, cast

from django.conf import settings
from django.db.models import Model, Q, TextChoices

from desist.ui import dates
from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction


def anybody(actor: Actor) -> Q:
    """Return no further condition."""
    del actor
    return Q()


@dataclass(frozen=True)
class Source:
    """Rows of `model` that wait (`waiting`); each counts from the moment `field` plus `after`.

    `action` is the reader's answer: its scope says which rows are theirs. `own` narrows that further. `day` is a second
    date that must have come where a waiting row may not be due yet.
    """

    kind: TextChoices
    model: type[Model]
    action: BaseAction
    waiting: Q
    field: str
    after: timedelta = timedelta(0)
    own: Callable[[Actor], Q] = anybody
    day: str = ""

    def between(self, start: datetime, end: datetime) -> Q:
        """Return the rows with a moment after `start` and not after `end`; `field` may be a day (from midnight), named so."""
        first, last = self._shifted(start), self._shifted(end)
        found = self.waiting & Q(**{f"{self.field}__gt": first, f"{self.field}__lte": last})
        return found & Q(**{f"{self.day}__lte": dates.day_of(end)}) if self.day else found

    def counts_from(self, value: datetime | date) -> datetime:
        """Return the moment from which a row with this value waits."""
        if isinstance(value, datetime):
            return value + self.after
        return datetime.combine(value, time.min, tzinfo=dates.LONDON) + self.after

    def _shifted(self, moment: datetime) -> datetime | date:
        earlier = moment - self.after
        return dates.day_of(earlier) if self.field.endswith("_on") else earlier


class Zone(Protocol):
    """The module of a zone."""

    ROLES: Mapping[TextChoices, frozenset[Role]]
    SOURCES: tuple[Source, ...]


def of_zone() -> tuple[Source, ...]:
    """Return where this zone's e-mails come from."""
    return _zone().SOURCES if settings.DESIST_NUDGES else ()


def kinds(role: Role) -> dict[str, str]:
    """Return the kinds that a role can get here, each with its words."""
    roles = _zone().ROLES if settings.DESIST_NUDGES else {}
    return {kind.value: str(kind.label) for kind, those in roles.items() if role in those}


def _zone() -> Zone:
    return cast("Zone", importlib.import_module(settings.DESIST_NUDGES))
