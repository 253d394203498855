"""The pages of account alerts: for the data protection officer and one other person, never for the person it is about."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.accounts.alerts import commands, forms, queries
from desist.accounts.alerts.states import Outcome
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def alerts(request: StaffRequest) -> HttpResponse:
    """Every alert that the signed-in person may look into."""
    rows = queries.alerts(actor=request.actor, at=request.at)
    return render(request, "accounts/alerts/alerts.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, ref: str) -> HttpResponse:
    """Record what the review of one alert found."""
    page = queries.alert(actor=request.actor, ref=ref, at=request.at)
    form = forms.Close(request.POST or None)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.alert(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"{newer.closed_by or 'Another person'} closed this alert first. Read what they found")
        return {"page": newer}

    return ask(
        request,
        "accounts/alerts/close.html",
        form,
        do=lambda: commands.close(
            actor=request.actor,
            ref=ref,
            outcome=Outcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
            at=request.at,
        ),
        done="The alert is closed.",
        then=lambda _: redirect("accounts:alerts"),
        page={"page": page},
        anew=anew,
    )
