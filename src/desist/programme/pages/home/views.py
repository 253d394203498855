"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.pages.home import queries
from desist.wall.requests import StaffRequest


@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Show To do: what is due, by when, and today's meetings."""
    page = queries.to_do(actor=request.actor, at=request.at)
    return render(request, "programme/home/home.html", {"page": page})


@require_safe
def team(request: StaffRequest) -> HttpResponse:
    """Show what is due for each practitioner, for those who lead them."""
    page = queries.team(actor=request.actor, at=request.at)
    return render(request, "programme/home/team.html", {"page": page})
