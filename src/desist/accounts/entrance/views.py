"""Pages for signing in, unlocking after a pause, and confirming afresh."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist import deployment
from desist.accounts import lock, queries, sessions
from desist.accounts.callers import caller, host
from desist.accounts.entrance import commands, forms
from desist.accounts.entrance.commands import Proof
from desist.accounts.factors import commands as factors
from desist.accounts.factors import queries as factor_queries
from desist.accounts.provider import queries as provider
from desist.accounts.refusals import NotLetIn
from desist.accounts.throttle.commands import TooMany
from desist.postgresql.silence import watch
from desist.ui import errors
from desist.wall.requests import StaffRequest

BACK = errors.Error(
    200,
    "You are back",
    ("What you sent while the page was locked was not carried out. Nothing was changed.",),
)
AWAY = "Desist could not reach its records a moment ago. While that lasts, nobody can sign in. Wait a minute, then try again"
NO_MATCH = "These do not match an account here. Check each of them and try again"
NO_PASSKEY = "That passkey does not belong to an account here, or the page was open for too long. Try again"
NO_ROLE = errors.Error(
    403,
    "You have no role here",
    ("Your account has no role at present.", "Ask your administrator to give you one."),
)
TOO_OFTEN = "There were too many attempts. Wait 15 minutes, then try again. You can still use a passkey"
NOT_CONFIRMED = "That was not right. Try again"


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by passkey or by the site's provider; in the demo, by one button for each person.

    The page itself needs no database (zones/threads.py), and says where the records cannot be reached.
    """
    if deployment.is_demo() and "by" not in request.GET:
        return _by_name(request)
    away = AWAY if watch.troubled else ""
    if provider.configured():
        return render(request, "accounts/entrance/provider.html", {"onward": _onward(request), "error": away})
    error = ""
    if answer := request.POST.get("credential", ""):
        try:
            account = commands.by_passkey(answer=answer, caller=caller(request), at=_at(request))
        except TooMany:
            error = TOO_OFTEN.partition(" You can")[0]
        except NotLetIn:
            error = NO_PASSKEY
        else:
            return _begin(request, account)
    page = {
        "question": factors.ask_whoever(host=host(request), at=_at(request)),
        "passwords": factor_queries.passwords_allowed(),
        "onward": _onward(request),
        "error": error or away,
    }
    return render(request, "accounts/entrance/sign_in.html", page, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
def sign_in_password(request: HttpRequest) -> HttpResponse:
    """Sign in by e-mail address, password and code, where the site allows it."""
    if provider.configured() or not factor_queries.passwords_allowed():
        return errors.page(errors.NOT_FOUND)
    form = forms.Password(request.POST or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("email", "password", "code")}
        try:
            account = commands.by_password(**given, caller=caller(request), at=_at(request))
        except TooMany:
            form.add_error(None, TOO_OFTEN)
        except NotLetIn:
            form.add_error(None, NO_MATCH)
        else:
            return _begin(request, account)
    page = {"form": form, "onward": _onward(request)}
    return render(request, "accounts/entrance/password.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Send a link to an owner with a recovery code who lost their passkey; the answer never tells whether it fitted."""
    if provider.configured():
        return errors.page(errors.NOT_FOUND)
    form = forms.Recover(request.POST or None)
    sent = False
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("email", "code")}
        try:
            commands.recover(**given, caller=caller(request), at=_at(request))
        except TooMany:
            form.add_error(None, TOO_OFTEN)
        except NotLetIn:
            sent = True
        else:
            sent = True
    page = {"form": form, "sent": sent}
    return render(request, "accounts/entrance/recover.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def confirm(request: StaffRequest) -> HttpResponse:
    """Confirm who is signed in before an important change, and go on to it."""
    error = ""
    if request.method == "POST":
        try:
            commands.confirm(
                actor=request.actor,
                sign_in=sessions.here(request),
                proof=_proof(request),
                caller=caller(request),
                at=request.at,
            )
        except (TooMany, NotLetIn) as refusal:
            error = TOO_OFTEN if isinstance(refusal, TooMany) else NOT_CONFIRMED
        else:
            return redirect(_onward(request))
    page = lock.ways(request, account=request.actor.who, at=request.at)
    page |= {"error": error, "onward": _onward(request), "name": queries.name(ref=request.actor.who)}
    return render(request, "accounts/entrance/confirm.html", page, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
def lock_page(request: StaffRequest) -> HttpResponse:
    """Confirm who is signed in, and return to their page with the words that were sent meanwhile."""
    onward = lock.own_address(request.POST.get(lock.ONWARD, "/"))
    words = request.POST.get(lock.KEPT, ""), request.POST.get(lock.AGAIN, "")
    page = lock.Page(request.actor.who, queries.name(ref=request.actor.who), onward, *words)
    if request.method == "GET":
        return lock.draw(request, page, at=request.at)
    try:
        commands.unlock(
            actor=request.actor,
            sign_in=sessions.here(request),
            proof=_proof(request),
            caller=caller(request),
            at=request.at,
        )
    except (TooMany, NotLetIn) as refusal:
        error = TOO_OFTEN if isinstance(refusal, TooMany) else NOT_CONFIRMED
        return lock.draw(request, page, at=request.at, error=error)
    if request.headers.get("Sec-Fetch-Dest") == "empty":  # lock.js asked, and its page is still open
        return HttpResponse(status=204)
    kept = lock.kept_words(page.kept)
    if not kept:
        return redirect(onward)
    again = lock.own_address(page.again) if page.again else ""
    return errors.page(BACK, typed=kept, again=again, token=get_token(request))


def _by_name(request: HttpRequest) -> HttpResponse:
    people = queries.demo_people()
    if request.method == "POST":
        chosen = [person for person in people if str(person.grant) == request.POST.get("grant")]
        if chosen:
            one = chosen[0]
            sessions.begin(request, account=one.account, grant=one.grant, at=_at(request), confirmed=False)
            return redirect(_onward(request))
    return render(request, "accounts/sign_in.html", {"people": people})


def _begin(request: HttpRequest, account: str) -> HttpResponse:
    onward = _onward(request)
    try:
        sessions.begin(request, account=account, at=_at(request))
    except sessions.NoRole:
        return errors.page(NO_ROLE)
    messages.success(request, "You are signed in.")
    return redirect(onward)


def _onward(request: HttpRequest) -> str:
    return lock.own_address(request.POST.get(lock.ONWARD) or request.GET.get(lock.ONWARD, "/"))


def _proof(request: HttpRequest) -> Proof:
    typed = {name: request.POST.get(name, "").strip() for name in ("secret", "code")}
    return Proof(answer=request.POST.get("credential", ""), **typed)


def _at(request: HttpRequest) -> datetime:
    """The request's moment, which the middleware sets on every request."""
    return cast("StaffRequest", request).at
