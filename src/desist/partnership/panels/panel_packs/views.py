"""The pages on which the packs of all readers of a meeting are asked for, and opened once the worker has drawn them."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.panels.panel_packs import commands, files, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def packs(request: StaffRequest, ref: str) -> HttpResponse:
    """Name the reader of each pack, and see how far the worker is."""
    page = queries.packs(actor=request.actor, meeting=ref, at=request.at)
    form = forms.Readers(request.POST or None, packs=page.packs)
    return ask(
        request,
        "partnership/panels/packs.html",
        form,
        do=lambda: commands.order(
            actor=request.actor,
            meeting=ref,
            readers=form.readers(),
            submission=form.submission,
            at=request.at,
        ),
        done="Each reader has a copy with a number. The packs and the agenda are being drawn.",
        then=lambda _: redirect("panel_packs:packs", ref),
        page={"page": page},
    )


@require_safe
def file(request: StaffRequest, ref: str) -> HttpResponse:
    """Hand over the agenda and all packs as one file with a neutral name."""
    made = files.archive(actor=request.actor, meeting=ref, at=request.at)
    answer = HttpResponse(made, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="packs.zip"'
    answer["Cache-Control"] = "no-store"
    return answer
