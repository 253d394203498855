"""The pages of pairs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.partnership.pairs import commands, forms, queries
from desist.refusals import Changed
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

CHANGED = "Not saved: somebody changed this since you opened the page. Look at it and choose again"


@require_safe
def pairs(request: StaffRequest) -> HttpResponse:
    """Who waits for an answer, and who stands behind whom."""
    rows = queries.pairs(actor=request.actor, at=request.at)
    return render(request, "partnership/pairs/pairs.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def side(request: StaffRequest, ref: str) -> HttpResponse:
    """One side, and behind which referral it stands."""
    page = queries.side(actor=request.actor, ref=ref, at=request.at)
    joined = [one.ref for one in page.row.people] or [ref for ref, _ in page.proposed]
    known = {"referral": joined[0] if joined and (page.row.people or len(joined) == 1) else ""}
    form = forms.Join(request.POST or None, initial=known, version=page.row.version)
    form.offer("referral", [forms.NOTHING, forms.ALONE, *page.choices])
    if form.is_valid():
        try:
            commands.join(
                actor=request.actor,
                ref=ref,
                referral=form.chosen(),
                version=form.version,
                at=request.at,
            )
        except (Changed, commands.NotPossible):
            form.keep(CHANGED)
        else:
            messages.success(request, "Saved. Updates and alerts go to the advocacy service from now on.")
            return redirect("pairs:pairs")
    context = {"page": page, "form": form}
    return render(request, "partnership/pairs/side.html", context, status=422 if form.errors else 200)


@require_POST
def decline(request: StaffRequest, ref: str) -> HttpResponse:
    """Nothing here matches what a side asked for."""
    version = Form(request.POST).version
    try:
        commands.decline(actor=request.actor, ref=ref, version=version, at=request.at)
    except (Changed, commands.NotPossible):
        messages.warning(request, CHANGED)
        return redirect("pairs:side", ref)
    messages.success(request, "The advocacy service has been told that nothing matches.")
    return redirect("pairs:pairs")


@require_POST
def part(request: StaffRequest, ref: str) -> HttpResponse:
    """A side was joined to the wrong referral."""
    version = Form(request.POST).version
    try:
        commands.part(actor=request.actor, ref=ref, version=version, at=request.at)
    except (Changed, commands.NotPossible):
        messages.warning(request, CHANGED)
    return redirect("pairs:side", ref)


@require_http_methods(["GET", "POST"])
def referral(request: StaffRequest, ref: str) -> HttpResponse:
    """Who stands behind a referral, and which other referral is about the same person."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    form = forms.Merge(request.POST or None)
    form.offer("other", [forms.NOTHING, *page.offered])
    if form.is_valid():
        try:
            commands.merge(actor=request.actor, ref=ref, other=form.cleaned_data["other"], at=request.at)
        except commands.NotPossible:
            form.keep("These two are already linked")
        else:
            return redirect("pairs:referral", ref)
    context = {"page": page, "form": form}
    return render(request, "partnership/pairs/referral.html", context, status=422 if form.errors else 200)


@require_POST
def split(request: StaffRequest, ref: str) -> HttpResponse:
    """A referral was merged by mistake."""
    try:
        commands.split(actor=request.actor, ref=ref, at=request.at)
    except commands.NotPossible:
        messages.warning(request, "This referral is not linked to any other.")
    return redirect("pairs:referral", ref)


@require_http_methods(["GET", "POST"])
def type_in(request: StaffRequest) -> HttpResponse:
    """What a service without software asked by telephone or on paper."""
    services = queries.services(actor=request.actor, at=request.at)
    form = forms.TypeIn(request.POST or None, at=request.at)
    form.offer("service", [forms.NOTHING, *services])
    if form.is_valid():
        try:
            ref = commands.type_in(
                actor=request.actor, request=form.typed(), submission=form.submission, at=request.at
            )
        except commands.KnownAlready:
            form.add_error(
                "crime_reference",
                "This service has already asked about this crime: it is listed under Pairs. "
                "If it is one more client of theirs, say so below",
            )
        else:
            return redirect("pairs:side", ref)
    context = {"form": form, "services": services}
    return render(request, "partnership/pairs/type_in.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """A service without software says that its client wants to hear no more."""
    page = queries.side(actor=request.actor, ref=ref, at=request.at)
    form = forms.End(request.POST or None, at=request.at, version=page.row.version)
    if form.is_valid():
        try:
            commands.type_in_end(
                actor=request.actor, ref=ref, said=form.said(), version=form.version, at=request.at
            )
        except (Changed, commands.NotPossible, commands.NotByHand):
            form.keep(CHANGED)
        else:
            messages.success(request, "Ended. Nobody will be told anything more about it.")
            return redirect("pairs:side", ref)
    context = {"page": page, "form": form}
    return render(request, "partnership/pairs/end.html", context, status=422 if form.errors else 200)
