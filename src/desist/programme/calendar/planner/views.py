"""Planning the twelve sessions: say when, see them, confirm."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.programme.calendar.planner import commands, forms, proposal, queries
from desist.refusals import Changed
from desist.ui import dates
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

#: the button that confirms carries the fingerprint of the proposal beside it
CONFIRM = "confirm"
CHANGED = "The sessions of this person were planned elsewhere since you opened this page"
TEMPLATE = "programme/planner/plan.html"


@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the proposal first; write it once the practitioner confirms it."""
    second = request.POST.get("second", "")
    page = queries.page(actor=request.actor, ref=ref, second=second, at=request.at)
    form = forms.Wish(
        request.POST or None,
        rooms=page.rooms,
        excluded=page.excluded,
        company=page.company,
        offers=page.offers,
        version=page.version,
        initial=forms.of_address(request.GET),
    )

    def propose() -> tuple[proposal.Proposed, ...]:
        return queries.proposed(actor=request.actor, ref=ref, wish=form.wish(), at=request.at)

    def confirm() -> tuple[proposal.Proposed, ...]:
        seen = request.POST[CONFIRM]
        return commands.plan(
            actor=request.actor, ref=ref, wish=form.wish(), seen=seen, version=form.version, at=request.at
        )

    def leave(found: tuple[proposal.Proposed, ...]) -> HttpResponse:
        if do is propose:
            return render(request, TEMPLATE, {"page": page, "form": form, **shown(found)})
        first = dates.near(found[0].period.start)
        messages.success(request, f"{len(found)} sessions are planned, the first on {first}.")
        return redirect("episodes:episode", ref)

    def anew(changed: Changed) -> dict[str, object]:
        if isinstance(changed, commands.ProposalChanged):
            form.keep(str(changed))
            return shown(propose())
        newer = queries.page(actor=request.actor, ref=ref, second=second, at=request.at)
        form.keep(CHANGED)
        form.version = newer.version
        return {"page": newer}

    do = confirm if CONFIRM in request.POST else propose
    return ask(request, TEMPLATE, form, do=do, then=leave, page={"page": page, **shown(())}, anew=anew)


def shown(proposed: Iterable[proposal.Proposed]) -> dict[str, object]:
    """A proposal as the page draws it, with what the button that confirms it says."""
    return {"proposed": tuple(proposed), "seen": proposal.fingerprint(proposed)}
