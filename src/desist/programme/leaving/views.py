"""The pages of leaving: the decision, taking it back, and telling the person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.desk.duty import queries as duty_queries
from desist.programme.leaving import commands, forms, queries
from desist.programme.leaving.policy import Action
from desist.programme.leaving.states import By, Ending, Reason, State
from desist.refusals import Changed
from desist.ui import dates
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

#: the button that confirms carries a mark that tells its answer from another
CONFIRM = "confirm"
OVERTAKEN = "Not saved: a colleague changed this person’s page first. By now: {}"


@require_safe
def leaving(request: StaffRequest, ref: str) -> HttpResponse:
    """How a person leaves or left."""
    page = queries.leaving(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/leaving/leaving.html", {"page": page})


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """Show first who leaves and what happens; record it once the actor confirms."""
    page = queries.to_end(actor=request.actor, episode=ref, at=request.at)
    duty = duty_queries.current(actor=request.actor, at=request.at)
    form = forms.Leaving(
        request.POST or None,
        reasons=page.reasons,
        contact=duty[0].number if duty else "",
        version=page.version,
        alerts=page.alerts,
    )
    follows = queries.follows(page, form.ending()) if form.is_valid() else None
    drawn = {"page": page, "follows": follows, "known": request.POST.get(CONFIRM)}
    if not follows or request.POST.get(CONFIRM) != follows.seen:
        context = {**drawn, "form": form}
        return render(request, "programme/leaving/end.html", context, status=422 if form.errors else 200)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_end(actor=request.actor, episode=ref, at=request.at)
        form.keep(OVERTAKEN.format(newer.state_label))
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/leaving/end.html",
        form,
        do=lambda: commands.end(
            actor=request.actor,
            episode=ref,
            ending=form.ending(),
            version=form.version,
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: _decided(request, page, form.ending()),
        page=drawn,
        anew=anew,
    )


def _decided(request: StaffRequest, page: queries.LeavingPage, ending: Ending) -> HttpResponse:
    """Say what was recorded, and what is held."""
    until = dates.at(page.held_until)
    held = ending.by is By.SERVICE
    messages.success(
        request, f"Decided. Nobody will be told before {until}." if held else "Leaving has been recorded."
    )
    return redirect("leaving:leaving", page.episode)


@require_http_methods(["GET", "POST"])
def take_back(request: StaffRequest, ref: str) -> HttpResponse:
    """Take back a deselection that is held."""
    page, row = queries.one(actor=request.actor, action=Action.TAKE_BACK_LEAVING, ref=ref, at=request.at)
    form = forms.TakenBack(request.POST or None)
    return ask(
        request,
        "programme/leaving/take_back.html",
        form,
        do=lambda: commands.take_back(
            actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at
        ),
        then=lambda _: redirect("leaving:leaving", page.episode),
        page={"page": page, "row": row},
    )


@require_http_methods(["GET", "POST"])
def reopen(request: StaffRequest, ref: str) -> HttpResponse:
    """Let an ended programme go on after a leaving."""
    page, row = queries.one(actor=request.actor, action=Action.REOPEN_EPISODE, ref=ref, at=request.at)
    form = forms.Reopened(request.POST or None, ways=row.ways_back, version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        newer, newest = queries.one(actor=request.actor, action=Action.REOPEN_EPISODE, ref=ref, at=request.at)
        form.keep(OVERTAKEN.format(newer.state_label))
        form.version = newer.version
        return {"page": newer, "row": newest}

    return ask(
        request,
        "programme/leaving/reopen.html",
        form,
        do=lambda: commands.reopen(
            actor=request.actor,
            ref=ref,
            how=State(form.cleaned_data["how"]),
            reason=form.cleaned_data["reason"],
            version=form.version,
            at=request.at,
        ),
        done="The programme goes on. Cancelled sessions stay cancelled: plan new dates here.",
        then=lambda _: redirect("planner:planner", page.episode),
        page={"page": page, "row": row},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def change_reason(request: StaffRequest, ref: str) -> HttpResponse:
    """Give another reason for a leaving; nothing else changes."""
    page, row = queries.one(actor=request.actor, action=Action.CHANGE_LEAVING_REASON, ref=ref, at=request.at)
    form = forms.OtherReason(request.POST or None, reasons=row.other_reasons, version=len(row.changes))

    def anew(_: Changed) -> dict[str, object]:
        newer, newest = queries.one(
            actor=request.actor, action=Action.CHANGE_LEAVING_REASON, ref=ref, at=request.at
        )
        form.keep(f"Not saved: a colleague changed this leaving first. Its reason by now: {newest.reason}")
        form.version = len(newest.changes)
        return {"page": newer, "row": newest}

    return ask(
        request,
        "programme/leaving/reason.html",
        form,
        do=lambda: commands.change_reason(
            actor=request.actor,
            ref=ref,
            reason=Reason(form.cleaned_data["reason"]),
            why=form.cleaned_data["why"],
            version=form.version,
            submission=form.submission,
            at=request.at,
        ),
        done="The reason is changed.",
        then=lambda _: redirect("leaving:leaving", page.episode),
        page={"page": page, "row": row},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def tell(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that the person was told."""
    page, row = queries.one(actor=request.actor, action=Action.TELL_PERSON, ref=ref, at=request.at)
    form = forms.Told(request.POST or None, at=request.at)
    return ask(
        request,
        "programme/leaving/tell.html",
        form,
        do=lambda: commands.tell_person(
            actor=request.actor, ref=ref, how=form.cleaned_data["how"], told_at=form.told_at(), at=request.at
        ),
        then=lambda _: redirect("leaving:leaving", page.episode),
        page={"page": page, "row": row},
    )
