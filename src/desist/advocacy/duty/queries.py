"""The content of a duty sheet: the clients, how to reach them safely, and what matters first."""

from collections.abc import Iterator
from datetime import datetime

from desist.advocacy.clients import queries as victims
from desist.advocacy.contacts import bars
from desist.advocacy.duty.policy import Action
from desist.advocacy.safety import texts
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault import queries as locators
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor


def sheet(*, actor: Actor, at: datetime) -> str:
    """The whole sheet, as text to read or print."""
    rows = gate.see(actor, Action.WRITE_DUTY_SHEET, Victim, at=at).exclude(state=State.CLOSED)
    lines = [f"DUTY SHEET, {dates.at(at)}", "In danger: 999. Destroy this paper after use.", ""]
    for victim in rows.order_by("area", "received_at"):
        try:
            lines += _about(victim, vault.box(person=victim.ref))
        except boxes.Shredded:
            continue
    return "\n".join(lines) + "\n"


def _about(victim: Victim, box: Box) -> Iterator[str]:
    said = bars.words(victim=victim, box=box)
    yield f"{victims.name(victim, box)} ({spoken(victim.ref)}, {victim.area})"
    if bars.flagged(victim=victim):
        yield "  NOT SAFE: do not contact them."
    yield from (f"  Safe: {window.words}" for window in bars.windows(victim=victim))
    for label, text in (
        ("Say", said.say),
        ("If someone else answers", said.if_other),
        ("Code word", said.code_word),
    ):
        if text:
            yield f"  {label}: {text}"
    yield from (f"  {Kind(kind).label}: {value}" for kind, value in locators.ways(victim=victim, box=box))
    plan = victim.plans.order_by("-number").first()
    if plan:
        words = boxes.unlock(box, texts.PLAN, f"{victim.ref}:{plan.number}", plan.words, texts.Plan)
        yield f"  In danger they: {words.now or 'nothing is written'}"
    yield ""
