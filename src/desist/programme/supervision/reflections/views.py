"""The pages of the reflective log."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.supervision.reflections import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def log(request: StaffRequest) -> HttpResponse:
    """Show one's own log, or what was shared with a supervisor."""
    page = queries.log(actor=request.actor, at=request.at)
    return render(request, "programme/reflections/log.html", {"page": page})


@require_safe
def entry(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one entry."""
    page = queries.entry(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/reflections/entry.html", {"page": page})


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest) -> HttpResponse:
    """Write an entry."""
    form = forms.Entry(request.POST or None, at=request.at)
    return ask(
        request,
        "programme/reflections/write.html",
        form,
        do=lambda: commands.write(
            actor=request.actor, submission=form.submission, at=request.at, **form.cleaned_data
        ),
        done="The entry is saved. Only you can read it.",
        then=lambda made: redirect("reflections:entry", made),
        page={},
    )


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Change an entry that is private."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Entry(
        request.POST or None, at=request.at, on=page.on, words=page.words, version=page.version
    )
    return ask(
        request,
        "programme/reflections/change.html",
        form,
        do=lambda: commands.change(
            actor=request.actor, ref=ref, version=form.version, at=request.at, **form.cleaned_data
        ),
        done="The entry is changed.",
        then=lambda _: redirect("reflections:entry", ref),
        page={"page": page},
    )


@require_POST
def share(request: StaffRequest, ref: str) -> HttpResponse:
    """Share an entry with one's supervisor."""
    return press(
        request,
        do=lambda: commands.share(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("reflections:entry", ref),
        done="The entry is shared with your supervisor.",
    )
