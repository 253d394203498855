"""The pages about the circumstances of a person."""

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.circumstances import forms as shared
from desist.circumstances.states import NEEDS, RISKS, Kind
from desist.programme.circumstances import commands, forms, queries
from desist.refusals import Changed
from desist.ui import dates
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def reviews(request: StaffRequest) -> HttpResponse:
    """The reviews that are due, and the children of people on the programme."""
    due, children = queries.reviews(actor=request.actor, at=request.at)
    return render(request, "programme/circumstances/reviews.html", {"due": due, "children": children})


@require_safe
def person(request: StaffRequest, ref: str) -> HttpResponse:
    """Risks to staff and needs."""
    page = queries.circumstances(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/circumstances/circumstances.html", {"page": page})


@require_http_methods(["GET", "POST"])
def risk(request: StaffRequest, ref: str) -> HttpResponse:
    """Note a risk to staff."""
    return _note(request, ref, "programme/circumstances/risk.html", RISKS)


@require_http_methods(["GET", "POST"])
def need(request: StaffRequest, ref: str) -> HttpResponse:
    """Note a need."""
    return _note(request, ref, "programme/circumstances/need.html", NEEDS)


def _note(request: StaffRequest, ref: str, template: str, kinds: tuple[Kind, ...]) -> HttpResponse:
    page = queries.to_note(actor=request.actor, episode=ref, at=request.at)
    initial = {"kind": request.GET.get("kind", "")}
    form = shared.Circumstance(request.POST or None, kinds=kinds, at=request.at, initial=initial)
    return ask(
        request,
        template,
        form,
        do=lambda: commands.note(
            actor=request.actor,
            episode=ref,
            said=form.circumstance(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("circumstances:person", ref),
        page={"person": page.person},
        done="It is noted.",
    )


@require_http_methods(["GET", "POST"])
def review(request: StaffRequest, ref: str) -> HttpResponse:
    """Review a risk or need: what holds now replaces it."""
    whose, row, said = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    kinds = RISKS if row.kind in RISKS else NEEDS
    initial = {**asdict(said), "review_on": None}
    form = shared.Circumstance(request.POST or None, kinds=kinds, at=request.at, initial=initial)
    return ask(
        request,
        "programme/circumstances/review.html",
        form,
        do=lambda: commands.review(
            actor=request.actor,
            ref=ref,
            said=form.circumstance(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda episode: redirect("circumstances:person", episode),
        page={"person": whose, "row": row},
        done="It is reviewed. What it said before is kept below.",
    )


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """End a risk or need."""
    whose, row, _ = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = shared.End(request.POST or None)
    return ask(
        request,
        "programme/circumstances/end.html",
        form,
        do=lambda: commands.end(actor=request.actor, ref=ref, over=form.cleaned_data["over"], at=request.at),
        then=lambda episode: redirect("circumstances:person", episode),
        page={"person": whose, "row": row},
        done="It is ended and stays readable below.",
    )


@require_http_methods(["GET", "POST"])
def end_referred(request: StaffRequest, ref: str) -> HttpResponse:
    """End what the referral says."""
    page = queries.to_note(actor=request.actor, episode=ref, at=request.at)
    form = forms.EndReferred(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    form.offered(
        alone=(*page.referred_risks.one_by_one, *page.referred_needs.one_by_one),
        risks=page.referred_risks.referred,
        needs=page.referred_needs.referred,
    )
    return ask(
        request,
        "programme/circumstances/end_referred.html",
        form,
        do=lambda: commands.end_referred(
            actor=request.actor,
            episode=ref,
            kind=Kind(form.cleaned_data["kind"]),
            over=form.cleaned_data["over"],
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("circumstances:person", ref),
        page={"person": page.person, "page": page},
        done="It is ended and stays readable below.",
    )


@require_safe
def self_harm(request: StaffRequest, ref: str) -> HttpResponse:
    """What is known of self-harm, and the plan for a crisis."""
    page = queries.self_harm(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/circumstances/self_harm.html", {"page": page})


@require_http_methods(["GET", "POST"])
def write_self_harm(request: StaffRequest, ref: str) -> HttpResponse:
    """Write it anew. Two colleagues may have it open, and neither loses a word."""
    page = queries.to_write(actor=request.actor, episode=ref, at=request.at)
    newest = page.newest
    form = shared.SelfHarm(
        request.POST or None,
        at=request.at,
        initial=asdict(newest.said) if newest else {},
        version=newest.number if newest else 0,
    )

    def anew(_: Changed) -> dict[str, object]:
        saved = queries.to_write(actor=request.actor, episode=ref, at=request.at).newest
        if saved:
            when = dates.clock(saved.saved_at)
            form.keep(
                f"Not saved: {saved.saved_by} saved this at {when}. Both are shown: bring them together"
            )
            form.version = saved.number
        return {"other": saved}

    return ask(
        request,
        "programme/circumstances/write_self_harm.html",
        form,
        do=lambda: commands.save_self_harm(
            actor=request.actor,
            episode=ref,
            said=form.self_harm(),
            review_on=form.cleaned_data["review_on"],
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("circumstances:self-harm", ref),
        page={"person": page.person, "other": None},
        anew=anew,
        done="It is saved. Every version is kept.",
    )


@require_safe
def family(request: StaffRequest, ref: str) -> HttpResponse:
    """The children and family."""
    page = queries.family(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/circumstances/family.html", {"page": page})


@require_http_methods(["GET", "POST"])
def add_relative(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a child or relative."""
    whose = queries.to_add(actor=request.actor, episode=ref, at=request.at)
    form = shared.Relative(request.POST or None)
    return ask(
        request,
        "programme/circumstances/add_relative.html",
        form,
        do=lambda: commands.add_relative(
            actor=request.actor,
            episode=ref,
            said=form.relative(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("circumstances:family", ref),
        page={"person": whose},
        done="They are on the list.",
    )


@require_http_methods(["GET", "POST"])
def change_relative(request: StaffRequest, ref: str) -> HttpResponse:
    """Change what is known of a child or relative."""
    whose, row = queries.to_change_relative(actor=request.actor, ref=ref, at=request.at)
    form = shared.Relative(request.POST or None, initial=asdict(row.said))
    return ask(
        request,
        "programme/circumstances/change_relative.html",
        form,
        do=lambda: commands.change_relative(
            actor=request.actor,
            ref=ref,
            said=form.relative(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda episode: redirect("circumstances:family", episode),
        page={"person": whose, "row": row},
        done="It is changed. What it said before is kept below.",
    )


@require_http_methods(["GET", "POST"])
def end_relative(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a child or relative off the list."""
    whose, row = queries.to_change_relative(actor=request.actor, ref=ref, at=request.at)
    form = shared.End(request.POST or None)
    return ask(
        request,
        "programme/circumstances/end_relative.html",
        form,
        do=lambda: commands.end_relative(
            actor=request.actor, ref=ref, over=form.cleaned_data["over"], at=request.at
        ),
        then=lambda episode: redirect("circumstances:family", episode),
        page={"person": whose, "row": row},
        done="They are off the list. What it said stays readable below.",
    )
