"""The rows that a client of a caseload becomes, not saved yet; `by` had them brought in, `at` is when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from desist.advocacy.contacts.models import Arrangement, SafeTime
from desist.advocacy.contacts.words import FIELD as AGREED
from desist.advocacy.contacts.words import Words
from desist.advocacy.incidents.commands import Facts
from desist.advocacy.incidents.models import Incident
from desist.advocacy.incidents.states import Through
from desist.advocacy.incidents.texts import FIELD as INCIDENT
from desist.advocacy.incidents.texts import Account
from desist.advocacy.moving_in import sheets
from desist.advocacy.safety import texts
from desist.advocacy.safety.models import PlanVersion
from desist.advocacy.vault import boxes
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import Locator, PersonKey
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Consent, Victim
from desist.advocacy.victims.states import State
from desist.moving_in.tables import Person
from desist.references import reference
from desist.ui import dates


@dataclass(frozen=True)
class Client:
    """A client on the way in: the row, the new key with its box, and what the tables said."""

    victim: Victim
    key: PersonKey
    box: Box
    person: Person
    by: str
    at: datetime

    def locators(self) -> Iterator[Locator]:
        """What leads to the client, locked."""
        for said in self.person.rows["ways"]:
            yield boxes.locator(
                box=self.box,
                victim=self.victim,
                kind=Kind(said["kind"]),
                value=said["value"],
                by=self.by,
                at=self.at,
            )

    def consents(self) -> Iterator[Consent]:
        """What the client consented to."""
        said = self.person.said
        for purpose in said["purposes"]:
            yield Consent(
                victim=self.victim,
                purpose=purpose,
                given_on=said["consented_on"],
                how=said["how"],
                recorded_by=self.by,
                recorded_at=self.at,
            )

    def arrangement(self) -> Iterator[Arrangement]:
        """The words that were agreed for contact, where there are any."""
        words = Words(**{name: self.person.said[name] for name in Words.__dataclass_fields__})
        if words != Words():
            yield Arrangement(
                victim=self.victim,
                words=boxes.lock(self.box, AGREED, self.victim.ref, words),
                changed_by=self.by,
                changed_at=self.at,
            )

    def safe_times(self) -> Iterator[SafeTime]:
        """The hours in which contact is safe."""
        for said in self.person.rows["safe_times"]:
            days = sorted(int(day) for day in said["days"])
            when = {"days": days, "start": said["start"], "end": said["end"]}
            yield SafeTime(
                victim=self.victim, channel=said["channel"], **when, added_by=self.by, added_at=self.at
            )

    def incidents(self, token: str) -> Iterator[Incident]:
        """The incidents of the log."""
        for said in self.person.rows["incidents"]:
            own = reference()
            facts = {name: said[name] for name in Facts.__dataclass_fields__}
            yield Incident(
                ref=own,
                victim=self.victim,
                **facts | {"through": said["through"] or Through.NOT_KNOWN.value},
                words=boxes.lock(self.box, INCIDENT, own, _account(said)),
                recorded_by=self.by,
                recorded_at=self.at,
                submission=f"{token} {self.victim.ref} {said['row']}",
            )

    def plans(self) -> Iterator[PlanVersion]:
        """The first version of the safety plan."""
        for said in self.person.rows["plans"]:
            plan = texts.Plan(**{name: said[name] for name in sheets.PLAN})
            yield PlanVersion(
                victim=self.victim,
                number=1,
                words=boxes.lock(self.box, texts.PLAN, f"{self.victim.ref}:1", plan),
                review_on=said["review_on"],
                saved_by=self.by,
                saved_at=self.at,
            )


def client(area: str, person: Person, by: str, at: datetime) -> Client:
    """A client as they came, and who they are, locked with a key of their own."""
    said = person.said
    victim = Victim(
        area=area,
        way_in=said["way_in"],
        relationship=said["relationship"],
        crime_reference=said["crime_reference"],
        received_at=dates.moment(said["received_on"], time(9)),
        recorded_by=by,
    )
    if said["reached_on"]:
        victim.state = State.OPEN
        victim.first_contact_at = dates.moment(said["reached_on"], time(9))
    key, box = boxes.fresh(person=victim.ref, at=at)
    born = said["born"].isoformat() if said["born"] else ""
    who = Identity(**{name: said[name] for name in sheets.IDENTITY}, born=born)
    victim.identity = boxes.lock(box, FIELD, victim.ref, who)
    return Client(victim, key, box, person, by, at)


def _account(said: Mapping[str, Any]) -> Account:
    names = {"what": "what", "place": "place_detail", "effect": "effect"}
    names |= {"witnesses": "witnesses", "kept": "kept"}
    return Account(**{name: said[column] for name, column in names.items()})
