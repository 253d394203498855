"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.partnership.pages.home import queries
from desist.wall.requests import StaffRequest


@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The page of what there is to do."""
    groups = queries.to_do(actor=request.actor, at=request.at)
    return render(request, "partnership/home/home.html", {"groups": groups})
