"""The page of one person."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.partnership.pages.people import queries
from desist.wall.requests import StaffRequest


@require_safe
def person(request: StaffRequest, ref: str) -> HttpResponse:
    """What the force knows of one person who was referred, with the next step first."""
    page = queries.person(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/people/person.html", {"page": page})
