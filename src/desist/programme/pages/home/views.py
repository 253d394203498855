"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from desist.programme.pages.home import queries
from desist.ui.tables import Cursor
from desist.wall import waiting as number
from desist.wall.requests import StaffRequest


@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Show To do: what is due, by when, and today's meetings."""
    page = queries.to_do(actor=request.actor, at=request.at)
    return render(request, "programme/home/home.html", {"page": page})


@require_safe
def team(request: StaffRequest) -> HttpResponse:
    """Show what is due for each practitioner, for those who lead them."""
    page = queries.team(actor=request.actor, cursor=Cursor.read(request.GET), at=request.at)
    return render(request, "programme/home/team.html", {"page": page})


@require_GET
def waiting(request: StaffRequest) -> HttpResponse:
    """Answer how much there is to do today, for the menu of every other page."""
    return number.answer(request, lambda: queries.for_today(actor=request.actor, at=request.at))
