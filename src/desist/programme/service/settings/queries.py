"""Questions about the reference data that a site edits, and its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desist.accounts import queries as accounts
from desist.accounts.models import Account
from desist.programme.plans.support.models import Agency
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.settings.commands import ENTERED
from desist.programme.service.settings.kinds import KINDS, Kind
from desist.programme.service.settings.models import SettingChange
from desist.programme.service.settings.policy import Action
from desist.programme.team import commands as team
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Change:
    """One line of history."""

    kind: str
    row: str
    name: str
    field: str
    before: str
    after: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Registered:
    """A practitioner as the register lists them."""

    ref: str
    name: str
    profession: str
    registration: str
    trained_on: date | None
    supervisor: str
    people: int
    capacity: int
    left_on: date | None


@dataclass(frozen=True)
class SettingsPage:
    """What the area may edit here, who is not on the register yet, and what was changed last."""

    practitioners: tuple[Registered, ...]
    unregistered: tuple[tuple[str, str], ...]
    agencies: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ToEdit:
    """One row for the editor: its values, its version, and the changes it has seen."""

    kind: Kind
    ref: str
    name: str
    values: dict[str, Any]
    version: int
    changes: tuple[Change, ...]


def page(*, actor: Actor, at: datetime) -> SettingsPage:
    """The registers of the area with the last changes."""
    changes = gate.see(actor, Action.SEE_SETTINGS, SettingChange, at=at).order_by("-at", "-pk")[:PAGE]
    here = Practitioner.objects.filter(area=actor.area).exclude(profession="")  # nobody of another service
    rows = team.counted(here, actor)
    found = list(rows.order_by("left_on", "name", "pk"))
    names = accounts.names(refs=[who for one in found if (who := getattr(one, "supervisor", None))])
    known = {one.ref for one in found}
    agencies = Agency.objects.filter(area=actor.area, ended_at=None).order_by("name")
    return SettingsPage(
        practitioners=tuple(_registered(one, names) for one in found),
        unregistered=tuple(one for one in accounts.practitioners(area=actor.area) if one[0] not in known),
        agencies=tuple(agencies.values_list("ref", "name")),
        changes=_changes(list(changes), actor),
    )


def to_edit(*, actor: Actor, kind: Kind, ref: str, at: datetime) -> ToEdit:
    """One row, to be edited."""
    row: Any = gate.open(actor, kind.action, kind.model, ref, at=at).get()
    changes = list(SettingChange.objects.filter(kind=kind.key, row=ref).order_by("-at", "-pk"))
    return ToEdit(
        kind=kind,
        ref=ref,
        name=row.name,
        values={name: getattr(row, name) for name in kind.fields},
        version=row.version,
        changes=_changes(changes, actor),
    )


def to_enter(*, actor: Actor, account: str, at: datetime) -> str:
    """The name of an account that can be put on the register; "" where it cannot."""
    gate.see(actor, Action.ENTER_PRACTITIONER, Practitioner, at=at)
    name = dict(accounts.practitioners(area=actor.area)).get(account, "")
    return "" if Practitioner.objects.filter(ref=account).exists() else name


def _registered(row: Practitioner, names: Mapping[str, str]) -> Registered:
    return Registered(
        ref=row.ref,
        name=row.name,
        profession=str(row.get_profession_display()),
        registration=row.registration,
        trained_on=row.trained_on,
        supervisor=names.get(getattr(row, "supervisor", None) or "", ""),
        people=int(getattr(row, "people", 0)),
        capacity=row.capacity,
        left_on=row.left_on,
    )


def _changes(rows: list[SettingChange], actor: Actor) -> tuple[Change, ...]:
    names = dict(Account.objects.filter(ref__in={row.by for row in rows}).values_list("ref", "name"))
    of: dict[tuple[str, str], str] = {}
    for kind in KINDS.values():
        refs = {row.row for row in rows if row.kind == kind.key}
        found = kind.model._default_manager.filter(ref__in=refs).values_list("ref", "name")
        of |= {(kind.key, ref): name for ref, name in found}
    return tuple(
        Change(
            kind=row.kind,
            row=row.row,
            name=of.get((row.kind, row.row), ""),
            field="Put on the register" if row.field == ENTERED else KINDS[row.kind].fields[row.field],
            before=row.before,
            after=row.after,
            reason=row.reason,
            by="you" if row.by == actor.who else names.get(row.by, "a colleague"),
            at=row.at,
        )
        for row in rows
    )
