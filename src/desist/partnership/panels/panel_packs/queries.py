"""Questions about printing for all readers of a meeting, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from desist.partnership.panels.commands import allows
from desist.partnership.panels.models import PanelMeeting, PanelPrint
from desist.partnership.panels.panel_papers.commands import released
from desist.partnership.panels.policy import Action
from desist.partnership.panels.scopes import of_own_items
from desist.partnership.panels.states import Side
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Page:
    """A meeting, the packs that can be printed, and how far the worker is with what was asked for last."""

    ref: str
    title: str
    packs: tuple[tuple[str, str, str, int], ...]
    total: int
    done: int
    asked_at: datetime | None


def packs(*, actor: Actor, meeting: str, at: datetime) -> Page:
    """The packs that can be printed for a meeting, by agency and side."""
    row = gate.open(actor, Action.KEEP_PANELS, PanelMeeting, meeting, at=at).get()
    agencies = {one.agency_id: one.agency for one in row.seats.filter(ended_at=None).select_related("agency")}
    counted = released(row).filter(of_own_items(actor), agency__in=agencies)
    found = (
        counted.values_list("agency", "side").annotate(papers=Count("pk")).order_by("agency__name", "-side")
    )
    asked = list(latest(row))
    return Page(
        ref=row.ref,
        title=f"{row.get_kind_display()}, {dates.on(row.on)}",
        packs=tuple(
            (
                agencies[key].ref,
                side,
                f"Who is handed {agencies[key].name}’s pack about {Side(side).label.lower()}?",
                count,
            )
            for key, side, count in found
            if allows(agencies[key], at=at)
        ),
        total=len(asked),
        done=sum(one.drawn_at is not None for one in asked),
        asked_at=asked[0].asked_at if asked else None,
    )


def latest(row: PanelMeeting) -> "list[PanelPrint]":
    """What was asked for last for a meeting, the agenda first."""
    newest = row.prints.order_by("-pk").first()
    if newest is None:
        return []
    return list(row.prints.filter(order=newest.order).select_related("copy", "meeting").order_by("pk"))
