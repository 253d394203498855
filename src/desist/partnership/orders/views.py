"""The pages of the register."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.orders import commands, forms, queries
from desist.partnership.orders.states import NotPossible
from desist.partnership.orders.steps import STEPS, form_of
from desist.ui import tables
from desist.ui.dates import day_of
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

CHANGED = "This order was changed elsewhere since you opened this page"


@require_safe
def orders(request: StaffRequest) -> HttpResponse:
    """The register."""
    form = forms.Narrow(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    sort = tables.Sort.read(request.GET, allowed=("started_at", "name"), default="-started_at")
    rows, paging = queries.orders(
        actor=request.actor,
        group=chosen.get("group", ""),
        search=chosen.get("search", ""),
        kind=chosen.get("kind", ""),
        sort=sort,
        cursor=tables.Cursor.read(request.GET),
        at=request.at,
    )
    context = {"rows": rows, "paging": paging, "sort": sort, "form": form}
    return render(request, "partnership/orders/orders.html", context)


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """Enter an order."""
    form = forms.Start(request.POST or None)
    if form.is_valid() and form.ask(_alike(request, form)):
        answers = form.cleaned_data
        same = answers.get("same", forms.NEW)
        person = {name: answers[name] for name in ("given_names", "family_name", "born")}
        beginning = {name: answers[name] for name in ("how_made", "force", "nexus", "crime_reference", "standing")}
        ref = commands.start(
            actor=request.actor,
            subject=commands.Subject(**person) if same == forms.NEW else commands.Subject(ref=same),
            beginning=commands.Beginning(**beginning),
            submission=form.submission,
            at=request.at,
        )
        return redirect("orders:order", ref)
    return render(request, "partnership/orders/start.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def order(request: StaffRequest, ref: str) -> HttpResponse:
    """One order."""
    page = queries.order(actor=request.actor, ref=ref, at=request.at)
    context = {"page": page, "today": day_of(request.at)}
    return render(request, "partnership/orders/order.html", context)


@require_http_methods(["GET", "POST"])
def interim(request: StaffRequest, ref: str) -> HttpResponse:
    """Enter an interim order beside an application."""
    page = queries.order(actor=request.actor, ref=ref, at=request.at)
    form = Form(request.POST or None)
    if form.is_valid():
        try:
            made = commands.start_interim(
                actor=request.actor, main=ref, submission=form.submission, at=request.at
            )
        except commands.Impossible as why:
            form.keep(str(why))
        else:
            return redirect("orders:order", made)
    return _asked(request, "interim", {"page": page, "form": form})


@require_http_methods(["GET", "POST"])
def protect(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a protected person."""
    page = queries.order(actor=request.actor, ref=ref, at=request.at)
    form = forms.Protect(request.POST or None, version=page.version)
    if form.is_valid():
        try:
            commands.protect(
                actor=request.actor, ref=ref, version=form.version, at=request.at, **form.cleaned_data
            )
        except commands.Stale:
            form.keep(CHANGED)
        except commands.Impossible as why:
            form.keep(str(why))
        else:
            return redirect("orders:order", ref)
    return _asked(request, "protect", {"page": page, "form": form})


@require_http_methods(["GET", "POST"])
def programme(request: StaffRequest, ref: str) -> HttpResponse:
    """Tie the order to a referral of the same person."""
    found = queries.referrals(actor=request.actor, ref=ref, at=request.at)
    page = queries.order(actor=request.actor, ref=ref, at=request.at)
    form = forms.Link(request.POST or None, version=page.version)
    form.offer("referral", found)
    if form.is_valid():
        try:
            commands.link(
                actor=request.actor, ref=ref, version=form.version, at=request.at, **form.cleaned_data
            )
        except commands.Stale:
            form.keep(CHANGED)
        else:
            return redirect("orders:order", ref)
    return _asked(request, "programme", {"page": page, "form": form, "found": found})


@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    """One step of the order."""
    if key not in STEPS:
        raise Http404
    chosen = STEPS[key]
    page = queries.order(actor=request.actor, ref=ref, at=request.at)
    form = form_of(step=chosen, data=request.POST or None, page=page, today=day_of(request.at))
    if form.is_valid():
        try:
            chosen.do(actor=request.actor, ref=ref, form=form, at=request.at)
        except commands.Stale:
            form.keep(CHANGED)
        except commands.PlacesUnanswered:
            form.add_error("reason", "Say why these words may be served, or take them out of the conditions")
        except (commands.Impossible, NotPossible) as why:
            form.keep(str(why))
        else:
            return redirect("orders:order", ref)
    return _asked(request, "step", {"page": page, "form": form, "step": chosen, "key": key})


def _alike(request: StaffRequest, form: forms.Start) -> tuple[tuple[str, str], ...]:
    names = {name: form.cleaned_data[name] for name in ("given_names", "family_name", "born")}
    return queries.same_people(actor=request.actor, at=request.at, **names)


def _asked(request: StaffRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, f"partnership/orders/{template}.html", context, status=status)
