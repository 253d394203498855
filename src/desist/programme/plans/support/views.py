"""The pages of partner agencies and of the support that people get from them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.plans.support import commands, forms, queries
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest


@require_safe
def directory(request: StaffRequest) -> HttpResponse:
    """The agencies of the area."""
    page = queries.directory(actor=request.actor, at=request.at)
    return render(request, "programme/support/directory.html", {"page": page})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """List an agency."""
    form = forms.Agency(request.POST or None)
    if form.is_valid():
        try:
            commands.list_agency(actor=request.actor, listing=form.listing(), at=request.at)
        except commands.AlreadyListed:
            form.add_error("name", "An agency with this name is already on the list")
        else:
            return redirect("support:directory")
    return render(request, "programme/support/add.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """Take an agency off the list."""
    page = queries.agency(actor=request.actor, ref=ref, at=request.at)
    form = forms.End(request.POST or None)
    if form.is_valid():
        try:
            commands.end_agency(actor=request.actor, ref=ref, at=request.at)
        except commands.AlreadyEnded:
            form.keep("This agency has already been removed from the list")
        else:
            return redirect("support:directory")
    context = {"page": page, "form": form}
    return render(request, "programme/support/end.html", context, status=422 if form.errors else 200)


@require_safe
def support(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's support."""
    page = queries.support(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/support/support.html", {"page": page})


@require_http_methods(["GET", "POST"])
def refer(request: StaffRequest, ref: str) -> HttpResponse:
    """Refer a person to an agency."""
    page = queries.to_refer(actor=request.actor, episode=ref, at=request.at)
    form = forms.Referral(request.POST or None, agencies=page.agencies, at=request.at)
    if form.is_valid():
        try:
            commands.refer(
                actor=request.actor,
                episode=ref,
                referred=form.referred(),
                submission=form.submission,
                at=request.at,
            )
        except Unclear as unclear:
            form.refuse(unclear)
        except commands.NotListed:
            form.keep("Not saved: this agency has since been removed from the list")
        else:
            return redirect("support:support", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/support/refer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def outcome(request: StaffRequest, ref: str) -> HttpResponse:
    """Record what came of it."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    form = forms.Outcome(request.POST or None, states=page.states, version=page.version, at=request.at)
    if form.is_valid():
        try:
            commands.settle(
                actor=request.actor, ref=ref, outcome=form.settled(), version=form.version, at=request.at
            )
        except commands.CannotFollow:
            form.keep(f"Not saved: by now this referral is: {page.row.state}")
            form.version = page.version
        else:
            return redirect("support:support", page.episode)
    context = {"page": page, "form": form}
    return render(request, "programme/support/outcome.html", context, status=422 if form.errors else 200)
