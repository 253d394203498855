"""The pages on which a caseload moves in."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.moving_in import commands, forms, queries, tables
from desist.referral import serving
from desist.referral.files import Media
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def moves(request: StaffRequest) -> HttpResponse:
    """Show the imports of the area, and send another one."""
    kind = commands.of_zone()
    form = forms.Tables(request.POST or None, request.FILES, sheets=kind.sheets)
    return ask(
        request,
        "moving_in/all.html",
        form,
        do=lambda: commands.send(
            kind, actor=request.actor, contents=form.contents(), submission=form.submission, at=request.at
        ),
        then=lambda ref: redirect("moving_in:one", ref),
        page={"rows": queries.moves(kind, actor=request.actor, at=request.at), "kind": kind},
    )


@require_safe
def template(request: StaffRequest) -> HttpResponse:
    """The headings of one table, to be filled in."""
    sheets = commands.of_zone().sheets
    key = request.GET.get("table", sheets[0].key)
    sheet = next((one for one in sheets if one.key == key), None)
    if sheet is None:
        raise Http404
    answer = HttpResponse(sheet.template(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return answer


@require_safe
def workbook(request: StaffRequest) -> HttpResponse:  # noqa: ARG001 -- the same for everyone
    """A workbook of all tables, with an invented row in each and every column explained."""
    content = tables.template(commands.of_zone().sheets)
    return serving.as_download(name="caseload.xlsx", media=Media.XLSX, content=content)


@require_safe
def one(request: StaffRequest, ref: str) -> HttpResponse:
    """Show how far an import is, and its problems."""
    kind = commands.of_zone()
    page = queries.move(kind, actor=request.actor, ref=ref, at=request.at)
    titles = {sheet.key: sheet.title for sheet in kind.sheets}
    return render(request, "moving_in/one.html", {"page": page, "titles": titles, "kind": kind})


@require_POST
def bring(request: StaffRequest, ref: str) -> HttpResponse:
    """Have the people brought in."""
    return press(
        request,
        do=lambda: commands.bring(commands.of_zone(), actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("moving_in:one", ref),
        done="They are being brought in.",
    )


@require_POST
def take_back(request: StaffRequest, ref: str) -> HttpResponse:
    """Take an import back whole, or drop it."""
    return press(
        request,
        do=lambda: commands.take_back(commands.of_zone(), actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("moving_in:one", ref),
        done="Nothing of this import is left here.",
    )
