"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from desist.advocacy.pages.home import queries
from desist.ui.forms import Form
from desist.wall import waiting as number
from desist.wall.requests import StaffRequest


@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The page of the calls to make."""
    page = queries.calls(actor=request.actor, at=request.at)
    forms = {row.ref: Form() for row in page.now}
    return render(request, "advocacy/home/home.html", {"page": page, "forms": forms})


@require_GET
def waiting(request: StaffRequest) -> HttpResponse:
    """Answer how much there is to do today, for the menu of every other page."""
    return number.answer(request, lambda: queries.for_today(actor=request.actor, at=request.at))
