"""The administrator's pages of invitations: inviting, inviting again, cancelling, and resetting what somebody signs in with."""

import json
from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts import queries as account_queries
from desist.accounts import sessions
from desist.accounts.callers import host
from desist.accounts.commands import HasLeft
from desist.accounts.factors.views import after_confirming
from desist.accounts.invitations import commands, forms
from desist.accounts.invitations.commands import Handover
from desist.wall.requests import StaffRequest

LINK = "link"


@require_http_methods(["GET", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    """Invite somebody who has no account here."""
    form = forms.Invite(
        request.POST or None, roles=account_queries.roles_here(), areas=account_queries.areas()
    )
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("name", "email", "role", "area")}
        try:
            made = commands.invite(actor=request.actor, host=host(request), at=request.at, **asked)
        except commands.AlreadyInvited:
            form.keep("Somebody with this e-mail address has an account here: find them under Accounts")
        else:
            return _show(request, made)
    page = {"form": form}
    return render(request, "accounts/invitations/invite.html", page, status=422 if form.errors else 200)


@require_safe
def link(request: StaffRequest, ref: str) -> HttpResponse:
    """The link that was just made, shown once for handing over."""
    page = account_queries.person(actor=request.actor, ref=ref, at=request.at)
    kept = json.loads(sessions.kept(request, name=LINK) or "{}")
    if kept.get("account") != ref:
        kept = {}
    sessions.forget(request, name=LINK)
    return render(request, "accounts/invitations/link.html", {"page": page, "made": kept})


@require_POST
def invite_again(request: StaffRequest, ref: str) -> HttpResponse:
    """Make a new link for somebody who has not joined; the older one ends."""
    try:
        made = commands.invite_again(actor=request.actor, ref=ref, host=host(request), at=request.at)
    except (commands.AlreadyJoined, HasLeft):
        messages.warning(request, "They have since joined, or left. No link was made.")
        return redirect("accounts:person", ref)
    return _show(request, made)


@require_POST
def cancel_invitation(request: StaffRequest, ref: str, invitation: str) -> HttpResponse:
    """Make a link useless."""
    try:
        commands.cancel(actor=request.actor, ref=invitation, at=request.at)
    except commands.AlreadyEnded:
        messages.warning(request, "That link was used or cancelled before.")
    else:
        messages.success(request, "The link was cancelled: it opens nothing now.")
    return redirect("accounts:person", ref)


@require_http_methods(["GET", "POST"])
@after_confirming
def reset(request: StaffRequest, ref: str) -> HttpResponse:
    """Take away what somebody signs in with, with a reason, and make them a new link."""
    page = account_queries.person(actor=request.actor, ref=ref, at=request.at)
    form = forms.Reset(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            made = commands.reset(
                actor=request.actor, ref=ref, reason=reason, host=host(request), at=request.at
            )
        except HasLeft:
            form.keep(f"{page.name} has left, so there is nothing to reset")
        else:
            return _show(request, made)
    context = {"page": page, "form": form}
    return render(request, "accounts/invitations/reset.html", context, status=422 if form.errors else 200)


def _show(request: StaffRequest, made: Handover) -> HttpResponse:
    sessions.keep(request, name=LINK, text=json.dumps(asdict(made)))
    return redirect("accounts:link", made.account)
