"""The pages on which an officer brings a table of referrals in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.imports import commands
from desist.partnership.referrals import queries
from desist.referral import table as tables
from desist.referral.bringing import TAKEN, Bring
from desist.referral.brought import Brought
from desist.ui.dates import day_of
from desist.wall.requests import StaffRequest
from desist.wall.turns import Taken

ALONE = False


@require_http_methods(["GET", "POST"])
def table(request: StaffRequest) -> HttpResponse:
    """Look a table through, or bring it in."""
    programmes = queries.programmes(actor=request.actor)
    form = Bring(
        request.POST if request.method == "POST" else None, request.FILES or None, programmes=programmes
    )
    brought: Brought | None = None
    if form.is_valid():
        today = day_of(request.at)
        try:
            brought = _brought(request, form, tables.read(content=form.content(), today=today, alone=ALONE))
        except tables.Unreadable as reason:
            form.add_error("table", str(reason))
        except Taken:
            form.add_error("table", TAKEN)
    context = {"form": form, "brought": brought, "back": "referrals:referrals"}
    return render(request, "referral/table.html", context, status=422 if form.errors else 200)


def _brought(request: StaffRequest, form: Bring, read: tables.Table) -> Brought:
    if not form.brings:
        return commands.look_through(actor=request.actor, table=read, at=request.at)
    programme = form.cleaned_data["programme"]
    return commands.bring_in(actor=request.actor, table=read, programme=programme, at=request.at)


@require_safe
def template(request: StaffRequest) -> HttpResponse:
    """Download a table with the headings alone, to be filled in."""
    del request
    return _file("referrals.csv", tables.template(alone=ALONE))


@require_safe
def columns(request: StaffRequest) -> HttpResponse:
    """The columns: what each asks, and what it can contain."""
    del request
    return _file("referral-columns.csv", tables.columns(alone=ALONE))


def _file(name: str, content: bytes) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )
