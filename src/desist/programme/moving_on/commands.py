"""A person who goes on with another programme: what goes along, and what becomes of them here and there."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from desist.moving_in import tables
from desist.moving_in.offers import commands as offers
from desist.moving_in.offers import packing
from desist.moving_in.offers.commands import Kind, Reply, answered_there, answering_here
from desist.moving_in.offers.packing import Record
from desist.moving_in.tables import KEY, Person, Reading
from desist.post import locked, own, partners
from desist.post.handlers import Received
from desist.programme.episodes.models import Episode
from desist.programme.leaving import commands as leaving
from desist.programme.measures.models import Measure
from desist.programme.moving_in import sheets
from desist.programme.moving_in import work as tables_of_work
from desist.programme.moving_in.commands import CASELOAD
from desist.programme.moving_on import work
from desist.programme.moving_on.models import PersonOffer
from desist.programme.plans.coping.models import CopingLine
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.states import OF_THE_TWELVE
from desist.references import reference
from desist.referral import files
from desist.refusals import Refused
from desist.ui import dates
from desist.wall.actors import Actor, Role

ENDED = "Not offered: the programme has ended for this person"
STAYS = (
    "What stays here: tasks, concerns and their enquiries, disclosures, letters, drafts, sessions outside the twelve, and "
    "earlier versions of a chain. Tell the other service of them by telephone where it must know. The referrer hears that the person left, as with any end; "
    "later news comes from the other service, whom the referrer can telephone."
)
#: whom another service's sessions were held with: on no list of the team, since no profession is known
ELSEWHERE = "A colleague at {service}"


def _record(episode: Episode, with_files: bool) -> Record:  # noqa: FBT001 -- as the kind declares it
    """What a colleague elsewhere needs to go on."""
    referral = episode.referral
    person: dict[str, Any] = {name: getattr(referral, name) for name in sheets.REFERRAL}
    for name in ("own_phone", "own_email", "own_address", "own_postcode"):
        person[name] = referral.known(name)
    papers = list(_papers(episode)) if with_files else []
    rows: dict[str, list[Mapping[str, Any]]] = {
        "people": [{**person, "accepted_on": dates.day_of(episode.opened_at), "practitioner": ""}],
        "sessions": list(_sessions(episode)),
        "measures": list(_measures(episode)),
        "goals": list(episode.goals.order_by("pk").values("words", "serves", "steps", "state")),
        "contacts": list(_contacts(episode)),
        "risks": list(_plain(episode.risk_ratings.filter(struck_at=None).order_by("pk"), sheets.RISKS)),
        "circumstances": list(_plain(episode.circumstances.filter(over=""), sheets.CIRCUMSTANCES)),
        "self_harm": list(_plain(episode.self_harm.order_by("-number")[:1], sheets.SELF_HARM)),
        "family": list(_plain(episode.relatives.filter(over=""), sheets.FAMILY)),
        "coping": list(_coping(episode)),
        "documents": [row for row, _ in papers],
        **work.of(episode),
    }
    keyed = {key: [{**one, KEY: "1"} for one in found] for key, found in rows.items()}
    contents = {str(row["file"]): content for row, content in papers}
    return Record(keyed, contents, referral.given_names, referral.family_name)


def _plain(rows: QuerySet[Any], sheet: tables.Sheet) -> Iterator[Mapping[str, Any]]:
    """The columns of a table that rows have under the same names."""
    return ({name: getattr(row, name) for name in sheet.columns if name != KEY} for row in rows)


def _sessions(episode: Episode) -> Iterator[Mapping[str, Any]]:
    """Those of the twelve sessions that were held or missed, with their records."""
    held = episode.sessions.filter(state__in=["attended", "missed"], kind__in=OF_THE_TWELVE)
    counted: set[int] = set()
    for row in held.order_by("period"):
        if row.state == "attended" and row.number in counted:
            continue  # made up twice: the first counts
        counted |= {row.number} if row.state == "attended" else set()
        begun = dates.local(row.period.lower)
        minutes = (row.period.upper - row.period.lower).seconds // 60
        said = {name: getattr(row, name) for name in ("number", "missed_reason", *sheets.RECORD)}
        yield {
            **said,
            "held_on": begun.date(),
            "held_time": begun.time(),
            "minutes": minutes,
            "attendance": row.state,
        }


def _measures(episode: Episode) -> Iterator[Mapping[str, Any]]:
    """The totals, as whole numbers: a table takes no other."""
    for row in Measure.objects.filter(episode=episode).exclude(total=None).order_by("taken_on", "pk"):
        if row.total == (total := int(row.total or 0)):
            yield {**_only(row, "instrument", "occasion", "taken_on"), "total": total}


def _contacts(episode: Episode) -> Iterator[Mapping[str, Any]]:
    names = ("party", "who", "begun", "way", "purpose", "outcome", "words")
    for row in episode.referral.contacts.filter(struck_at=None).order_by("held_at"):
        begun = dates.local(row.held_at)
        yield {**_only(row, *names), "held_on": begun.date(), "held_time": begun.time()}


def _coping(episode: Episode) -> Iterator[Mapping[str, Any]]:
    """The lines of the plan that holds."""
    newest = episode.coping_plans.order_by("-number").first()
    lines = CopingLine.objects.filter(plan=newest).order_by("part", "position") if newest else ()
    return (_only(row, "part", "cue", "words") for row in lines)


def _papers(episode: Episode) -> Iterator[tuple[Mapping[str, Any], bytes]]:
    """The documents with their contents. Raises Refused where one cannot be unlocked."""
    for number, row in enumerate(episode.documents.filter(removed_at=None).order_by("pk"), start=1):
        file = files.opened(row, keys=own.keys())
        name = f"{number} {row.name}"
        yield {"file": name, "kind": row.kind, "dated": row.dated}, file.content


def _only(row: Any, *names: str) -> dict[str, Any]:  # noqa: ANN401 -- a row of any table
    return {name: getattr(row, name) for name in names}


def _number(episode: Episode) -> int:
    return episode.documents.filter(removed_at=None).count()


def _check(episode: Episode, _actor: Actor, _words: str, _at: datetime) -> None:
    if episode.ended_at:
        raise Refused(ENDED)


def _lock(_episode: Episode, place: str, row: str, text: str) -> bytes:
    return locked.lock(place=place, row=row, text=text)


def _unlock(_episode: Episode, place: str, row: str, sealed: bytes) -> str:
    return locked.unlock(place=place, row=row, sealed=sealed)


def _arrive(row: PersonOffer, person: Person, reading: Reading, by: str, at: datetime) -> Episode:
    """The person begins here as one who was accepted today; the sessions before were held with a colleague elsewhere."""
    if wrong := next(iter(tables_of_work.of_person(person)), None):
        why = f"{wrong.sheet} {wrong.row} {wrong.column}: {wrong.sentence}"
        raise Refused(packing.NOT_READ.format(why=why))
    person.said["accepted_on"], person.said["practitioner"] = dates.day_of(at), ""
    if person.rows["sessions"]:
        there = Practitioner.objects.create(
            ref=reference(),
            name=ELSEWHERE.format(service=partners.title(name=row.partner))[:80],
            area=row.area,
            left_on=dates.day_of(at),
        )
        person.rows["sessions"] = [{**said, "held_with": there} for said in person.rows["sessions"]]
    move, _ = offers.arrived(PERSON, row, person=person, reading=reading, by=by, at=at)
    return Episode.objects.get(referral__moved_in__move=move)


def answer(actor: Actor, ref: str, reply: Reply, at: datetime) -> None:
    """Take an offered person over, or refuse with words. Raises Refused and words.Unclear."""
    with answering_here(PERSON, actor=actor, ref=ref, reply=reply, at=at) as found:
        if found:
            row, person, reading = found
            row.episode = _arrive(row, person, reading, actor.who, at)


def note_answer(received: Received) -> None:
    """Take another programme's answer: the programme ends here for a person whom it takes over, unless it ended meanwhile."""
    with answered_there(PERSON, received) as found:
        if found and found[0].ended_at is None:
            episode, row = found
            service = partners.title(name=row.partner)
            leaving.move_on(
                episode, to=service, by=row.offered_by, submission=f"offer:{row.ref}", at=received.at
            )


def _new(**said: Any) -> PersonOffer:  # noqa: ANN401 -- columns of any kind
    return PersonOffer(**said)


PERSON = Kind(
    model=PersonOffer,
    new=_new,
    case=Episode,
    field="episode",
    route="episodes:episode",
    caseload=CASELOAD,
    whom="person",
    first="Who they are, how to reach them, and the referral",
    manager=Role.MANAGER,
    stays=STAYS,
    agreed=False,
    reads=True,
    record=_record,
    papers=_number,
    check=_check,
    lock=_lock,
    unlock=_unlock,
    answer=answer,
)
