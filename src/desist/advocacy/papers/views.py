"""The pages about papers."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.papers import commands, drawing, forms, queries
from desist.advocacy.papers.states import Kind
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

MADE = "It is made and stands first in the list below: open it there."


@require_http_methods(["GET", "POST"])
def log(request: StaffRequest, ref: str) -> HttpResponse:
    """Make the log of a client for a statement or an application."""
    found = queries.log(actor=request.actor, ref=ref, at=request.at)
    form = forms.Log(request.POST or None, initial={"format": "pdf", "places": False})
    for day in ("since", "until"):
        form.limit(day, latest=request.at)
    return ask(
        request,
        "advocacy/papers/log.html",
        form,
        do=lambda: commands.make_log(
            actor=request.actor,
            ref=ref,
            order=form.order(),
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("papers:log", ref),
        page={"page": found.victim, "found": found},
        done=MADE,
    )


@require_http_methods(["GET", "POST"])
def theirs(request: StaffRequest, ref: str) -> HttpResponse:
    """Make a paper for the client to keep."""
    found = queries.theirs(actor=request.actor, ref=ref, at=request.at)
    form = forms.Theirs(request.POST or None)
    return ask(
        request,
        "advocacy/papers/theirs.html",
        form,
        do=lambda: commands.make_theirs(
            actor=request.actor,
            ref=ref,
            kind=Kind(form.cleaned_data["kind"]),
            large=form.cleaned_data["large"],
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("papers:theirs", ref),
        page={"page": found.victim, "found": found},
        done=MADE,
    )


@require_safe
def fetch(request: StaffRequest, ref: str) -> HttpResponse:
    """Hand over one paper as a file with a neutral name."""
    one = queries.fetch(actor=request.actor, ref=ref, at=request.at)
    file = drawing.draw(contents=one.contents, format=one.format, large=one.large, foot=one.foot)
    response = HttpResponse(file.content, content_type=file.kind)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "no-store"
    return response
