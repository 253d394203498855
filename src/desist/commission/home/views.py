"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.commission.returns import queries
from desist.wall.requests import StaffRequest


@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Show what came from each service, and what has not."""
    page = queries.home(actor=request.actor, at=request.at)
    return render(request, "commission/home/home.html", {"page": page})
