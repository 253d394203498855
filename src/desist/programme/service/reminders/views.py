"""The pages of reminders."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.service.reminders import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def reminders(request: StaffRequest, ref: str) -> HttpResponse:
    """Show what the person chose, and what was sent."""
    page = queries.reminders(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/reminders/reminders.html", {"page": page})


@require_http_methods(["GET", "POST"])
def choose(request: StaffRequest, ref: str) -> HttpResponse:
    """Record what the person chose."""
    page = queries.to_choose(actor=request.actor, episode=ref, at=request.at)
    form = forms.Choice(
        request.POST or None,
        at=request.at,
        version=page.version,
        by=page.by,
        address=page.address,
        words=page.code,
        texts=settings.DESIST_TEXTS is not None,
    )
    return ask(
        request,
        "programme/reminders/choose.html",
        form,
        do=lambda: commands.choose(
            actor=request.actor,
            episode=ref,
            chosen=form.chosen(),
            version=form.version,
            at=request.at,
        ),
        done="Saved. A reminder goes out on the day before each meeting.",
        then=lambda _: redirect("reminders:reminders", ref),
        page={"page": page, "closed": bool(page.stopped)},
    )


@require_POST
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """End reminders."""
    return press(
        request,
        do=lambda: commands.end(actor=request.actor, episode=ref, at=request.at),
        then=lambda _: redirect("reminders:reminders", ref),
        done="Reminders are ended. Nothing is sent from now on, and the address is deleted here.",
    )
