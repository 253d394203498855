"""The pages about the register of orders."""

from datetime import timedelta
from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.accounts.searching import allowed
from desist.partnership.orders import commands, forms
from desist.partnership.orders.line import line
from desist.partnership.pages.order import queries
from desist.partnership.pages.order.steps import STEPS, form_of
from desist.ui import tables
from desist.ui.asking import ask
from desist.ui.dates import day_of
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

FOLDER = "partnership/orders"
AHEAD = 92  # days of the calendar


@require_safe
def orders(request: StaffRequest) -> HttpResponse:
    """The register."""
    form = forms.Narrow(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    sort = tables.Sort.read(request.GET, allowed=("started_at", "name"), default="-started_at")
    rows, paging = queries.orders(
        actor=request.actor,
        group=chosen.get("group", ""),
        kind=chosen.get("kind", ""),
        sort=sort,
        cursor=tables.Cursor.read(request.GET),
        at=request.at,
    )
    context = {"rows": rows, "paging": paging, "sort": sort, "form": form}
    status = 422 if form.errors else 200
    return render(request, "partnership/orders/orders.html", context, status=status)


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """Enter an order."""
    form = forms.Start(request.POST or None)
    if form.is_valid() and _looked_up(request, form):
        answers = form.cleaned_data
        same = answers.get("same", forms.NEW)
        person = {name: answers[name] for name in ("given_names", "family_name", "born")}
        beginning = {
            name: answers[name] for name in ("how_made", "force", "nexus", "crime_reference", "standing")
        }
        ref = commands.start(
            actor=request.actor,
            subject=commands.NewPerson(**person) if same == forms.NEW else same,
            beginning=commands.Beginning(**beginning),
            submission=form.submission,
            at=request.at,
        )
        return redirect("orders:order", ref)
    return render(
        request, "partnership/orders/start.html", {"form": form}, status=422 if form.errors else 200
    )


@require_safe
def order(request: StaffRequest, ref: str) -> HttpResponse:
    """One order."""
    page = queries.order(actor=request.actor, ref=ref, at=request.at)
    today = day_of(request.at)
    context = {"page": page, "today": today, "line": line(clocks=page.clocks, today=today)}
    return render(request, "partnership/orders/order.html", context)


@require_http_methods(["GET", "POST"])
def interim(request: StaffRequest, ref: str) -> HttpResponse:
    """Enter an interim order beside an application."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = Form(request.POST or None)

    return ask(
        request,
        f"{FOLDER}/interim.html",
        form,
        do=lambda: commands.start_interim(
            actor=request.actor, main=ref, submission=form.submission, at=request.at
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def protect(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a protected person."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Protect(request.POST or None, version=page.version)

    return ask(
        request,
        f"{FOLDER}/protect.html",
        form,
        do=lambda: commands.protect(
            actor=request.actor, ref=ref, version=form.version, at=request.at, **form.cleaned_data
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def programme(request: StaffRequest, ref: str) -> HttpResponse:
    """Tie the order to a referral of the same person."""
    found = queries.referrals(actor=request.actor, ref=ref, at=request.at)
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Link(request.POST or None, version=page.version)
    form.offer("referral", found)

    context = {"page": page, "found": found}
    return ask(
        request,
        f"{FOLDER}/programme.html",
        form,
        do=lambda: commands.link(
            actor=request.actor, ref=ref, version=form.version, at=request.at, **form.cleaned_data
        ),
        then=lambda _: redirect("orders:order", ref),
        page=context,
    )


@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    """Carry out one step of the order."""
    if key not in STEPS:
        raise Http404
    chosen = STEPS[key]
    page = queries.order(actor=request.actor, ref=ref, at=request.at)
    form = form_of(step=chosen, data=request.POST or None, page=page, today=day_of(request.at))
    return ask(
        request,
        f"{FOLDER}/step.html",
        form,
        do=lambda: chosen.do(actor=request.actor, ref=ref, form=form, at=request.at),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page, "step": chosen, "key": key},
    )


def _looked_up(request: StaffRequest, form: forms.Start) -> bool:
    """Whether the officer looked the person up (a counted search) and said which of the people found it is."""
    names = {name: form.cleaned_data[name] for name in ("given_names", "family_name", "born")}
    if not allowed(request, form, typed=f"{names['given_names']} {names['family_name']}"):
        return False
    return form.ask(queries.same_people(actor=request.actor, at=request.at, **names))


@require_safe
def due(request: StaffRequest) -> HttpResponse:
    """What is to do about orders, and the days of the next three months."""
    last = day_of(request.at) + timedelta(days=AHEAD)
    waiting, ahead = queries.calendar(actor=request.actor, last=last, at=request.at)
    months = {day: list(rows) for day, rows in groupby(ahead, key=lambda one: one.clock.on.replace(day=1))}
    context = {"due": waiting, "months": months}
    return render(request, "partnership/orders/due.html", context)
