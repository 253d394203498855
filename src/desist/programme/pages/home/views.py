"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.pages.home import queries
from desist.wall.requests import StaffRequest


@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Show My day: today's sessions, then what is due."""
    page = queries.my_day(actor=request.actor, at=request.at)
    return render(request, "programme/home/home.html", {"page": page})
