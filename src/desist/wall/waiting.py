"""How much there is to do today: the number that a script asks for once a page is drawn, in each zone with a To do."""

from collections.abc import Callable

from django.http import HttpResponse

from desist.wall import gate, turns
from desist.wall.requests import StaffRequest

#: known before any route is: a request for it says nothing of who sits there, so it keeps no session open
ADDRESS = "/home/waiting/"
#: seconds that a request waits for the one before it: one account has one at a time, so that a loop takes one thread
PATIENCE = 0.3


def answer(request: StaffRequest, how_many: Callable[[], int]) -> HttpResponse:
    """Answer with the number alone, or with nothing where the account's last request for it is still being answered."""
    try:
        with turns.turn(f"to do of {request.actor.who}", patience=PATIENCE):
            return HttpResponse(gate.count(how_many), content_type="text/plain")
    except turns.Taken:
        return HttpResponse(status=204)
