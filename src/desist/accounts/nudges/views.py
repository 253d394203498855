"""The pages about e-mails: one's own choices, and for an administrator what could not be sent."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.accounts.nudges import commands, forms, queries
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
        "accounts/nudges/own.html",
        form,
        do=lambda: commands.choose(actor=request.actor, wanted=form.cleaned_data["wanted"], at=request.at),
        done="Your choice has been saved.",
        then=lambda _: redirect("accounts:emails"),
        page={"page": page},
    )


@require_safe
def failing(request: StaffRequest) -> HttpResponse:
    """The e-mails that wait, and those that could not be sent."""
    page = queries.failing(actor=request.actor, at=request.at)
    return render(request, "accounts/nudges/failing.html", {"page": page})
