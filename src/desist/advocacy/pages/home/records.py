"""The clients who can be one. What goes along with the second is locked anew, with the key of the first."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django.db.models import Model, Q

from desist.advocacy.circumstances.models import Circumstance, SelfHarm
from desist.advocacy.clients.queries import identity_of
from desist.advocacy.contacts.models import Attempt, Message
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.states import UNSETTLED
from desist.advocacy.evidence.states import State as Kept
from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.exhibits.states import State as Made
from desist.advocacy.incidents.models import Incident
from desist.advocacy.letters.models import Letter
from desist.advocacy.measures.models import Measure
from desist.advocacy.pages.home import locked
from desist.advocacy.papers.models import Paper
from desist.advocacy.safety.models import Child, Need, Note, PlanVersion
from desist.advocacy.screenings.models import Screening
from desist.advocacy.submissions.models import SubmissionLink
from desist.advocacy.tags.models import Tag
from desist.advocacy.updates.models import Update
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import Locator
from desist.advocacy.victims.identity import FIELD, NOBODY
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.policy import Action
from desist.advocacy.victims.states import State
from desist.merges.records import Along, Kind, dated
from desist.references import spoken
from desist.tasks.models import Task

#: files and exhibits go along together, since an exhibit is made of files
EVIDENCE = "evidence"


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

    def carry(self, along: Along, key: Any, source: Model, target: Model) -> None:  # noqa: ANN401 -- a key
        """Let a row be another client's, with what belongs to it, and lock its words with that client's key. Raises Refused."""
        super().carry(along, key, source, target)
        row = along.with_key([key]).defer(None).get()
        locked.anew(row, source=source, target=target)


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
    if second.locators.filter(ended_at=None).exists():
        return (
            f"{spoken(second.ref)} has numbers or addresses in use. Ask the client which still are, enter those in "
            f"{spoken(first.ref)}, end all of {spoken(second.ref)}, and merge it then"
        )
    return ""


def of_client(model: type[Model], name: str, day: str, **more: Any) -> Along:  # noqa: ANN401 -- what else Along takes
    """Rows of a client."""
    return dated(model, "victim", name, day, **more)


ALONG = (
    of_client(Locator, "Numbers and addresses no longer in use", "added_at"),
    of_client(Incident, "Incidents", "happened_on", which=Q(pack=None)),
    of_client(Attempt, "Contacts", "began_at"),
    of_client(Message, "Messages", "queued_at"),
    of_client(Update, "News", "received_at"),
    of_client(PlanVersion, "Safety plan", "saved_at", one=True),
    of_client(Need, "Needs", "raised_at"),
    of_client(Child, "Children and family", "added_at"),
    of_client(Note, "Notes", "written_at"),
    of_client(Circumstance, "Risks to staff and needs", "since"),
    of_client(SelfHarm, "Self-harm", "saved_at", one=True),
    of_client(Screening, "Screenings of risk", "rated_on"),
    of_client(Measure, "Measures", "taken_on"),
    of_client(Letter, "Letters", "written_at"),
    of_client(Paper, "Papers", "made_at"),
    of_client(Original, "Files", "begun_at", group=EVIDENCE, which=~Q(state__in=[Kept.ARRIVING, *UNSETTLED])),
    of_client(Tag, "Tags", "made_at", group=EVIDENCE),
    of_client(Exhibit, "Exhibits", "begun_at", group=EVIDENCE, which=Q(sent=None) & ~Q(state=Made.MAKING)),
    of_client(SubmissionLink, "Links no longer in use", "made_at", which=Q(ended_at__isnull=False)),
    dated(Task, "case", "Tasks", "due_on"),
)
#: what leads to a client and does not go along -> why
STAYS = {
    "advocacy_allocation.victim": "who worked with the client under that record",
    "advocacy_clientoffer.victim": "which service that record was offered to",
    "advocacy_clienthandover.victim": "who was asked to take that record over",
    "advocacy_clockpause.victim": "the clock of that record",
    "advocacy_movedclient.victim": "the import that brought that record",
    "advocacy_arrangement.victim": "how the client is reached safely is asked anew, never inherited",
    "advocacy_safetime.victim": "when the client is reached safely is asked anew, never inherited",
    "advocacy_consent.victim": "what the client agreed to is asked anew, never inherited",
    "advocacy_choice.victim": "what the client chose is asked anew, never inherited",
    "advocacy_submissionagreement.victim": "what the client agreed to is asked anew, never inherited",
    "advocacy_disclosure.victim": "it went out by the choice and the thread of that record, and is recalled by them",
    "advocacy_clientorder.victim": "the police keep it current by the thread of that record",
    "advocacy_clearanceasked.victim": "the police are answered by the thread of that record",
    "advocacy_pairasked.victim": "the police answer it by the thread of that record",
    "advocacy_reveal.victim": "who looked at what under that record",
    "advocacy_record.victim": "goes along with the file that it is of",
    "advocacy_hourcount.victim": "goes along with the file that it is of",
    "advocacy_original.locked_with": "whose key still locks the bytes of a file that went along",
    "advocacy_exhibit.locked_with": "whose key still locks the pieces of an exhibit that went along",
}
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
        along=ALONG,
        stays=STAYS,
        unfit=unfit,
    ),
)
