"""The administrator's pages of invitations: inviting, inviting again, cancelling, and resetting factors."""

import json
from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts import queries as account_queries
from desist.accounts import sessions
from desist.accounts.callers import host
from desist.accounts.factors.views import after_confirming
from desist.accounts.invitations import commands, forms
from desist.accounts.invitations.commands import Handover
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest

LINK = "link"


@require_http_methods(["GET", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    """Invite a person who has no account on this site."""
    form = forms.Invite(
        request.POST or None, roles=account_queries.roles_here(), areas=account_queries.areas()
    )
    return ask(
        request,
        "accounts/invitations/invite.html",
        form,
        do=lambda: commands.invite(
            actor=request.actor,
            host=host(request),
            at=request.at,
            **{name: form.cleaned_data[name] for name in ("name", "email", "role", "area")},
        ),
        then=lambda made: _show(request, made),
        page={},
    )


@require_safe
def link(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the new link once, for handing over."""
    page = account_queries.person(actor=request.actor, ref=ref, at=request.at)
    kept = json.loads(sessions.kept(request, name=LINK) or "{}")
    if kept.get("account") != ref:
        kept = {}
    sessions.forget(request, name=LINK)
    return render(request, "accounts/invitations/link.html", {"page": page, "made": kept})


@require_POST
def invite_again(request: StaffRequest, ref: str) -> HttpResponse:
    """Make a new link for a person who has not joined; the older one ends."""
    return press(
        request,
        do=lambda: commands.invite_again(actor=request.actor, ref=ref, host=host(request), at=request.at),
        then=lambda made: _show(request, made) if made else redirect("accounts:person", ref),
    )


@require_POST
def cancel_invitation(request: StaffRequest, ref: str, invitation: str) -> HttpResponse:
    """Cancel a link."""
    return press(
        request,
        do=lambda: commands.cancel(actor=request.actor, ref=invitation, at=request.at),
        done="The link was cancelled: it opens nothing now.",
        then=lambda _: redirect("accounts:person", ref),
    )


@require_http_methods(["GET", "POST"])
@after_confirming
def reset(request: StaffRequest, ref: str) -> HttpResponse:
    """Delete a person's factors, with a reason, and make them a new link."""
    page = account_queries.person(actor=request.actor, ref=ref, at=request.at)
    form = forms.Reset(request.POST or None)
    return ask(
        request,
        "accounts/invitations/reset.html",
        form,
        do=lambda: commands.reset(
            actor=request.actor,
            ref=ref,
            reason=form.cleaned_data["reason"],
            host=host(request),
            at=request.at,
        ),
        then=lambda made: _show(request, made),
        page={"page": page},
    )


def _show(request: StaffRequest, made: Handover) -> HttpResponse:
    if made.link:
        sessions.keep(request, name=LINK, text=json.dumps(asdict(made)))
    return redirect("accounts:link", made.account)
