"""The administrator's pages of accounts that look like one person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.accounts.likeness import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def tell_apart(request: StaffRequest, ref: str, other: str) -> HttpResponse:
    """Say that two accounts are two people."""
    page = queries.both(actor=request.actor, one=ref, other=other, at=request.at)
    form = forms.Apart(request.POST or None)
    return ask(
        request,
        "accounts/likeness/apart.html",
        form,
        do=lambda: commands.ask(
            actor=request.actor, one=ref, other=other, reason=form.cleaned_data["reason"], at=request.at
        ),
        done="Saved. They count as two people once another administrator confirms it.",
        then=lambda _: redirect("accounts:people"),
        page={"page": page},
    )


@require_POST
def confirm_apart(request: StaffRequest, ref: str) -> HttpResponse:
    """Confirm that two accounts are two people."""
    return press(
        request,
        do=lambda: commands.confirm(actor=request.actor, ref=ref, at=request.at),
        done="Confirmed: from now on they count as two people.",
        then=lambda _: redirect("accounts:people"),
    )


@require_POST
def end_apart(request: StaffRequest, ref: str) -> HttpResponse:
    """Count two accounts as one person again."""
    commands.end(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "They count as one person again.")
    return redirect("accounts:people")
