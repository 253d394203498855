"""One's own account: sessions, roles, what one signs in with, and signing out."""

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

    What a browser says in Sec-Fetch-Site no page can forge (ui/csrf.py); one that says nothing gets the button too.
    """
    if request.method == "GET" and request.headers.get("Sec-Fetch-Site") != "same-origin":
        return render(request, "accounts/sign_out.html")
    _end(request)
    return leaving.forgetting(redirect("accounts:sign-in"))


@require_safe
def leave(request: StaffRequest) -> HttpResponse:
    """Exit this page: end the session where there is one, and go where nothing says anything; open to whoever asks.

    Another site's link leads away too, and ends nothing. The browser's session goes first: from then on nobody gets in
    with it, even where the list of sign-ins cannot be written and shows this one as open until its time is up.
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
    """Who is signed in, in which role, and at which devices."""
    page = {
        "actor": request.actor,
        "name": queries.name(ref=request.actor.who),
        "sittings": queries.sittings(actor=request.actor, here=sessions.here(request), at=request.at),
        "factors": factors.own(actor=request.actor, at=request.at),
        "resets": invitations.resets(account=request.actor.who, at=request.at),
        "passwords": factors.passwords_allowed(),
        "provider": provider.configured(),
        "others": len(queries.own_roles(actor=request.actor, at=request.at)),
    }
    return render(request, "accounts/account.html", page)


@require_POST
def end_sign_in(request: StaffRequest, ref: str) -> HttpResponse:
    """End one of one's own sessions."""
    commands.end_sign_in(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "That session was ended.")
    return redirect("accounts:account")


@require_http_methods(["GET", "POST"])
def role(request: StaffRequest) -> HttpResponse:
    """Go on in another role that one holds."""
    roles = queries.own_roles(actor=request.actor, at=request.at)
    form = forms.Switch(request.POST or None, roles=roles)
    if roles and form.is_valid():
        commands.switch_role(
            actor=request.actor,
            sign_in=sessions.here(request),
            grant=form.cleaned_data["role"],
            at=request.at,
        )
        request.session.cycle_key()  # what the older role's session key could do ends with it
        messages.success(request, f"You continue as {dict(roles)[form.cleaned_data['role']]}.")
        return redirect("/")
    page = {"form": form, "roles": roles, "actor": request.actor}
    return render(request, "accounts/role.html", page, status=422 if form.errors else 200)


@require_POST
@csrf_exempt
def policy_report(request: HttpRequest) -> HttpResponse:
    """A browser says what a page's policy stopped: counted, and answered alike whatever comes."""
    reports.take(request)
    return HttpResponse(status=204)


@require_safe
def here(request: StaffRequest) -> HttpResponse:
    """Somebody is at work on a page without asking for anything: the middleware noted it."""
    del request
    return HttpResponse(status=204)
