"""The pages of the terms of agencies."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.agencies.terms import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def terms(request: StaffRequest) -> HttpResponse:
    """Show the present terms, and which agencies accepted them."""
    page = queries.terms(actor=request.actor, at=request.at)
    return render(request, "partnership/terms/terms.html", {"page": page})


@require_http_methods(["GET", "POST"])
def set_terms(request: StaffRequest) -> HttpResponse:
    """Set the terms."""
    page = queries.terms(actor=request.actor, at=request.at)
    form = forms.Terms(request.POST or None, initial={"words": page.words})
    return ask(
        request,
        "partnership/terms/set.html",
        form,
        do=lambda: commands.set_terms(
            actor=request.actor,
            words=form.cleaned_data["words"],
            submission=form.submission,
            at=request.at,
        ),
        done="The terms are set. Each account of an agency accepts them before it reads anything else.",
        then=lambda _: redirect("terms:terms"),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that an agency accepted the terms."""
    page = queries.to_record(actor=request.actor, agency=ref, at=request.at)
    form = forms.Record(request.POST or None, at=request.at)
    return ask(
        request,
        "partnership/terms/record.html",
        form,
        do=lambda: commands.record(actor=request.actor, agency=ref, signed=form.signed(), at=request.at),
        then=lambda _: redirect("terms:terms"),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def accept(request: StaffRequest) -> HttpResponse:
    """Accept the terms for one's own account."""
    page = queries.to_accept(actor=request.actor, at=request.at)
    form = forms.Accept(request.POST or None)
    return ask(
        request,
        "partnership/terms/accept.html",
        form,
        do=lambda: commands.accept(
            actor=request.actor,
            agency=page.agency if page else "",
            terms=form.cleaned_data["terms"],
            at=request.at,
        ),
        then=lambda _: redirect("support:support"),
        page={"page": page},
    )
