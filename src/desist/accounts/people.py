"""The administrator's pages: who has an account, in which roles, and who left."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts import commands, forms, queries
from desist.accounts.alerts import queries as alerts
from desist.accounts.invitations import queries as invitations
from desist.accounts.provider import queries as provider
from desist.wall.requests import StaffRequest


@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """Every account of the site."""
    page = queries.people(actor=request.actor, at=request.at)
    waiting = alerts.waiting(actor=request.actor, at=request.at)
    return render(request, "accounts/people.html", {"page": page, "alerts": waiting})


@require_safe
def person(request: StaffRequest, ref: str) -> HttpResponse:
    """One account and its roles."""
    page = queries.person(actor=request.actor, ref=ref, at=request.at)
    sent = invitations.sent(account=ref, at=request.at)
    joined = invitations.has_joined(account=ref)
    context = {"page": page, "sent": sent, "joined": joined, "provider": provider.configured()}
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "POST"])
def give_role(request: StaffRequest, ref: str) -> HttpResponse:
    """Give somebody else a role."""
    page = queries.person(actor=request.actor, ref=ref, at=request.at)
    form = forms.GiveRole(request.POST or None, roles=queries.roles_here(), areas=queries.areas())
    if form.is_valid():
        chosen = {"role": form.cleaned_data["role"], "area": form.cleaned_data["area"]}
        try:
            commands.give_role(actor=request.actor, ref=ref, at=request.at, **chosen)
        except commands.AlreadyHeld:
            form.keep(f"{page.name} already holds this role in this area")
        except commands.HasLeft:
            form.keep(f"{page.name} has left, so no role can be given")
        else:
            messages.success(request, "The role was given.")
            return redirect("accounts:person", ref)
    context = {"page": page, "form": form}
    return render(request, "accounts/give_role.html", context, status=422 if form.errors else 200)


@require_POST
def end_role(request: StaffRequest, ref: str, grant: str) -> HttpResponse:
    """End somebody else's role."""
    try:
        commands.end_role(actor=request.actor, ref=grant, at=request.at)
    except commands.AlreadyEnded:
        messages.warning(request, "Somebody else ended that role before you.")
    else:
        messages.success(request, "The role was ended, and every session that used it.")
    return redirect("accounts:person", ref)


@require_http_methods(["GET", "POST"])
def leave(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that somebody left, after asking once."""
    page = queries.person(actor=request.actor, ref=ref, at=request.at)
    form = forms.Confirm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            commands.record_leaver(actor=request.actor, ref=ref, at=request.at)
        except commands.HasLeft:
            messages.warning(request, "Somebody else recorded this before you.")
        else:
            messages.success(request, f"{page.name} has left. Their roles and sessions have ended.")
        return redirect("accounts:person", ref)
    return render(request, "accounts/leave.html", {"page": page, "form": form})
