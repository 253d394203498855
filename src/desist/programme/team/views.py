"""The pages of the team, and of one's own declared links."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.team import commands, forms, queries
from desist.wall.requests import StaffRequest


@require_safe
def team(request: StaffRequest) -> HttpResponse:
    """Who works here, how full they are, and what keeps them from taking anybody."""
    rows = queries.team(actor=request.actor, at=request.at)
    return render(request, "programme/team/team.html", {"rows": rows})


@require_safe
def practitioner(request: StaffRequest, ref: str) -> HttpResponse:
    """One practitioner."""
    page = queries.practitioner(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/team/practitioner.html", {"page": page})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """List somebody who holds the role."""
    accounts = queries.unlisted(actor=request.actor)
    form = forms.Practitioner(request.POST or None, at=request.at, accounts=accounts)
    if form.is_valid():
        account = form.cleaned_data["account"]
        try:
            commands.add(actor=request.actor, account=account, facts=form.facts(), at=request.at)
        except commands.NotAPractitioner:
            form.keep("Not saved: this person is listed by now, or no longer holds the role")
        else:
            messages.success(request, "Listed.")
            return redirect("team:practitioner", account)
    context = {"form": form, "accounts": accounts}
    return render(request, "programme/team/add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Say anew what is known of a practitioner."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Practitioner(request.POST or None, at=request.at, page=page)
    if form.is_valid():
        try:
            commands.change(
                actor=request.actor, ref=ref, facts=form.facts(), version=form.version, at=request.at
            )
        except commands.ChangedMeanwhile:
            form.keep(
                f"Not saved: somebody changed {page.name} since you opened this page. Look at it, then save again"
            )
            form.version = page.version
        else:
            messages.success(request, "Saved.")
            return redirect("team:practitioner", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/team/change.html", context, status=422 if form.errors else 200)


@require_safe
def links(request: StaffRequest) -> HttpResponse:
    """One's own declared links."""
    rows = queries.own_links(actor=request.actor, at=request.at)
    return render(request, "programme/team/links.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def declare(request: StaffRequest) -> HttpResponse:
    """Declare a link to a person."""
    form = forms.Declaration(request.POST or None)
    if form.is_valid():
        commands.declare(
            actor=request.actor, declared=form.declared(), submission=form.submission, at=request.at
        )
        messages.success(
            request, "Declared. Whoever allocates is told that there is a link, and nothing more."
        )
        return redirect("team:links")
    context = {"form": form}
    return render(request, "programme/team/declare.html", context, status=422 if form.errors else 200)


@require_POST
def end_link(request: StaffRequest, ref: str) -> HttpResponse:
    """A link that was declared no longer stands."""
    commands.end_declaration(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "The link no longer stands.")
    return redirect("team:links")
