"""The page on which a person's own contact details are changed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.programme.referrals.contact_details import commands, queries
from desist.referral.forms import LABELS, Reach
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

CHANGED = (
    "Not saved: a colleague or the referrer changed this referral after you opened the page. "
    "Look at it in another tab, then save again"
)


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Change the person's own contact details, with the checks of the referral's own form."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = Reach(request.POST or None, initial=page.answers, version=page.version)

    def then(_: None) -> HttpResponse:
        messages.success(request, "Saved. These contact details are now used throughout.")
        if page.episode:
            return redirect("referrals:person", page.episode)
        return redirect("referrals:referral", ref)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_change(actor=request.actor, ref=ref, at=request.at)
        form.keep(CHANGED)
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/contact_details/change.html",
        form,
        do=lambda: commands.keep(
            actor=request.actor, ref=ref, answers=form.answers(), version=form.version, at=request.at
        ),
        then=then,
        page={"page": page, "labels": LABELS},
        anew=anew,
    )
