"""The pages of an agency: what was referred to it, and what it answered."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.agencies import Said
from desist.answering import forms
from desist.partnership.support import commands, queries
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest


@require_safe
def support(request: StaffRequest) -> HttpResponse:
    """Show what was referred to the agency; before that, the terms to accept."""
    rows = queries.referrals(actor=request.actor, at=request.at)
    if rows is None:
        return redirect("terms:accept")
    return render(request, "partnership/support/support.html", {"rows": rows})


@require_safe
def referral(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one referral."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/support/referral.html", {"page": page})


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Tell the service that referred what came of it."""
    page = queries.to_answer(actor=request.actor, ref=ref, at=request.at)
    form = forms.Answer(request.POST or None, may_say=page.may_say, version=page.version, at=request.at)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_answer(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"Not sent: by now this referral stands at: {newer.row.state}")
        form.version = newer.version
        form.offer("said", newer.may_say)
        return {"page": newer}

    return ask(
        request,
        "partnership/support/answer.html",
        form,
        do=lambda: commands.answer(
            actor=request.actor,
            ref=ref,
            said=Said(form.cleaned_data["said"]),
            on=form.cleaned_data["on"],
            words=form.cleaned_data["words"],
            override=form.override(),
            submission=form.submission,
            version=form.version,
            at=request.at,
        ),
        done="Your answer is on its way to the service.",
        then=lambda _: redirect("support:referral", ref),
        page={"page": page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def end_agency(request: StaffRequest, ref: str) -> HttpResponse:
    """Take an agency off the list."""
    name, open_ones = queries.agency(actor=request.actor, ref=ref, at=request.at)
    return ask(
        request,
        "partnership/support/end_agency.html",
        Form(request.POST or None),
        do=lambda: commands.end_agency(actor=request.actor, ref=ref, at=request.at),
        done="The agency is off the list. The services that referred to it are told.",
        then=lambda _: redirect("agencies:agencies"),
        page={"ref": ref, "name": name, "open": open_ones},
    )
