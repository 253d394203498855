"""The clients who can be one. Nothing of a client goes along: each record stays locked with its own key."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from desist.advocacy.clients.queries import identity_of
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.identity import FIELD, NOBODY
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.policy import Action
from desist.advocacy.victims.states import State
from desist.merges.records import Kind
from desist.references import spoken


class ClientRecords(Kind):
    """Clients, whose names are locked."""

    def read(self, row: Any) -> dict[str, Any]:  # noqa: ANN401 -- a client
        """The names of a client."""
        known = asdict(identity_of(row))
        return {name: known[name] for name in self.labels}

    def write(self, row: Any, answers: Mapping[str, Any]) -> None:  # noqa: ANN401 -- a client
        """Lock a client's names anew, where any of them changes."""
        if answers:
            box = vault.box(person=row.ref)
            row.identity = boxes.lock(box, FIELD, row.ref, replace(identity_of(row), **answers))

    def said(self, name: str, answer: Any) -> str:  # noqa: ANN401, ARG002 -- a name; the base takes it
        """A name as it is."""
        return str(answer)


def unfit(first: Victim, second: Victim) -> str:
    """Why a client's record is not merged into another: it is open, or the police write to it alone."""
    if NOBODY in (identity_of(first), identity_of(second)):
        return "The key of one of these clients was destroyed: nothing about them can be merged any more"
    if second.thread and not first.thread:
        return f"The police referred {spoken(second.ref)} and write to it: keep that one as the first, and merge the other into it"
    if second.state != State.CLOSED:
        return (
            f"The case {spoken(second.ref)} is open. Copy how the client is reached safely to {spoken(first.ref)}, "
            "close the second case, and merge it then"
        )
    return ""


RECORDS = (
    ClientRecords(
        action=Action.SEE_VICTIM,
        model=Victim,
        route="victims:victim",
        name=lambda row: identity_of(row).name,
        labels={
            "given_names": "Given names",
            "family_name": "Family name",
            "called": "Name to use",
            "born": "Date of birth",
        },
        along=(),
        unfit=unfit,
    ),
)
