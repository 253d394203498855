"""Everything that can happen to the incident log: the advocate adds to it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from desist.advocacy.evidence.states import HERE
from desist.advocacy.incidents.models import Addition, Incident, IncidentFile
from desist.advocacy.incidents.policy import Action
from desist.advocacy.incidents.texts import ADDED, FIELD, Account
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.references import reference
from desist.ui.words import FalseAlarm
from desist.wall import audit, gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Facts:
    """The coded facts of an incident; the codes are in `states` and desist.codes."""

    happened_on: date
    happened_time: time | None
    place: str
    behaviours: Sequence[str]
    channel: str
    through: str
    marks: Sequence[str]
    evidence: Sequence[str]
    told: Sequence[str]
    crime_reference: str
    ended_on: date | None = None
    ended_time: time | None = None
    more_places: Sequence[str] = ()
    times: int | None = None
    counted: str = ""
    heard: str = ""


def record(
    *,
    actor: Actor,
    ref: str,
    facts: Facts,
    account: Account,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> str:
    """Record an incident and return its reference. A form sent twice makes one. Raises HoldsLocator and NotRead."""
    with gate.change(actor, Action.RECORD_INCIDENT, Victim, ref, at=at) as victim:
        if earlier := victim.incidents.filter(submission=submission).first():
            return earlier.ref
        own, box = reference(), vault.box(person=ref)
        # The exact place stays on this site, so its field may name it.
        named, texts = audit.row_name(Incident, own), account.crossing
        vault.check_crossing(actor=actor, victim=victim, named=named, texts=texts, at=at, of=box, why=why)
        Incident.objects.create(
            ref=own,
            victim=victim,
            **asdict(facts) | {"more_places": list(facts.more_places)},
            words=boxes.lock(box, FIELD, own, account),
            recorded_by=actor.who,
            recorded_at=at,
            submission=submission,
        )
    return own


def add(
    *,
    actor: Actor,
    incident: str,
    words: str,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Add to an incident. Earlier entries stay as they were. Raises HoldsLocator and NotRead."""
    with gate.change(actor, Action.ADD_TO_INCIDENT, Incident, incident, at=at) as row:
        if Addition.objects.filter(submission=submission).exists():
            return
        own, box = reference(), vault.box(person=row.victim.ref)
        named, texts = audit.row_name(Addition, own), {"words": words}
        vault.check_crossing(actor=actor, victim=row.victim, named=named, texts=texts, at=at, of=box, why=why)
        Addition.objects.create(
            ref=own,
            incident=row,
            words=box.lock(field=ADDED, row=own, text=words),
            added_by=actor.who,
            added_at=at,
            submission=submission,
        )


def put_files(*, actor: Actor, incident: str, refs: Iterable[str], at: datetime) -> None:
    """Put files of the client on an incident; one that is on it already stays. Raises gate.NotFound.

    A file that the client does not have is as absent as one that there is not.
    """
    wanted = set(refs)
    with gate.change(actor, Action.CHOOSE_FILES_OF_INCIDENT, Incident, incident, at=at) as row:
        found = row.victim.originals.filter(ref__in=wanted, state__in=HERE)
        if len(found) != len(wanted):
            raise gate.NotFound(incident)
        rows = (IncidentFile(incident=row, original=one, put_by=actor.who, put_at=at) for one in found)
        IncidentFile.objects.bulk_create(rows, ignore_conflicts=True)


def take_file_off(*, actor: Actor, incident: str, file: str, at: datetime) -> None:
    """Take a file off an incident; the file stays. A second call is no error."""
    with gate.change(actor, Action.CHOOSE_FILES_OF_INCIDENT, Incident, incident, at=at) as row:
        row.files.filter(original__ref=file).delete()
