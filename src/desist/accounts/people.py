"""The administrator's pages of people: every account, its roles, and the people who left."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts import commands, forms, queries
from desist.accounts.alerts import queries as alerts
from desist.accounts.beginning import queries as beginning
from desist.accounts.invitations import queries as invitations
from desist.accounts.mailing import queries as mailing
from desist.accounts.provider import queries as provider
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """Every account of the site."""
    page = queries.people(actor=request.actor, at=request.at)
    waiting = alerts.waiting(actor=request.actor, at=request.at)
    troubles = import_string(settings.DESIST_TROUBLES)(actor=request.actor, at=request.at)
    emails = mailing.stuck()
    missing = beginning.before_you_begin()
    context = {"page": page, "alerts": waiting, "troubles": troubles, "emails": emails, "missing": missing}
    return render(request, "accounts/people.html", {**context, "texts": mailing.texts()})


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
    """Give another person a role."""
    page = queries.person(actor=request.actor, ref=ref, at=request.at)
    form = forms.GiveRole(request.POST or None, roles=queries.roles_here(), areas=queries.areas())
    return ask(
        request,
        "accounts/give_role.html",
        form,
        do=lambda: commands.give_role(
            actor=request.actor,
            ref=ref,
            role=form.cleaned_data["role"],
            area=form.cleaned_data["area"],
            at=request.at,
        ),
        done="The role was given.",
        then=lambda _: redirect("accounts:person", ref),
        page={"page": page},
    )


@require_POST
def end_role(request: StaffRequest, ref: str, grant: str) -> HttpResponse:
    """End another person's role."""
    return press(
        request,
        do=lambda: commands.end_role(actor=request.actor, ref=grant, at=request.at),
        done="The role was ended, and every session that used it.",
        then=lambda _: redirect("accounts:person", ref),
    )


@require_http_methods(["GET", "POST"])
def leave(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that a person left, after asking once."""
    page = queries.person(actor=request.actor, ref=ref, at=request.at)
    if request.method == "GET":
        return render(request, "accounts/leave.html", {"page": page, "form": forms.Confirm()})
    return press(
        request,
        do=lambda: commands.record_leaver(actor=request.actor, ref=ref, at=request.at),
        done=f"{page.name} has left. Their roles and sessions have ended.",
        then=lambda _: redirect("accounts:person", ref),
    )
