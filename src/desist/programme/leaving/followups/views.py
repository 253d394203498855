"""The pages of follow-ups after a person left."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.desk.duty import queries as duty_queries
from desist.programme.leaving.followups import commands, forms, queries
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def follow_ups(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's follow-ups."""
    page = queries.follow_ups(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/followups/follow_ups.html", {"page": page})


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Record how a follow-up ended."""
    page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
    duty = duty_queries.current(actor=request.actor, at=request.at)
    form = forms.FollowUp(
        request.POST or None,
        outcomes=page.outcomes,
        contact=duty[0].number if duty else "",
        version=page.version,
        alerts=page.alerts,
        at=request.at,
    )

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_record(actor=request.actor, ref=ref, at=request.at)
        by = f" by {newer.row.recorded_by}" if newer.row.recorded_by else ""
        stands = newer.row.outcome or "due"
        form.keep(f"Not saved: it has since been recorded{by}: {stands}. Open it again to add more")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/followups/record.html",
        form,
        do=lambda: commands.record(
            actor=request.actor,
            ref=ref,
            told=form.told(),
            submission=form.submission,
            version=form.version,
            at=request.at,
        ),
        done="The follow-up is recorded.",
        then=lambda _: redirect("followups:follow-ups", page.episode),
        page={"page": page, "duty": duty},
        anew=anew,
    )
