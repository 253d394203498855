"""Pages for accepting an invitation: from a link to an account that can sign in."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from desist.accounts import devices, sessions
from desist.accounts.callers import host
from desist.accounts.factors import commands as factors
from desist.accounts.factors import forms
from desist.accounts.factors import queries as factor_queries
from desist.accounts.factors.commands import NewFactor, NewPasskey, NewPassword, WrongCode
from desist.accounts.factors.passkeys import BadAnswer
from desist.accounts.factors.setting_up import code_page, password_form, pending, set_aside
from desist.accounts.factors.views import CODES, NOT_MADE
from desist.accounts.invitations import commands, queries
from desist.accounts.invitations.queries import Invited, NotOpen
from desist.accounts.provider import queries as provider
from desist.ui import errors
from desist.wall import actors
from desist.wall.requests import StaffRequest

Opened = Callable[[HttpRequest, str, Invited], HttpResponse]
NO_ROLE = errors.Error(
    200,
    "Your account is ready, but has no role",
    ("Ask your administrator to give you one, then sign in.",),
)


def by_link(view: Opened) -> Callable[[HttpRequest, str], HttpResponse]:
    """Make a view for a visitor with an open link; any other link gets the sentence that gives the reason."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        if provider.configured():
            return redirect("accounts:sign-in")
        try:
            invited = queries.invited(token=token, at=_at(request))
        except NotOpen as why:
            return render(request, "accounts/invitations/closed.html", {"why": str(why)}, status=410)
        return view(request, token, invited)

    return opened


@require_http_methods(["GET", "POST"])
@by_link
def accept(request: HttpRequest, token: str, invited: Invited) -> HttpResponse:
    """Set up the account with a passkey."""
    error = ""
    if request.method == "POST":
        name = devices.label(user_agent=request.headers.get("User-Agent", ""))
        factor = NewPasskey(request.POST.get("credential", ""), name, host(request))
        try:
            return _join(request, invited, factor)
        except BadAnswer:
            error = NOT_MADE
    page = {
        "invited": invited,
        "token": token,
        "question": factors.ask_for_new(host=host(request), account=invited.account, at=_at(request)),
        "passwords": factor_queries.passwords_allowed(),
        "error": error,
    }
    return render(request, "accounts/invitations/accept.html", page, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
@by_link
def accept_password(request: HttpRequest, token: str, invited: Invited) -> HttpResponse:
    """Set up the account with a password and an authenticator app: the step of the password."""
    if not factor_queries.passwords_allowed():
        return errors.page(errors.NOT_FOUND)
    form = password_form(request, name=invited.name, email=invited.email)
    if form.is_valid():
        set_aside(request, password=form.cleaned_data["password"])
        return redirect("accounts:accept-code", token)
    page = {"form": form, "leave": reverse("accounts:accept", args=[token])}
    return render(request, "accounts/factors/password.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@by_link
def accept_code(request: HttpRequest, token: str, invited: Invited) -> HttpResponse:
    """Set up the authenticator app: the second step."""
    waiting = pending(request)
    if waiting is None or not factor_queries.passwords_allowed():
        return redirect("accounts:accept", token)
    form = forms.Code(request.POST or None)
    if form.is_valid():
        factor = NewPassword(waiting.password, waiting.secret, form.cleaned_data["code"])
        try:
            return _join(request, invited, factor)
        except WrongCode as wrong:
            form.deny(wrong)
    leave = reverse("accounts:accept", args=[token])
    return code_page(request, form, waiting, email=invited.email, leave=leave)


def _join(request: HttpRequest, invited: Invited, factor: NewFactor) -> HttpResponse:
    """Join, sign in, and go on to the recovery codes. Raises BadAnswer, WrongCode."""
    at = _at(request)
    fresh = commands.accept(actor=actors.entrance(invited.account), ref=invited.ref, factor=factor, at=at)
    try:
        sessions.begin(request, account=invited.account, at=at)
    except sessions.NoRole:
        return errors.page(NO_ROLE)
    sessions.keep(request, name=CODES, text="\n".join(fresh))
    return redirect("accounts:codes")


def _at(request: HttpRequest) -> datetime:
    return cast("StaffRequest", request).at
