"""The people of an extract, read once: days and codes, without a name. Each person stands once."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery

from desist.extracts import dictionary
from desist.merges.models import Merge
from desist.merges.states import State as MergeState
from desist.programme.episodes.models import Allocation
from desist.programme.episodes.states import State as EpisodeState
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.followups.states import Known, Source
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.states import By, Reason
from desist.programme.leaving.states import State as LeavingState
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import DeclineReason, State
from desist.programme.service.extracts.anonymity import Person
from desist.programme.service.extracts.policy import Action
from desist.programme.service.returns.facts import VOID
from desist.programme.sessions.diary.models import DiaryDay
from desist.programme.sessions.diary.states import ACTED
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import OF_THE_TWELVE
from desist.programme.sessions.states import State as SessionState
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.exclusions import restricted

#: why people are not in an extract, coded
AGAIN, VOIDED, NOT_ELIGIBLE = "again", "void", "not_eligible"
#: who decided an ending -> the group of its reason
ENDED = {
    By.COMPLETED: dictionary.COMPLETED,
    By.PERSON: dictionary.BY_PERSON,
    By.SERVICE: dictionary.BY_SERVICE,
    By.OTHERS: dictionary.OTHER,
}
#: who told it at a follow-up -> the source; what an agency told may be a victim's report, and stays here
TOLD = {
    Source.POLICE: dictionary.POLICE,
    Source.COURT: dictionary.COURT,
    Source.PERSON: dictionary.SELF,
}
AWAY = {Reason.CUSTODY: dictionary.CUSTODY, Reason.MOVED: dictionary.MOVED}
READ = (
    *("pk", "ref", "area", "family_name", "given_names", "born", "pnc", "completed_at", "state"),
    *("decline_reason", "withdraw_reason", "decided_at", "episode__opened_at", "episode__ended_at"),
    *("episode__state", "allocated", "started", "left_by", "partner", "thread"),
)
Event = tuple[date, str, str]
Gap = tuple[date, date | None, str]


@dataclass(frozen=True)
class Found:
    """The people who may be in an extract, and code -> how many rows are not."""

    people: tuple[Person, ...]
    left_out: Mapping[str, int]


def found(*, actor: Actor, at: datetime) -> Found:
    """Return the people of the actor's area as they are known now. Cases restricted to named people are not among them."""
    rows = gate.see(actor, Action.READ_FOR_EXTRACT, Referral, at=at).exclude(ref__in=restricted())
    cut = dates.day_of(at)
    events, gaps = _events(rows, cut), _gaps(rows, cut)
    people, left_out = [], Counter[str]()
    for group in _by_person(rows):
        first, *others = group
        left_out[AGAIN] += len(others)
        arm = _arm(first)
        if _is_void(first):
            left_out[VOIDED] += 1
        elif not arm:
            left_out[NOT_ELIGIBLE] += 1
        else:
            keys = [row["pk"] for row in group]
            person = _person(first, arm)
            told = tuple(one for key in keys for one in events.get(key, ()))
            away = tuple(one for key in keys for one in gaps.get(key, ()))
            referred = tuple((row["partner"], row["thread"]) for row in group if row["partner"])
            people.append(replace(person, events=told, gaps=away, referred=referred))
    return Found(tuple(people), {code: number for code, number in left_out.items() if number})


def _by_person(rows: QuerySet[Referral]) -> Iterator[list[dict[str, Any]]]:
    """Yield the referrals of each person, first the one that counts: the earliest accepted, else the earliest.

    One person by a merge, by name and birth, or by PNC number.
    """
    merged = dict(Merge.objects.filter(state=MergeState.STANDS).values_list("second", "first"))
    read = list(rows.annotate(**_added()).values(*READ))
    leads = {row["ref"]: row for row in read}
    read.sort(
        key=lambda row: (_is_void(row), row["episode__opened_at"] is None, row["completed_at"], row["pk"])
    )
    read.sort(
        key=lambda row: row["ref"] in merged
    )  # stable: a record that leads to another never stands first
    seen: dict[object, list[dict[str, Any]]] = {}
    groups: list[list[dict[str, Any]]] = []
    for row in read:
        keys = [row["ref"], *_keys(row)]
        if (into := merged.get(row["ref"])) in leads:
            keys.append(into)
        group = next((seen[key] for key in keys if key in seen), None)
        if group is None:
            groups.append(group := [])
        group.append(row)
        for key in keys:
            seen.setdefault(key, group)
    yield from groups


def _keys(row: Mapping[str, Any]) -> list[object]:
    name = " ".join(f"{row['given_names']} {row['family_name']}".casefold().split())
    return [(name, row["born"]), *([row["pnc"]] if row["pnc"] else [])]


def _is_void(row: Mapping[str, Any]) -> bool:
    twice = row["state"] == State.DECLINED and row["decline_reason"] == DeclineReason.DUPLICATE
    return twice or (row["state"] == State.WITHDRAWN and row["withdraw_reason"] in VOID)


def _arm(row: Mapping[str, Any]) -> str:
    """Return the arm of a person; "" where nobody found that they meet the criteria."""
    if row["episode__opened_at"] is not None:
        return dictionary.PROGRAMME if row["allocated"] else dictionary.WAITING
    full = row["state"] == State.DECLINED and row["decline_reason"] == DeclineReason.CAPACITY
    return dictionary.NOT_TAKEN_ON if full else ""


def _person(row: Mapping[str, Any], arm: str) -> Person:
    referral = dates.day_of(row["completed_at"])
    years = dates.years_between(row["born"], referral)
    reason = ENDED.get(row["left_by"], dictionary.OTHER) if row["episode__ended_at"] else ""
    if row["episode__state"] == EpisodeState.COMPLETED:
        reason = dictionary.COMPLETED
    return Person(
        key=row["ref"],
        area=row["area"],
        arm=arm,
        age_band=dictionary.age_band(max(years, 0)),
        referral=referral,
        eligible=_day(row["decided_at"] if arm == dictionary.NOT_TAKEN_ON else row["episode__opened_at"]),
        start=_day(row["started"]),
        end=_day(row["episode__ended_at"]),
        end_reason=reason,
    )


def _added() -> dict[str, Any]:
    """Return what other tables say of a referral."""
    first = Session.objects.filter(
        episode__referral=OuterRef("pk"), number=1, kind__in=OF_THE_TWELVE, state=SessionState.ATTENDED
    ).order_by()
    left = Leaving.objects.filter(episode__referral=OuterRef("pk"), state=LeavingState.ENDED)
    return {
        "allocated": Exists(Allocation.objects.filter(episode__referral=OuterRef("pk"))),
        "started": Subquery(first.values("episode").annotate(day=Min("period__startswith")).values("day")),
        "left_by": Subquery(left.order_by("-ended_at").values("by")[:1]),
    }


def _events(rows: QuerySet[Referral], cut: date) -> dict[int, list[Event]]:
    """Return what became known by source; a day that is missing or lies ahead is nobody's."""
    found: dict[int, list[Event]] = defaultdict(list)
    told = FollowUp.objects.filter(episode__referral__in=rows, known=Known.SOMETHING, voided_at=None)
    for key, day, sources in told.values_list("episode__referral", "tried_on", "sources"):
        for source in sources:
            if source in TOLD and day and day <= cut:
                found[key].append((day, dictionary.STALKING, TOLD[Source(source)]))
    diary = DiaryDay.objects.filter(episode__referral__in=rows, act__in=ACTED, day__lte=cut)
    for key, day in diary.values_list("episode__referral", "day"):
        found[key].append((day, dictionary.STALKING, dictionary.SELF))
    died = _left(rows, LeavingState.ENDED).filter(reason=Reason.DIED)
    for key, moment in died.values_list("episode__referral", "ended_at"):
        if day := _day(moment):
            found[key].append((day, dictionary.DEATH, ""))
    return found


def _gaps(rows: QuerySet[Referral], cut: date) -> dict[int, list[Gap]]:
    """Return the days in custody or out of the area: from the end of the place until the person came back, if they did."""
    found: dict[int, list[Gap]] = defaultdict(list)
    away = _left(rows, LeavingState.ENDED, LeavingState.CAME_BACK).filter(reason__in=AWAY)
    for key, reason, moment, back in away.values_list(
        "episode__referral", "reason", "ended_at", "taken_back_at"
    ):
        first, last = _day(moment), _day(back)
        if first and first <= cut:
            found[key].append((first, last, AWAY[Reason(reason)]))
    return found


def _left(rows: QuerySet[Referral], *states: LeavingState) -> QuerySet[Leaving]:
    return Leaving.objects.filter(episode__referral__in=rows, state__in=states, ended_at__isnull=False)


def _day(moment: datetime | None) -> date | None:
    return dates.day_of(moment) if moment else None
