"""Every route answers to the policy before its view runs; the gate asks again for the rows."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from desist.refusals import Refused
from desist.ui import errors, words
from desist.ui.words import Unclear, WordsFound
from desist.wall import audit, policy, unwritten
from desist.wall.actors import Role
from desist.wall.gate import Forbidden, NotFound, Twice
from desist.wall.requests import StaffRequest

SIGN_IN = "accounts:sign-in"
#: Every role passes here; a role that has no work in the zone's cases goes on to its own first page.
FIRST_PAGE, ACCOUNT = "home:home", "accounts:account"
FIRST_PAGES = {
    Role.ADMINISTRATOR: "accounts:people",
    Role.DATA_PROTECTION_OFFICER: "audit:events",
    Role.OBSERVER: "quality:board",
    Role.EXECUTIVE: "returns:returns",
    Role.PARTNER: "support:support",
}
#: zone -> the page to which the first page leads while the database cannot be written
FIRST_LOOKS = {
    "programme": "episodes:episodes",
    "partnership": "orders:orders",
    "advocacy": "victims:victims",
}


class Routes:
    """Lets a request through to its view when the route's rule names the actor's role; else 403, 404 or sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler, as Django's middleware does."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_view` does the work, where the route is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in the view's place where the policy does not let the request through."""
        del view, args
        route = request.resolver_match.view_name if request.resolver_match else ""
        if route in policy.open_routes():
            return None
        actor = getattr(request, "actor", None)
        if actor is None:
            return redirect(f"{reverse(SIGN_IN)}?{urlencode({'next': request.get_full_path()})}")
        action = policy.routes().get(route)
        if action is None:
            return errors.page(errors.NOT_FOUND)
        if actor.role not in policy.rule(action).roles:
            if route == FIRST_PAGE:
                return redirect(FIRST_PAGES.get(actor.role, ACCOUNT))
            row = audit.named(f"route:{route} {kwargs.get('ref', '')}".strip())
            entry = audit.Entry(actor, action, row, cast("StaffRequest", request).at)
            audit.record(entry, allowed=False, reason="wrong role")
            return errors.page(errors.FORBIDDEN)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal of the gate, or a look for which no event can be written, with a page."""
        if not unwritten.is_unwritable(exception):
            return _refused(request, exception)
        route = request.resolver_match.view_name if request.resolver_match else ""
        if route == FIRST_PAGE and settings.DESIST_ZONE in FIRST_LOOKS:
            return redirect(FIRST_LOOKS[settings.DESIST_ZONE])
        try:
            return unwritten.answer(request, exception)
        except (NotFound, Forbidden) as refusal:
            return _refused(request, refusal)


def _refused(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """Answer a refusal of the gate with a page: absent and out of scope are the same bytes.

    So is a finding in a form's words that no form asked about. The typed words come back with the page, since a
    person may have been given to a colleague meanwhile. After a form the page adds that a button may have been
    pressed twice.
    """
    was_sent = request.method == "POST"
    typed = errors.sent(request) if was_sent else ()
    if isinstance(exception, Unclear):
        return errors.page(
            errors.Error(422, "These words need checking", _what_to_do(exception)), typed=typed
        )
    if isinstance(exception, Refused):
        return errors.page(
            errors.Error(422, "That was not done", (f"{str(exception).rstrip('.')}.",)), typed=typed
        )
    if isinstance(exception, NotFound):
        return errors.page(errors.NOTHING_LEFT if was_sent else errors.NOT_FOUND, typed=typed)
    if isinstance(exception, Twice):
        return errors.page(errors.SENT_TWICE, typed=typed)
    if isinstance(exception, Forbidden):
        return errors.page(errors.FORBIDDEN, typed=typed)
    return None


def _what_to_do(unclear: Unclear) -> tuple[str, ...]:
    """Name the unclear words by their fields, and what to do: the page itself has no question about them."""
    if not isinstance(unclear, WordsFound):
        return (f"{unclear}.",)
    places = " and ".join(f"“{words.place(name)}”" for name in unclear.found)
    return (
        f"Nothing was saved, shown or sent. What you wrote under {places} may lead to someone.",
        "Go back to the form, reword that and send it again.",
    )
