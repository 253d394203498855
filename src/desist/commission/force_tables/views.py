"""The pages of published tables."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.commission.force_tables import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def tables(request: StaffRequest) -> HttpResponse:
    """Show the published tables that were pasted."""
    page = queries.tables(actor=request.actor, at=request.at)
    return render(request, "commission/force_tables/tables.html", {"page": page})


@require_http_methods(["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """Paste a published table."""
    form = forms.ForceTable(request.POST or None)
    return ask(
        request,
        "commission/force_tables/enter.html",
        form,
        do=lambda: commands.enter(
            actor=request.actor, submission=form.submission, at=request.at, **form.cleaned_data
        ),
        then=lambda _: redirect("force_tables:tables"),
        page={},
        done="The table is kept, and stands on the need sheets of its areas.",
    )


@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Remove a table that was wrong."""
    return press(
        request,
        do=lambda: commands.remove(actor=request.actor, ref=ref, at=request.at),
        done="The table has been removed, and stands on no need sheet.",
        then=lambda _: redirect("force_tables:tables"),
    )
