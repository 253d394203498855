"""Who else is there when a person is met: what the referral asks for, and whether the answer can stand."""

from dataclasses import dataclass, field
from datetime import datetime

from desist.circumstances.states import Kind
from desist.programme.circumstances import known as circumstances
from desist.programme.circumstances.known import Held
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.team import commands as team
from desist.refusals import Refused
from desist.ui.words import Override
from desist.wall import audit, clearances
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Attendees:
    """Who else is there: a practitioner's reference, others in words, or `alone` although company is asked for."""

    second: str = ""
    others: str = ""
    alone: bool = False
    #: why words that look as if they led to a person may stay
    override: Override | None = field(default=None, compare=False)


#: the form had no answer about company
NOBODY_ELSE = Attendees()


@dataclass(frozen=True)
class AttendanceNeeds:
    """Who must be there, as the referral says and the service has noted since."""

    not_alone: bool
    interpreter: bool


def asked(episode: Episode, noted: tuple[Held, ...]) -> AttendanceNeeds:
    """Who must be there, by the referral and what the service noted."""
    return AttendanceNeeds(
        Kind.ALONE in circumstances.risks_of(episode, noted).kinds,
        Kind.INTERPRETER in circumstances.needs_of(episode, noted).kinds,
    )


def lacking(asks: AttendanceNeeds, company: Attendees, *, somewhere: bool) -> dict[str, str]:
    """Return by field each answer that is still missing, as a sentence. `somewhere`: the meeting has a place."""
    if company.alone:
        both = company.second or company.others
        return (
            {"alone": "You said who will be there, and ticked that nobody will. Remove one"} if both else {}
        )
    found = {}
    if asks.not_alone and somewhere and not company.second and (asks.interpreter or not company.others):
        found["second"] = (
            "The referral says not to see this person alone. Choose who else will be there, or tick that nobody will"
        )
    if asks.interpreter and not company.others:
        found["others"] = (
            "The referral says that an interpreter is needed. Say who interprets, or tick that nobody else will be there"
        )
    return found


def named(episode: Episode, company: Attendees) -> Practitioner | None:
    """The second member of staff. Raises Refused where the register of the area has no such practitioner."""
    if not company.second:
        return None
    found = Practitioner.objects.filter(ref=company.second, area=episode.area).first()
    if found is None:
        raise Refused(
            "Who else will be there is not on the register of this area. Choose another practitioner"
        )
    return found


def settled(
    episode: Episode,
    company: Attendees,
    *,
    holder: Practitioner | None,
    somewhere: bool,
    actor: Actor,
    at: datetime,
) -> Practitioner | None:
    """Return the second member of staff once the referral's demands are met. Raises Refused and words.Unclear."""
    lacks = lacking(asked(episode, circumstances.of(episode)), company, somewhere=somewhere)
    if lacks:
        raise Refused(next(iter(lacks.values())))
    clearances.hold(
        named=audit.row_name(Episode, episode.ref),
        texts={"others": company.others},
        override=company.override,
        actor=actor,
        at=at,
    )
    second = named(episode, company)
    if second is None:
        return None
    if holder and holder.pk == second.pk:
        raise Refused(f"{second.name} holds the meeting. Choose another practitioner to be there as well")
    rows = Practitioner.objects.filter(pk=second.pk)
    ((_, obstacles),) = team.checked(rows, episode.referral, actor=actor, at=at, standing_in=True)
    if obstacles:
        raise Refused(f"{' '.join(obstacles)} Choose another practitioner to be there as well")
    return second
