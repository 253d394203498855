"""The pages about people on the programme."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.pages.person import queries
from desist.wall.requests import StaffRequest


@require_safe
def episodes(request: StaffRequest) -> HttpResponse:
    """The people on the programme now."""
    rows, more = queries.episodes(actor=request.actor, at=request.at, after=request.GET.get("after", "")[:64])
    return render(request, "programme/episodes/episodes.html", {"rows": rows, "more": more})


@require_safe
def episode(request: StaffRequest, ref: str) -> HttpResponse:
    """One person."""
    page = queries.episode(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/episodes/episode.html", {"page": page})
