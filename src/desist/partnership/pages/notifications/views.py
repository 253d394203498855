"""The pages of notification."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from desist.partnership.notifications import commands, forms
from desist.partnership.orders.asking import asked
from desist.partnership.pages.order import queries
from desist.partnership.pages.order.pages import DutyRow, Page
from desist.ui.dates import day_of
from desist.wall.requests import StaffRequest

FOLDER = "partnership/notifications"


@require_http_methods(["GET", "POST"])
def give(request: StaffRequest, ref: str, duty: str) -> HttpResponse:
    """Record a notification."""
    page = queries.order(actor=request.actor, ref=ref, at=request.at)
    form = forms.Given(request.POST or None, version=page.version).until(day_of(request.at), "given_on")

    def do() -> None:
        commands.give(
            actor=request.actor,
            ref=ref,
            duty=duty,
            given=commands.Given(**form.cleaned_data),
            version=form.version,
            at=request.at,
        )

    context = {"page": page, "duty": _duty(page, duty)}
    return asked(
        request,
        order=ref,
        form=form,
        do=do,
        template=f"{FOLDER}/give.html",
        context=context,
        refusals=(commands.AlreadyGiven,),
    )


@require_http_methods(["GET", "POST"])
def look(request: StaffRequest, ref: str, duty: str) -> HttpResponse:
    """Record that a notification was looked for everywhere."""
    page = queries.order(actor=request.actor, ref=ref, at=request.at)
    form = forms.Look(request.POST or None, version=page.version)

    def do() -> None:
        commands.look(
            actor=request.actor,
            ref=ref,
            duty=duty,
            crime_reference=form.cleaned_data["crime_reference"],
            version=form.version,
            at=request.at,
        )

    context = {"page": page, "duty": _duty(page, duty)}
    return asked(
        request,
        order=ref,
        form=form,
        do=do,
        template=f"{FOLDER}/look.html",
        context=context,
        refusals=(commands.AlreadyGiven,),
    )


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """A new name or home address."""
    page = queries.order(actor=request.actor, ref=ref, at=request.at)
    form = forms.Change(request.POST or None, version=page.version)

    def do() -> None:
        commands.change(
            actor=request.actor,
            ref=ref,
            submission=form.submission,
            version=form.version,
            at=request.at,
            **form.cleaned_data,
        )

    return asked(
        request, order=ref, form=form, do=do, template=f"{FOLDER}/change.html", context={"page": page}
    )


@require_http_methods(["GET", "POST"])
def suspension(request: StaffRequest, ref: str) -> HttpResponse:
    """Notification under the 2003 Act began, or ended."""
    page = queries.order(actor=request.actor, ref=ref, at=request.at)
    rests = page.suspended_from is not None and page.suspended_until is None
    kind = forms.Resume if rests else forms.Suspend
    form = kind(request.POST or None, version=page.version).until(day_of(request.at), *kind.base_fields)
    command = commands.resume if rests else commands.suspend

    def do() -> None:
        command(actor=request.actor, ref=ref, version=form.version, at=request.at, **form.cleaned_data)

    return asked(
        request,
        order=ref,
        form=form,
        do=do,
        template=f"{FOLDER}/suspension.html",
        context={"page": page, "rests": rests},
        refusals=(commands.AlreadyGiven,),
    )


def _duty(page: Page, ref: str) -> DutyRow:
    for duty in page.duties:
        if duty.ref == ref:
            return duty
    raise Http404
