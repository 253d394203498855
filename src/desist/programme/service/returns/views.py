"""The returns: a page for managers, and files."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.service.returns import definitions, export, forms, queries
from desist.ui import dates
from desist.wall.requests import StaffRequest


@require_safe
def returns(request: StaffRequest) -> HttpResponse:
    """Show a quarter's returns with their definitions."""
    form = forms.Quarter(request.GET, today=dates.local(request.at).date())
    if not form.is_valid():
        return render(request, "programme/returns/returns.html", {"form": form}, status=422)
    period = form.period()
    figures = export.whole(queries.returns(actor=request.actor, period=period, at=request.at))
    edition = definitions.newest()
    groups = [(one, [row for row in figures if row.id == one.id]) for one in edition.returns]
    context = {"form": form, "groups": groups, "title": export.title(period), "edition": edition}
    return render(request, "programme/returns/returns.html", context)


@require_safe
def download(request: StaffRequest) -> HttpResponse:
    """Return the quarter's returns as a file, whole: what others may read leaves as a quarterly return alone."""
    form = forms.Quarter(request.GET, today=dates.local(request.at).date())
    if not form.is_valid() or "for" in request.GET:
        if form.is_valid():
            form.add_error("quarter", "What others may read leaves as a quarterly return")
        return render(request, "programme/returns/returns.html", {"form": form}, status=422)
    period = form.period()
    lines = queries.returns(actor=request.actor, period=period, at=request.at)
    content = export.as_csv(
        export.whole(lines),
        edition=definitions.newest(),
        period=period,
        area=request.actor.area,
        cut=dates.local(request.at).date(),
    )
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="returns-{period.first}-to-{period.last}.csv"'
    return answer
