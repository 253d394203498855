"""The pages on which a caseload moves in."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.moving_in import commands, forms, queries, sheets
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def moves(request: StaffRequest) -> HttpResponse:
    """Show the imports of the area, and send another one."""
    form = forms.Tables(request.POST or None, request.FILES)
    return ask(
        request,
        "programme/moving_in/all.html",
        form,
        do=lambda: commands.send(
            actor=request.actor, contents=form.contents(), submission=form.submission, at=request.at
        ),
        then=lambda ref: redirect("moving_in:one", ref),
        page={"rows": queries.moves(actor=request.actor, at=request.at), "sheets": sheets.SHEETS},
    )


@require_safe
def template(request: StaffRequest) -> HttpResponse:
    """The headings of one table, to be filled in."""
    key = request.GET.get("table", "people")
    sheet = next((one for one in sheets.SHEETS if one.key == key), None)
    if sheet is None:
        raise Http404
    answer = HttpResponse(sheet.template(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return answer


@require_safe
def one(request: StaffRequest, ref: str) -> HttpResponse:
    """Show how far an import is, and its problems."""
    page = queries.move(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/moving_in/one.html", {"page": page, "titles": queries.TITLES})


@require_POST
def bring(request: StaffRequest, ref: str) -> HttpResponse:
    """Have the people brought in."""
    return press(
        request,
        do=lambda: commands.bring(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("moving_in:one", ref),
        done="The people are being brought in.",
    )


@require_POST
def take_back(request: StaffRequest, ref: str) -> HttpResponse:
    """Take an import back whole, or drop it."""
    return press(
        request,
        do=lambda: commands.take_back(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("moving_in:one", ref),
        done="Nothing of this import is left here.",
    )
