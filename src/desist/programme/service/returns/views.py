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
    context["over"] = period.last < dates.local(request.at).date()
    return render(request, "programme/returns/returns.html", context)


@require_safe
def download(request: StaffRequest) -> HttpResponse:
    """Return the quarter's returns as a file: whole, or with `for=others` fit to hand on."""
    form = forms.Quarter(request.GET, today=dates.local(request.at).date())
    if not form.is_valid():
        return render(request, "programme/returns/returns.html", {"form": form}, status=422)
    period, fit = form.period(), request.GET.get("for") == "others"
    if fit and period.last >= dates.local(request.at).date():
        form.add_error("quarter", "Choose a quarter that is over: later additions would give numbers away")
        return render(request, "programme/returns/returns.html", {"form": form}, status=422)
    lines = queries.returns(actor=request.actor, period=period, at=request.at)
    content = export.as_csv(
        export.fit_to_hand_on(lines) if fit else export.whole(lines),
        edition=definitions.newest(),
        period=period,
        area=request.actor.area,
        cut=dates.local(request.at).date(),
        fit=fit,
    )
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"returns-{period.first}-to-{period.last}{'-to-hand-on' if fit else ''}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
