"""Import with a dry run, template and export of the register."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.audit.downloads import views as downloads
from desist.partnership.register import commands, forms, queries, reading
from desist.partnership.register.columns import COLUMNS
from desist.refusals import Refused
from desist.wall.requests import StaffRequest

TEMPLATE = "partnership/register/import.html"


@require_http_methods(["GET", "POST"])
def import_(request: StaffRequest) -> HttpResponse:
    """Check a file; once it has no problem, write it."""
    if "content" in request.POST:
        return _confirmed(request)
    form = forms.Import(request.POST if request.method == "POST" else None, request.FILES or None)
    if not form.is_valid():
        context = {"form": form, "columns": COLUMNS}
        return render(request, TEMPLATE, context, status=422 if form.errors else 200)
    content: bytes = form.cleaned_data["file"].read()
    return _checked(request, content)


@require_safe
def template(request: StaffRequest) -> HttpResponse:
    """An empty register with its columns and an invented order."""
    del request
    return _file(queries.template(), "register-template.csv")


@require_http_methods(["GET", "POST"])
def export(request: StaffRequest) -> HttpResponse:
    """Ask a second person to release the area's register as a file."""
    title = "Register of orders, with names"
    return downloads.ask(request, kind="partnership.register", title=title, criteria={})


@require_safe
def counts(request: StaffRequest) -> HttpResponse:
    """Download the counts of the register, fit to give out."""
    answer = HttpResponse(
        queries.counts(actor=request.actor, at=request.at), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="order-counts.csv"'
    return answer


def _checked(request: StaffRequest, content: bytes, said: str = "") -> HttpResponse:
    found = queries.dry_run(actor=request.actor, content=content, at=request.at)
    context = {"found": found, "form": forms.Import(), "columns": COLUMNS, "said": said}
    if found.problems or not found.orders:
        return render(request, "partnership/register/checked.html", context, status=422)
    # The hidden text is read back as UTF-8, whatever the file's encoding was.
    text = reading.decoded(content)
    confirm = forms.Confirm(initial={"content": text})
    answered = 422 if said else 200
    context["confirm"] = confirm
    return render(request, "partnership/register/checked.html", context, status=answered)


def _confirmed(request: StaffRequest) -> HttpResponse:
    form = forms.Confirm(request.POST)
    if not form.is_valid():
        return redirect("register:import")
    content = form.cleaned_data["content"].encode()
    found = queries.dry_run(actor=request.actor, content=content, at=request.at)
    if found.problems:
        return _checked(request, content)
    try:
        commands.bring_in(actor=request.actor, orders=found.orders, at=request.at)
    except Refused as why:
        return _checked(request, content, said=str(why))
    return redirect("orders:orders")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
