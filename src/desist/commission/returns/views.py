"""The pages of returns that came."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.commission.returns import commands, costs, forms, queries
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
    page = queries.four(actor=request.actor, ref=ref, at=request.at)
    return render(request, "commission/returns/four.html", {"page": page})


@require_safe
def file(request: StaffRequest, ref: str) -> HttpResponse:
    """Return a return as a table."""
    name, content = queries.as_file(actor=request.actor, ref=ref, at=request.at)
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )


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
