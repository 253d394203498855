"""The pages of possible breaches."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.candidates import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def candidates(request: StaffRequest, ref: str) -> HttpResponse:
    """What happened while an order was in force, to look at."""
    page, rows = queries.candidates(actor=request.actor, ref=ref, at=request.at)
    return render(request, "advocacy/candidates/candidates.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def candidate(request: StaffRequest, ref: str) -> HttpResponse:
    """Confirm one possible breach, or set it aside."""
    page, row = queries.candidate(actor=request.actor, ref=ref, at=request.at)
    form = forms.Decide(request.POST or None)
    form.ask(of_records=not row.incident)

    def do() -> tuple[str, str]:
        said = form.cleaned_data
        if said["decision"] == "aside":
            victim = commands.set_aside(
                actor=request.actor, ref=ref, reason=said["reason"], at=request.at, why=form.why()
            )
            return "candidates:candidates", victim
        incident = commands.confirm(
            actor=request.actor,
            ref=ref,
            reason=said["reason"],
            account=said.get("account", ""),
            submission=form.submission,
            at=request.at,
            why=form.why(),
        )
        return "packs:send", incident

    return ask(
        request,
        "advocacy/candidates/candidate.html",
        form,
        do=do,
        then=lambda where: redirect(*where),
        page={"page": page, "row": row},
    )
