"""The pages of triage: the inbox with its clocks, the decision, advice, delays, and what the service asks."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.triage import commands, forms, queries
from desist.refusals import Changed
from desist.ui import dates
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def inbox(request: StaffRequest) -> HttpResponse:
    """What waits, with its clock."""
    page = queries.inbox(actor=request.actor, at=request.at, after=request.GET.get("after", ""))
    return render(request, "programme/triage/inbox.html", {"page": page})


@require_safe
def referral(request: StaffRequest, ref: str) -> HttpResponse:
    """One referral's triage."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/triage/referral.html", {"page": page})


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, ref: str) -> HttpResponse:
    """Decide a referral, with what the criteria say beside it."""
    page = queries.to_decide(actor=request.actor, ref=ref, at=request.at)
    form = forms.Decision(
        request.POST or None,
        may_be=page.may_be,
        all_met=page.all_met,
        alike=bool(page.alike),
        version=page.version,
    )

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_decide(actor=request.actor, ref=ref, at=request.at)
        form.keep(overtaken(newer))
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/triage/decide.html",
        form,
        do=lambda: commands.decide(
            actor=request.actor, ref=ref, decided=form.decided(), version=form.version, at=request.at
        ),
        then=lambda _: redirect("referrals:referral", ref),
        page={"page": page},
        anew=anew,
    )


def overtaken(page: queries.Page) -> str:
    """What happened to a referral since its page was drawn: who decided what, and when."""
    changed = "Not sent: this referral was decided, amended or withdrawn since you opened the page"
    if not page.decisions:
        return f"{changed}. It is now: {page.state_label.lower()}"
    last = page.decisions[0]
    return f"{changed}. The last decision: {last.outcome.lower()}, by {last.by}, {dates.at(last.at)}"


@require_http_methods(["GET", "POST"])
def advise(request: StaffRequest, ref: str) -> HttpResponse:
    """Record advice that was given to the referrer."""
    page = queries.to_advise(actor=request.actor, ref=ref, at=request.at)
    form = forms.Advice(request.POST or None, referrer=page.referrer, at=request.at)
    return ask(
        request,
        "programme/triage/advise.html",
        form,
        do=lambda: commands.advise(
            actor=request.actor, ref=ref, advised=form.advised(), submission=form.submission, at=request.at
        ),
        then=lambda _: redirect("triage:referral", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def delay(request: StaffRequest, ref: str) -> HttpResponse:
    """Say why allocation is late."""
    page = queries.to_explain(actor=request.actor, ref=ref, at=request.at)
    form = forms.Delay(request.POST or None)
    return ask(
        request,
        "programme/triage/delay.html",
        form,
        do=lambda: commands.explain_delay(
            actor=request.actor,
            ref=ref,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("triage:referral", ref),
        page={"page": page},
    )


@require_safe
def criteria(request: StaffRequest) -> HttpResponse:
    """What the service asks, and what it asked before."""
    rows = queries.criteria(actor=request.actor, at=request.at)
    return render(request, "programme/triage/criteria.html", {"current": rows[0], "past": rows[1:]})


@require_http_methods(["GET", "POST"])
def change_criteria(request: StaffRequest) -> HttpResponse:
    """Set what the service asks from now on."""
    current = queries.criteria(actor=request.actor, at=request.at)[0]
    initial = {
        "proceedings": sorted(current.settings.proceedings),
        "youngest": current.settings.youngest,
        "other_areas": sorted(current.settings.other_areas),
        "replaces": current.ref,
    }
    form = forms.Criteria(request.POST or None, initial=initial)

    def anew(_: Changed) -> dict[str, object]:
        by = queries.criteria(actor=request.actor, at=request.at)[0].by
        form.keep(f"Not saved: {by} has since changed the criteria. Look at them, then change them again")
        return {}

    return ask(
        request,
        "programme/triage/change_criteria.html",
        form,
        do=lambda: commands.change_criteria(
            actor=request.actor,
            settings=form.settings(area=request.actor.area),
            reason=form.cleaned_data["reason"],
            replaces=form.cleaned_data["replaces"],
            at=request.at,
        ),
        then=lambda _: redirect("triage:criteria"),
        page={},
        anew=anew,
    )
