"""The page of the search, which the box in every page's header leads to."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from desist.accounts.searching import answer
from desist.partnership.pages.search import queries
from desist.referral import finding
from desist.wall.requests import StaffRequest


class Search(finding.Search):
    """The line of the police, which takes the numbers of crimes and orders too."""

    numbers = True


@require_http_methods(["GET", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """Take what was typed to the address of its results, and show the referrals, orders, reports and linked cases found there."""
    return answer(request, find=queries.search, form_class=Search)
