"""The way to the organisation's own identity provider and back."""

from dataclasses import asdict
from datetime import datetime
from secrets import compare_digest
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from desist.accounts import lock, sessions
from desist.accounts.callers import host
from desist.accounts.provider import commands, protocol
from desist.accounts.provider.protocol import Question, Silent, Untrue
from desist.accounts.refusals import NotLetIn
from desist.deployment import Provider
from desist.ui import errors
from desist.wall.requests import StaffRequest

ASKED = "provider"
SILENT = "Your organisation’s sign-in does not answer. Wait a minute, then try again. If it stays so, tell your administrator."
UNTRUE = "Your organisation’s sign-in gave an invalid answer. Nobody was signed in. Try again."
NOT_INVITED = "Your organisation knows you, but nobody has invited you here, or your account was closed. Ask your administrator."


@require_safe
def provider(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider."""
    used = settings.DESIST_PROVIDER
    if used is None:
        return errors.page(errors.NOT_FOUND)
    onward = lock.own_address(request.GET.get(lock.ONWARD, "/"))
    try:
        at = cast("StaffRequest", request).at
        address, question = protocol.ask(provider=used, back=_back(request), at=at)
    except Silent:
        return _again(request, SILENT, onward)
    request.session[ASKED] = {**asdict(question), "onward": onward}
    return redirect(address)


@require_safe
def provider_back(request: HttpRequest) -> HttpResponse:
    """Take the browser back from the provider: sign the person in if it vouches for an invited one."""
    asked = request.session.pop(ASKED, None)
    used = settings.DESIST_PROVIDER
    if used is None:
        return errors.page(errors.NOT_FOUND)
    at = cast("StaffRequest", request).at
    if not asked or not compare_digest(asked["state"].encode(), request.GET.get("state", "").encode()):
        commands.refused(why="not asked from here", at=at)
        return _again(request, UNTRUE, "/")
    onward, question = asked.pop("onward"), Question(**asked)
    sentence = _enter(request, used, question, at)
    return _again(request, sentence, onward) if sentence else redirect(onward)


def _enter(request: HttpRequest, used: Provider, question: Question, at: datetime) -> str:
    """Sign the person in, or return the sentence that gives the reason against it."""
    code, back = request.GET.get("code", ""), _back(request)
    try:
        person = protocol.answer(provider=used, question=question, code=code, back=back)
        account = commands.let_in(person=person, at=at)
        sessions.begin(request, account=account, at=at)
    except Silent:
        commands.refused(why="silent", at=at)
        return SILENT
    except Untrue as why:
        commands.refused(why=str(why), at=at)
        return UNTRUE
    except (NotLetIn, sessions.NoRole):
        return NOT_INVITED
    return ""


def _again(request: HttpRequest, error: str, onward: str) -> HttpResponse:
    page = {"error": error, "onward": onward}
    return render(request, "accounts/entrance/provider.html", page, status=422)


def _back(request: HttpRequest) -> str:
    return f"{host(request).origin}{reverse('accounts:provider-back')}"
