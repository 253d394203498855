"""Everything that can happen to the reference data that a site edits."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from desist.accounts import queries as accounts
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.settings.kinds import Kind, in_words
from desist.programme.service.settings.models import SettingChange
from desist.programme.service.settings.policy import Action
from desist.programme.team import commands as team
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

ENTERED = "entered"


NOT_UNIQUE = "Another one with this name is already listed in the area"
NOT_A_PRACTITIONER = "Not saved: this person has since been put on the register, or lost the role"
STILL_HAS_PEOPLE = "Hand their {} people to others first, then record that they left"


def edit(
    *,
    actor: Actor,
    kind: Kind,
    ref: str,
    values: Mapping[str, Any],
    reason: str,
    version: int | None,
    at: datetime,
) -> int:
    """Change what differs of one row, each field with its line of history; says how many.

    Setting the day of training signs it. Raises Changed and Refused.
    """
    try:
        with gate.change(actor, kind.action, kind.model, ref, at=at) as locked:
            row: Any = locked  # of every kind, and each has a version
            gate.next_version(row, version)
            _check_leaving(actor, row, values.get("left_on"))
            changed = {name: values[name] for name in kind.fields if getattr(row, name) != values[name]}
            for name, value in changed.items():
                before, after = in_words(name, getattr(row, name)), in_words(name, value)
                said = {"before": before, "after": after, "reason": reason, "at": at}
                _line(actor, kind=kind.key, row=ref, field=name, **said).save()
                setattr(row, name, value)
            if changed:
                signed = _signed(row, changed, actor)
                row.save(update_fields=[*changed, *signed, "version"])
    except IntegrityError:
        raise Refused(NOT_UNIQUE, field="name") from None
    return len(changed)


def enter_practitioner(
    *, actor: Actor, account: str, values: Mapping[str, Any], reason: str, at: datetime
) -> None:
    """Put an account with a practitioner's role on the register: from now on people can be allocated to them.

    The same form twice does it once. Raises Refused.
    """
    name = dict(accounts.practitioners(area=actor.area)).get(account)
    if name is None:
        raise Refused(NOT_A_PRACTITIONER)
    row = Practitioner(ref=account, name=name, area=actor.area, **values)
    _signed(row, values, actor)
    try:
        with gate.create(actor, Action.ENTER_PRACTITIONER, row, at=at):
            said = {"after": name, "reason": reason, "at": at}
            _line(actor, kind="practitioner", row=account, field=ENTERED, **said).save()
    except IntegrityError:
        raise Refused(NOT_A_PRACTITIONER) from None


def _signed(row: Any, changed: Mapping[str, Any], actor: Actor) -> tuple[str, ...]:  # noqa: ANN401 -- of any kind
    """Who signed the training, where its day is among what changed; the names of the fields that say so."""
    if "trained_on" not in changed:
        return ()
    row.training_signed_by = actor.who if changed["trained_on"] else ""
    return ("training_signed_by",)


def _check_leaving(actor: Actor, row: Any, left_on: date | None) -> None:  # noqa: ANN401 -- a row of any kind
    """A practitioner who leaves has no people that the actor may see."""
    if isinstance(row, Practitioner) and left_on:
        people = team.standing(team.counted(Practitioner.objects.filter(pk=row.pk), actor).get()).people
        if people:
            raise Refused(STILL_HAS_PEOPLE.format(people), field="left_on")


def _line(actor: Actor, *, kind: str, row: str, field: str, **said: Any) -> SettingChange:  # noqa: ANN401
    """A line of history, not yet written. `said`: before, after, reason, at."""
    return SettingChange(area=actor.area, kind=kind, row=row, field=field, by=actor.who, **said)
