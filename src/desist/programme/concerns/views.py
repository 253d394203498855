"""The pages about concerns."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.accounts.searching import allowed
from desist.programme.concerns import commands, forms, queries
from desist.programme.concerns.stages import Step
from desist.programme.concerns.states import RaisedFrom
from desist.programme.filters import queries as filters
from desist.programme.filters.states import List
from desist.referral.finding import Search
from desist.ui import dates
from desist.ui.asking import ask
from desist.ui.tables import Cursor, Sort
from desist.wall.requests import StaffRequest

SENT = "The concern has been recorded, and the alert is on its way."
RECORDED = "The concern is recorded. No alert was sent: no partner organisation is linked to this referral."


@require_safe
def concerns(request: StaffRequest) -> HttpResponse:
    """Show the concerns that the actor may see, those whose alert waits first."""
    form = forms.Narrow(request.GET)
    sort = Sort.read(request.GET, allowed=queries.SORTED, default="-standing")
    rows, paging = queries.concerns(
        actor=request.actor,
        state=form.said("state"),
        outcome=form.said("outcome"),
        kind=form.said("kind"),
        sort=sort,
        cursor=Cursor.read(request.GET),
        at=request.at,
    )
    context = {"rows": rows, "paging": paging, "sort": sort, "form": form}
    # The plain list is opened all day: it asks for no filters that one keeps.
    context["kept"] = filters.kept(actor=request.actor, of=List.CONCERNS) if request.GET else None
    return render(request, "programme/concerns/concerns.html", context)


@require_safe
def person(request: StaffRequest, ref: str) -> HttpResponse:
    """The concerns about one person."""
    whose, rows = queries.about(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/concerns/person.html", {"rows": rows, "person": whose})


@require_http_methods(["GET", "POST"])
def raise_concern(request: StaffRequest, ref: str) -> HttpResponse:
    """Raise a concern from a session."""
    return _raise(request, RaisedFrom.SESSION, ref, "sessions:session", ref)


@require_http_methods(["GET", "POST"])
def raise_about(request: StaffRequest, ref: str) -> HttpResponse:
    """Raise a concern about a person, in no session."""
    return _raise(request, RaisedFrom.PERSON, ref, "episodes:episode", ref)


@require_http_methods(["GET", "POST"])
def find(request: StaffRequest) -> HttpResponse:
    """Find the person that a concern is about, among all people who were ever referred.

    The typed text goes in the body: no name or birthday enters an address or a log.
    """
    form = Search(request.POST if request.method == "POST" else None)
    page: dict[str, object] = {"form": form, "rows": (), "more": False, "asked": False}
    if form.is_valid() and (wanted := form.wanted()) and allowed(request, form, typed=wanted.text):
        rows, more = queries.found(actor=request.actor, wanted=wanted, at=request.at)
        page |= {"rows": rows, "more": more, "asked": True}
    return render(request, "programme/concerns/find.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def raise_of_referred(request: StaffRequest, ref: str) -> HttpResponse:
    """Raise a concern about a person who was referred, at whatever stage."""
    return _raise(request, RaisedFrom.REFERRED, ref, "concerns:concerns")


def _raise(request: StaffRequest, raised_from: RaisedFrom, ref: str, *back: str) -> HttpResponse:
    """Ask what the concern is, keep it, and lead `back` to a page by its name."""
    page = queries.to_raise(actor=request.actor, raised_from=raised_from, ref=ref, at=request.at)
    form = _form(request, page)
    return ask(
        request,
        "programme/concerns/raise.html",
        form,
        do=lambda: commands.raise_concern(
            actor=request.actor,
            raised_from=raised_from,
            ref=ref,
            raised=form.raised(),
            submission=form.submission,
            at=request.at,
        ),
        done=SENT if page.alerts else RECORDED,
        then=lambda _: redirect(*back),
        page={"page": page},
    )


def _form(request: StaffRequest, page: queries.Subject) -> forms.Concern:
    """The form as it was sent or begins."""
    local = dates.local(request.at)
    initial = {
        "told_on": local.date(),
        "told_time": local.time().replace(second=0, microsecond=0),
        "contact": page.duty[0].number if page.duty else "",
    }
    return forms.Concern(request.POST or None, initial=initial, alerts=page.alerts)


@require_safe
def concern(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one concern: its next step, its actions, and what was done."""
    page = queries.followed(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/concerns/concern.html", {"page": page})


@require_http_methods(["GET", "POST"])
def screen(request: StaffRequest, ref: str) -> HttpResponse:
    """Screen a concern that a colleague raised."""
    page = queries.to_take(actor=request.actor, ref=ref, step=Step.SCREENED, at=request.at)
    form = forms.Screening(request.POST or None, kind=page.kind, colleagues=page.colleagues, at=request.at)
    return _take(request, Step.SCREENED, page, form)


@require_http_methods(["GET", "POST"])
def enquire(request: StaffRequest, ref: str) -> HttpResponse:
    """Record what was found out about a concern."""
    page = queries.to_take(actor=request.actor, ref=ref, step=Step.ENQUIRED, at=request.at)
    return _take(request, Step.ENQUIRED, page, forms.Enquiry(request.POST or None))


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, ref: str) -> HttpResponse:
    """Decide what to do about a concern."""
    page = queries.to_take(actor=request.actor, ref=ref, step=Step.DECIDED, at=request.at)
    return _take(request, Step.DECIDED, page, forms.Decision(request.POST or None))


@require_http_methods(["GET", "POST"])
def refer(request: StaffRequest, ref: str) -> HttpResponse:
    """Record a referral to the council."""
    page = queries.to_take(actor=request.actor, ref=ref, step=Step.REFERRED, at=request.at)
    return _take(request, Step.REFERRED, page, forms.Referral(request.POST or None, at=request.at))


@require_http_methods(["GET", "POST"])
def chase(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that the council was asked for its decision again."""
    page = queries.to_take(actor=request.actor, ref=ref, step=Step.CHASED, at=request.at)
    return _take(request, Step.CHASED, page, forms.Chase(request.POST or None, at=request.at))


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Record what the council decided."""
    page = queries.to_take(actor=request.actor, ref=ref, step=Step.ANSWERED, at=request.at)
    return _take(request, Step.ANSWERED, page, forms.CouncilDecision(request.POST or None))


def _take(request: StaffRequest, step: Step, page: queries.ToTake, form: forms.Taken) -> HttpResponse:
    """Ask for a step of a concern, and lead back to it."""
    ref = page.row.ref
    return ask(
        request,
        "programme/concerns/step.html",
        form,
        do=lambda: commands.take(
            actor=request.actor,
            ref=ref,
            step=step,
            done=form.done(),
            submission=form.submission,
            at=request.at,
        ),
        done="Saved. The concern’s page says what comes next.",
        then=lambda _: redirect("concerns:concern", ref),
        page={"page": page, "step": step},
    )


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, ref: str) -> HttpResponse:
    """Close a concern with what came of it."""
    page = queries.concern(actor=request.actor, ref=ref, at=request.at)
    form = forms.Closing(
        request.POST or None,
        taken_up=page.acknowledged_at is not None,
        alerts=page.alerts,
        silent=page.council_silent,
    )
    return ask(
        request,
        "programme/concerns/close.html",
        form,
        do=lambda: commands.close(actor=request.actor, ref=ref, closing=form.closing(), at=request.at),
        done="The concern is closed.",
        then=lambda _: redirect("concerns:concerns"),
        page={"page": page},
    )
