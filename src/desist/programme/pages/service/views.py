"""The service today, for its managers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.pages.service import queries
from desist.wall.requests import StaffRequest


@require_safe
def service(request: StaffRequest) -> HttpResponse:
    """Show what waits in the area, and who has room."""
    page = queries.service(actor=request.actor, at=request.at)
    return render(request, "programme/service/service.html", {"page": page})
