"""The outcomes of a service, and the people behind each number."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from desist.programme.pages.outcomes import queries
from desist.programme.service.returns.forms import Quarter
from desist.ui import dates
from desist.ui.tables import Cursor
from desist.wall.requests import StaffRequest


@require_safe
def outcomes(request: StaffRequest) -> HttpResponse:
    """Show the four quarters up to a chosen one."""
    form = Quarter(request.GET, today=dates.local(request.at).date())
    if not form.is_valid():
        return render(request, "programme/outcomes/outcomes.html", {"form": form}, status=422)
    page = queries.outcomes(actor=request.actor, last=form.period(), at=request.at)
    return render(request, "programme/outcomes/outcomes.html", {"form": form, "page": page})


@require_safe
def endings(request: StaffRequest) -> HttpResponse:
    """Show how places ended in the four quarters up to a chosen one."""
    form = Quarter(request.GET, today=dates.local(request.at).date())
    if not form.is_valid():
        return render(request, "programme/outcomes/endings.html", {"form": form}, status=422)
    page = queries.endings(actor=request.actor, last=form.period(), at=request.at)
    return render(request, "programme/outcomes/endings.html", {"form": form, "page": page})


@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """List the people behind one number; without one there is only the page of all numbers."""
    if "of" not in request.GET:
        return redirect("outcomes:outcomes")
    form = Quarter(request.GET, today=dates.local(request.at).date())
    if not form.is_valid():
        return render(request, "programme/outcomes/people.html", {"form": form}, status=422)
    page = queries.people(
        actor=request.actor,
        last=form.period(),
        figure=request.GET["of"],
        cursor=Cursor.read(request.GET),
        at=request.at,
    )
    return render(request, "programme/outcomes/people.html", {"page": page})
