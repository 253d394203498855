"""The pages of training records."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.supervision.training import commands, forms, queries
from desist.programme.supervision.training.states import Kind
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def team(request: StaffRequest) -> HttpResponse:
    """Show the training of the practitioners whom one leads."""
    form = forms.Narrow(request.GET)
    page = queries.team(actor=request.actor, show=form.said("show"), at=request.at)
    return render(request, "programme/training/team.html", {"page": page, "form": form})


@require_safe
def file(request: StaffRequest) -> HttpResponse:
    """Return the same table as a file."""
    show = forms.Narrow(request.GET).said("show")
    content = queries.file(actor=request.actor, show=show, at=request.at)
    disposition = 'attachment; filename="training.csv"'
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )


@require_safe
def mine(request: StaffRequest) -> HttpResponse:
    """Show one's own record."""
    page = queries.mine(actor=request.actor, at=request.at)
    return render(request, "programme/training/record.html", {"page": page})


@require_safe
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Show a practitioner's record."""
    page = queries.record(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/training/record.html", {"page": page})


@require_http_methods(["GET", "POST"])
def course(request: StaffRequest, ref: str) -> HttpResponse:
    """Record a course."""
    page = queries.to_add(actor=request.actor, kind=Kind.COURSE, ref=ref, at=request.at)
    form = forms.Course(request.POST or None, at=request.at)
    return _add(request, "course", form, page, "The course is recorded.")


@require_http_methods(["GET", "POST"])
def induction(request: StaffRequest, ref: str) -> HttpResponse:
    """Record steps of the induction."""
    page = queries.to_add(actor=request.actor, kind=Kind.INDUCTION, ref=ref, at=request.at)
    form = forms.Induction(request.POST or None, left=page.left, at=request.at)
    return _add(request, "induction", form, page, "The steps are recorded.")


@require_http_methods(["GET", "POST"])
def competence(request: StaffRequest, ref: str) -> HttpResponse:
    """Judge a practitioner's competence in a module."""
    page = queries.to_add(actor=request.actor, kind=Kind.COMPETENCE, ref=ref, at=request.at)
    modules = page.to_judge
    form = forms.Competence(request.POST or None, modules=modules, at=request.at)
    return _add(request, "competence", form, page, "Your judgement is recorded.")


@require_POST
def strike(request: StaffRequest, ref: str) -> HttpResponse:
    """Mark an entry as entered in error."""
    return press(
        request,
        do=lambda: commands.strike(actor=request.actor, ref=ref, at=request.at),
        then=lambda practitioner: redirect("training:record", practitioner),
        done="The entry is marked as entered in error.",
    )


def _add(
    request: StaffRequest,
    name: str,
    form: forms.Course | forms.Induction | forms.Competence,
    page: queries.Record,
    done: str,
) -> HttpResponse:
    return ask(
        request,
        f"programme/training/{name}.html",
        form,
        do=lambda: commands.add(
            actor=request.actor,
            practitioner=page.ref,
            learnt=form.learnt(),
            submission=form.submission,
            at=request.at,
        ),
        done=done,
        then=lambda _: redirect("training:record", page.ref),
        page={"page": page},
    )
