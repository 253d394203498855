"""The pages of an order's conditions."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.partnership.conditions import commands, forms, queries
from desist.partnership.orders.commands import Impossible, Stale
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

CHANGED = "This order was changed elsewhere since you opened this page"
SETTLED = "The conditions of this order are settled: record the court’s variation first"


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """A further condition."""
    page = queries.condition(actor=request.actor, order=ref, at=request.at)
    form = forms.Condition(request.POST or None, version=page.version)
    if form.is_valid():
        try:
            commands.add(
                actor=request.actor, order=ref, words=_words(form), version=form.version, at=request.at
            )
        except (Stale, Impossible, commands.Settled) as why:
            _keep(form, why)
        else:
            return redirect("orders:order", ref)
    return _asked(request, "add", page, form)


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str, condition: str) -> HttpResponse:
    """Other words for a condition."""
    page = queries.condition(actor=request.actor, order=ref, condition=condition, at=request.at)
    form = forms.Condition(request.POST or None, initial=page.answers, version=page.version)
    if form.is_valid():
        try:
            commands.change(
                actor=request.actor,
                order=ref,
                condition=condition,
                words=_words(form),
                version=form.version,
                at=request.at,
            )
        except commands.NoSuchCondition:
            raise Http404 from None
        except (Stale, Impossible, commands.Settled) as why:
            _keep(form, why)
        else:
            return redirect("orders:order", ref)
    return _asked(request, "change", page, form)


@require_http_methods(["GET", "POST"])
def remove(request: StaffRequest, ref: str, condition: str) -> HttpResponse:
    """Take a condition out before service."""
    page = queries.condition(actor=request.actor, order=ref, condition=condition, at=request.at)
    form = Form(request.POST or None, version=page.version)
    if form.is_valid():
        try:
            commands.remove(
                actor=request.actor, order=ref, condition=condition, version=form.version, at=request.at
            )
        except commands.NoSuchCondition:
            return redirect("orders:order", ref)  # a double submit
        except (Stale, commands.Settled) as why:
            _keep(form, why)
        else:
            return redirect("orders:order", ref)
    return _asked(request, "remove", page, form)


def _words(form: forms.Condition) -> commands.Words:
    answers = {**form.cleaned_data, "checked": tuple(form.cleaned_data["checked"])}
    return commands.Words(**answers)


def _keep(form: Form, why: Exception) -> None:
    sentences: dict[type[Exception], str] = {Stale: CHANGED, commands.Settled: SETTLED}
    form.keep(sentences.get(type(why), str(why)))


def _asked(request: StaffRequest, template: str, page: queries.Page, form: Form) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "form": form}
    status = 422 if form.errors else 200
    return render(request, f"partnership/conditions/{template}.html", context, status=status)
