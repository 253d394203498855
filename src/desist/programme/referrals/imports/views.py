"""The pages on which a table of referrals is brought in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.referrals.imports import commands, forms
from desist.programme.referrals.intake import queries as intake
from desist.referral import table as tables
from desist.referral.brought import Brought
from desist.refusals import Refused
from desist.ui.asking import ask
from desist.ui.dates import day_of
from desist.wall.requests import StaffRequest

ALONE = True
PAGE, BACK = "referral/table.html", "intake:drafts"


@require_http_methods(["GET", "POST"])
def table(request: StaffRequest) -> HttpResponse:
    """Look a table through, or bring it in."""
    partners = intake.partners(actor=request.actor)
    form = forms.Bring(
        request.POST if request.method == "POST" else None, request.FILES or None, partners=partners
    )
    return ask(
        request,
        PAGE,
        form,
        do=lambda: _brought(request, form),
        then=lambda brought: render(request, PAGE, {"form": form, "brought": brought, "back": BACK}),
        page={"brought": None, "back": BACK},
    )


def _brought(request: StaffRequest, form: forms.Bring) -> Brought:
    """Return what the table brings, or would bring. Raises Refused."""
    try:
        read = tables.read(content=form.content(), today=day_of(request.at), alone=ALONE)
    except tables.Unreadable as reason:
        raise Refused(str(reason), field="table") from None
    if not form.brings:
        return commands.look_through(actor=request.actor, table=read, at=request.at)
    return commands.bring_in(actor=request.actor, table=read, partner=form.told(), at=request.at)


@require_safe
def template(request: StaffRequest) -> HttpResponse:
    """The headings, to be filled in."""
    del request
    return _file("referrals.csv", tables.template(alone=ALONE))


@require_safe
def columns(request: StaffRequest) -> HttpResponse:
    """What each column asks, and what it can contain."""
    del request
    return _file("referral-columns.csv", tables.columns(alone=ALONE))


def _file(name: str, content: bytes) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )
