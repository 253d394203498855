"""The page by which the police ask a programme to ring them."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.partnership.switchboard import commands, forms, queries
from desist.ui import asking
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask the programme to ring."""
    page = queries.asking(actor=request.actor, ref=ref, at=request.at)
    initial = {"contact": page.duty[0].number if page.duty else ""}
    form = forms.Ask(request.POST or None, initial=initial)
    return asking.ask(
        request,
        "partnership/switchboard/ask.html",
        form,
        do=lambda: commands.ask_programme(
            actor=request.actor, ref=ref, contact=form.cleaned_data["contact"], at=request.at
        ),
        done="The programme has been asked to ring. See under Alerts who acknowledged it.",
        then=lambda _: redirect("alerts:alerts"),
        page={"page": page},
    )
