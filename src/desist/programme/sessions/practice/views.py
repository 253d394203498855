"""The pages of the practice log: what was tried and whether it helped."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.sessions.practice import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def log(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's practice, and what helped by skill."""
    page = queries.log(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/practice/log.html", {"page": page})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Type in one line of the sheet."""
    page = queries.to_type(actor=request.actor, episode=ref, at=request.at)
    form = forms.Practice(request.POST or None, at=request.at)
    return ask(
        request,
        "programme/practice/add.html",
        form,
        do=lambda: commands.add(
            actor=request.actor,
            episode=ref,
            tried=form.tried(),
            submission=form.submission,
            at=request.at,
        ),
        done="The line is in the practice log. Type the next one, or go back.",
        then=lambda _: redirect(
            "practice:add" if request.POST.get("next") == "more" else "practice:log", ref
        ),
        page={"page": page},
    )


@require_POST
def strike(request: StaffRequest, ref: str, line: str) -> HttpResponse:
    """Mark a line as entered in error."""
    return press(
        request,
        do=lambda: commands.strike(actor=request.actor, episode=ref, ref=line, at=request.at),
        then=lambda _: redirect("practice:log", ref),
        done="The line is marked as entered in error.",
    )
