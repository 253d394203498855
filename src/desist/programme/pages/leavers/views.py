"""The list of people who left."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from desist.audit.downloads import views as downloads
from desist.programme.filters import queries as filters
from desist.programme.filters.states import List
from desist.programme.pages.leavers import forms, queries
from desist.ui import dates
from desist.ui.tables import Cursor, Sort
from desist.wall.requests import StaffRequest


@require_safe
def leavers(request: StaffRequest) -> HttpResponse:
    """Show the people who left, by year, way and practitioner."""
    form = _form(request)
    sort = Sort.read(request.GET, allowed=queries.SORTED, default="-ended_at")
    rows, paging = queries.leavers(
        actor=request.actor,
        narrowed=form.narrowed(),
        sort=sort,
        cursor=Cursor.read(request.GET),
        at=request.at,
    )
    context = {"rows": rows, "paging": paging, "sort": sort, "form": form, "reached": queries.reached}
    context["kept"] = filters.kept(actor=request.actor, of=List.LEAVERS)
    context["may_export"] = queries.may_export(request.actor)
    return render(request, "programme/leavers/leavers.html", context)


@require_http_methods(["GET", "POST"])
def file(request: StaffRequest) -> HttpResponse:
    """Ask a second person to release the list as a file."""
    criteria = queries.criteria(_form(request).narrowed())
    return downloads.ask(
        request, kind="programme.leavers", title="People who left, with names", criteria=criteria
    )


def _form(request: StaffRequest) -> forms.Narrow:
    return forms.Narrow(
        request.GET, year=dates.day_of(request.at).year, staff=queries.staff(actor=request.actor)
    )
