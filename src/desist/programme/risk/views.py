"""The pages of judgements of risk."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.risk import commands, forms, queries
from desist.programme.risk.states import Alerted
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def reviews(request: StaffRequest) -> HttpResponse:
    """Reviews that are due, and people with no current judgement."""
    page = {
        "rows": queries.overdue(actor=request.actor, at=request.at, after=request.GET.get("after", "")),
        "without": queries.without(actor=request.actor, at=request.at),
    }
    return render(request, "programme/risk/reviews.html", page)


@require_safe
def risk(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's judgements."""
    page = queries.risk(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/risk/risk.html", {"page": page})


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Record a judgement."""
    page = queries.to_record(actor=request.actor, episode=ref, at=request.at)
    form = forms.Judgement(request.POST or None, at=request.at)
    return ask(
        request,
        "programme/risk/record.html",
        form,
        do=lambda: commands.record(
            actor=request.actor,
            episode=ref,
            judgement=form.judgement(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect(
            "concerns:about" if Alerted.REFERRER in form.cleaned_data["alerting"] else "risk:risk", ref
        ),
        page={"page": page},
        done="The judgement is saved",
    )


@require_http_methods(["GET", "POST"])
def note(request: StaffRequest, ref: str) -> HttpResponse:
    """Note an acute factor."""
    page = queries.to_record(actor=request.actor, episode=ref, at=request.at)
    form = forms.Acute(request.POST or None, at=request.at)
    return ask(
        request,
        "programme/risk/note.html",
        form,
        do=lambda: commands.note(
            actor=request.actor, episode=ref, acute=form.acute(), submission=form.submission, at=request.at
        ),
        then=lambda _: redirect("risk:risk", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """End an acute factor before its day."""
    found = queries.to_end(actor=request.actor, ref=ref, at=request.at)
    form = forms.End(request.POST or None)
    return ask(
        request,
        "programme/risk/end.html",
        form,
        do=lambda: commands.end(actor=request.actor, ref=ref, over=form.cleaned_data["over"], at=request.at),
        then=lambda episode: redirect("risk:risk", episode),
        page={"page": found.page, "row": found.row},
    )


@require_http_methods(["GET", "POST"])
def type_(request: StaffRequest, ref: str) -> HttpResponse:
    """Record a judgement of the type of stalking."""
    page = queries.to_record(actor=request.actor, episode=ref, at=request.at)
    form = forms.Type(request.POST or None, at=request.at)
    return ask(
        request,
        "programme/risk/type.html",
        form,
        do=lambda: commands.type_(
            actor=request.actor, episode=ref, typed=form.typed(), submission=form.submission, at=request.at
        ),
        then=lambda _: redirect("risk:risk", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def strike(request: StaffRequest, ref: str) -> HttpResponse:
    """Take back a judgement that was entered by mistake."""
    found = queries.to_strike(actor=request.actor, ref=ref, at=request.at)
    form = forms.Strike(request.POST or None)
    return ask(
        request,
        "programme/risk/strike.html",
        form,
        do=lambda: commands.strike(
            actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at
        ),
        then=lambda _: redirect("risk:risk", found.page.episode),
        page={"page": found.page, "row": found.row, "found": found},
    )
