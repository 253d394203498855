"""The page of the search, which the box in every page's header leads to."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from desist.accounts.searching import answer
from desist.advocacy.pages.search import queries
from desist.referral import finding
from desist.wall.requests import StaffRequest


class Search(finding.Search):
    """The line of an advocacy service, which takes the numbers of crimes too."""

    numbers = True
    advice = (
        "Part of a name is enough, and one letter may be wrong. A telephone number, an e-mail address, a registration or an "
        "account online must be whole, and an address is found by its whole postcode alone, like NM1 2AB."
    )


@require_http_methods(["GET", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """Take what was typed to the address of its results, and show the clients found there."""
    return answer(request, find=queries.search, form_class=Search)
