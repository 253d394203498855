"""The pages of the team, and of one's own declared links."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.team import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def team(request: StaffRequest) -> HttpResponse:
    """Who works here, how full they are, and what keeps them from taking a person."""
    page = queries.team(actor=request.actor, at=request.at)
    return render(request, "programme/team/team.html", {"page": page})


@require_safe
def practitioner(request: StaffRequest, ref: str) -> HttpResponse:
    """One practitioner."""
    page = queries.practitioner(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/team/practitioner.html", {"page": page})


@require_safe
def links(request: StaffRequest) -> HttpResponse:
    """One's own declared links."""
    rows = queries.own_links(actor=request.actor, at=request.at)
    return render(request, "programme/team/links.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def declare(request: StaffRequest) -> HttpResponse:
    """Declare a link to a person."""
    form = forms.Declaration(request.POST or None)

    def leave(_: None) -> HttpResponse:
        messages.success(request, "Declared. The person who allocates is told only that there is a link.")
        return redirect("team:links")

    return ask(
        request,
        "programme/team/declare.html",
        form,
        do=lambda: commands.declare(
            actor=request.actor, declared=form.declared(), submission=form.submission, at=request.at
        ),
        then=leave,
        page={},
    )


@require_POST
def end_link(request: StaffRequest, ref: str) -> HttpResponse:
    """A link that was declared no longer stands."""
    commands.end_declaration(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "The link has ended.")
    return redirect("team:links")
