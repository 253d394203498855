"""The pages about notifications."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.partnership.notifications import commands, forms
from desist.partnership.pages.order import queries
from desist.partnership.pages.order.pages import DutyRow, Page
from desist.ui.asking import ask
from desist.ui.dates import day_of
from desist.wall.requests import StaffRequest

FOLDER = "partnership/notifications"


@require_http_methods(["GET", "POST"])
def give(request: StaffRequest, ref: str, duty: str) -> HttpResponse:
    """Record a notification."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Given(request.POST or None, version=page.version).until(day_of(request.at), "given_on")

    context = {"page": page, "duty": _duty(page, duty)}
    return ask(
        request,
        f"{FOLDER}/give.html",
        form,
        do=lambda: commands.give(
            actor=request.actor,
            ref=ref,
            duty=duty,
            given=commands.Given(**form.cleaned_data),
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("orders:order", ref),
        page=context,
    )


@require_http_methods(["GET", "POST"])
def look(request: StaffRequest, ref: str, duty: str) -> HttpResponse:
    """Record that an officer looked for a notification everywhere."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Look(request.POST or None, version=page.version)

    context = {"page": page, "duty": _duty(page, duty)}
    return ask(
        request,
        f"{FOLDER}/look.html",
        form,
        do=lambda: commands.look(
            actor=request.actor,
            ref=ref,
            duty=duty,
            crime_reference=form.cleaned_data["crime_reference"],
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("orders:order", ref),
        page=context,
    )


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Record a new name or home address."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Change(request.POST or None, version=page.version)

    return ask(
        request,
        f"{FOLDER}/change.html",
        form,
        do=lambda: commands.change(
            actor=request.actor,
            ref=ref,
            submission=form.submission,
            version=form.version,
            at=request.at,
            **form.cleaned_data,
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def suspension(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that notification under the 2003 Act began or ended."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    rests = page.suspended_from is not None and page.suspended_until is None
    kind = forms.Resume if rests else forms.Suspend
    form = kind(request.POST or None, version=page.version).until(day_of(request.at), *kind.base_fields)
    command = commands.resume if rests else commands.suspend

    return ask(
        request,
        f"{FOLDER}/suspension.html",
        form,
        do=lambda: command(
            actor=request.actor, ref=ref, version=form.version, at=request.at, **form.cleaned_data
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page, "rests": rests},
    )


def _duty(page: Page, ref: str) -> DutyRow:
    for duty in page.duties:
        if duty.ref == ref:
            return duty
    raise Http404
