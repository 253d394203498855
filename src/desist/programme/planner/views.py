"""The planner: say when, see the twelve sessions, confirm."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.programme.episodes.commands import Stale
from desist.programme.planner import commands, forms, proposal, queries
from desist.wall.requests import StaffRequest

CONFIRM = "confirm"


@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, ref: str) -> HttpResponse:
    """First shows the proposal; writes it once it is confirmed."""
    page = queries.page(actor=request.actor, ref=ref, at=request.at)
    form = forms.Wish(request.POST or None, rooms=page.rooms, version=page.version)
    proposed: tuple[proposal.Proposed, ...] = ()
    if form.is_valid():
        try:
            if CONFIRM in request.POST:
                commands.plan(
                    actor=request.actor, ref=ref, wish=form.wish(), version=form.version, at=request.at
                )
                return redirect("episodes:episode", ref)
            proposed = queries.proposed(actor=request.actor, ref=ref, wish=form.wish(), at=request.at)
        except Stale:
            form.keep("The sessions of this person were planned elsewhere since you opened this page")
        except commands.NotAllocated:
            form.keep("Nobody works with this person yet. Allocate a practitioner first")
        except commands.TimeTaken:
            form.keep("One of these times was taken just now. Send it again for another proposal")
        except proposal.NoRoom as problem:
            form.keep(str(problem))
    context = {"page": page, "form": form, "proposed": proposed}
    return render(request, "programme/planner/plan.html", context, status=422 if form.errors else 200)
