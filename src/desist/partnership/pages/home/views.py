"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from desist.partnership.pages.home import queries
from desist.ui import todo
from desist.wall import waiting as number
from desist.wall.requests import StaffRequest


@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The page of what there is to do."""
    groups = queries.to_do(actor=request.actor, at=request.at)
    gives = queries.gives_tasks(actor=request.actor)
    context = {"groups": groups, "for_today": todo.for_today(groups), "gives": gives}
    return render(request, "partnership/home/home.html", context)


@require_GET
def waiting(request: StaffRequest) -> HttpResponse:
    """Answer how much there is to do today, for the menu of every other page."""
    return number.answer(request, lambda: queries.for_today(actor=request.actor, at=request.at))
