"""The pages of leaving: how it stands, the decision, taking it back, and telling the person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.leaving import commands, forms, queries
from desist.programme.leaving.policy import Action
from desist.programme.leaving.states import By, Reason, State
from desist.ui import dates
from desist.wall.requests import StaffRequest

#: the button that confirms carries what tells the answer beside it from another
CONFIRM = "confirm"


@require_safe
def leaving(request: StaffRequest, ref: str) -> HttpResponse:
    """How a person leaves or left."""
    page = queries.leaving(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/leaving/leaving.html", {"page": page})


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """First shows who leaves and what happens; records it once that is confirmed."""
    page = queries.to_end(actor=request.actor, episode=ref, at=request.at)
    duty = queries.duty_numbers(actor=request.actor, at=request.at)
    form = forms.Leaving(
        request.POST or None,
        reasons=page.reasons,
        contact=duty[0].number if duty else "",
        version=page.version,
        alerts=page.alerts,
    )
    follows = queries.follows(page, form.ending()) if form.is_valid() else None
    if follows and request.POST.get(CONFIRM) == follows.seen:
        ending = form.ending()
        try:
            commands.end(
                actor=request.actor,
                episode=ref,
                ending=ending,
                version=form.version,
                submission=form.submission,
                at=request.at,
            )
        except commands.CannotEnd:
            form.keep(f"Not saved: somebody changed this person’s page first. By now: {page.state_label}")
            form.version = page.version
        except commands.KeptBefore as kept:
            form.keep(f"Not saved: {kept}")
        else:
            held = ending.by is By.SERVICE
            until = dates.at(page.held_until)
            messages.success(
                request,
                f"Decided. Nobody will be told before {until}." if held else "Leaving has been recorded.",
            )
            return redirect("leaving:leaving", ref)
    context = {"page": page, "form": form, "follows": follows, "known": request.POST.get(CONFIRM)}
    return render(request, "programme/leaving/end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def take_back(request: StaffRequest, ref: str) -> HttpResponse:
    """A deselection that is held is taken back."""
    page, row = queries.one(actor=request.actor, action=Action.TAKE_BACK_LEAVING, ref=ref, at=request.at)
    form = forms.TakenBack(request.POST or None)
    if form.is_valid():
        try:
            commands.take_back(
                actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at
            )
        except commands.NotHeld:
            form.keep(f"Not saved: by now this decision is: {row.state_label}, or its hold is over")
        else:
            return redirect("leaving:leaving", page.episode)
    context = {"page": page, "row": row, "form": form}
    return render(request, "programme/leaving/take_back.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def reopen(request: StaffRequest, ref: str) -> HttpResponse:
    """The same programme goes on after a leaving."""
    page, row = queries.one(actor=request.actor, action=Action.REOPEN_EPISODE, ref=ref, at=request.at)
    form = forms.Reopened(request.POST or None, ways=row.ways_back, version=page.version)
    if form.is_valid():
        try:
            commands.reopen(
                actor=request.actor,
                ref=ref,
                how=State(form.cleaned_data["how"]),
                reason=form.cleaned_data["reason"],
                version=form.version,
                at=request.at,
            )
        except commands.CannotReopen:
            form.keep(f"Not saved: somebody changed this person’s page first. By now: {page.state_label}")
            form.version = page.version
        else:
            messages.success(
                request, "The programme goes on. Cancelled sessions stay cancelled: plan new dates here."
            )
            return redirect("planner:planner", page.episode)
    context = {"page": page, "row": row, "form": form}
    return render(request, "programme/leaving/reopen.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_reason(request: StaffRequest, ref: str) -> HttpResponse:
    """Another reason for a leaving; nothing else changes."""
    page, row = queries.one(actor=request.actor, action=Action.CHANGE_LEAVING_REASON, ref=ref, at=request.at)
    form = forms.OtherReason(request.POST or None, reasons=row.other_reasons, version=len(row.changes))
    if form.is_valid():
        try:
            commands.change_reason(
                actor=request.actor,
                ref=ref,
                reason=Reason(form.cleaned_data["reason"]),
                why=form.cleaned_data["why"],
                version=form.version,
                submission=form.submission,
                at=request.at,
            )
        except commands.CannotChange:
            form.keep(f"Not saved: somebody changed this leaving first. Its reason by now: {row.reason}")
            form.version = len(row.changes)
        else:
            messages.success(request, "The reason is changed.")
            return redirect("leaving:leaving", page.episode)
    context = {"page": page, "row": row, "form": form}
    return render(request, "programme/leaving/reason.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def tell(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that the person was told."""
    page, row = queries.one(actor=request.actor, action=Action.TELL_PERSON, ref=ref, at=request.at)
    form = forms.Told(request.POST or None, at=request.at)
    if form.is_valid():
        try:
            commands.tell_person(
                actor=request.actor,
                ref=ref,
                how=form.cleaned_data["how"],
                told_at=form.told_at(),
                at=request.at,
            )
        except commands.TooSoon:
            until = dates.at(row.held_until) if row.held_until else "the end"
            form.keep(f"Not saved: nobody may be told before {until}")
        except commands.AlreadyTold:
            form.keep(f"Not saved: {row.told_by} recorded this first")
        else:
            return redirect("leaving:leaving", page.episode)
    context = {"page": page, "row": row, "form": form}
    return render(request, "programme/leaving/tell.html", context, status=422 if form.errors else 200)
