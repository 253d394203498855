"""Pages of an account's own passkeys, authenticator app and recovery codes."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from desist.accounts import devices, sessions
from desist.accounts import queries as account_queries
from desist.accounts.callers import host
from desist.accounts.factors import commands, forms, queries
from desist.accounts.factors.commands import NewPasskey, NewPassword, WrongCode
from desist.accounts.factors.passkeys import BadAnswer
from desist.accounts.factors.setting_up import code_page, password_form, pending, set_aside
from desist.accounts.provider import queries as provider
from desist.ui import errors
from desist.ui.asking import press
from desist.wall.requests import StaffRequest

CODES = "codes"
NOT_MADE = "The passkey was not made, or the page was open for too long. Nothing was changed. Try again"


def after_confirming(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view ask its owner to confirm who they are first."""

    @wraps(view)
    def asked(request: StaffRequest, **of_the_address: str) -> HttpResponse:
        if provider.configured():
            return errors.page(errors.NOT_FOUND)
        if queries.is_fresh(sign_in=sessions.here(request), at=request.at):
            return view(request, **of_the_address)
        onward = request.path if request.method == "GET" else reverse("accounts:account")
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': onward})}")

    return asked


@require_http_methods(["GET", "POST"])
@after_confirming
def add_passkey(request: StaffRequest) -> HttpResponse:
    """Add a passkey to the actor's own account."""
    error = ""
    name = devices.label(user_agent=request.headers.get("User-Agent", ""))
    form = forms.PasskeyName(request.POST or {"name": name})
    if request.method == "POST" and form.is_valid():
        factor = NewPasskey(request.POST.get("credential", ""), form.cleaned_data["name"], host(request))
        try:
            commands.add_passkey(
                actor=request.actor, sign_in=sessions.here(request), factor=factor, at=request.at
            )
        except BadAnswer:
            error = NOT_MADE
        else:
            messages.success(request, "The passkey was added.")
            return redirect("accounts:account")
    question = commands.ask_for_new(host=host(request), account=request.actor.who, at=request.at)
    page = {"form": form, "question": question, "error": error}
    refused = error or form.errors
    return render(request, "accounts/factors/add_passkey.html", page, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@after_confirming
def remove_passkey(request: StaffRequest, ref: str) -> HttpResponse:
    """Remove one of the actor's own passkeys, after asking once."""
    held = queries.own(actor=request.actor, at=request.at)
    named = next((one for one in held.passkeys if one.ref == ref), None)
    if named is None:
        return errors.page(errors.NOTHING_LEFT if request.method == "POST" else errors.NOT_FOUND)
    if request.method == "POST":
        return press(
            request,
            do=lambda: commands.remove_passkey(
                actor=request.actor,
                sign_in=sessions.here(request),
                ref=ref,
                host=host(request),
                at=request.at,
            ),
            done="The passkey was removed.",
            then=lambda _: redirect("accounts:account"),
        )
    return render(request, "accounts/factors/remove_passkey.html", {"passkey": named, "only": held.only})


@require_http_methods(["GET", "POST"])
@after_confirming
def new_codes(request: StaffRequest) -> HttpResponse:
    """Replace the actor's recovery codes, after asking once."""
    if request.method == "GET":
        return render(request, "accounts/factors/new_codes.html", {})
    try:
        fresh = commands.renew_codes(
            actor=request.actor, sign_in=sessions.here(request), host=host(request), at=request.at
        )
    except commands.JustMade:
        return redirect("accounts:codes")
    sessions.keep(request, name=CODES, text="\n".join(fresh))
    return redirect("accounts:codes")


@require_http_methods(["GET", "POST"])
def codes(request: StaffRequest) -> HttpResponse:
    """Show the new recovery codes until their owner says that they have them."""
    if request.method == "POST":
        sessions.forget(request, name=CODES)
        return redirect("accounts:account")
    shown = sessions.kept(request, name=CODES).split()
    return render(request, "accounts/factors/codes.html", {"codes": shown})


@require_http_methods(["GET", "POST"])
@after_confirming
def set_password(request: StaffRequest) -> HttpResponse:
    """Ask for the password: the first step of turning on password and authenticator app."""
    if not queries.passwords_allowed():
        return errors.page(errors.NOT_FOUND)
    who = account_queries.contact(ref=request.actor.who)
    form = password_form(request, name=who.name, email=who.email)
    if form.is_valid():
        set_aside(request, password=form.cleaned_data["password"])
        return redirect("accounts:set-authenticator")
    page = {"form": form, "leave": reverse("accounts:account")}
    return render(request, "accounts/factors/password.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@after_confirming
def set_authenticator(request: StaffRequest) -> HttpResponse:
    """Show the app's secret and take its first code: the second step."""
    waiting = pending(request)
    if waiting is None:
        is_on = queries.own(actor=request.actor, at=request.at).authenticator_since
        return redirect("accounts:account" if is_on else "accounts:set-password")
    form = forms.Code(request.POST or None)
    if form.is_valid():
        factor = NewPassword(waiting.password, waiting.secret, form.cleaned_data["code"])
        try:
            commands.add_authenticator(
                actor=request.actor,
                sign_in=sessions.here(request),
                factor=factor,
                host=host(request),
                at=request.at,
            )
        except WrongCode as wrong:
            form.deny(wrong)
        else:
            sessions.forget(request, name=waiting.name)
            messages.success(request, "You can sign in with your password and your authenticator app.")
            return redirect("accounts:account")
    email = account_queries.contact(ref=request.actor.who).email
    return code_page(request, form, waiting, email=email, leave=reverse("accounts:account"))


@require_http_methods(["GET", "POST"])
@after_confirming
def remove_authenticator(request: StaffRequest) -> HttpResponse:
    """Turn off password and authenticator app, after asking once."""
    if request.method == "GET":
        held = queries.own(actor=request.actor, at=request.at)
        return render(request, "accounts/factors/remove_authenticator.html", {"only": held.only})
    return press(
        request,
        do=lambda: commands.remove_authenticator(
            actor=request.actor, sign_in=sessions.here(request), host=host(request), at=request.at
        ),
        done="Password and authenticator app are turned off.",
        then=lambda _: redirect("accounts:account"),
    )
