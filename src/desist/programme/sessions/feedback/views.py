"""The page of the feedback on sessions."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.sessions.feedback import queries
from desist.wall.requests import StaffRequest


@require_safe
def trend(request: StaffRequest, ref: str) -> HttpResponse:
    """Show what a person said of their sessions."""
    page = queries.trend(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/feedback/trend.html", {"page": page})
