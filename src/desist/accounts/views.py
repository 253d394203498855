"""Pages of an account's own sessions, roles, factors, and signing out."""

from contextlib import suppress

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts import commands, forms, queries, sessions
from desist.accounts.factors import queries as factors
from desist.accounts.invitations import queries as invitations
from desist.accounts.provider import queries as provider
from desist.ui import leaving, reports
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def sign_out(request: StaffRequest) -> HttpResponse:
    """End the session: at once where one of our own pages asks, by a button where another site's link led here.

    No page can forge what a browser says in Sec-Fetch-Site (ui/csrf.py); a browser that sends none gets the button too.
    """
    if request.method == "GET" and request.headers.get("Sec-Fetch-Site") != "same-origin":
        return render(request, "accounts/sign_out.html")
    _end(request)
    return leaving.forgetting(redirect("accounts:sign-in"))


@require_safe
def leave(request: StaffRequest) -> HttpResponse:
    """Exit this page: end the session where there is one, and go to a page that reveals nothing; open to every visitor.

    Another site's link leads away too, but ends no session. The browser's session goes first: from then on it lets no
    one in, even where the list of sign-ins cannot be written and shows this one as open until its time is up.
    """
    ours = request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}
    if ours and request.actor is not None:
        with suppress(DatabaseError):
            _end(request)
    return leaving.away()


def _end(request: StaffRequest) -> None:
    here = sessions.here(request)
    sessions.end(request)
    commands.sign_out(actor=request.actor, ref=here, at=request.at)


@require_safe
def account(request: StaffRequest) -> HttpResponse:
    """Show the signed-in account, its role, and its devices."""
    page = {
        "actor": request.actor,
        "name": queries.name(ref=request.actor.who),
        "area": queries.area_name(request.actor.area),
        "sittings": queries.sittings(actor=request.actor, here=sessions.here(request), at=request.at),
        "factors": factors.own(actor=request.actor, at=request.at),
        "resets": invitations.resets(account=request.actor.who, at=request.at),
        "passwords": factors.passwords_allowed(),
        "provider": provider.configured(),
        "others": len(queries.own_roles(actor=request.actor, at=request.at)),
    }
    return render(request, "accounts/account.html", page)


@require_safe
def service(request: StaffRequest) -> HttpResponse:
    """List the places that are no entries of the menu, which the page's context knows."""
    return render(request, "accounts/service.html")


@require_POST
def end_sign_in(request: StaffRequest, ref: str) -> HttpResponse:
    """End one of the actor's own sessions."""
    commands.end_sign_in(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "That session was ended.")
    return redirect("accounts:account")


@require_http_methods(["GET", "POST"])
def role(request: StaffRequest) -> HttpResponse:
    """Switch to another role that the actor holds."""
    roles = queries.own_roles(actor=request.actor, at=request.at)
    form = forms.Switch(request.POST or None, roles=roles)
    if roles and form.is_valid():
        commands.switch_role(
            actor=request.actor,
            sign_in=sessions.here(request),
            grant=form.cleaned_data["role"],
            at=request.at,
        )
        request.session.cycle_key()  # the older role's session key ends here, with all that it could do
        messages.success(request, f"You continue as {dict(roles)[form.cleaned_data['role']]}.")
        return redirect("/")
    area = queries.area_name(request.actor.area)
    page = {"form": form, "roles": roles, "actor": request.actor, "area": area}
    return render(request, "accounts/role.html", page, status=422 if form.errors else 200)


@require_POST
@csrf_exempt
def policy_report(request: HttpRequest) -> HttpResponse:
    """Count a browser's report of what a page's policy stopped; every report gets the same answer."""
    reports.take(request)
    return HttpResponse(status=204)


@require_safe
def here(request: StaffRequest) -> HttpResponse:
    """Note that the actor is at work on a page without other requests; the middleware recorded it."""
    del request
    return HttpResponse(status=204)
