"""The pages of grants."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.commission.grants import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def grants(request: StaffRequest) -> HttpResponse:
    """Show the grants of the area."""
    page = queries.grants(actor=request.actor, at=request.at)
    return render(request, "commission/grants/grants.html", {"page": page})


@require_http_methods(["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """Enter a grant."""
    form = forms.Grant(request.POST or None)
    services = queries.services(actor=request.actor)
    form.offer("service", services)
    return ask(
        request,
        "commission/grants/enter.html",
        form,
        do=lambda: commands.enter(
            actor=request.actor, submission=form.submission, at=request.at, **form.cleaned_data
        ),
        then=lambda _: redirect("grants:grants"),
        page={"services": services},
        done="The grant is in the table, and counts in the cost of its service.",
    )


@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Remove a grant that was wrong."""
    return press(
        request,
        do=lambda: commands.remove(actor=request.actor, ref=ref, at=request.at),
        done="The grant has been removed, and counts in no cost.",
        then=lambda _: redirect("grants:grants"),
    )
