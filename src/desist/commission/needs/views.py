"""The pages of need sheets."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.commission.needs import queries
from desist.wall.requests import StaffRequest


@require_safe
def needs(request: StaffRequest) -> HttpResponse:
    """List the 43 police areas, the own area first."""
    page = queries.areas(actor=request.actor, at=request.at)
    return render(request, "commission/needs/needs.html", {"page": page})


@require_safe
def area(request: StaffRequest, area: str) -> HttpResponse:
    """Show the need sheet of one area."""
    page = queries.sheet(actor=request.actor, area=area, at=request.at)
    return render(request, "commission/needs/area.html", {"page": page})
