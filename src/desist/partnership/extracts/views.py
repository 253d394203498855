"""The pages of what the police tell an evaluator."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.partnership.extracts import commands, forms, queries
from desist.quarterly.forms import RecallExtract, SendExtract
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def extracts(request: StaffRequest) -> HttpResponse:
    """Show what programmes asked, the newest first."""
    rows = queries.extracts(actor=request.actor, at=request.at)
    return render(request, "partnership/extracts/all.html", {"rows": rows})


@require_safe
def one(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one extract."""
    page = queries.one(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/extracts/extract.html", {"page": page})


@require_http_methods(["GET", "POST"])
def count(request: StaffRequest, ref: str) -> HttpResponse:
    """Count what the force recorded, under an agreement of its own."""
    page, offered = queries.to_count(actor=request.actor, ref=ref, at=request.at)
    form = forms.Count(request.POST or None, offered=offered, version=page.version)
    return ask(
        request,
        "partnership/extracts/count.html",
        form,
        do=lambda: commands.count(
            actor=request.actor,
            ref=ref,
            agreement=form.cleaned_data["agreement"],
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("extracts:extract", ref),
        page={"page": page, "closed": not offered},
        done="The records are counted. Read what is in it, then sign it.",
    )


@require_safe
def file(request: StaffRequest, ref: str, which: str) -> HttpResponse:
    """Return a file of an extract, as it crosses."""
    name, content = queries.as_file(actor=request.actor, ref=ref, name=which, at=request.at)
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )


@require_POST
def sign(request: StaffRequest, ref: str) -> HttpResponse:
    """Sign an extract."""
    return press(
        request,
        do=lambda: commands.sign(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("extracts:extract", ref),
        done="You signed the extract. A second person sends it.",
    )


@require_http_methods(["GET", "POST"])
def send(request: StaffRequest, ref: str) -> HttpResponse:
    """Send a signed extract."""
    page, offered = queries.to_send(actor=request.actor, ref=ref, at=request.at)
    form = SendExtract(request.POST or None, offered=offered, version=page.version)
    return ask(
        request,
        "partnership/extracts/send.html",
        form,
        do=lambda: commands.send(
            actor=request.actor,
            ref=ref,
            partner=form.cleaned_data["partner"],
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("extracts:extract", ref),
        page={"page": page, "closed": not offered},
        done="The extract is sent.",
    )


@require_POST
def set_aside(request: StaffRequest, ref: str) -> HttpResponse:
    """Set aside an extract that was not sent."""
    return press(
        request,
        do=lambda: commands.set_aside(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("extracts:all"),
        done="The extract is set aside, and its rows are deleted.",
    )


@require_http_methods(["GET", "POST"])
def recall(request: StaffRequest, ref: str) -> HttpResponse:
    """Recall an extract that was sent."""
    page = queries.to_recall(actor=request.actor, ref=ref, at=request.at)
    form = RecallExtract(request.POST or None, version=page.version)
    return ask(
        request,
        "partnership/extracts/recall.html",
        form,
        do=lambda: commands.recall(
            actor=request.actor, ref=ref, why=form.cleaned_data["why"], version=form.version, at=request.at
        ),
        then=lambda _: redirect("extracts:extract", ref),
        page={"page": page},
        done="The extract is recalled.",
    )
