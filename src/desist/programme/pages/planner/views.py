"""A person's plan, week by week."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.pages.planner import queries
from desist.wall.requests import StaffRequest


@require_safe
def planner(request: StaffRequest, ref: str) -> HttpResponse:
    """Show a person's plan: sessions by week, their obstacles, and every change."""
    page = queries.overview(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/planner/planner.html", {"page": page})
