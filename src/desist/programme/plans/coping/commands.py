"""Everything that can happen to a coping plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desist.programme.episodes.models import Episode
from desist.programme.plans.coping.models import CopingLine, CopingPlan
from desist.programme.plans.coping.policy import Action
from desist.programme.plans.coping.states import Part
from desist.refusals import Changed
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Step:
    """When something happens, the person does this."""

    cue: str
    words: str


@dataclass(frozen=True)
class Plan:
    """A coping plan whole, in the person's words: one line each."""

    signs: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    ring: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """The words that the person sees, by the fields in which they are typed."""
        texts = {name: "\n".join(getattr(self, name)) for name in ("signs", "ring", "helps")}
        for number, step in enumerate(self.steps, start=1):
            texts |= {f"cue_{number}": step.cue, f"act_{number}": step.words}
        return texts


def write(
    *,
    actor: Actor,
    episode: str,
    plan: Plan,
    replaces: int | None,
    override: Override | None = None,
    submission: str,
    at: datetime,
) -> None:
    """Write a version of a person's plan; `replaces` is the number of the version that the page showed, 0 for none.

    A submission that comes twice writes one; a plan that says the same writes none. Raises Changed and words.Unclear.
    """
    with gate.change(actor, Action.WRITE_COPING_PLAN, Episode, episode, at=at) as row:
        if row.coping_plans.filter(submission=submission).exists():
            return
        newest = row.coping_plans.order_by("-number").first()
        number = newest.number if newest else 0
        if number != replaces:
            raise Changed
        if newest and plan_of(newest) == plan:
            return
        clearances.hold(named=named(row), texts=plan.texts, override=override, actor=actor, at=at)
        made = CopingPlan.objects.create(
            episode=row, number=number + 1, submission=submission, written_by=actor.who, written_at=at
        )
        CopingLine.objects.bulk_create(_lines(made, plan))


def named(row: Episode) -> str:
    """The name under which answers about the words of a person's plan are kept."""
    return audit.row_name(Episode, row.ref)


def plan_of(row: CopingPlan) -> Plan:
    """Return what a version says."""
    lines = sorted(row.lines.all(), key=lambda one: one.position)

    def said(part: Part) -> tuple[str, ...]:
        return tuple(one.words for one in lines if one.part == part)

    steps = tuple(Step(one.cue, one.words) for one in lines if one.part == Part.STEP)
    return Plan(said(Part.SIGN), steps, said(Part.RING), said(Part.HELP))


def _lines(made: CopingPlan, plan: Plan) -> list[CopingLine]:
    parts: dict[Part, Sequence[Step]] = {
        Part.SIGN: [Step("", words) for words in plan.signs],
        Part.STEP: plan.steps,
        Part.RING: [Step("", words) for words in plan.ring],
        Part.HELP: [Step("", words) for words in plan.helps],
    }
    return [
        CopingLine(plan=made, part=part, position=position, cue=one.cue, words=one.words)
        for part, said in parts.items()
        for position, one in enumerate(said, start=1)
    ]
