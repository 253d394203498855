"""The page where clients send things without signing in. It names nobody and nothing, and sets nothing in the browser.

A forged request gains nothing that its sender could not send themselves, so no token guards the forms. Every fault answers
with this same plain page: none of the site's own pages may be seen here (docs/adr/clients-send-without-an-account.md).
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts.callers import caller
from desist.advocacy.evidence import keeping
from desist.advocacy.pages.send import forms
from desist.advocacy.submissions import queries
from desist.advocacy.submissions.queries import Outside
from desist.advocacy.submissions.sending import commands
from desist.advocacy.submissions.states import Kind
from desist.refusals import Refused
from desist.ui import leaving
from desist.wall.requests import StaffRequest

TEMPLATE = "advocacy/send/send.html"
FAULT = "It could not be taken in now. Wait a minute, and try again"
#: what words are called as a file
WORDS = "Words.txt"

log = logging.getLogger(__name__)


def plainly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a fault with the plain page: the site's own pages of faults tell what it is. Nothing of the request is logged."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- of the view
        try:
            return view(request, *args, **kwargs)
        except Exception:
            log.exception("The page for clients could not answer")
            code, words = "", ""
            with suppress(Exception):  # the request itself may be what cannot be read
                code, words = _code(request), str(request.POST.get("words", ""))
            plain = Outside(queries.TITLE, "")
            return _page(request, "ask", code=code, words=words, sentence=FAULT, outside=plain, status=503)

    return answered


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@plainly
def start(request: StaffRequest) -> HttpResponse:
    """Ask for the code; with the right one, show where to send."""
    if request.method != "POST":
        return _page(request, "ask")
    code = _code(request)
    try:
        commands.look(code=code, address=caller(request).address, at=request.at)
    except commands.NotOpen as wrong:
        return _page(request, "ask", sentence=str(wrong), status=422)
    return _page(request, "send", code=code)


@csrf_exempt
@require_safe
@plainly
def code(request: HttpRequest, code: str) -> HttpResponse:
    """Show the page with the code of a link typed in. No code is looked up here: a program that looks at links in messages learns nothing."""
    return _page(request, "ask", code=code.strip("/")[:40])


@csrf_exempt
@require_POST
@plainly
def files(request: StaffRequest) -> HttpResponse:
    """Take in words and small files at once."""
    form = forms.Send(request.POST, request.FILES)
    code, words = _code(request), str(request.POST.get("words", ""))
    if not form.is_valid():
        sentence = " ".join(str(one) for errors in form.errors.values() for one in errors)
        return _page(request, "send", code=code, words=words, sentence=sentence, status=422)
    sent = form.contents() if not form.is_too_much and not _left_out(request) else []
    said = form.cleaned_data["words"].strip()
    if not sent:
        sentence = forms.TOO_MUCH if form.is_too_much or _left_out(request) else "" if said else forms.NOTHING
        if sentence:
            return _page(request, "send", code=code, words=words, sentence=sentence, status=422)
    try:
        for name, content in sent:
            _send(request, code, Kind.FILE, name, content)
        if said:
            _send(request, code, Kind.WORDS, WORDS, said.encode())
    except commands.NotOpen as wrong:
        return _page(request, "ask", words=words, sentence=str(wrong), status=422)
    except Refused as refused:
        return _page(request, "send", code=code, words=words, sentence=str(refused), status=422)
    return _page(request, "send", code=code, arrived=True)


@csrf_exempt
@require_POST
@plainly
def piece(request: StaffRequest) -> HttpResponse:
    """Take in a piece of a file; a script asks."""
    form = forms.Piece(request.POST, request.FILES)
    if not form.is_valid():
        return _no(commands.CUT)
    code, address, said = _code(request), caller(request).address, form.cleaned_data
    try:
        if said["file"]:
            ref = said["file"]
            done = commands.add_piece(
                code=code,
                address=address,
                ref=ref,
                number=said["number"],
                content=form.content(),
                at=request.at,
            )
        else:
            ref, done = commands.begin(
                code=code,
                address=address,
                kind=Kind.FILE,
                name=form.name,
                size=said["size"] or 0,
                content=form.content(),
                at=request.at,
            )
    except Refused as refused:
        return _no(str(refused))
    return JsonResponse({"file": ref, "done": done})


@csrf_exempt
@require_POST
@plainly
def end(request: StaffRequest) -> HttpResponse:
    """End the link, since the client has finished: any code is answered alike."""
    commands.finish(code=_code(request), address=caller(request).address, at=request.at)
    answer = _page(request, "ended")
    answer["Clear-Site-Data"] = leaving.FORGOTTEN
    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """Go to a page elsewhere, and make the browser forget what it kept of this one."""
    del request
    answer = HttpResponseRedirect(leaving.ELSEWHERE)
    answer["Clear-Site-Data"] = leaving.FORGOTTEN
    return answer


def _send(request: StaffRequest, code: str, kind: Kind, name: str, content: bytes) -> None:
    address = caller(request).address
    commands.send(code=code, address=address, kind=kind, name=name, content=content, at=request.at)


def _code(request: HttpRequest) -> str:
    return str(request.POST.get("code", ""))[:100]


def _left_out(request: HttpRequest) -> bool:
    """Whether the request is larger than what stays in memory, so that its files were not read."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > forms.MOST_AT_ONCE + 1024 * 1024


def _page(
    request: HttpRequest,
    state: str,
    *,
    code: str = "",
    words: str = "",
    sentence: str = "",
    arrived: bool = False,
    outside: Outside | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {"state": state, "code": code, "words": words, "sentence": sentence, "arrived": arrived}
    page |= {"outside": outside or queries.outside(), "piece": keeping.PIECE}
    return render(request, TEMPLATE, page, status=status)


def _no(sentence: str) -> HttpResponse:
    return HttpResponse(f"{sentence}.", status=422, content_type="text/plain; charset=utf-8")
