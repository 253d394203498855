"""The pages of an order's conditions."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.partnership.conditions import commands, forms, queries
from desist.ui.asking import ask
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

FOLDER = "partnership/conditions"


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a further condition."""
    page = queries.condition(actor=request.actor, order=ref, at=request.at)
    form = forms.Condition(request.POST or None, version=page.version)
    form.about(page.protected)

    return ask(
        request,
        f"{FOLDER}/add.html",
        form,
        do=lambda: commands.add(
            actor=request.actor, order=ref, words=form.words(), version=form.version, at=request.at
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str, condition: str) -> HttpResponse:
    """Change the words of a condition."""
    page = queries.condition(actor=request.actor, order=ref, condition=condition, at=request.at)
    form = forms.Condition(request.POST or None, initial=page.answers, version=page.version)
    form.about(page.protected)
    if page.settled:
        form.settle()

    return ask(
        request,
        f"{FOLDER}/change.html",
        form,
        do=lambda: commands.change(
            actor=request.actor,
            order=ref,
            condition=condition,
            words=form.words(),
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def remove(request: StaffRequest, ref: str, condition: str) -> HttpResponse:
    """Remove a condition before service."""
    page = queries.condition(actor=request.actor, order=ref, condition=condition, at=request.at)
    form = Form(request.POST or None, version=page.version)

    return ask(
        request,
        f"{FOLDER}/remove.html",
        form,
        do=lambda: commands.remove(
            actor=request.actor, order=ref, condition=condition, version=form.version, at=request.at
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )
