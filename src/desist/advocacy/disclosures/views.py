"""The pages of what is told about a client."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.disclosures import commands, forms, queries
from desist.advocacy.disclosures.leaks import GivesAway
from desist.advocacy.vault.boxes import Shredded
from desist.advocacy.vault.forms import Read
from desist.advocacy.vault.spelling import HoldsLocator
from desist.disclosure import codes
from desist.post.agreements import queries as agreements
from desist.post.agreements.commands import NotCovered
from desist.post.approvals import AlreadyApproved
from desist.post.partners import NoSuchPartner
from desist.ui.forms import Form
from desist.ui.words import NotRead
from desist.wall.requests import StaffRequest

FOLDER = "advocacy/disclosures"
#: why nothing was released, each with a sentence of its own
REFUSALS = (commands.Impossible, GivesAway, NotRead, NotCovered, NoSuchPartner)
SAME_PERSON = (
    "You, or an account that looks like yours, approved this already. Somebody else has to approve it as well"
)


@require_safe
def disclosures(request: StaffRequest, ref: str) -> HttpResponse:
    """What was told about a client."""
    page, rows = queries.disclosures(actor=request.actor, victim=ref, at=request.at)
    return render(request, f"{FOLDER}/disclosures.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest, ref: str) -> HttpResponse:
    """Write what would be told."""
    page = queries.about(actor=request.actor, victim=ref, at=request.at)
    form = forms.Draft(request.POST or None, initial={"may_be_raised": False})
    _offer(request, form)
    made: list[str] = []
    if form.is_valid() and _done(
        form,
        lambda: made.append(
            commands.start(
                actor=request.actor,
                victim=ref,
                told=form.told(),
                content=form.content(),
                footing=form.footing(),
                submission=form.submission,
                at=request.at,
                why=form.why(),
            )
        ),
    ):
        return redirect("disclosures:disclosure", made[0])
    return _draw(request, "start", form, {"page": page})


@require_safe
def disclosure(request: StaffRequest, ref: str) -> HttpResponse:
    """One disclosure: the exact copy, who decided, and what came of it."""
    one = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    return _draw(request, "disclosure", forms.Confirm(version=one.version), {"page": one.victim, "one": one})


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, ref: str) -> HttpResponse:
    """Write a draft anew."""
    one = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    known = asdict(one.content) if one.content else {}
    footing = {
        "basis": one.basis_code,
        "agreement": one.agreement_ref,
        "necessity": one.necessity,
        "proportionality": one.proportionality,
        "what": one.what,
        "recipient": one.whom,
    }
    form = forms.Draft(request.POST or None, initial=known | footing, version=one.version)
    _offer(request, form)
    if form.is_valid() and _done(
        form,
        lambda: commands.write(
            actor=request.actor,
            ref=ref,
            told=form.told(),
            content=form.content(),
            footing=form.footing(),
            version=form.version,
            at=request.at,
            why=form.why(),
        ),
    ):
        return redirect("disclosures:disclosure", ref)
    return _draw(request, "write", form, {"page": one.victim, "one": one})


@require_http_methods(["GET", "POST"])
def approve(request: StaffRequest, ref: str) -> HttpResponse:
    """Approve exactly what a draft says."""
    one = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    form = forms.Confirm(request.POST or None, version=one.version)
    sent: list[bool] = []
    if form.is_valid() and _done(
        form,
        lambda: sent.append(
            commands.approve(actor=request.actor, ref=ref, version=form.version, at=request.at)
        ),
    ):
        messages.success(
            request,
            "It is on its way to the police."
            if sent[0]
            else "You have approved it. It is waiting for a second person.",
        )
        return redirect("disclosures:disclosure", ref)
    return _draw(request, "approve", form, {"page": one.victim, "one": one})


@require_POST
def drop(request: StaffRequest, ref: str) -> HttpResponse:
    """Do not send a draft."""
    form = forms.Confirm(request.POST)
    try:
        commands.drop(actor=request.actor, ref=ref, version=form.version, at=request.at)
    except commands.Impossible as sentence:
        messages.info(request, str(sentence))
    return redirect("disclosures:disclosure", ref)


@require_http_methods(["GET", "POST"])
def recall(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask that it is used no more."""
    one = queries.disclosure(actor=request.actor, ref=ref, at=request.at)
    form = forms.Recall(request.POST or None)
    if form.is_valid():
        reason = codes.Recall(form.cleaned_data["reason"])
        if _done(form, lambda: commands.recall(actor=request.actor, ref=ref, reason=reason, at=request.at)):
            messages.success(request, "The police have been asked to stop using it, and to pass that on.")
            return redirect("disclosures:disclosure", ref)
    return _draw(request, "recall", form, {"page": one.victim, "one": one})


def _offer(request: StaffRequest, form: Form) -> None:
    told, recipients = queries.choices()
    form.offer("what", told)
    form.offer("recipient", recipients)
    known = agreements.in_force(actor=request.actor, at=request.at)
    form.offer("agreement", [("", "Choose one"), *known])


def _done(form: Form, do: Callable[[], object]) -> bool:
    """Whether it was done; where it was refused, the form says why and keeps what was typed."""
    try:
        do()
    except AlreadyApproved:
        form.add_error(None, SAME_PERSON)
    except Shredded:
        form.add_error(None, "The key of this client was destroyed: nothing of theirs can be told any more")
    except HoldsLocator as sentence:
        if isinstance(form, Read):
            form.refuse(sentence)
        else:
            form.add_error(None, str(sentence))
    except REFUSALS as sentence:
        form.add_error(None, str(sentence))
    else:
        return True
    return False


def _draw(request: StaffRequest, name: str, form: Form, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/{name}.html", {"form": form, **context}, status=status)
