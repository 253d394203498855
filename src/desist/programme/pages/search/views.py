"""The page of the search, which the box in every page's header leads to."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from desist.accounts.searching import answer
from desist.programme.pages.search import queries
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """Take what was typed to the address of its results, and show the people found there."""
    return answer(request, find=queries.search)
