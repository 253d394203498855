"""The pages about breach reports."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.reports import commands, forms, queries
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def reports(request: StaffRequest) -> HttpResponse:
    """The reports of advocacy services."""
    rows = queries.reports(actor=request.actor, at=request.at)
    return render(request, "partnership/reports/reports.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def report(request: StaffRequest, ref: str) -> HttpResponse:
    """One report; while it is open or was recorded within the day, the form for its crime reference."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at)
    known = request.POST.get("known", "")
    if "checked" in request.POST:
        return _record(request, page, known)
    form = forms.Record(request.POST or None)
    if form.is_valid():
        context = {"page": page, "form": forms.Check(initial=form.cleaned_data), "known": known}
        return render(request, "partnership/reports/check.html", context)
    context = {"page": page, "form": form, "known": page.row.crime_reference}
    return render(request, "partnership/reports/report.html", context, status=422 if form.errors else 200)


def _record(request: StaffRequest, page: queries.Page, known: str) -> HttpResponse:
    """Record the crime reference that the officer compared with the crime system."""
    ref, form = page.row.ref, forms.Check(request.POST)

    def anew(changed: Changed) -> dict[str, object]:
        newer = queries.report(actor=request.actor, ref=ref, at=request.at)
        form.keep(str(changed))
        return {"page": newer, "known": newer.row.crime_reference}

    return ask(
        request,
        "partnership/reports/check.html",
        form,
        do=lambda: commands.record(
            actor=request.actor,
            ref=ref,
            crime_reference=form.cleaned_data["crime_reference"],
            known=known,
            at=request.at,
        ),
        done="The crime reference is on its way to the advocacy service.",
        then=lambda _: redirect("reports:reports"),
        page={"page": page, "known": known},
        anew=anew,
    )


@require_safe
def copy(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the report to be copied or printed for the crime system."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/reports/copy.html", {"page": page})
