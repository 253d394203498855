"""The page of everything that happened to a person's referral."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.pages.history import queries
from desist.wall.requests import StaffRequest


@require_safe
def history(request: StaffRequest, ref: str) -> HttpResponse:
    """Everything that happened, the newest first."""
    page = queries.history(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/history/history.html", {"page": page})
