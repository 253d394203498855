"""The disclosures that two clients of the demo chose, and the forms they filled in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desist.advocacy.disclosures.commands import offer
from desist.advocacy.disclosures.models import Disclosure
from desist.advocacy.disclosures.texts import FIELD as DISCLOSURE
from desist.advocacy.disclosures.texts import Words
from desist.advocacy.measures.models import Measure
from desist.advocacy.measures.texts import FIELD as MEASURE
from desist.advocacy.measures.texts import Filled
from desist.advocacy.safety.models import Choice
from desist.advocacy.safety.texts import CHOICE
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.instruments import library
from desist.post import approvals
from desist.post.models import Agreement, Approval
from desist.references import reference
from tools.synthetic.cases import Case
from tools.synthetic.disclosed import people

#: instrument -> the same answer for every question, form by form, with the weeks between two forms
FILLED = {"pcl-5": ((2, 2, 1), 8), "own-safety": ((3, 4, 4, 6), 4)}
OCCASIONS = ("start", "between", "review", "between")


def write(cases: Sequence[Case], *, at: datetime) -> None:
    """Write choices and forms for the clients behind the first two people in sessions, and a draft for the first."""
    for number, case in enumerate(people(cases)[:2]):
        victim = Victim.objects.get(thread=case.side_thread)
        advocate = victim.allocations.get(ended_at=None).advocate.ref
        _choices(victim, advocate, at)
        _measures(victim, advocate, at)
        if number == 0:
            _draft(victim, advocate, at)


def _choices(victim: Victim, advocate: str, at: datetime) -> None:
    for what, whom in (("incidents", "police"), ("incidents", "programme")):
        ref, box = reference(), vault.box(person=victim.ref)
        victim.choices.filter(what=what, whom=whom, ended_at=None).update(ended_at=at)
        Choice.objects.create(
            ref=ref,
            victim=victim,
            what=what,
            whom=whom,
            allowed=True,
            until=at.date() + timedelta(days=90),
            words=box.lock(field=CHOICE, row=ref, text="Only how often, never when or where."),
            recorded_by=advocate,
            recorded_at=at - timedelta(days=3),
        )


def _draft(victim: Victim, advocate: str, at: datetime) -> None:
    ref, box = reference(), vault.box(person=victim.ref)
    words = Words(
        words="Contact became more frequent over the last month.",
        necessity="The programme would otherwise think that it became less.",
        proportionality="How often alone: no day, no place, no channel.",
    )
    row = Disclosure.objects.create(
        ref=ref,
        victim=victim,
        to=victim.partner,
        recipient="programme",
        what="incidents",
        words=boxes.lock(box, DISCLOSURE, ref, words),
        nature="fact",
        as_of=at.date() - timedelta(days=1),
        may_be_raised=False,
        purpose="sessions",
        basis="agreement",
        agreement=Agreement.objects.get(area="North", ends_on=None).ref,
        submission=ref,
        started_by=advocate,
        started_at=at - timedelta(hours=5),
    )
    given_at = at - timedelta(hours=4)
    Approval.objects.create(
        digest=approvals.digest(offer(row), to=row.to, case=victim.ref),
        kind="disclosure-offer",
        case=victim.ref,
        by=advocate,
        at=given_at,
        until=given_at + approvals.HOLDS,
    )


def _measures(victim: Victim, advocate: str, at: datetime) -> None:
    box = vault.box(person=victim.ref)
    for name, (figures, weeks) in FILLED.items():
        known = library.instrument(name=name)
        for number, figure in enumerate(figures):
            ref = reference()
            taken_at = at - timedelta(weeks=weeks * (len(figures) - 1 - number), days=1)
            filled = Filled([figure] * len(known.items), float(figure * len(known.items)), prorated=False)
            Measure.objects.create(
                ref=ref,
                victim=victim,
                instrument=name,
                instrument_version=known.version,
                occasion=OCCASIONS[number],
                taken_on=taken_at.date(),
                source="paper",
                filled=boxes.lock(box, MEASURE, ref, filled),
                submission=ref,
                recorded_by=advocate,
                recorded_at=taken_at,
            )
