"""The pages about filled-in questionnaires."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.measures import commands, forms, queries
from desist.instruments.library import UnknownInstrument
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

FOLDER = "advocacy/measures"


@require_safe
def measures(request: StaffRequest, ref: str) -> HttpResponse:
    """A client's forms, with the scores over time."""
    found = queries.measures(actor=request.actor, victim=ref, at=request.at)
    return render(request, f"{FOLDER}/measures.html", {"page": found.victim, "found": found})


@require_http_methods(["GET", "POST"])
def take(request: StaffRequest, ref: str, instrument: str) -> HttpResponse:
    """Fill in an instrument answer by answer."""
    blank = _blank(request, ref, instrument)
    form = forms.Answers(
        request.POST or None, instrument=blank.instrument, wording=blank.wording, at=request.at
    )
    return _taking(request, blank, form)


@require_http_methods(["GET", "POST"])
def total(request: StaffRequest, ref: str, instrument: str) -> HttpResponse:
    """Type in a total added up on paper."""
    blank = _blank(request, ref, instrument)
    return _taking(
        request, blank, forms.Total(request.POST or None, instrument=blank.instrument, at=request.at)
    )


@require_http_methods(["GET", "POST"])
def measure(request: StaffRequest, ref: str) -> HttpResponse:
    """One form, and the form that strikes it out."""
    one = queries.measure(actor=request.actor, ref=ref, at=request.at)
    form = forms.Strike(request.POST or None)
    return ask(
        request,
        f"{FOLDER}/measure.html",
        form,
        do=lambda: commands.strike(
            actor=request.actor,
            ref=ref,
            reason=form.cleaned_data["reason"],
            why=form.why(),
            at=request.at,
        ),
        then=lambda victim: redirect("measures:measures", victim),
        page={"page": one.victim, "one": one},
    )


def _blank(request: StaffRequest, ref: str, instrument: str) -> queries.Blank:
    try:
        return queries.blank(actor=request.actor, victim=ref, instrument=instrument, at=request.at)
    except UnknownInstrument:
        raise Http404 from None


def _taking(request: StaffRequest, blank: queries.Blank, form: forms.Answers | forms.Total) -> HttpResponse:
    return ask(
        request,
        f"{FOLDER}/take.html",
        form,
        do=lambda: commands.record(
            actor=request.actor,
            victim=blank.victim.ref,
            taken=form.taken(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("measures:measures", blank.victim.ref),
        page={"page": blank.victim, "blank": blank},
    )
