"""The pages of the register of sharing agreements."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.post.agreements import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def agreements(request: StaffRequest) -> HttpResponse:
    """Show the register."""
    rows, keeps = queries.agreements(actor=request.actor, at=request.at)
    return render(request, "post/agreements.html", {"rows": rows, "keeps": keeps})


@require_http_methods(["GET", "POST"])
def keep(request: StaffRequest) -> HttpResponse:
    """Enter an agreement."""
    parties = queries.parties(actor=request.actor)
    form = forms.Agreement(
        request.POST if request.method == "POST" else None, request.FILES or None, parties=parties
    )

    def then(_: None) -> HttpResponse:
        messages.success(request, f"“{form.cleaned_data['title']}” is in the register")
        return redirect("post:agreements")

    return ask(
        request,
        "post/agreement.html",
        form,
        do=lambda: commands.keep(
            actor=request.actor, terms=form.terms(), submission=form.submission, at=request.at
        ),
        then=then,
        page={"page": None, "parties": parties},
    )


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Replace an agreement's terms with the present ones."""
    page = queries.agreement(actor=request.actor, ref=ref, at=request.at)
    parties = queries.parties(actor=request.actor)
    form = forms.Agreement(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        parties=parties,
        initial={name: getattr(page, name) for name in forms.TERMS} | {"purposes": list(page.purpose_codes)},
        version=page.version,
    )

    def then(_: None) -> HttpResponse:
        messages.success(request, "The agreement is saved")
        return redirect("post:agreements")

    return ask(
        request,
        "post/agreement.html",
        form,
        do=lambda: commands.change(
            actor=request.actor, ref=ref, terms=form.terms(), version=form.version, at=request.at
        ),
        then=then,
        page={"page": page, "parties": parties},
    )


@require_POST
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """End an agreement before its time."""
    return press(
        request,
        do=lambda: commands.end(actor=request.actor, ref=ref, at=request.at),
        done="It no longer covers anything",
        then=lambda _: redirect("post:agreements"),
    )
