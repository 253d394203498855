"""The pages about the circumstances of a client."""

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.circumstances import commands, queries
from desist.circumstances import forms
from desist.circumstances.states import NEEDS, RISKS, Kind
from desist.refusals import Changed
from desist.ui import dates
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def client(request: StaffRequest, ref: str) -> HttpResponse:
    """Risks to staff and needs."""
    found = queries.circumstances(actor=request.actor, ref=ref, at=request.at)
    return render(
        request, "advocacy/circumstances/circumstances.html", {"page": found.victim, "found": found}
    )


@require_http_methods(["GET", "POST"])
def risk(request: StaffRequest, ref: str) -> HttpResponse:
    """Note a risk to staff."""
    return _note(request, ref, "advocacy/circumstances/risk.html", RISKS)


@require_http_methods(["GET", "POST"])
def need(request: StaffRequest, ref: str) -> HttpResponse:
    """Note a need."""
    return _note(request, ref, "advocacy/circumstances/need.html", NEEDS)


def _note(request: StaffRequest, ref: str, template: str, kinds: tuple[Kind, ...]) -> HttpResponse:
    found = queries.to_note(actor=request.actor, ref=ref, at=request.at)
    form = forms.Circumstance(request.POST or None, kinds=kinds, at=request.at)
    return ask(
        request,
        template,
        form,
        do=lambda: commands.note(
            actor=request.actor,
            ref=ref,
            said=form.circumstance(),
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("circumstances:client", ref),
        page={"page": found.victim},
        done="It is noted.",
    )


@require_http_methods(["GET", "POST"])
def review(request: StaffRequest, ref: str) -> HttpResponse:
    """Review a risk or need: what holds now replaces it."""
    page, row = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Circumstance(
        request.POST or None,
        kinds=RISKS if row.kind in RISKS else NEEDS,
        at=request.at,
        initial={name: getattr(row, name) for name in ("kind", "words", "said_by", "since")},
    )
    return ask(
        request,
        "advocacy/circumstances/review.html",
        form,
        do=lambda: commands.review(
            actor=request.actor,
            ref=ref,
            said=form.circumstance(),
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda victim: redirect("circumstances:client", victim),
        page={"page": page, "row": row},
        done="It is reviewed. What it said before is kept below.",
    )


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """End a risk or need."""
    page, row = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.End(request.POST or None)
    return ask(
        request,
        "advocacy/circumstances/end.html",
        form,
        do=lambda: commands.end(actor=request.actor, ref=ref, over=form.cleaned_data["over"], at=request.at),
        then=lambda victim: redirect("circumstances:client", victim),
        page={"page": page, "row": row},
        done="It is ended and stays readable below.",
    )


@require_http_methods(["GET", "POST"])
def self_harm(request: StaffRequest, ref: str) -> HttpResponse:
    """What is known of self-harm, and the plan for a crisis. Two advocates may have it open, and neither loses a word."""
    found = queries.to_write(actor=request.actor, ref=ref, at=request.at)
    newest = next(iter(found.versions), None)
    initial = {**asdict(newest.said), "review_on": newest.review_on} if newest else {}
    form = forms.SelfHarm(
        request.POST or None, at=request.at, initial=initial, version=newest.number if newest else 0
    )

    def anew(_: Changed) -> dict[str, object]:
        saved = queries.to_write(actor=request.actor, ref=ref, at=request.at).versions[0]
        when = dates.clock(saved.saved_at)
        form.keep(f"Not saved: {saved.saved_by} saved this at {when}. Both are shown: bring them together")
        form.version = saved.number
        return {"other": saved}

    return ask(
        request,
        "advocacy/circumstances/self_harm.html",
        form,
        do=lambda: commands.save_self_harm(
            actor=request.actor,
            ref=ref,
            said=form.self_harm(),
            review_on=form.cleaned_data["review_on"],
            version=form.version,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("circumstances:self-harm", ref),
        page={"page": found.victim, "newest": newest, "versions": found.versions, "other": None},
        anew=anew,
        done="It is saved. Every version is kept.",
    )
