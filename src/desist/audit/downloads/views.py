"""The pages of files with names: one person asks, a second releases, and the first takes it, sealed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts import mail
from desist.audit.downloads import commands, forms, queries
from desist.ui import asking
from desist.ui.email import Kind
from desist.wall.requests import StaffRequest


@require_safe
def downloads(request: StaffRequest) -> HttpResponse:
    """Show the requested files, and those that wait for the actor."""
    page = queries.downloads(actor=request.actor, at=request.at)
    return render(request, "audit/downloads/downloads.html", {"page": page})


def ask(request: StaffRequest, *, kind: str, title: str, criteria: dict[str, Any]) -> HttpResponse:
    """Ask for a file with names; the kind's own view has checked that the actor may ask."""
    form = forms.Ask(request.POST or None)
    releasers = queries.releasers(actor=request.actor)

    def then(first: bool) -> HttpResponse:  # noqa: FBT001 -- the command's answer
        for recipient in releasers if first else ():
            mail.tell(to=recipient, kind=Kind.WAITING, link=f"{mail.origin()}/", at=request.at)
        messages.success(request, "A second person has been asked to release the file.")
        return redirect("downloads:downloads")

    return asking.ask(
        request,
        "audit/downloads/ask.html",
        form,
        do=lambda: commands.ask(
            actor=request.actor,
            wish=commands.Wish(kind, title, criteria, form.cleaned_data["why"]),
            submission=form.submission,
            at=request.at,
        ),
        then=then,
        page={"title_of_file": title, "nobody_else": not releasers},
    )


@require_POST
def decide(request: StaffRequest, ref: str) -> HttpResponse:
    """Release a file, or refuse it."""
    release = request.POST.get("answer") == "release"
    return asking.press(
        request,
        do=lambda: commands.decide(actor=request.actor, ref=ref, release=release, at=request.at),
        done="The person who asked for the file can download it for 24 hours." if release else "Refused.",
        then=lambda _: redirect("downloads:downloads"),
    )


@require_http_methods(["GET", "POST"])
def take(request: StaffRequest, ref: str) -> HttpResponse:
    """Take the passphrase and send the file."""
    form = forms.Take(request.POST or None)

    def then(taken: tuple[str, bytes]) -> HttpResponse:
        name, content = taken
        answer = HttpResponse(content, content_type="application/octet-stream")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    return asking.ask(
        request,
        "audit/downloads/take.html",
        form,
        do=lambda: commands.take(
            actor=request.actor, ref=ref, passphrase=form.cleaned_data["passphrase"], at=request.at
        ),
        then=then,
        page={"page": queries.to_take(actor=request.actor, ref=ref, at=request.at)},
    )
