"""The pages of files with names: one person asks, a second releases, and the first takes it, sealed."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts import mail
from desist.audit.downloads import commands, forms, queries
from desist.ui.email import Kind
from desist.wall.requests import StaffRequest

LATE = "Another person decided about this file first, or it has waited for too long."
GONE = "This file is gone: it was not released, or its 24 hours are over. Ask for it again"


@require_safe
def downloads(request: StaffRequest) -> HttpResponse:
    """The files that were asked for, and those that wait for the signed-in person."""
    page = queries.downloads(actor=request.actor, at=request.at)
    return render(request, "audit/downloads/downloads.html", {"page": page})


def ask(request: StaffRequest, *, kind: str, title: str, criteria: dict[str, Any]) -> HttpResponse:
    """The page on which any file with names is asked for; its own view has looked whether it may be."""
    form = forms.Ask(request.POST or None)
    if form.is_valid():
        wish = commands.Wish(kind, title, criteria, form.cleaned_data["why"])
        with suppress(commands.AlreadyAsked):  # the first of two clicks did it
            commands.ask(actor=request.actor, wish=wish, submission=form.submission, at=request.at)
            for recipient in queries.releasers(actor=request.actor):
                mail.tell(to=recipient, kind=Kind.WAITING, link=f"{mail.origin()}/")
        messages.success(request, "A second person has been asked to release the file.")
        return redirect("downloads:downloads")
    context = {
        "form": form,
        "title_of_file": title,
        "nobody_else": not queries.releasers(actor=request.actor),
    }
    return render(request, "audit/downloads/ask.html", context, status=422 if form.errors else 200)


@require_POST
def decide(request: StaffRequest, ref: str) -> HttpResponse:
    """Release a file, or refuse it."""
    release = request.POST.get("answer") == "release"
    try:
        commands.decide(actor=request.actor, ref=ref, release=release, at=request.at)
    except commands.AlreadyDecided:
        messages.warning(request, LATE)
    else:
        done = "The file can be downloaded for 24 hours by whoever asked for it." if release else "Refused."
        messages.success(request, done)
    return redirect("downloads:downloads")


@require_http_methods(["GET", "POST"])
def take(request: StaffRequest, ref: str) -> HttpResponse:
    """Say the passphrase and take the file."""
    form = forms.Take(request.POST or None)
    if form.is_valid():
        passphrase = form.cleaned_data["passphrase"]
        try:
            name, content = commands.take(actor=request.actor, ref=ref, passphrase=passphrase, at=request.at)
        except commands.Gone:
            form.add_error(None, GONE)
        except commands.CannotMake as why:
            form.keep(str(why))
        else:
            answer = HttpResponse(content, content_type="application/octet-stream")
            answer["Content-Disposition"] = f'attachment; filename="{name}"'
            return answer
    page = queries.to_take(actor=request.actor, ref=ref, at=request.at)
    context = {"form": form, "page": page}
    return render(request, "audit/downloads/take.html", context, status=422 if form.errors else 200)
