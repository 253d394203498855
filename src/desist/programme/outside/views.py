"""The pages of the inbox for referrals by people without an account."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.outside import commands, forms, queries
from desist.referral.forms import LABELS
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def inbox(request: StaffRequest) -> HttpResponse:
    """Show the forms to open and to answer, and whether the form is open."""
    page = queries.inbox(actor=request.actor, at=request.at)
    address = request.build_absolute_uri(reverse("refer:services"))
    return render(request, "programme/outside/inbox.html", {"page": page, "address": address})


@require_POST
def door(request: StaffRequest) -> HttpResponse:
    """Open or close the form of the area."""
    is_open = request.POST.get("open") == "yes"
    return press(
        request,
        do=lambda: commands.set_door(actor=request.actor, is_open=is_open, at=request.at),
        then=lambda _: redirect("outside:inbox"),
        done="The form is open." if is_open else "The form is closed. What came before waits here.",
    )


@require_safe
def one(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one form."""
    page = queries.one(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/outside/one.html", {"page": page, "labels": LABELS})


@require_POST
def take_in(request: StaffRequest, ref: str) -> HttpResponse:
    """Begin a draft of a referral with what the form says."""
    return press(
        request,
        do=lambda: commands.take_in(actor=request.actor, ref=ref, at=request.at),
        then=lambda draft: redirect("intake:draft", draft) if draft else redirect("outside:one", ref),
        done="The form is now a draft of a referral. Complete what is missing, then submit it.",
    )


@require_http_methods(["GET", "POST"])
def turn_down(request: StaffRequest, ref: str) -> HttpResponse:
    """Say that a form is not taken in."""
    page = queries.one(actor=request.actor, ref=ref, at=request.at)
    form = forms.TurnDown(request.POST or None)
    return ask(
        request,
        "programme/outside/turn_down.html",
        form,
        do=lambda: commands.turn_down(actor=request.actor, ref=ref, reason=form.why(), at=request.at),
        done="The form was not taken in. Now answer the sender.",
        then=lambda _: redirect("outside:answer", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Answer the sender of a form in the way they chose."""
    page = queries.one(actor=request.actor, ref=ref, at=request.at)
    form = forms.Answer(
        request.POST or None, initial={"how": queries.WAYS[page.sent.way].value} if page.sent else {}
    )
    return ask(
        request,
        "programme/outside/answer.html",
        form,
        do=lambda: commands.answer(actor=request.actor, ref=ref, how=form.answered(), at=request.at),
        done="The answer is noted. What the sender wrote has been deleted here.",
        then=lambda _: redirect("outside:inbox"),
        page={"page": page},
    )
