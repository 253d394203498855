"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.advocacy.pages.home import queries
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest


@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The page of the calls to make."""
    page = queries.calls(actor=request.actor, at=request.at)
    forms = {row.ref: Form() for row in page.now}
    return render(request, "advocacy/home/home.html", {"page": page, "forms": forms})
