"""The page on which an agency without an account reads one referral and answers it. It sets nothing in the browser.

A forged request gains nothing that its sender could not send themselves, so no token guards the forms
(docs/adr/agencies-answer-by-a-link.md).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts.callers import caller
from desist.agencies import SAY, Said
from desist.answering import forms, links
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

SENT = "Your answer was sent to the service"
ANSWER = "answering/answer.html"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """Ask for the code; with the right one, show the referral."""
    if request.method != "POST":
        return _asked(request)
    try:
        shown = links.kind().look(keys=_keys(request), at=request.at)
    except links.NotOpen as wrong:
        return _asked(request, sentence=str(wrong))
    return _shown(request, shown)


@csrf_exempt
@require_safe
def link(request: HttpRequest, link: str) -> HttpResponse:
    """Ask for the code of a link. Nothing is looked up here: a program that looks at links in messages learns nothing."""
    return _asked(request, link=link[:40])


@csrf_exempt
@require_POST
def say(request: StaffRequest) -> HttpResponse:
    """Tell the service what came of the referral."""
    keys = _keys(request)
    try:
        shown = links.kind().look(keys=keys, at=request.at)
        form = forms.Answer(request.POST, may_say=list(SAY.items()), version=shown.version, at=request.at)

        def anew(_: Changed) -> dict[str, object]:
            newer = links.kind().look(keys=keys, at=request.at)
            form.keep(f"Not sent: by now this referral stands at: {newer.state}")
            form.version = newer.version
            form.offer("said", newer.may_say)
            return {"page": newer}

        return ask(
            request,
            ANSWER,
            form,
            do=lambda: links.kind().say(
                keys=keys,
                said=Said(form.cleaned_data["said"]),
                on=form.cleaned_data["on"],
                words=form.cleaned_data["words"],
                override=form.override(),
                submission=form.submission,
                version=form.version,
                at=request.at,
            ),
            then=lambda _: _shown(request, links.kind().look(keys=keys, at=request.at), sentence=SENT),
            page={"page": shown, "keys": keys},
            anew=anew,
        )
    except links.NotOpen as wrong:
        return _asked(request, sentence=str(wrong), typed=str(request.POST.get("words", "")))


def _keys(request: HttpRequest) -> links.Keys:
    link, code = (str(request.POST.get(name, ""))[:100] for name in ("link", "code"))
    return links.Keys(link, code, caller(request).address)


def _shown(request: StaffRequest, shown: links.Shown, *, sentence: str = "") -> HttpResponse:
    form = forms.Answer(may_say=shown.may_say, version=shown.version, at=request.at)
    page = {"page": shown, "form": form, "keys": _keys(request), "sentence": sentence}
    return render(request, ANSWER, page)


def _asked(request: HttpRequest, *, link: str = "", sentence: str = "", typed: str = "") -> HttpResponse:
    page = {"link": link or str(request.POST.get("link", ""))[:100], "sentence": sentence, "typed": typed}
    return render(request, "answering/start.html", page, status=422 if sentence else 200)
