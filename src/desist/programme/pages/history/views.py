"""The page of everything that happened to a person's referral."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.pages.history import queries
from desist.wall.requests import StaffRequest


@require_safe
def history(request: StaffRequest, ref: str) -> HttpResponse:
    """What happened, the newest first, a page at a time."""
    asked = request.GET.get("page", "")[:4]
    number = int(asked) if asked.isascii() and asked.isdigit() else 1
    kind = request.GET.get("kind", "")
    page = queries.history(actor=request.actor, ref=ref, at=request.at, kind=kind, number=number)
    return render(request, "programme/history/history.html", {"page": page})
