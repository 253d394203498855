"""The pages of measures: what came of them, filling one in, and the safety check that an answer asks for."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.desk.duty import queries as duty_queries
from desist.instruments import fhir
from desist.instruments.library import UnknownInstrument
from desist.programme.measures import commands, forms, queries
from desist.programme.measures.states import Occasion
from desist.ui import dates
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def measures(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's measures."""
    page = queries.measures(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/measures/measures.html", {"page": page})


@require_safe
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Compare baseline, mid and closing."""
    page = queries.compared(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/measures/change.html", {"page": page})


@require_http_methods(["GET", "POST"])
def take(request: StaffRequest, ref: str, instrument: str) -> HttpResponse:
    """Fill in an instrument answer by answer."""
    page = _blank(request, ref, instrument)
    form = forms.Answers(
        request.POST or None,
        instrument=page.instrument,
        wording=page.wording,
        occasion=_occasion(request),
        at=request.at,
    )
    return _taking(request, ref, page, form)


@require_http_methods(["GET", "POST"])
def total(request: StaffRequest, ref: str, instrument: str) -> HttpResponse:
    """Type the total that was added up on paper."""
    page = _blank(request, ref, instrument)
    form = forms.Total(
        request.POST or None, instrument=page.instrument, occasion=_occasion(request), at=request.at
    )
    return _taking(request, ref, page, form)


def _occasion(request: StaffRequest) -> str:
    """Return where in the work the link that led here places the form, if anywhere."""
    asked = request.GET.get("occasion", "")
    return asked if asked in Occasion.values else ""


def _blank(request: StaffRequest, ref: str, instrument: str) -> queries.Blank:
    try:
        return queries.blank(actor=request.actor, episode=ref, instrument=instrument, at=request.at)
    except UnknownInstrument:
        raise Http404 from None


def _taking(
    request: StaffRequest, ref: str, page: queries.Blank, form: forms.Answers | forms.Total
) -> HttpResponse:
    return ask(
        request,
        "programme/measures/take.html",
        form,
        do=lambda: commands.record(
            actor=request.actor,
            episode=ref,
            taken=form.taken(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda measure: redirect("measures:measure", measure),
        page={"page": page},
    )


@require_safe
def measure(request: StaffRequest, ref: str) -> HttpResponse:
    """One form; one that asks for a safety check leads a practitioner who may record it there at once."""
    page = queries.measure(actor=request.actor, ref=ref, at=request.at)
    if page.asks_safety and page.may_check:
        return redirect("measures:safety", ref)
    return render(request, "programme/measures/measure.html", {"page": page})


@require_http_methods(["GET", "POST"])
def safety(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask about safety now, and record the answer."""
    page = queries.to_check(actor=request.actor, ref=ref, at=request.at)
    if not page.asks_safety and request.method == "GET":
        return redirect("measures:measure", ref)
    local, duty = dates.local(request.at), duty_queries.current(actor=request.actor, at=request.at)
    initial = {
        "told_on": local.date(),
        "told_time": local.time().replace(second=0, microsecond=0),
        "contact": duty[0].number if duty else "",
    }
    form = forms.Safety(request.POST or None, initial=initial, alerts=page.alerts)

    def leave(_: None) -> HttpResponse:
        messages.success(request, "The safety check is recorded.")
        return redirect("measures:measure", ref)

    return ask(
        request,
        "programme/measures/safety.html",
        form,
        do=lambda: commands.check_safety(
            actor=request.actor,
            ref=ref,
            checked=form.checked(at=request.at),
            submission=form.submission,
            at=request.at,
        ),
        then=leave,
        page={"page": page, "duty": duty},
    )


@require_http_methods(["GET", "POST"])
def strike(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a form out of the scores."""
    page = queries.to_strike(actor=request.actor, ref=ref, at=request.at)
    form = forms.Strike(request.POST or None)
    return ask(
        request,
        "programme/measures/strike.html",
        form,
        do=lambda: commands.strike(
            actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at
        ),
        then=lambda _: redirect("measures:measures", page.person.episode),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def wordings(request: StaffRequest) -> HttpResponse:
    """The wording in use for each instrument, and a file with a new one."""
    page = queries.wordings(actor=request.actor, at=request.at)
    form = forms.WordingFile(request.POST or None, request.FILES or None)

    def load() -> fhir.Wording:
        wording = form.wording()
        commands.load_wording(actor=request.actor, wording=wording, at=request.at)
        return wording

    def leave(wording: fhir.Wording) -> HttpResponse:
        number = len(wording.questions)
        messages.success(request, f"{wording.title} is now asked in its own words: {number} questions.")
        return redirect("measures:wordings")

    return ask(request, "programme/measures/wordings.html", form, do=load, then=leave, page={"page": page})
