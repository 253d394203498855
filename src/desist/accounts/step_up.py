"""Actions that want a fresh sign-in step ask for it in place: the page in between keeps the words and the target.

`FRESH` of a policy table names their routes. The page's form goes to the address that was asked, with the words that
were sent and the proof, so that one press does both, also without a script.
"""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from desist.accounts import lock, queries, sessions
from desist.accounts.callers import caller
from desist.accounts.entrance import commands
from desist.accounts.entrance.commands import Proof
from desist.accounts.factors import queries as factors
from desist.accounts.limits import STEP_UP
from desist.accounts.refusals import NotLetIn
from desist.accounts.throttle.commands import TooMany
from desist.ui import errors
from desist.wall import policy
from desist.wall.requests import StaffRequest

#: the hidden field that says that a proof was sent, and how the browser reached the page in between
ASKED = "step_up"
TOO_OFTEN = "There were too many attempts. Wait 15 minutes, then try again. Nothing was done"
NOT_CONFIRMED = "That was not right. Nothing was done. Try again"


class StepUp:
    """Middleware behind the policy: it holds an allowed request until the actor has confirmed who they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler, as Django's middleware does."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_view` does the work, where the route is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in the view's place where the last passkey or code is too old."""
        del view, args, kwargs
        found = request.resolver_match
        if found is None or found.view_name not in policy.fresh_routes():
            return None
        asking = cast("StaffRequest", request)
        asked = request.POST.get(ASKED, "")
        if not factors.is_fresh(sign_in=sessions.here(request), at=asking.at, within=STEP_UP):
            error = _confirmed(asking) if asked else ""
            if error or not asked:
                return _page(asking, error)
        return redirect(request.get_full_path()) if asked == "GET" else None


def _confirmed(request: StaffRequest) -> str:
    """Take the proof that was sent; return a sentence where it does not hold."""
    typed = {name: request.POST.get(name, "").strip() for name in ("secret", "code")}
    proof = Proof(answer=request.POST.get("credential", ""), **typed)
    here = sessions.here(request)
    try:
        commands.confirm(
            actor=request.actor,
            sign_in=here,
            proof=proof,
            caller=caller(request),
            at=request.at,
            within=STEP_UP,
        )
    except TooMany:
        return TOO_OFTEN
    except NotLetIn:
        return NOT_CONFIRMED
    return ""


def _page(request: StaffRequest, error: str) -> HttpResponse:
    """Answer 401 with the ways to confirm, around the words that were sent: the action follows the confirmation."""
    kept = [(name, value) for name, value in errors.sent(request) if name != ASKED]
    context = {
        "error": error,
        "target": request.get_full_path(),
        "asked": request.POST.get(ASKED) or ("POST" if request.method == "POST" else "GET"),
        "kept": kept,
        "files": bool(request.FILES),
        "name": queries.name(ref=request.actor.who),
        **lock.ways(request, account=request.actor.who, at=request.at),
    }
    return render(request, "accounts/step_up.html", context, status=422 if error else 401)
