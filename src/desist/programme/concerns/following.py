"""How far concerns are followed: what comes next, who owes it, by when, and what was done; each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist import working_days
from desist.accounts import queries as accounts
from desist.programme.concerns import commands
from desist.programme.concerns.models import Concern, ConcernStep
from desist.programme.concerns.stages import DAYS, NEXT, Answer, Reached, Stage, Step, Way
from desist.programme.policy import LEADING
from desist.ui import dates
from desist.wall import policy
from desist.wall.actors import Actor, Role

#: step -> the words of its results
RESULTS = {Step.SCREENED: Way, Step.DECIDED: Way, Step.CHASED: Reached, Step.ANSWERED: Answer}


@dataclass(frozen=True)
class Next:
    """What comes next for an open concern. `owner` is the name of the person who owes it, or the roles that may do it."""

    stage: Stage
    words: str
    route: str  # "" where the actor may not do it
    owner: str
    mine: bool
    due_on: date
    late: bool
    council: str
    left: bool  # the person who owes it has left
    asks: bool  # it is the actor's, or they lead and it is late or nobody's


@dataclass(frozen=True)
class Happened:
    """One thing that was done about a concern, as its timeline tells it."""

    title: str
    by: str
    at: datetime
    words: str
    facts: tuple[str, ...]


def coming(
    followed: dict[int, Concern], last: dict[int, ConcernStep], actor: Actor, at: datetime
) -> dict[int, Next]:
    """Return what comes next for concerns, by key; `last` is what was done last about each."""
    if not followed:
        return {}
    names = accounts.names(refs=[step.owner for step in last.values()])
    working = {one.account for one in accounts.everybody_at_work()} if last else set()
    return {pk: _next(row, last.get(pk), names, working, actor=actor, at=at) for pk, row in followed.items()}


def _next(
    row: Concern,
    last: ConcernStep | None,
    names: dict[str, str],
    working: set[str],
    *,
    actor: Actor,
    at: datetime,
) -> Next:
    stage = commands.stage_of(row, last)
    words, route = NEXT[stage]
    due_on = last.due_on if last else working_days.after(dates.day_of(row.raised_at), DAYS[stage])
    if last:
        owner, mine = names.get(last.owner, ""), last.owner == actor.who
        able = policy.opens(actor.role, route)
    else:
        owner = str((Role.SUPERVISOR if row.raised_role == Role.MANAGER else Role.MANAGER).label)
        able = mine = _screens(row, actor)
    late, left = due_on < dates.day_of(at), last is not None and last.owner not in working
    if stage is Stage.COUNCIL and late and last:
        words = f"chase {last.council}: no decision about the concern yet"
    return Next(
        stage=stage,
        words=words,
        route=route if able else "",
        owner=owner,
        mine=mine,
        due_on=due_on,
        late=late,
        council=last.council if last else "",
        left=left,
        asks=mine or (actor.role in LEADING and (late or left)),
    )


def _screens(row: Concern, actor: Actor) -> bool:
    """Return whether the page offers the screening; the command asks whether one person has two accounts."""
    others = actor.role in LEADING and row.raised_role != actor.role
    return others and row.raised_by != actor.who


def happened(row: Concern) -> tuple[Happened, ...]:
    """Return what was done about a concern, the newest first, its beginning last."""
    steps = list(row.steps_taken.order_by("-number"))
    people = [row.raised_by, row.closed_by, *(who for one in steps for who in (one.by, one.owner))]
    names = accounts.names(refs=people)
    told = [_happened(one, names) for one in steps]
    if row.closed_at:
        facts = (f"The council had not decided: {row.council_reason}",) if row.council_reason else ()
        told.insert(
            0, Happened("Closed", names.get(row.closed_by, ""), row.closed_at, row.closing_words, facts)
        )
    raised = Happened("Raised", names.get(row.raised_by, ""), row.raised_at, row.what, (f"Told {row.told_whom}, {dates.at(row.told_at)}: {row.answer}",))  # fmt: skip
    return (*told, raised)


def _happened(one: ConcernStep, names: dict[str, str]) -> Happened:
    step = Step(one.step)
    title = str(step.label)
    if step in RESULTS:
        title = f"{title}: {inside(str(RESULTS[step](one.result).label))}"
    facts = []
    if step is Step.REFERRED and one.done_on:
        facts.append(f"{one.council}, {dates.on(one.done_on)}. Taken by {one.whom}")
    elif one.whom:
        facts.append(f"Spoken to: {one.whom}")
    if Stage(one.stage) is not Stage.ACTIONS:
        owner = names.get(one.owner, "a colleague")
        facts.append(f"Next: {owner}, by {dates.weekday(one.due_on)}")
    return Happened(title, names.get(one.by, ""), one.at, one.words, tuple(facts))


def inside(label: str) -> str:
    """Return a label as it stands within a sentence."""
    return label[:1].lower() + label[1:]
