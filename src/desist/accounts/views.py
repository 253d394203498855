"""Signing in and out."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from desist import deployment
from desist.accounts import queries, sessions
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """In the demo, one button a person; otherwise the passkey."""
    onward = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        onward = "/"
    people = queries.demo_people() if deployment.is_demo() else ()
    if request.method == "POST":
        chosen = [person for person in people if str(person.grant) == request.POST.get("grant")]
        if chosen:
            sessions.begin(request, grant=chosen[0].grant, at=cast("StaffRequest", request).at)
            return redirect(onward)
    return render(request, "accounts/sign_in.html", {"people": people})


@require_http_methods(["GET", "POST"])
def sign_out(request: StaffRequest) -> HttpResponse:
    """End the session."""
    sessions.end(request)
    return redirect("accounts:sign-in")


@require_safe
def account(request: StaffRequest) -> HttpResponse:
    """Who is signed in, in which role."""
    return render(request, "accounts/account.html", {"actor": request.actor})
