"""The pages of extracts that came, and of studies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.commission.extracts import commands, forms, queries
from desist.commission.extracts.states import Sources, TimeZero
from desist.refusals import Refused
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def extracts(request: StaffRequest) -> HttpResponse:
    """Show which extracts came."""
    rows = queries.extracts(actor=request.actor, at=request.at)
    return render(request, "commission/extracts/all.html", {"rows": rows})


@require_safe
def one(request: StaffRequest, ref: str) -> HttpResponse:
    """Show an extract with its files and its studies."""
    page = queries.one(actor=request.actor, ref=ref, at=request.at)
    return render(request, "commission/extracts/extract.html", {"page": page})


@require_safe
def file(request: StaffRequest, ref: str, which: str) -> HttpResponse:
    """Return a file of an extract."""
    name, content = queries.as_file(actor=request.actor, ref=ref, name=which, at=request.at)
    return _saved(name, content, "text/csv; charset=utf-8")


@require_http_methods(["GET", "POST"])
def study(request: StaffRequest, ref: str) -> HttpResponse:
    """Make a study of an extract by a plan."""
    page = queries.to_study(actor=request.actor, ref=ref, at=request.at)
    form = forms.Plan(request.POST or None)
    return ask(
        request,
        "commission/extracts/study.html",
        form,
        do=lambda: commands.make(
            actor=request.actor,
            ref=ref,
            time_zero=TimeZero(form.cleaned_data["time_zero"]),
            horizon=int(form.cleaned_data["horizon"]),
            lag_days=int(form.cleaned_data["lag_days"]),
            sources=Sources(form.cleaned_data["sources"]),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda made: redirect("extracts:made", made),
        page={"page": page, "closed": not page.readable},
        done="The study is made by the plan that you settled.",
    )


@require_safe
def made(request: StaffRequest, ref: str) -> HttpResponse:
    """Show a study: its plan and its files."""
    page = queries.study(actor=request.actor, ref=ref, at=request.at)
    return render(request, "commission/extracts/made.html", {"page": page})


@require_safe
def annex(request: StaffRequest, ref: str, which: str) -> HttpResponse:
    """Return a file of a study; the annex itself is a page that may load nothing."""
    try:
        content, kind = queries.of_study(actor=request.actor, ref=ref, name=which, at=request.at)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("extracts:made", ref)
    if which != queries.PAGE:
        return _saved(which, content, kind)
    policy = {"Content-Security-Policy": queries.guarded(content)}
    return HttpResponse(content, content_type=kind, headers=policy)


def _saved(name: str, content: bytes, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
