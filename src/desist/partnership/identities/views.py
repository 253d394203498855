"""The pages about the right to know."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.identities import commands, forms, queries
from desist.ui import tables
from desist.ui.asking import ask
from desist.ui.dates import day_of
from desist.wall.requests import StaffRequest

FOLDER = "partnership/identities"


@require_safe
def decisions(request: StaffRequest) -> HttpResponse:
    """Every decision of the area."""
    rows, paging = queries.decisions(
        actor=request.actor, cursor=tables.Cursor.read(request.GET), at=request.at
    )
    return render(request, f"{FOLDER}/decisions.html", {"rows": rows, "paging": paging})


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest) -> HttpResponse:
    """Record a decision."""
    form = forms.Decide(request.POST or None).until(day_of(request.at), "plan_on")
    return ask(
        request,
        f"{FOLDER}/decide.html",
        form,
        do=lambda: commands.decide(
            actor=request.actor,
            entry=commands.Entry(**form.cleaned_data),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("identities:decisions"),
        page={},
    )


@require_http_methods(["GET", "POST"])
def told(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that the victim was told."""
    page = queries.decision(actor=request.actor, ref=ref, at=request.at)
    form = forms.Told(request.POST or None, version=page.version).until(day_of(request.at), "on")
    return ask(
        request,
        f"{FOLDER}/told.html",
        form,
        do=lambda: commands.told(
            actor=request.actor, ref=ref, version=form.version, at=request.at, **form.cleaned_data
        ),
        then=lambda _: redirect("identities:decisions"),
        page={"page": page},
    )
