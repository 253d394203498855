"""The search page. The typed text goes in the body, so that no name or birthday enters an address or a log."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from desist.accounts.searching import allowed
from desist.programme.pages.search import queries
from desist.referral.finding import Search
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """Show the line to type in, and the people found."""
    form = Search(request.POST if request.method == "POST" else None)
    page: dict[str, object] = {"form": form, "rows": (), "more": False, "asked": False}
    if form.is_valid() and (wanted := form.wanted()) and allowed(request, form, typed=wanted.name):
        rows, more = queries.search(actor=request.actor, wanted=wanted, at=request.at)
        page |= {"rows": rows, "more": more, "asked": True}
    return render(request, "programme/search/search.html", page, status=422 if form.errors else 200)
