"""The page of one's declarations, with those of the team for who leads it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.declarations import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest

KEPT = "Declared. The case, if there is one, is kept from you from now on."
NOTHING = "Declared. You are asked again in a year."


@require_http_methods(["GET", "POST"])
def declarations(request: StaffRequest) -> HttpResponse:
    """Show what the actor declared, and declare."""
    form = forms.Declare(request.POST or None)
    return ask(
        request,
        "declarations/declarations.html",
        form,
        do=lambda: commands.declare(
            actor=request.actor, case=form.cleaned_data["case"], submission=form.submission, at=request.at
        ),
        done=KEPT if request.POST.get("answer") == forms.KNOWS else NOTHING,
        then=lambda _: redirect("declarations:declarations"),
        page={"page": queries.page(actor=request.actor, at=request.at)},
    )


@require_POST
def check(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that the actor checked who works with a colleague's case."""
    return press(
        request,
        do=lambda: commands.check(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("declarations:declarations"),
        done="Checked",
    )
