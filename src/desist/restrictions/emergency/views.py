"""The page that opens a case in an emergency."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.restrictions.emergency import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def emergency(request: StaffRequest) -> HttpResponse:
    """Open one case for an hour, for reading."""
    form = forms.Emergency(request.POST or None)

    def then(case: str) -> HttpResponse:
        messages.warning(request, "You can read this case for one hour. Everything you open is recorded.")
        route, ref = queries.page_of(case=case)
        return redirect(route, ref)

    return ask(
        request,
        "restrictions/emergency/emergency.html",
        form,
        do=lambda: commands.open_(
            actor=request.actor,
            typed=form.cleaned_data["case"],
            reason=form.cleaned_data["reason"],
            at=request.at,
        ),
        then=then,
        page={"page": queries.current(actor=request.actor, at=request.at)},
    )


@require_POST
def end(request: StaffRequest) -> HttpResponse:
    """End the access before the hour is over."""
    commands.end(actor=request.actor, at=request.at)
    messages.success(request, "The emergency access has ended.")
    return redirect("restrictions:emergency")
