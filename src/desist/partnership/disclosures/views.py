"""The pages about disclosures on the police side."""

from collections.abc import Mapping
from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.disclosure import codes
from desist.partnership.disclosures import commands, forms, queries
from desist.post.agreements import queries as agreements
from desist.ui.asking import ask, press
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

FOLDER = "partnership/disclosures"


@require_safe
def disclosures(request: StaffRequest) -> HttpResponse:
    """The programme's requests, what waits for a decision, and what was disclosed."""
    rows = queries.disclosures(actor=request.actor, at=request.at)
    asked = queries.requests(actor=request.actor, at=request.at)
    return render(request, f"{FOLDER}/disclosures.html", {"rows": rows, "requests": asked})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest, ref: str) -> HttpResponse:
    """Write a disclosure without a request."""
    spoken, name = queries.about(actor=request.actor, referral=ref, at=request.at)
    page = {"spoken": spoken, "name": name, "asked": None}
    return _begin(request, {"referral": ref, "request": ""}, page)


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Answer a request of the programme."""
    asked = queries.request(actor=request.actor, ref=ref, at=request.at)
    page = {"spoken": asked.spoken, "name": asked.name, "asked": asked}
    return _begin(request, {"referral": asked.referral, "request": ref}, page)


@require_http_methods(["GET", "POST"])
def refuse_request(request: StaffRequest, ref: str) -> HttpResponse:
    """Refuse a request."""
    asked = queries.request(actor=request.actor, ref=ref, at=request.at)
    form = forms.Refuse(request.POST or None)
    return ask(
        request,
        f"{FOLDER}/refuse_request.html",
        form,
        do=lambda: commands.refuse_request(
            actor=request.actor, ref=ref, reason=codes.Refusal(form.cleaned_data["reason"]), at=request.at
        ),
        done="The programme has been told.",
        then=lambda _: redirect("disclosures:disclosures"),
        page={"asked": asked},
    )


@require_safe
def disclosure(request: StaffRequest, ref: str) -> HttpResponse:
    """One disclosure: the exact copy, who decided, and what came of it."""
    page = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    context = {"page": page, "form": forms.Confirm(version=page.version)}
    return render(request, f"{FOLDER}/disclosure.html", context)


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, ref: str) -> HttpResponse:
    """Rewrite a draft."""
    page = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    footing = {
        "basis": page.basis_code,
        "agreement": page.agreement_ref,
        "necessity": page.necessity,
        "proportionality": page.proportionality,
    }
    form = forms.Draft(request.POST or None, initial=asdict(page.content) | footing, version=page.version)
    _offer(request, form)
    return ask(
        request,
        f"{FOLDER}/write.html",
        form,
        do=lambda: commands.write(
            actor=request.actor,
            ref=ref,
            content=form.content(),
            footing=form.footing(),
            version=form.version,
            override=form.override(),
            at=request.at,
        ),
        then=lambda _: redirect("disclosures:disclosure", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def approve(request: StaffRequest, ref: str) -> HttpResponse:
    """Approve exactly what a draft says."""
    page = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    form = forms.Confirm(request.POST or None, version=page.version)

    def then(sent: bool) -> HttpResponse:  # noqa: FBT001 -- what the command answers
        messages.success(
            request,
            "It is on its way." if sent else "You have approved it. It is waiting for a second person.",
        )
        return redirect("disclosures:disclosure", ref)

    return ask(
        request,
        f"{FOLDER}/approve.html",
        form,
        do=lambda: commands.approve(
            actor=request.actor, ref=ref, version=form.version, override=form.override(), at=request.at
        ),
        then=then,
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def pass_on(request: StaffRequest, ref: str) -> HttpResponse:
    """Pass on what an advocacy service offered."""
    page = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    form = forms.FootingForm(request.POST or None, version=page.version)
    _offer(request, form)
    return ask(
        request,
        f"{FOLDER}/pass_on.html",
        form,
        do=lambda: commands.pass_on(
            actor=request.actor,
            ref=ref,
            footing=form.footing(),
            version=form.version,
            override=form.override(),
            at=request.at,
        ),
        done="It is on its way.",
        then=lambda _: redirect("disclosures:disclosure", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def refuse(request: StaffRequest, ref: str) -> HttpResponse:
    """Refuse to pass on what an advocacy service offered."""
    page = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    form = forms.Refuse(request.POST or None, version=page.version)
    return ask(
        request,
        f"{FOLDER}/refuse.html",
        form,
        do=lambda: commands.refuse_offer(
            actor=request.actor,
            ref=ref,
            reason=codes.Refusal(form.cleaned_data["reason"]),
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("disclosures:disclosure", ref),
        page={"page": page},
    )


@require_POST
def drop(request: StaffRequest, ref: str) -> HttpResponse:
    """Drop a draft."""
    form = forms.Confirm(request.POST)
    return press(
        request,
        do=lambda: commands.drop(actor=request.actor, ref=ref, version=form.version, at=request.at),
        then=lambda _: redirect("disclosures:disclosure", ref),
    )


@require_http_methods(["GET", "POST"])
def recall(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask the programme to stop using a disclosure."""
    page = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    form = forms.Recall(request.POST or None)
    return ask(
        request,
        f"{FOLDER}/recall.html",
        form,
        do=lambda: commands.recall(
            actor=request.actor, ref=ref, reason=codes.Recall(form.cleaned_data["reason"]), at=request.at
        ),
        done="The programme has been asked to stop using it.",
        then=lambda _: redirect("disclosures:disclosure", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def received(request: StaffRequest, ref: str) -> HttpResponse:
    """Note that a programme without software has the printed copy."""
    page = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    form = forms.Received(request.POST or None)
    return ask(
        request,
        f"{FOLDER}/received.html",
        form,
        do=lambda: commands.note_receipt(
            actor=request.actor, ref=ref, whom=form.cleaned_data["whom"], at=request.at
        ),
        then=lambda _: redirect("disclosures:disclosure", ref),
        page={"page": page},
    )


@require_safe
def printed(request: StaffRequest, ref: str) -> HttpResponse:
    """Draw the exact copy with its fingerprint, to be printed and handed over."""
    page = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    return render(request, f"{FOLDER}/print.html", {"page": page})


def _begin(request: StaffRequest, asked: dict[str, str], page: Mapping[str, object]) -> HttpResponse:
    form = forms.Draft(request.POST or None, initial={"may_be_raised": False})
    _offer(request, form)
    return ask(
        request,
        f"{FOLDER}/start.html",
        form,
        do=lambda: commands.start(
            actor=request.actor,
            content=form.content(),
            footing=form.footing(),
            submission=form.submission,
            override=form.override(),
            at=request.at,
            **asked,
        ),
        then=lambda ref: redirect("disclosures:disclosure", ref),
        page=page,
    )


def _offer(request: StaffRequest, form: Form) -> None:
    known = agreements.in_force(actor=request.actor, at=request.at)
    form.offer("agreement", [("", "Choose one"), *known])
