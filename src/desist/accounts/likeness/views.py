"""The administrator's pages of accounts that look like one person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from desist.accounts.likeness import commands, forms, queries
from desist.wall.requests import StaffRequest

NOT_YOURS = "Another administrator has to do this: you are one of these people, or asked for it yourself"
ANSWERED = "Another administrator did this first, or ended it. Read the list again"


@require_http_methods(["GET", "POST"])
def tell_apart(request: StaffRequest, ref: str, other: str) -> HttpResponse:
    """Say that two accounts are two people."""
    page = queries.both(actor=request.actor, one=ref, other=other, at=request.at)
    form = forms.Apart(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            commands.ask(actor=request.actor, one=ref, other=other, reason=reason, at=request.at)
        except commands.NotYours:
            form.keep(NOT_YOURS)
        except commands.AlreadyAsked:
            form.keep(ANSWERED)
        else:
            messages.success(
                request, "Saved. They count as two people once another administrator confirms it."
            )
            return redirect("accounts:people")
    context = {"page": page, "form": form}
    return render(request, "accounts/likeness/apart.html", context, status=422 if form.errors else 200)


@require_POST
def confirm_apart(request: StaffRequest, ref: str) -> HttpResponse:
    """Confirm that two accounts are two people."""
    try:
        commands.confirm(actor=request.actor, ref=ref, at=request.at)
    except commands.NotYours:
        messages.warning(request, f"Not confirmed. {NOT_YOURS}.")
    except commands.AlreadyAsked:
        messages.warning(request, f"Not confirmed. {ANSWERED}.")
    else:
        messages.success(request, "Confirmed: from now on they count as two people.")
    return redirect("accounts:people")


@require_POST
def end_apart(request: StaffRequest, ref: str) -> HttpResponse:
    """Count two accounts as one person again."""
    commands.end(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "They count as one person again.")
    return redirect("accounts:people")
