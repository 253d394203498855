"""The pages about pairs."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.partnership.pairs import commands, forms, queries
from desist.ui.asking import ask, press
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest


@require_safe
def pairs(request: StaffRequest) -> HttpResponse:
    """The sides that wait for an answer, and the referrals behind which the others stand."""
    rows = queries.pairs(actor=request.actor, at=request.at)
    return render(request, "partnership/pairs/pairs.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def side(request: StaffRequest, ref: str) -> HttpResponse:
    """One side, and the referral behind which it stands."""
    page = queries.side(actor=request.actor, ref=ref, at=request.at)
    joined = [one.ref for one in page.row.people] or [ref for ref, _ in page.proposed]
    known = {"referral": joined[0] if joined and (page.row.people or len(joined) == 1) else ""}
    form = forms.Join(request.POST or None, initial=known, version=page.row.version)
    form.offer("referral", [forms.NOTHING, forms.ALONE, *page.choices])
    return ask(
        request,
        "partnership/pairs/side.html",
        form,
        do=lambda: commands.join(
            actor=request.actor, ref=ref, referral=form.chosen(), version=form.version, at=request.at
        ),
        done="Saved. Updates and alerts go to the advocacy service from now on.",
        then=lambda _: redirect("pairs:pairs"),
        page={"page": page},
    )


@require_POST
def decline(request: StaffRequest, ref: str) -> HttpResponse:
    """Decline a side's request that matches nothing here."""
    version = Form(request.POST).version

    def do() -> str:
        commands.decline(actor=request.actor, ref=ref, version=version, at=request.at)
        return "pairs:pairs"

    return press(
        request,
        do=do,
        done="The advocacy service has been told that nothing matches.",
        then=lambda pairs: redirect(pairs) if pairs else redirect("pairs:side", ref),
    )


@require_POST
def part(request: StaffRequest, ref: str) -> HttpResponse:
    """Part a side from the wrong referral."""
    version = Form(request.POST).version
    return press(
        request,
        do=lambda: commands.part(actor=request.actor, ref=ref, version=version, at=request.at),
        then=lambda _: redirect("pairs:side", ref),
    )


@require_http_methods(["GET", "POST"])
def referral(request: StaffRequest, ref: str) -> HttpResponse:
    """The sides behind a referral, and the form that merges it with another about the same person."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    form = forms.Merge(request.POST or None)
    form.offer("other", [forms.NOTHING, *page.offered])
    return ask(
        request,
        "partnership/pairs/referral.html",
        form,
        do=lambda: commands.merge(
            actor=request.actor, ref=ref, other=form.cleaned_data["other"], at=request.at
        ),
        then=lambda _: redirect("pairs:referral", ref),
        page={"page": page},
    )


@require_POST
def split(request: StaffRequest, ref: str) -> HttpResponse:
    """Split a referral that was merged by mistake."""
    return press(
        request,
        do=lambda: commands.split(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("pairs:referral", ref),
    )


@require_http_methods(["GET", "POST"])
def type_in(request: StaffRequest) -> HttpResponse:
    """Type in what a service without software asked by telephone or on paper."""
    services = queries.services(actor=request.actor, at=request.at)
    form = forms.TypeIn(request.POST or None, at=request.at)
    form.offer("service", [forms.NOTHING, *services])
    return ask(
        request,
        "partnership/pairs/type_in.html",
        form,
        do=lambda: commands.type_in(
            actor=request.actor, request=form.typed(), submission=form.submission, at=request.at
        ),
        then=lambda ref: redirect("pairs:side", ref),
        page={"services": services},
    )


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """Type in that a client of a service without software wants to hear no more."""
    page = queries.side(actor=request.actor, ref=ref, at=request.at)
    form = forms.End(request.POST or None, at=request.at, version=page.row.version)
    return ask(
        request,
        "partnership/pairs/end.html",
        form,
        do=lambda: commands.type_in_end(
            actor=request.actor, ref=ref, said=form.said(), version=form.version, at=request.at
        ),
        done="Ended. Nobody will be told anything more about it.",
        then=lambda _: redirect("pairs:side", ref),
        page={"page": page},
    )
