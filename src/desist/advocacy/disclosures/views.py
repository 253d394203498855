"""The pages about disclosures about a client."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.disclosures import commands, forms, queries
from desist.disclosure import codes
from desist.post.agreements import queries as agreements
from desist.ui.asking import ask, press
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

FOLDER = "advocacy/disclosures"


@require_safe
def disclosures(request: StaffRequest, ref: str) -> HttpResponse:
    """The disclosures about a client."""
    page, rows = queries.disclosures(actor=request.actor, victim=ref, at=request.at)
    return render(request, f"{FOLDER}/disclosures.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest, ref: str) -> HttpResponse:
    """Write a draft of a disclosure."""
    page = queries.about(actor=request.actor, victim=ref, at=request.at)
    form = forms.Draft(request.POST or None, initial={"may_be_raised": False})
    _offer(request, form)
    return ask(
        request,
        f"{FOLDER}/start.html",
        form,
        do=lambda: commands.start(
            actor=request.actor,
            victim=ref,
            told=form.told(),
            content=form.content(),
            footing=form.footing(),
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda made: redirect("disclosures:disclosure", made),
        page={"page": page},
    )


@require_safe
def disclosure(request: StaffRequest, ref: str) -> HttpResponse:
    """One disclosure: the exact copy, who decided, and what came of it."""
    one = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    context = {"page": one.victim, "one": one, "form": forms.Confirm(version=one.version)}
    return render(request, f"{FOLDER}/disclosure.html", context)


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, ref: str) -> HttpResponse:
    """Rewrite a draft."""
    one = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    known = asdict(one.content) if one.content else {}
    footing = {
        "basis": one.basis_code,
        "agreement": one.agreement_ref,
        "necessity": one.necessity,
        "proportionality": one.proportionality,
        "what": one.what,
        "recipient": one.whom,
        "without_choice": one.row.to_save_a_life,
        "without": one.without,
    }
    form = forms.Draft(request.POST or None, initial=known | footing, version=one.version)
    _offer(request, form)
    return ask(
        request,
        f"{FOLDER}/write.html",
        form,
        do=lambda: commands.write(
            actor=request.actor,
            ref=ref,
            told=form.told(),
            content=form.content(),
            footing=form.footing(),
            version=form.version,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("disclosures:disclosure", ref),
        page={"page": one.victim, "one": one},
    )


@require_http_methods(["GET", "POST"])
def approve(request: StaffRequest, ref: str) -> HttpResponse:
    """Approve exactly what a draft says."""
    one = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    form = forms.Confirm(request.POST or None, version=one.version)

    def then(sent: bool) -> HttpResponse:  # noqa: FBT001 -- what the command answers
        messages.success(
            request,
            "It is on its way to the police."
            if sent
            else "You have approved it. It is waiting for a second person.",
        )
        return redirect("disclosures:disclosure", ref)

    return ask(
        request,
        f"{FOLDER}/approve.html",
        form,
        do=lambda: commands.approve(actor=request.actor, ref=ref, version=form.version, at=request.at),
        then=then,
        page={"page": one.victim, "one": one},
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
    """Ask the police to stop using a disclosure."""
    one = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    form = forms.Recall(request.POST or None)
    return ask(
        request,
        f"{FOLDER}/recall.html",
        form,
        do=lambda: commands.recall(
            actor=request.actor, ref=ref, reason=codes.Recall(form.cleaned_data["reason"]), at=request.at
        ),
        done="The police have been asked to stop using it, and to pass that on.",
        then=lambda _: redirect("disclosures:disclosure", ref),
        page={"page": one.victim, "one": one},
    )


def _offer(request: StaffRequest, form: Form) -> None:
    told, recipients = queries.choices()
    form.offer("what", told)
    form.offer("recipient", recipients)
    known = agreements.in_force(actor=request.actor, at=request.at)
    form.offer("agreement", [("", "Choose one"), *known])
