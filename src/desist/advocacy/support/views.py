"""The pages of agencies, and of clients referred to them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.support import commands, forms, queries
from desist.refusals import Changed
from desist.ui.asking import ask, press
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest


@require_safe
def agencies(request: StaffRequest) -> HttpResponse:
    """Show the agencies of the area."""
    rows = queries.agencies(actor=request.actor, at=request.at)
    return render(request, "advocacy/support/agencies.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def refer(request: StaffRequest, ref: str) -> HttpResponse:
    """Refer a client to an agency about a need."""
    asked = queries.to_refer(actor=request.actor, need=ref, at=request.at)
    form = forms.Refer(request.POST or None, agencies=asked.agencies)
    return ask(
        request,
        "advocacy/support/refer.html",
        form,
        do=lambda: commands.refer(
            actor=request.actor,
            need=ref,
            request=form.request(),
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        done="They are referred. The referral says how the agency hears of it.",
        then=lambda victim: redirect("safety:needs", victim),
        page={"asked": asked, "page": asked.client},
    )


@require_safe
def referral(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one referral, and what the agency said."""
    found = queries.referral(actor=request.actor, ref=ref, at=request.at)
    return render(request, "advocacy/support/referral.html", {"found": found, "page": found.client})


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Record what an agency said by telephone or letter."""
    found = queries.referral(actor=request.actor, ref=ref, at=request.at)
    form = forms.Heard(
        request.POST or None, may_record=found.may_record, version=found.version, at=request.at
    )

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.referral(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"Not saved: by now this referral is: {newer.state}")
        form.version = newer.version
        form.offer("said", newer.may_record)
        return {"found": newer}

    return ask(
        request,
        "advocacy/support/record.html",
        form,
        do=lambda: commands.record(
            actor=request.actor,
            ref=ref,
            heard=form.heard(),
            submission=form.submission,
            version=form.version,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("support:referral", ref),
        page={"found": found, "page": found.client},
        anew=anew,
    )


@require_POST
def read(request: StaffRequest, ref: str) -> HttpResponse:
    """Mark what an agency said as read."""
    return press(
        request,
        do=lambda: commands.read(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("support:referral", ref),
    )


@require_http_methods(["GET", "POST"])
def reply(request: StaffRequest, ref: str) -> HttpResponse:
    """Answer an agency's question."""
    found = queries.referral(actor=request.actor, ref=ref, at=request.at)
    form = forms.Reply(request.POST or None)
    return ask(
        request,
        "advocacy/support/reply.html",
        form,
        do=lambda: commands.reply(
            actor=request.actor,
            ref=ref,
            words=form.cleaned_data["words"],
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        done="Your answer is on its way to the agency.",
        then=lambda _: redirect("support:referral", ref),
        page={"found": found, "page": found.client},
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """Withdraw a referral to an agency."""
    found = queries.referral(actor=request.actor, ref=ref, at=request.at)
    return ask(
        request,
        "advocacy/support/withdraw.html",
        Form(request.POST or None),
        do=lambda: commands.withdraw(actor=request.actor, ref=ref, at=request.at),
        done="The referral is withdrawn.",
        then=lambda _: redirect("support:referral", ref),
        page={"found": found, "page": found.client},
    )
