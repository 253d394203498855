"""The pages of returns that came."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.commission.returns import commands, costs, entering, forms, printing, queries
from desist.commission.returns import four as quarters
from desist.returns.files import NOT_MADE, Form
from desist.ui import documents
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def one(request: StaffRequest, ref: str) -> HttpResponse:
    """Show a return with its pictures."""
    page, spent = costs.page(actor=request.actor, ref=ref, at=request.at)
    return render(request, "commission/returns/return.html", {"page": page, "costs": spent})


@require_safe
def four(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the four quarters up to a return side by side."""
    page = quarters.four(actor=request.actor, ref=ref, at=request.at)
    return render(request, "commission/returns/four.html", {"page": page})


@require_safe
def file(request: StaffRequest, ref: str) -> HttpResponse:
    """Return a return as a file: CSV, or what `as` names."""
    try:
        found = printing.as_file(
            actor=request.actor, ref=ref, form=Form(request.GET.get("as", Form.CSV)), at=request.at
        )
    except ValueError:
        raise Http404 from None
    except documents.NotMade:
        messages.warning(request, NOT_MADE)
        return redirect("returns:return", ref)
    disposition = f'attachment; filename="{found.name}"'
    return HttpResponse(found.content, content_type=found.type, headers={"Content-Disposition": disposition})


@require_http_methods(["GET", "POST"])
def ask_about(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask the service about a return."""
    page = queries.to_ask(actor=request.actor, ref=ref, at=request.at)
    form = forms.Ask(request.POST or None)
    return ask(
        request,
        "commission/returns/ask.html",
        form,
        do=lambda: commands.ask(
            actor=request.actor,
            ref=ref,
            asked=form.cleaned_data["words"],
            override=form.override(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("returns:return", ref),
        page={"page": page},
        done="Your question is sent. The answer is shown here.",
    )


@require_http_methods(["GET", "POST"])
def enter(request: StaffRequest, service: str, quarter: str) -> HttpResponse:
    """Enter a return that was told, by hand."""
    page = entering.to_enter(
        actor=request.actor,
        service=service,
        quarter=quarter,
        version=request.GET.get("by", ""),
        at=request.at,
    )
    form = forms.Enter(
        request.POST or None,
        edition=page.edition,
        before=page.before,
        told_by=page.told_by,
        version=page.number,
    )
    return ask(
        request,
        "commission/returns/enter.html",
        form,
        do=lambda: commands.enter(
            actor=request.actor,
            sender=page.sender,
            quarter=page.quarter,
            version=page.edition.version,
            told=form.told(form.cleaned_data),
            told_by=form.cleaned_data["told_by"],
            why=form.cleaned_data.get("why", ""),
            after=form.version,
            submission=form.submission,
            at=request.at,
        ),
        then=lambda ref: redirect("returns:return", ref),
        page={"page": page},
        done="The return is entered, and counts.",
    )


@require_http_methods(["GET", "POST"])
def recall(request: StaffRequest, ref: str) -> HttpResponse:
    """Recall a return that was entered by hand."""
    page = queries.to_recall(actor=request.actor, ref=ref, at=request.at)
    form = forms.Recall(request.POST or None)
    return ask(
        request,
        "commission/returns/recall.html",
        form,
        do=lambda: commands.recall(actor=request.actor, ref=ref, why=form.cleaned_data["why"], at=request.at),
        then=lambda _: redirect("returns:return", ref),
        page={"page": page},
        done="The return is recalled, and its numbers are deleted.",
    )
