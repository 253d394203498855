"""Signing in and out, going on after a pause, one's own sessions and roles."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist import deployment
from desist.accounts import commands, forms, lock, queries, sessions
from desist.ui import errors
from desist.wall.requests import StaffRequest

BACK = errors.Error(
    200,
    "You are back",
    ("What you sent while the page was locked was not carried out. Nothing was changed.",),
)


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """In the demo, one button a person; elsewhere nobody can sign in until there are passkeys."""
    onward = lock.own_address(request.GET.get("next", "/"))
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
    commands.sign_out(actor=request.actor, ref=request.session[sessions.SIGN_IN], at=request.at)
    sessions.end(request)
    return redirect("accounts:sign-in")


@require_safe
def account(request: StaffRequest) -> HttpResponse:
    """Who is signed in, in which role, and at which devices."""
    here = request.session[sessions.SIGN_IN]
    page = {
        "actor": request.actor,
        "name": queries.name(ref=request.actor.who),
        "sittings": queries.sittings(actor=request.actor, here=here, at=request.at),
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
            sign_in=request.session[sessions.SIGN_IN],
            grant=form.cleaned_data["role"],
            at=request.at,
        )
        request.session.cycle_key()  # what the older role's session key could do ends with it
        messages.success(request, f"You go on as {dict(roles)[form.cleaned_data['role']]}.")
        return redirect("/")
    page = {"form": form, "roles": roles, "actor": request.actor}
    return render(request, "accounts/role.html", page, status=422 if form.errors else 200)


@require_safe
def here(request: StaffRequest) -> HttpResponse:
    """Somebody is at work on a page without asking for anything: the middleware noted it."""
    del request
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def lock_page(request: StaffRequest) -> HttpResponse:
    """Confirm who is there, and go back to where they were, with the words that were sent meanwhile."""
    onward = lock.own_address(request.POST.get(lock.ONWARD, "/"))
    if request.method == "GET":
        name = queries.name(ref=request.actor.who)
        page = {"name": name, "onward": onward, "kept": "", "again": "", "files": False}
        return lock.draw(request, page)
    if not deployment.is_demo():
        return errors.page(errors.FORBIDDEN)
    commands.unlock(actor=request.actor, ref=request.session[sessions.SIGN_IN], at=request.at)
    if request.headers.get("Sec-Fetch-Dest") == "empty":  # asked by lock.js, whose page is still there
        return HttpResponse(status=204)
    kept = lock.kept_words(request.POST.get(lock.KEPT, ""))
    if not kept:
        return redirect(onward)
    again = request.POST.get(lock.AGAIN, "")
    return errors.page(
        BACK, typed=kept, again=lock.own_address(again) if again else "", token=get_token(request)
    )
