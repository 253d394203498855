"""The pages about needs, plan, choices, children and notes."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.advocacy.safety import commands, forms, queries
from desist.advocacy.safety.states import Domain, Layer, NeedState, SupportOutcome, What, Whom
from desist.circumstances import forms as circumstances
from desist.refusals import Changed
from desist.ui import dates, errors
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

NO_MORE = "Recorded. The police have been told to send nothing more about this client."


@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, ref: str) -> HttpResponse:
    """The safety plan. Two advocates may have it open, and neither loses a word."""
    page = queries.plan(actor=request.actor, ref=ref, at=request.at)
    initial = asdict(page.plan) | {"review_on": page.review_on}
    form = forms.Plan(request.POST or None, initial=initial, version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.plan(actor=request.actor, ref=ref, at=request.at)
        when = dates.clock(newer.saved_at) if newer.saved_at else "the same time"
        form.keep(
            f"Not saved: {newer.saved_by} saved this plan at {when}. Both are shown: bring them together"
        )
        form.version = newer.version
        return {"saved": newer, "other": newer.plan}

    return ask(
        request,
        "advocacy/safety/plan.html",
        form,
        do=lambda: commands.save_plan(
            actor=request.actor,
            ref=ref,
            plan=form.plan(),
            review_on=form.cleaned_data["review_on"],
            version=form.version,
            at=request.at,
            why=form.why(),
        ),
        done="The plan is saved.",
        then=lambda _: redirect("safety:plan", ref),
        page={"page": page.victim, "saved": page, "other": None},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def needs(request: StaffRequest, ref: str) -> HttpResponse:
    """The client's needs."""
    page, rows = queries.needs(actor=request.actor, ref=ref, at=request.at)
    form = forms.Need(request.POST or None)
    outcomes = [{"value": one.value, "text": one.label} for one in SupportOutcome]
    return ask(
        request,
        "advocacy/safety/needs.html",
        form,
        do=lambda: commands.raise_need(
            actor=request.actor,
            ref=ref,
            domain=Domain(form.cleaned_data["domain"]),
            words=form.cleaned_data["words"],
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("safety:needs", ref),
        page={"page": page, "rows": rows, "outcomes": outcomes},
    )


@require_POST
def settle(request: StaffRequest, ref: str) -> HttpResponse:
    """Record what became of a need."""
    form = forms.Settle(request.POST)
    if not form.is_valid():
        return errors.unprocessable("Choose the outcome of the need.")
    state = NeedState(form.cleaned_data["state"])
    victim = commands.settle_need(actor=request.actor, need=ref, state=state, at=request.at)
    return redirect("safety:needs", victim)


@require_POST
def support(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask a partner agency."""
    form = forms.Support(request.POST)
    if not form.is_valid():
        return errors.unprocessable("Enter which agency you are asking.")
    victim = commands.ask_support(
        actor=request.actor, need=ref, agency=form.cleaned_data["agency"], at=request.at
    )
    return redirect("safety:needs", victim)


@require_POST
def outcome(request: StaffRequest, ref: str) -> HttpResponse:
    """Record an agency's answer."""
    form = forms.Outcome(request.POST)
    if not form.is_valid():
        return errors.unprocessable("Choose the outcome.")
    found = SupportOutcome(form.cleaned_data["outcome"])
    victim = commands.note_outcome(actor=request.actor, support=ref, outcome=found, at=request.at)
    return redirect("safety:needs", victim)


@require_http_methods(["GET", "POST"])
def choices(request: StaffRequest, ref: str) -> HttpResponse:
    """The client's choices of what may be told to which side."""
    page, rows = queries.choices(actor=request.actor, ref=ref, at=request.at)
    form = forms.Choice(request.POST or None)
    form.limit("until", earliest=request.at)

    def do() -> bool:
        cleaned = form.cleaned_data
        return commands.choose(
            actor=request.actor,
            ref=ref,
            what=What(cleaned["what"]),
            whom=Whom(cleaned["whom"]),
            allowed=cleaned["allowed"],
            until=cleaned["until"],
            words=cleaned["words"],
            at=request.at,
            why=form.why(),
        )

    def then(ended: bool) -> HttpResponse:  # noqa: FBT001 -- what the command answers
        if ended:
            messages.success(request, NO_MORE)
        return redirect("safety:choices", ref)

    return ask(
        request, "advocacy/safety/choices.html", form, do=do, then=then, page={"page": page, "rows": rows}
    )


@require_http_methods(["GET", "POST"])
def children(request: StaffRequest, ref: str) -> HttpResponse:
    """The children and family of the client."""
    page, rows = queries.children(actor=request.actor, ref=ref, at=request.at)
    form = forms.Child(request.POST or None)
    return ask(
        request,
        "advocacy/safety/children.html",
        form,
        do=lambda: commands.add_child(
            actor=request.actor,
            ref=ref,
            said=form.relative(),
            contact=form.cleaned_data["contact"],
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("safety:children", ref),
        page={"page": page, "rows": rows},
    )


@require_http_methods(["GET", "POST"])
def child(request: StaffRequest, ref: str) -> HttpResponse:
    """Change what is known of a child or relative."""
    page, row = queries.child(actor=request.actor, ref=ref, at=request.at)
    form = forms.Child(request.POST or None, initial={**asdict(row.said), "contact": row.contact})
    return ask(
        request,
        "advocacy/safety/child.html",
        form,
        do=lambda: commands.change_child(
            actor=request.actor,
            ref=ref,
            said=form.relative(),
            contact=form.cleaned_data["contact"],
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda victim: redirect("safety:children", victim),
        page={"page": page, "row": row},
        done="It is changed. What it said before is kept below.",
    )


@require_http_methods(["GET", "POST"])
def end_child(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a child or relative off the list."""
    page, row = queries.child(actor=request.actor, ref=ref, at=request.at)
    form = circumstances.End(request.POST or None)
    return ask(
        request,
        "advocacy/safety/end_child.html",
        form,
        do=lambda: commands.end_child(
            actor=request.actor, ref=ref, over=form.cleaned_data["over"], at=request.at
        ),
        then=lambda victim: redirect("safety:children", victim),
        page={"page": page, "row": row},
        done="They are off the list. What it said stays readable below.",
    )


@require_http_methods(["GET", "POST"])
def notes(request: StaffRequest, ref: str) -> HttpResponse:
    """Notes in two layers."""
    page, rows = queries.notes(actor=request.actor, ref=ref, at=request.at)
    form = forms.Note(request.POST or None)
    return ask(
        request,
        "advocacy/safety/notes.html",
        form,
        do=lambda: commands.write_note(
            actor=request.actor,
            ref=ref,
            layer=Layer(form.cleaned_data["layer"]),
            words=form.cleaned_data["words"],
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("safety:notes", ref),
        page={"page": page, "rows": rows},
    )
