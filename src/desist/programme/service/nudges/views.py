"""The pages about e-mails: one's own choices, and for an administrator what could not be sent."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.service.nudges import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def own(request: StaffRequest) -> HttpResponse:
    """Choose which e-mails one gets, and see the last ones."""
    page = queries.own(actor=request.actor, at=request.at)
    data = request.POST if request.method == "POST" else None
    form = forms.Choice(data, kinds=page.kinds, wanted=page.wanted)
    return ask(
        request,
        "programme/nudges/own.html",
        form,
        do=lambda: commands.choose(actor=request.actor, wanted=form.cleaned_data["wanted"], at=request.at),
        done="Your choice has been saved.",
        then=lambda _: redirect("nudges:own"),
        page={"page": page},
    )


@require_safe
def failing(request: StaffRequest) -> HttpResponse:
    """E-mails that could not be sent."""
    rows = queries.failing(actor=request.actor, at=request.at)
    return render(request, "programme/nudges/failing.html", {"rows": rows})
